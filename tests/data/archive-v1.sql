-- An archive of version 1 with one athlete and one activity, as the first harrier made it.
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

-- One outing, merged from its source records: a copy that can be made again from them at any time.
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
    suffer_score           REAL,
    gear_id                TEXT,
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

CREATE UNIQUE INDEX activity_by_strava_id ON activity (athlete_id, strava_id);
CREATE INDEX activity_by_start ON activity (athlete_id, start_date, activity_id) WHERE deleted_at IS NULL;

-- What one source said about an activity: at most one record of each kind from the API and the export, and
-- any number of files.
CREATE TABLE source_record (
    athlete_id  INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    source      TEXT NOT NULL CHECK (source IN ('api_summary', 'api_detail', 'export_row', 'file')),
    source_key  TEXT NOT NULL,                           -- Strava's id; the SHA-256 of a file
    fetched_at  TEXT NOT NULL,                           -- UTC; when these bytes came
    keep_until  TEXT,                                    -- UTC; null = for ever
    raw         BLOB NOT NULL,                           -- zstd, with checksum
    PRIMARY KEY (athlete_id, activity_id, source, source_key),
    UNIQUE (athlete_id, source, source_key),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity
) STRICT;

-- How far the listing has come; see ListingState.
CREATE TABLE listing_state (
    athlete_id      INTEGER PRIMARY KEY REFERENCES athlete,
    resume_before   TEXT,
    resume_after    TEXT,
    resume_scopes   TEXT NOT NULL,
    complete_at     TEXT,
    complete_scopes TEXT NOT NULL,
    listed_at       TEXT
) STRICT;

-- The interface for SQL: names and units of Strava's API; activity_id, strava_id, sources and the separate
-- coordinates are ours.
CREATE VIEW v_activity AS
SELECT athlete_id, activity_id, strava_id, sources, name, sport_type, type, workout_type, start_date,
       start_date_local, timezone, utc_offset, distance, moving_time, elapsed_time, total_elevation_gain,
       elev_high, elev_low, average_speed, max_speed, has_heartrate, average_heartrate, max_heartrate,
       average_cadence, average_temp, average_watts, weighted_average_watts, max_watts, device_watts,
       kilojoules, suffer_score, gear_id, trainer, commute, manual, private, visibility, flagged,
       '[' || start_lat || ',' || start_lng || ']' AS start_latlng,
       '[' || end_lat || ',' || end_lng || ']' AS end_latlng,
       start_lat, start_lng, end_lat, end_lng, summary_polyline, achievement_count, kudos_count,
       comment_count, athlete_count, photo_count, total_photo_count, pr_count, upload_id, external_id,
       device_name
FROM activity
WHERE deleted_at IS NULL;

INSERT INTO athlete (athlete_id, position, next_activity_id, firstname) VALUES (26462176, 1, 2, 'Kim');
INSERT INTO activity (athlete_id, activity_id, sources, strava_id, start_date, start_date_local, sport_type, name, distance)
VALUES (26462176, 1, 'api_summary', 11, '2026-01-01T07:00:00Z', '2026-01-01T08:00:00Z', 'Run', 'Old run', 5000.5);
INSERT INTO source_record (athlete_id, activity_id, source, source_key, fetched_at, raw)
VALUES (26462176, 1, 'api_summary', '11', '2026-02-01T00:00:00Z', x'28b52ffd24056900007b226964223a31317d');
INSERT INTO listing_state (athlete_id, resume_scopes, complete_scopes) VALUES (26462176, '', 'read,activity:read_all');
