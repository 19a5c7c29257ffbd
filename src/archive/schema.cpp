// SPDX-License-Identifier: MIT
#include "archive/schema.hpp"

namespace harrier::archive {

namespace {

// Every key begins with the athlete, so that the same tables can be distributed by athlete later.
// Times are texts as Strava writes them: they sort, they index, and SQLite's date functions read them.
constexpr const char* athlete_table = R"sql(
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
)sql";

// What a source can say of an activity, and so what an activity is merged from.
constexpr const char* activity_fields = R"sql(
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
)sql";

constexpr const char* activity_indexes = R"sql(
CREATE UNIQUE INDEX activity_by_strava_id ON activity (athlete_id, strava_id);
CREATE INDEX activity_by_start ON activity (athlete_id, start_date, activity_id) WHERE deleted_at IS NULL;
)sql";

// One outing, merged from its source records: a copy that can be made again from them at any time.
std::string activity_table() {
    return std::string(R"sql(
CREATE TABLE activity (
    athlete_id             INTEGER NOT NULL REFERENCES athlete,
    activity_id            INTEGER NOT NULL,
    deleted_at             TEXT,                         -- a tombstone: gone at Strava, kept here
    sources                TEXT NOT NULL,                -- the kinds of its source records, comma-separated
)sql") + activity_fields +
           R"sql(
    PRIMARY KEY (athlete_id, activity_id)
) STRICT;
)sql" + activity_indexes;
}

// What one source said about an activity: at most one record of each kind from the API and the export, and
// any number of files.
constexpr const char* source_record_table = R"sql(
CREATE TABLE source_record (
    athlete_id  INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    source      TEXT NOT NULL CHECK (source IN ('api_summary', 'api_detail', 'export_row', 'file')),
    source_key  TEXT NOT NULL,                           -- Strava's id; the SHA-256 of a file
    fetched_at  TEXT NOT NULL,                           -- UTC; when the source said it
    keep_until  TEXT,                                    -- UTC; null = for ever
    raw         BLOB,                                    -- zstd, with checksum; a file's bytes are in `file`
    PRIMARY KEY (athlete_id, activity_id, source, source_key),
    UNIQUE (athlete_id, source, source_key),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity
) STRICT;
)sql";

// The fields that each source said, for activities that have several: `activity` is merged from these. The
// only source of an activity has no row here, since then `activity` itself is what it said.
std::string source_activity_table() {
    return std::string(R"sql(
CREATE TABLE source_activity (
    athlete_id             INTEGER NOT NULL,
    activity_id            INTEGER NOT NULL,
    source                 TEXT NOT NULL,
    source_key             TEXT NOT NULL,
)sql") + activity_fields +
           R"sql(
    PRIMARY KEY (athlete_id, activity_id, source, source_key),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity
) STRICT;
)sql";
}

constexpr const char* imported_tables = R"sql(
-- Files as they were recorded, each once.
CREATE TABLE file (
    athlete_id INTEGER NOT NULL REFERENCES athlete,
    sha256     TEXT NOT NULL,                            -- of the bytes, not compressed
    name       TEXT NOT NULL,                            -- where it was found, for people
    format     TEXT NOT NULL,                            -- fit, gpx, tcx
    size       INTEGER NOT NULL,                         -- bytes, not compressed
    strava_id  INTEGER,                                  -- of the activity whose row names it
    raw        BLOB NOT NULL,                            -- zstd, or gzip when it came so
    PRIMARY KEY (athlete_id, sha256)
) STRICT;

-- Samples, one set for each source that has them.
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

-- Bikes and shoes as the export names them; it has no ids for them.
CREATE TABLE gear (
    athlete_id  INTEGER NOT NULL REFERENCES athlete,
    kind        TEXT NOT NULL CHECK (kind IN ('bike', 'shoes')),
    name        TEXT NOT NULL,
    brand       TEXT NOT NULL,
    model       TEXT NOT NULL,
    sport_types TEXT NOT NULL,                           -- that it is the default of, comma-separated
    PRIMARY KEY (athlete_id, kind, name)
) STRICT;

