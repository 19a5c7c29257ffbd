// SPDX-License-Identifier: MIT
#include "archive/listing_writer.hpp"

#include "archive/absence_rows.hpp"
#include "archive/same_record.hpp"
#include "archive/statement.hpp"
#include "archive/work_rows.hpp"
#include "base/error.hpp"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>

#include <algorithm>

namespace harrier::archive {

namespace {

constexpr auto listing = model::Source::api_summary;

// How Strava hides a start: to one second past midnight.
bool is_start_hidden(const model::Activity& activity) {
    using namespace std::chrono;
    return activity.start_date_local &&
           *activity.start_date_local - floor<days>(*activity.start_date_local) == seconds{1};
}

// Cropped, merged, corrected, or moved in time: then its samples may be others, too. A start that is hidden
// or shown again moves nothing.
bool may_have_other_samples(const model::Activity& before, const model::Activity& now) {
    const bool has_moved =
        before.start_date != now.start_date && !is_start_hidden(before) && !is_start_hidden(now);
    return has_moved || before.distance != now.distance || before.elapsed_time != now.elapsed_time ||
           before.total_elevation_gain != now.total_elevation_gain ||
           before.has_heartrate != now.has_heartrate || before.summary_polyline != now.summary_polyline;
}

// What others do to an activity, or what shifts between two listings: no sign of an edit.
model::Activity without_counts(model::Activity activity) {
    activity.kudos_count.reset();
    activity.comment_count.reset();
    activity.athlete_count.reset();
    activity.achievement_count.reset();
    activity.photo_count.reset();
    activity.total_photo_count.reset();
    activity.pr_count.reset();
    return activity;
}

} // namespace

ListingWriter::ListingWriter(SQLite::Database& database)
    : m_database(database), m_activities(database), m_linker(database, m_activities),
      m_find(database, "SELECT a.activity_id, r.fetched_at, r.raw, a.deleted_at IS NOT NULL FROM activity a "
                       "LEFT JOIN source_record r ON r.athlete_id = a.athlete_id AND "
                       "r.activity_id = a.activity_id AND r.source = 'api_summary' "
                       "WHERE a.athlete_id = ? AND a.strava_id = ?"),
      m_state(database,
              "INSERT OR REPLACE INTO listing_state (athlete_id, resume_before, resume_after, "
              "resume_scopes, complete_at, complete_scopes, listed_at, begun_at, complete_begun_at, "
              "previous_begun_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

void ListingWriter::begin(AthleteId athlete) {
    m_athlete = athlete;
    m_activities.begin(athlete);
    m_linker.begin(athlete);
}

StoreCounts ListingWriter::store(const model::ActivityRecord& record, Instant fetched_at) {
    if (!record.activity.strava_id) {
        throw Error(ErrorKind::data, "cannot store a listed activity: it has no id");
    }
    const auto key = fmt::to_string(record.activity.strava_id->value);
    const auto stored = find(*record.activity.strava_id);
    // Compared with what is stored, not with a hash of it: exact, and the bytes are at hand anyway.
    if (stored && stored->raw && is_stored(*stored->raw, record.raw)) {
        if (stored->fetched_at < fetched_at &&
            m_activities.redate(stored->activity_id, listing, key, fetched_at)) {
            settle_around(stored->activity_id);
        }
        if (stored->is_hidden) {
            revive(stored->activity_id, fetched_at);
            return {.updated = 1};
        }
        return {.unchanged = 1};
    }
    const auto frame = m_compressor.compress(record.raw);
    const RecordToStore to_store{
        .source = listing, .key = key, .as_of = fetched_at, .said = record.activity, .raw = frame};
    if (stored) {
        note_change_of(stored->activity_id, record.activity, fetched_at);
        if (stored->is_hidden) {
            revive(stored->activity_id, fetched_at);
        }
        m_linker.note(stored->activity_id);
        m_activities.put(stored->activity_id, to_store);
        settle_around(stored->activity_id);
        return {.updated = 1};
    }
    // Files that were here before Strava told of the outing.
    const auto files = m_activities.find_same_outings(record.activity, true);
    if (files.empty()) {
        settle_around(m_activities.add(to_store));
        return {.added = 1};
    }
    m_activities.put(files.front(), to_store);
    settle_around(files.front());
    return {.updated = 1};
}

void ListingWriter::settle_around(std::int64_t activity_id) {
    m_linker.note(activity_id);
    (void)m_linker.settle();
}

void ListingWriter::store_detail(ActivityId id, const model::ActivityRecord& record, Instant fetched_at) {
    const auto frame = m_compressor.compress(record.raw);
    revive(id.value, fetched_at);
    m_linker.note(id.value);
    m_activities.put(id.value, {.source = model::Source::api_detail,
                                .key = fmt::to_string(record.activity.strava_id.value().value),
                                .as_of = fetched_at,
                                .said = record.activity,
                                .raw = frame});
    settle_around(id.value);
}

void ListingWriter::revive(std::int64_t activity_id, Instant at) {
    write_revived(m_database, m_athlete, ActivityId{activity_id}, at);
}

// A damaged record is another one, so that listing it again mends it.
bool ListingWriter::is_stored(const std::string& frame, const std::string& raw) {
    try {
        return is_same_record(m_decompressor.decompress(frame), raw);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::data) {
            throw;
        }
        return false;
    }
}

std::optional<model::Activity> ListingWriter::find_listed(std::int64_t activity_id) {
    const auto said = m_activities.statements(activity_id);
    const auto found = std::find_if(said.begin(), said.end(), [](const model::Statement& statement) {
        return statement.source == listing;
    });
    return found == said.end() ? std::nullopt : std::optional(found->said);
}

void ListingWriter::note_change_of(std::int64_t activity_id, const model::Activity& now, Instant at) {
    const auto before = find_listed(activity_id);
    if (!before) {
        return;
    }
    const ActivityId id{activity_id};
    if (may_have_other_samples(*before, now)) {
        write_due_again(m_database, m_athlete, id, Step::streams, at);
    }
    // By its columns: what the archive does not read changes nothing that it would fetch.
    auto said = without_counts(now);
    auto said_before = without_counts(*before);
    said.athlete_id = said_before.athlete_id;
    said.activity_id = said_before.activity_id;
    said.sources = said_before.sources;
    if (said != said_before) {
        write_due_again(m_database, m_athlete, id, Step::details, at);
    }
}

std::optional<ListingWriter::Stored> ListingWriter::find(StravaId id) {
    m_find.bind(1, m_athlete.value);
    m_find.bind(2, id.value);
    std::optional<Stored> stored;
    if (m_find.executeStep()) {
        stored = Stored{.activity_id = m_find.getColumn(0).getInt64(),
                        .fetched_at = {},
                        .raw = std::nullopt,
                        .is_hidden = m_find.getColumn(3).getInt() != 0};
        if (const auto raw = m_find.getColumn(2); !raw.isNull()) {
            stored->fetched_at = parse_instant(m_find.getColumn(1).getText()).value_or(Instant{});
            stored->raw = raw.getString();
        }
    }
    m_find.reset();
    return stored;
}

void ListingWriter::store_state(const ListingState& state) {
    m_state.bind(1, m_athlete.value);
    bind_optional(m_state, 2, state.resume_before);
    bind_optional(m_state, 3, state.resume_after);
    m_state.bindNoCopy(4, state.resume_scopes);
    bind_optional(m_state, 5, state.complete_at);
    m_state.bindNoCopy(6, state.complete_scopes);
    bind_optional(m_state, 7, state.listed_at);
    bind_optional(m_state, 8, state.begun_at);
    bind_optional(m_state, 9, state.complete_begun_at);
    bind_optional(m_state, 10, state.previous_begun_at);
    run(m_state);
}

} // namespace harrier::archive
