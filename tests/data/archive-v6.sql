-- An archive of version 6, as the harrier of that version made it: one athlete, an activity that was listed and one
-- that a file brought, with its samples.
CREATE TABLE athlete (
    athlete_id             INTEGER PRIMARY KEY,          -- Strava's number
    position               INTEGER NOT NULL,             -- 1 = the first athlete of this archive
    next_activity_id       INTEGER NOT NULL DEFAULT 1,   -- only grows, so that no number is given twice
    username               TEXT,
    firstname              TEXT NOT NULL DEFAULT '',
    lastname               TEXT NOT NULL DEFAULT '',
    city                   TEXT,
    country                TEXT,
    sex                    TEXT,
    measurement_preference TEXT,
    weight                 REAL,                         -- kg
    raw                    BLOB                          -- zstd; null when only a login told of the athlete
) STRICT;
INSERT INTO athlete VALUES(26462176,1,3,NULL,'Kim','',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE activity (
    athlete_id             INTEGER NOT NULL REFERENCES athlete,
    activity_id            INTEGER NOT NULL,
    deleted_at             TEXT,                         -- a tombstone: gone at Strava, kept here
    sources                TEXT NOT NULL,                -- the kinds of its source records, comma-separated

    strava_id              INTEGER,
    start_date             TEXT,                         -- UTC
    start_date_local       TEXT,                         -- wall time, written with a Z as Strava does
    sport_type             TEXT NOT NULL,
    name                   TEXT NOT NULL,
    description            TEXT,
    private_note           TEXT,
    type                   TEXT,
    workout_type           INTEGER,
    timezone               TEXT,
    utc_offset             REAL,                         -- s
    distance               REAL,                         -- m
    moving_time            INTEGER,                      -- s
    elapsed_time           INTEGER,                      -- s
    total_elevation_gain   REAL,                         -- m
    elev_high              REAL,                         -- m
    elev_low               REAL,                         -- m
    average_speed          REAL,                         -- m/s
    max_speed              REAL,                         -- m/s
    has_heartrate          INTEGER,                      -- 0, 1
    average_heartrate      REAL,                         -- bpm
    max_heartrate          REAL,                         -- bpm
    average_cadence        REAL,                         -- rpm
    average_temp           REAL,                         -- °C
    average_watts          REAL,
    weighted_average_watts REAL,
    max_watts              REAL,
    device_watts           INTEGER,                      -- 0, 1
    kilojoules             REAL,
    calories               REAL,                         -- kcal
    suffer_score           REAL,
    gear_id                TEXT,
    gear_name              TEXT,                         -- as the export says it, which has no ids
    trainer                INTEGER,                      -- 0, 1
    commute                INTEGER,                      -- 0, 1
    manual                 INTEGER,                      -- 0, 1
    private                INTEGER,                      -- 0, 1
    visibility             TEXT,
    flagged                INTEGER,                      -- 0, 1
    start_lat              REAL,                         -- degrees
    start_lng              REAL,
    end_lat                REAL,
    end_lng                REAL,
    achievement_count      INTEGER,
    kudos_count            INTEGER,
    comment_count          INTEGER,
    athlete_count          INTEGER,
    photo_count            INTEGER,
    total_photo_count      INTEGER,
    pr_count               INTEGER,
    upload_id              INTEGER,
    external_id            TEXT,
    device_name            TEXT,
    summary_polyline       TEXT,                         -- last: long, and rarely read

    PRIMARY KEY (athlete_id, activity_id)
) STRICT;
INSERT INTO activity VALUES(26462176,1,NULL,'file',NULL,'2026-11-25T06:30:00Z',NULL,'Run','Made-up lap',NULL,NULL,NULL,NULL,NULL,NULL,400.95856711677680551,120,120,3.0,103.0,100.0,3.3413213926398066533,3.3458018354141660921,1,137.80000000000001136,147.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,50.0,8.0,50.0,8.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'A made-up watch','_sdpH_oyo@sD??wGrD??vG');
INSERT INTO activity VALUES(26462176,2,NULL,'api_summary',11,'2026-01-01T07:00:00Z','2026-01-01T08:00:00Z','Run','Old run',NULL,NULL,NULL,NULL,NULL,NULL,5000.5,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE source_record (
    athlete_id  INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    source      TEXT NOT NULL CHECK (source IN ('api_summary', 'api_detail', 'export_row', 'file')),
    source_key  TEXT NOT NULL,                           -- Strava's id; the SHA-256 of a file
    fetched_at  TEXT NOT NULL,                           -- UTC; when the source said it
    keep_until  TEXT,                                    -- UTC; null = for ever
    raw         BLOB, quality INTEGER NOT NULL DEFAULT 0, is_cut INTEGER NOT NULL DEFAULT 0,                                    -- zstd, with checksum; a file's bytes are in `file`
    PRIMARY KEY (athlete_id, activity_id, source, source_key),
    UNIQUE (athlete_id, source, source_key),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity
) STRICT;
INSERT INTO source_record VALUES(26462176,1,'file','92a7b0ba2aaeec7e11d48c5ce96a6b99f8a7fbd53fffac7bbd98472c6648a657','2026-11-27T16:39:34Z',NULL,NULL,210000000,0);
INSERT INTO source_record VALUES(26462176,2,'api_summary','11','2026-02-01T00:00:00Z',NULL,X'28b52ffd24056900007b226964223a31317d',0,0);
CREATE TABLE source_activity (
    athlete_id             INTEGER NOT NULL,
    activity_id            INTEGER NOT NULL,
    source                 TEXT NOT NULL,
    source_key             TEXT NOT NULL,

    strava_id              INTEGER,
    start_date             TEXT,                         -- UTC
    start_date_local       TEXT,                         -- wall time, written with a Z as Strava does
    sport_type             TEXT NOT NULL,
    name                   TEXT NOT NULL,
    description            TEXT,
    private_note           TEXT,
    type                   TEXT,
    workout_type           INTEGER,
    timezone               TEXT,
    utc_offset             REAL,                         -- s
    distance               REAL,                         -- m
    moving_time            INTEGER,                      -- s
    elapsed_time           INTEGER,                      -- s
    total_elevation_gain   REAL,                         -- m
    elev_high              REAL,                         -- m
    elev_low               REAL,                         -- m
    average_speed          REAL,                         -- m/s
    max_speed              REAL,                         -- m/s
    has_heartrate          INTEGER,                      -- 0, 1
    average_heartrate      REAL,                         -- bpm
    max_heartrate          REAL,                         -- bpm
    average_cadence        REAL,                         -- rpm
    average_temp           REAL,                         -- °C
    average_watts          REAL,
    weighted_average_watts REAL,
    max_watts              REAL,
    device_watts           INTEGER,                      -- 0, 1
    kilojoules             REAL,
    calories               REAL,                         -- kcal
    suffer_score           REAL,
    gear_id                TEXT,
    gear_name              TEXT,                         -- as the export says it, which has no ids
    trainer                INTEGER,                      -- 0, 1
    commute                INTEGER,                      -- 0, 1
    manual                 INTEGER,                      -- 0, 1
    private                INTEGER,                      -- 0, 1
    visibility             TEXT,
    flagged                INTEGER,                      -- 0, 1
    start_lat              REAL,                         -- degrees
    start_lng              REAL,
    end_lat                REAL,
    end_lng                REAL,
    achievement_count      INTEGER,
    kudos_count            INTEGER,
    comment_count          INTEGER,
    athlete_count          INTEGER,
    photo_count            INTEGER,
    total_photo_count      INTEGER,
    pr_count               INTEGER,
    upload_id              INTEGER,
    external_id            TEXT,
    device_name            TEXT,
    summary_polyline       TEXT,                         -- last: long, and rarely read

    PRIMARY KEY (athlete_id, activity_id, source, source_key),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity
) STRICT;
CREATE TABLE file (
    athlete_id INTEGER NOT NULL REFERENCES athlete,
    sha256     TEXT NOT NULL,                            -- of the bytes, not compressed
    name       TEXT NOT NULL,                            -- where it was found, for people
    format     TEXT NOT NULL,                            -- fit, gpx, tcx
    size       INTEGER NOT NULL,                         -- bytes, not compressed
    strava_id  INTEGER,                                  -- of the activity whose row names it
    raw        BLOB NOT NULL, findings INTEGER NOT NULL DEFAULT 0,                            -- zstd, or gzip when it came so
    PRIMARY KEY (athlete_id, sha256)
) STRICT;
INSERT INTO file VALUES(26462176,'92a7b0ba2aaeec7e11d48c5ce96a6b99f8a7fbd53fffac7bbd98472c6648a657','tests/data/run.gpx','gpx',1291,NULL,X'28b52ffd640b04f50a00e6933f233089e8015c422451289249c67f2c6849d6a0e29511f9fb183ad896fce7f4a020813a01370036003300d17a2629c5ab5604591751f4a17cc34525b09e3aadfb0aa9c52e7d9e34c54a28048c83f53c091b1392af562f6c3d72c2a93e4449f12a3c6d3108cb0927f9f60e5809e7c201b9cae0c9c58fa0498a57c258ddbbd45efa1cc68c1116051c27b45ca8e0ea9b74da251289303bd4daecbd74b3f6d27b4bac474e49adeeeea50febb14e5296aaa4bd9f1cd53afb9350ca476d4f17acb3532719b48f4e7a7354eb2a0949bbf4b1278d1d80e96e03d38c81350676681a16c0ccde0c6b3572bc4defec09dd4e370ea2190746614c4130cdb48fd07a7be9032820d02231932d06a4020030c39ec47ab924efad615c84e9b614da318171a126e4a51273050d3313aac43652e59ad51892ebc670acd9b7b30479f3a70860d31533c6e884ebbb2538e2ebba58aba57801716ec816d2cf164dd959e2aa1ef2a27116',0);
CREATE TABLE stream (
    athlete_id  INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    source      TEXT NOT NULL CHECK (source IN ('api_streams', 'file')),
    source_key  TEXT NOT NULL,
    samples     INTEGER NOT NULL,
    data        BLOB NOT NULL,                           -- docs/streams.md
    PRIMARY KEY (athlete_id, activity_id, source, source_key),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity
) STRICT;
INSERT INTO stream VALUES(26462176,1,'file','92a7b0ba2aaeec7e11d48c5ce96a6b99f8a7fbd53fffac7bbd98472c6648a657',5,X'485302056d0000020000b80020800000e0ffff070080000002006e090001040401c0843d00800020000000e0ff0f0000040002001410000106040180e20900980020000000e0ff3f000004100002004a4000010c0005c80110280020800000600000080002007a0900000001f00120980008000000010020000000fc0100200000003c000004000200360001010200004c6714a9');
CREATE TABLE lap (
    athlete_id        INTEGER NOT NULL,
    activity_id       INTEGER NOT NULL,
    source            TEXT NOT NULL,
    source_key        TEXT NOT NULL,
    lap_index         INTEGER NOT NULL,                  -- 1, 2, 3 …
    start_date        TEXT,                              -- UTC, with milliseconds where there are any
    elapsed_time      REAL,                              -- s
    moving_time       REAL,                              -- s with the timer running
    distance          REAL,                              -- m
    total_elevation_gain REAL,                           -- m
    average_speed     REAL,                              -- m/s
    max_speed         REAL,                              -- m/s
    average_heartrate REAL,                              -- bpm
    max_heartrate     REAL,
    average_cadence   REAL,                              -- rpm
    average_watts     REAL,
    max_watts         REAL,
    calories          REAL,                              -- kcal
    lap_trigger       TEXT,
    intensity         TEXT,
    PRIMARY KEY (athlete_id, activity_id, source, source_key, lap_index),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity
) STRICT;
CREATE TABLE gear (
    athlete_id  INTEGER NOT NULL REFERENCES athlete,
    kind        TEXT NOT NULL CHECK (kind IN ('bike', 'shoes')),
    name        TEXT NOT NULL,
    brand       TEXT NOT NULL,
    model       TEXT NOT NULL,
    sport_types TEXT NOT NULL, as_of TEXT NOT NULL DEFAULT '',                           -- that it is the default of, comma-separated
    PRIMARY KEY (athlete_id, kind, name)
) STRICT;
CREATE TABLE media (
    athlete_id  INTEGER NOT NULL REFERENCES athlete,
    filename    TEXT NOT NULL,
    activity_id INTEGER,                                 -- null when no row names it
    caption     TEXT NOT NULL, as_of TEXT NOT NULL DEFAULT '', linked_as_of TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (athlete_id, filename)
) STRICT;
CREATE TABLE listing_state (
    athlete_id      INTEGER PRIMARY KEY REFERENCES athlete,
    resume_before   TEXT,
    resume_after    TEXT,
    resume_scopes   TEXT NOT NULL,
    complete_at     TEXT,
    complete_scopes TEXT NOT NULL,
    listed_at       TEXT
) STRICT;
INSERT INTO listing_state VALUES(26462176,NULL,NULL,'',NULL,'read,activity:read_all',NULL);
CREATE TABLE work_item (
    athlete_id  INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    step        TEXT NOT NULL CHECK (step IN ('streams', 'details')),
    state       TEXT NOT NULL CHECK (state IN ('due', 'done', 'absent', 'failed', 'set_aside')),
    attempts    INTEGER NOT NULL,                        -- that failed since it was last done
    next_at     TEXT,                                    -- UTC; when `failed`: not to be tried before
    last_error  TEXT,
    changed_at  TEXT NOT NULL,                           -- UTC
    PRIMARY KEY (athlete_id, activity_id, step),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT;
CREATE TABLE metrics (
    athlete_id              INTEGER NOT NULL,
    activity_id             INTEGER NOT NULL,
    version                 INTEGER NOT NULL,            -- of the algorithms
    stream_source           TEXT NOT NULL,               -- the samples that it was made from
    stream_key              TEXT NOT NULL,
    made_for                TEXT NOT NULL,               -- the activity as it was: sport, indoors, distance, scale
    grade_adjusted_speed    REAL,                        -- m/s
    normalized_graded_speed REAL,                        -- m/s
    normalized_power        REAL,                        -- W
    xpower                  REAL,                        -- W
    efficiency_factor       REAL,
    decoupling              REAL,                        -- share: 0.05 = 5 %
    step_length             REAL,                        -- m
    heartrate_seconds       BLOB,                        -- histograms
    watts_seconds           BLOB,
    speed_seconds           BLOB,
    speed_curve             BLOB,                        -- best means over the standard durations
    power_curve             BLOB,
    heartrate_curve         BLOB,
    PRIMARY KEY (athlete_id, activity_id),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT;
CREATE TABLE best_effort (
    athlete_id   INTEGER NOT NULL,
    activity_id  INTEGER NOT NULL,
    mode         TEXT NOT NULL CHECK (mode IN ('exact', 'strava')),
    distance     REAL NOT NULL,                          -- m, the target
    elapsed_time REAL NOT NULL,                          -- s
    start_time   REAL NOT NULL,                          -- s since the start of the recording
    covered      REAL NOT NULL,                          -- m
    start_index  INTEGER NOT NULL,                       -- of samples
    end_index    INTEGER NOT NULL,
    largest_gap  REAL NOT NULL,                          -- s
    refused      TEXT,                                   -- why it cannot be a record
    PRIMARY KEY (athlete_id, activity_id, mode, distance),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT;
CREATE TABLE metrics_state (
    athlete_id INTEGER PRIMARY KEY REFERENCES athlete,
    version    INTEGER NOT NULL
) STRICT;
CREATE TABLE mark (
    athlete_id      INTEGER NOT NULL,
    activity_id     INTEGER NOT NULL,
    exclude_records INTEGER NOT NULL DEFAULT 0,          -- 0, 1
    treadmill_scale REAL,                                -- true distance / recorded distance
    note            TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (athlete_id, activity_id),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX activity_by_strava_id ON activity (athlete_id, strava_id);
CREATE INDEX activity_by_start ON activity (athlete_id, start_date, activity_id) WHERE deleted_at IS NULL;
CREATE VIEW v_activity AS
SELECT athlete_id, activity_id, strava_id, sources, name, description, private_note, sport_type, type,
       workout_type, start_date, start_date_local, timezone, utc_offset, distance, moving_time, elapsed_time, total_elevation_gain,
       elev_high, elev_low, average_speed, max_speed, has_heartrate, average_heartrate, max_heartrate,
       average_cadence, average_temp, average_watts, weighted_average_watts, max_watts, device_watts,
       kilojoules, calories, suffer_score, gear_id, gear_name, trainer, commute, manual, private, visibility, flagged,
       '[' || start_lat || ',' || start_lng || ']' AS start_latlng,
       '[' || end_lat || ',' || end_lng || ']' AS end_latlng,
       start_lat, start_lng, end_lat, end_lng, summary_polyline, achievement_count, kudos_count,
       comment_count, athlete_count, photo_count, total_photo_count, pr_count, upload_id, external_id,
       device_name
FROM activity
WHERE deleted_at IS NULL;
CREATE INDEX best_effort_by_time ON best_effort (athlete_id, mode, distance, elapsed_time, activity_id);
CREATE VIEW v_best_effort AS
SELECT b.athlete_id, b.activity_id, a.strava_id, a.name, a.sport_type, a.start_date_local, b.mode, b.distance,
       b.elapsed_time, b.distance / b.elapsed_time AS average_speed, b.start_index, b.end_index, b.refused,
       coalesce(k.exclude_records, 0) AS excluded
FROM best_effort b
JOIN activity a USING (athlete_id, activity_id)
LEFT JOIN mark k USING (athlete_id, activity_id)
WHERE a.deleted_at IS NULL;
CREATE VIEW v_metrics AS
SELECT m.athlete_id, m.activity_id, m.grade_adjusted_speed, m.normalized_graded_speed, m.normalized_power, m.xpower,
       m.efficiency_factor, m.decoupling, m.step_length
FROM metrics m
JOIN activity a USING (athlete_id, activity_id)
WHERE a.deleted_at IS NULL;
CREATE VIEW v_gear AS
SELECT athlete_id, gear_id, max(gear_name) AS gear_name, count(*) AS activities, sum(distance) AS distance,
       sum(moving_time) AS moving_time, min(start_date_local) AS first_used, max(start_date_local) AS last_used
FROM activity
WHERE deleted_at IS NULL AND (gear_id IS NOT NULL OR gear_name IS NOT NULL)
GROUP BY athlete_id, gear_id, CASE WHEN gear_id IS NULL THEN gear_name END;
CREATE VIEW v_day AS
SELECT athlete_id, substr(coalesce(start_date_local, start_date), 1, 10) AS date, count(*) AS activities,
       sum(distance) AS distance, sum(moving_time) AS moving_time, sum(elapsed_time) AS elapsed_time,
       sum(total_elevation_gain) AS total_elevation_gain
FROM activity
WHERE deleted_at IS NULL AND coalesce(start_date_local, start_date) IS NOT NULL
GROUP BY athlete_id, substr(coalesce(start_date_local, start_date), 1, 10);
CREATE INDEX file_unclaimed ON file (athlete_id) WHERE strava_id IS NULL;
CREATE VIEW v_lap AS
SELECT l.athlete_id, l.activity_id, l.lap_index, l.start_date, l.elapsed_time, l.moving_time, l.distance,
       l.total_elevation_gain, l.average_speed, l.max_speed, l.average_heartrate, l.max_heartrate,
       l.average_cadence, l.average_watts, l.max_watts, l.calories, l.lap_trigger, l.intensity
FROM lap l
JOIN activity a USING (athlete_id, activity_id)
LEFT JOIN metrics m USING (athlete_id, activity_id)
WHERE a.deleted_at IS NULL
  AND l.source_key = coalesce(m.stream_key, (SELECT r.source_key FROM source_record r
                                             JOIN lap o USING (athlete_id, activity_id, source, source_key)
                                             WHERE r.athlete_id = l.athlete_id AND r.activity_id = l.activity_id
                                             ORDER BY r.quality DESC, r.source_key LIMIT 1));
-- The map's tiles that an activity went over, by zoom; a part of its metrics. Small rows that lie together.
CREATE TABLE explored_tiles (
    athlete_id  INTEGER NOT NULL,
    zoom        INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    tiles       BLOB NOT NULL,                           -- archive/metrics_codec.hpp
    PRIMARY KEY (athlete_id, zoom, activity_id),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