-- Photos and videos that the export lists; the files themselves stay there.
CREATE TABLE media (
    athlete_id  INTEGER NOT NULL REFERENCES athlete,
    filename    TEXT NOT NULL,
    activity_id INTEGER,                                 -- null when no row names it
    caption     TEXT NOT NULL,
    PRIMARY KEY (athlete_id, filename)
) STRICT;
)sql";

constexpr const char* listing_state_table = R"sql(
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
)sql";

constexpr const char* work_item_table = R"sql(
-- What came of the requests for single activities: one row for each that was tried, or has to be made again.
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
)sql";

constexpr const char* views = R"sql(
-- The interface for SQL: names and units of Strava's API; activity_id, strava_id, sources and the separate
-- coordinates are ours.
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
)sql";

constexpr const char* metrics_tables = R"sql(
-- What is computed from samples; see model/metrics.hpp. Histograms and curves: archive/metrics_codec.hpp.
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
CREATE INDEX best_effort_by_time ON best_effort (athlete_id, mode, distance, elapsed_time, activity_id);

-- Whether everything is measured; every change of activities takes that back.
CREATE TABLE metrics_state (
    athlete_id INTEGER PRIMARY KEY REFERENCES athlete,
    version    INTEGER NOT NULL
) STRICT;

-- What the user noted of an activity; Strava never sees it.
CREATE TABLE mark (
    athlete_id      INTEGER NOT NULL,
    activity_id     INTEGER NOT NULL,
    exclude_records INTEGER NOT NULL DEFAULT 0,          -- 0, 1
    treadmill_scale REAL,                                -- true distance / recorded distance
    note            TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (athlete_id, activity_id),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT;
)sql";

constexpr const char* explored_tiles_table = R"sql(
-- The map's tiles that an activity went over, by zoom; a part of its metrics. Small rows that lie together.
CREATE TABLE explored_tiles (
    athlete_id  INTEGER NOT NULL,
    zoom        INTEGER NOT NULL,
    activity_id INTEGER NOT NULL,
    tiles       BLOB NOT NULL,                           -- archive/metrics_codec.hpp
    PRIMARY KEY (athlete_id, zoom, activity_id),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* metrics_views = R"sql(
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
)sql";

constexpr const char* gear_views = R"sql(
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
)sql";

// The newest columns of `source_record`: of a file, how much it tells and whether it breaks off. And the
// files that no row names: there are none in the archive of whom imports only exports.
constexpr const char* file_quality_columns = R"sql(
ALTER TABLE source_record ADD COLUMN quality INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_record ADD COLUMN is_cut INTEGER NOT NULL DEFAULT 0;
CREATE INDEX file_unclaimed ON file (athlete_id) WHERE strava_id IS NULL;
)sql";

// What an import found in a file; when an export said what it says of gear and photos.
constexpr const char* import_columns = R"sql(
ALTER TABLE file ADD COLUMN findings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE gear ADD COLUMN as_of TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN as_of TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN linked_as_of TEXT NOT NULL DEFAULT '';
)sql";

// What Strava says of one activity beyond the list; when the last whole passes over the list began.
constexpr const char* detail_tables = R"sql(
ALTER TABLE listing_state ADD COLUMN begun_at TEXT;
ALTER TABLE listing_state ADD COLUMN complete_begun_at TEXT;
ALTER TABLE listing_state ADD COLUMN previous_begun_at TEXT;

-- Best efforts as Strava has computed them.
CREATE TABLE strava_effort (
    athlete_id   INTEGER NOT NULL,
    activity_id  INTEGER NOT NULL,
    position     INTEGER NOT NULL,                       -- 1, 2, 3 …, by distance
    name         TEXT NOT NULL,
    distance     REAL NOT NULL,                          -- m
    elapsed_time REAL NOT NULL,                          -- s
    moving_time  REAL,                                   -- s
    start_date   TEXT,                                   -- UTC
    start_index  INTEGER,                                -- of Strava's samples
    end_index    INTEGER,
    pr_rank      INTEGER,
    PRIMARY KEY (athlete_id, activity_id, position),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT;

-- Splits as Strava has computed them.
CREATE TABLE strava_split (
    athlete_id           INTEGER NOT NULL,
    activity_id          INTEGER NOT NULL,
    unit                 TEXT NOT NULL CHECK (unit IN ('kilometre', 'mile')),
    split                INTEGER NOT NULL,               -- 1, 2, 3 …
    distance             REAL NOT NULL,                  -- m
    elapsed_time         REAL NOT NULL,                  -- s
    moving_time          REAL,                           -- s
    elevation_difference REAL,                           -- m
    average_speed        REAL,                           -- m/s
    average_grade_adjusted_speed REAL,                   -- m/s
    average_heartrate    REAL,                           -- bpm
    PRIMARY KEY (athlete_id, activity_id, unit, split),
    FOREIGN KEY (athlete_id, activity_id) REFERENCES activity ON DELETE CASCADE
) STRICT;

CREATE VIEW v_strava_effort AS
SELECT e.athlete_id, e.activity_id, a.strava_id, a.name AS activity_name, a.sport_type, a.start_date_local, e.name,
       e.distance, e.elapsed_time, e.moving_time, e.start_date, e.start_index, e.end_index, e.pr_rank
FROM strava_effort e
JOIN activity a USING (athlete_id, activity_id)
WHERE a.deleted_at IS NULL;

CREATE VIEW v_strava_split AS
SELECT s.athlete_id, s.activity_id, s.unit, s.split, s.distance, s.elapsed_time, s.moving_time,
       s.elevation_difference, s.average_speed, s.average_grade_adjusted_speed, s.average_heartrate
FROM strava_split s
JOIN activity a USING (athlete_id, activity_id)
WHERE a.deleted_at IS NULL;
)sql";

constexpr const char* lap_view = R"sql(
-- Laps as the recording has them whose samples are the best.
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
)sql";

// Version 2: other sources than the API's listing.
std::string step_to_2() {
    return std::string(R"sql(
ALTER TABLE activity ADD COLUMN description TEXT;
ALTER TABLE activity ADD COLUMN private_note TEXT;
ALTER TABLE activity ADD COLUMN calories REAL;
ALTER TABLE activity ADD COLUMN gear_name TEXT;
ALTER TABLE source_record RENAME TO source_record_1;
)sql") + source_record_table +
           R"sql(
INSERT INTO source_record SELECT * FROM source_record_1;
DROP TABLE source_record_1;
)sql" + source_activity_table() +
           imported_tables + "DROP VIEW v_activity;" + views;
}

// Version 3: what is fetched for each activity after it was listed.
std::string step_to_3() {
    return std::string(work_item_table) + metrics_tables + metrics_views + gear_views;
}

// Version 4: the best of several files is no longer the one with the smallest key. What was imported before
// has the rank of its format and its laps; quality.cpp has the numbers.
std::string step_to_4() {
    return std::string(file_quality_columns) + R"sql(
UPDATE source_record SET quality = 200000000
    + (SELECT CASE f.format WHEN 'fit' THEN 30000000 WHEN 'tcx' THEN 20000000 ELSE 10000000 END FROM file f
       WHERE f.athlete_id = source_record.athlete_id AND f.sha256 = substr(source_record.source_key, 1, 64))
    + (SELECT min(count(*), 9999) FROM lap l WHERE l.athlete_id = source_record.athlete_id
       AND l.activity_id = source_record.activity_id AND l.source_key = source_record.source_key)
WHERE source = 'file';
DROP VIEW IF EXISTS v_lap;
)sql" + lap_view;
}

} // namespace

std::string schema_sql() {
    return athlete_table + activity_table() + source_record_table + source_activity_table() +
           imported_tables + listing_state_table + work_item_table + metrics_tables + views + metrics_views +
           gear_views + file_quality_columns + lap_view + import_columns + explored_tiles_table +
           detail_tables;
}

std::string migration_sql(int version) {
    switch (version) {
    case 1:
        return step_to_2();
    case 2:
        return step_to_3();
    case 3:
        return step_to_4();
    case 4:
        return import_columns;
    case 5:
        return explored_tiles_table;
    case 6:
        return detail_tables;
    default:
        return {};
    }
}

} // namespace harrier::archive
