// SPDX-License-Identifier: MIT
#pragma once

// The store of an athlete's history: what can be kept and asked. Implemented by SqliteArchive (the default)
// and later by PostgreSQL. Every key begins with the athlete. A call either happens wholly or not at all. One
// thread at a time per object.

#include "archive/import_item.hpp"
#include "archive/inspection.hpp"
#include "archive/metrics_store.hpp"
#include "archive/work_item.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "model/activity.hpp"
#include "model/activity_detail.hpp"
#include "model/athlete.hpp"
#include "model/source.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace harrier::archive {

// How far the listing has come. Stored in the same transaction as the rows it speaks of, so it never leads
// the data.
struct ListingState {
    // Set while a pass has not reached its end: what started before this moment, and after `resume_after` if
    // that is set (both exclusive), is still to be listed.
    std::optional<Instant> resume_before{};
    std::optional<Instant> resume_after{};
    // The scopes that the unfinished pass began with.
    std::string resume_scopes{};
    // When the last whole pass ended, and the scopes that it saw with.
    std::optional<Instant> complete_at{};
    std::string complete_scopes{};
    // When the last pass of any kind ended.
    std::optional<Instant> listed_at{};
    // When whole passes began: the one that has not ended, the last one that has, and the one before, if it
    // saw with the same eyes. What was last listed before that is shown by none of them.
    std::optional<Instant> begun_at{};
    std::optional<Instant> complete_begun_at{};
    std::optional<Instant> previous_begun_at{};

    friend bool operator==(const ListingState&, const ListingState&) = default;
};

// Activities that Strava listed once, and lists no more.
struct Unlisted {
    std::vector<WorkItem> gone{}; // not shown by either of the last two whole passes, the newest first
    std::int64_t suspects = 0;    // not shown by the last one
    std::int64_t listed = 0;      // activities of Strava's list that are here, tombstones left out
};

// What was removed of what the API said.
struct Forgotten {
    std::int64_t records = 0;    // of activities
    std::int64_t streams = 0;    // sets of samples
    std::int64_t activities = 0; // that nothing else speaks of: only their number and the user's notes stay
};

struct StoreCounts {
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;

    StoreCounts& operator+=(const StoreCounts& other) {
        added += other.added;
        updated += other.updated;
        unchanged += other.unchanged;
        return *this;
    }
};

// An item of an import that the archive would not take.
struct RefusedItem {
    std::size_t index = 0; // among those that were handed over
    std::string reason;
};

struct ImportOutcome : StoreCounts {
    std::vector<RefusedItem> refused;
};

enum class SortOrder { ascending, descending };

struct ActivityQuery {
    std::vector<std::string> sport_types{};         // empty = all; exact names
    std::optional<std::chrono::local_days> since{}; // first local day, inclusive
    std::optional<std::chrono::local_days> until{}; // last local day, inclusive
    std::string where{};                            // an SQL condition over v_activity; "" = none
    std::string sort = "start_date";                // a column of v_activity
    SortOrder order = SortOrder::descending;
    std::optional<std::int64_t> limit{};
};

// What a group of activities adds up to. Absent values count as nothing, not as zero.
struct Totals {
    std::string key; // "2026-W47", "2026-11", "2026", a sport type, a gear id; "" = everything
    std::int64_t count = 0;
    double distance = 0;             // m
    std::int64_t moving_time = 0;    // s
    std::int64_t elapsed_time = 0;   // s
    double total_elevation_gain = 0; // m
};

enum class Grouping { all, week, month, year, sport, gear };

struct Summary {
    std::int64_t activities = 0;
    std::optional<WallTime> first; // local start of the oldest and the newest
    std::optional<WallTime> last;
    std::int64_t with_streams = 0;
};

// What Strava itself has computed of an activity.
struct StravaLists {
    std::vector<model::Lap> laps{};
    std::vector<model::StravaEffort> efforts{}; // the shortest distance first
    std::vector<model::StravaSplit> splits{};   // kilometres, then miles
};

// Strava's own best effort over a distance, and where it was run.
struct StravaRecord {
    ActivityId activity_id{};
    model::StravaEffort effort;
};

// What SQL gives: bytes as the literal x'…'.
using SqlValue = std::variant<std::monostate, std::int64_t, double, std::string>;

struct SqlReader {
    std::function<void(const std::vector<std::string>& names)> columns; // once, before the rows
    std::function<void(std::vector<SqlValue> row)> row;
};

// Whom files belong to that were imported before anybody logged in and before an export named its athlete.
constexpr AthleteId nobody_yet{0};

class Archive : public Inspection, public MetricsStore {
public:
    // An archive that was begun without a login, for `nobody_yet`, becomes the first athlete's who is stored.
    virtual void store_athlete(const model::Athlete& athlete, std::string_view raw) = 0;
    // The athletes in this archive, oldest first.
    [[nodiscard]] virtual std::vector<model::Athlete> athletes() = 0;

    [[nodiscard]] virtual ListingState listing_state(AthleteId athlete) = 0;
    // Records of one page of the API's listing and the state after it, in one transaction. A record equal to
    // the stored one, athlete_count aside, changes nothing but the moment at which it was last said.
    virtual StoreCounts store_listing(AthleteId athlete, std::span<const model::ActivityRecord> records,
                                      const ListingState& state, Instant fetched_at) = 0;
    // The Strava ids among these that the archive knows.
    [[nodiscard]] virtual std::vector<StravaId> known(AthleteId athlete, std::span<const StravaId> ids) = 0;
    // The newest start among the activities that Strava listed.
    [[nodiscard]] virtual std::optional<Instant> newest_start(AthleteId athlete) = 0;

    // Private ones are left out unless the passes could see them.
    [[nodiscard]] virtual Unlisted unlisted(AthleteId athlete, bool sees_private) = 0;
    // Gone at Strava, kept here: no query shows it until Strava lists it again.
    virtual void store_tombstone(AthleteId athlete, ActivityId id, Instant at) = 0;
    // It is there at that moment, although the list does not show it.
    virtual void note_listed(AthleteId athlete, StravaId id, Instant at) = 0;

    [[nodiscard]] virtual std::vector<model::Activity> activities(AthleteId athlete,
                                                                  const ActivityQuery& query) = 0;
    // By the archive's number or by Strava's.
    [[nodiscard]] virtual std::optional<model::Activity> find_activity(AthleteId athlete, ActivityId id) = 0;
    [[nodiscard]] virtual std::optional<model::Activity> find_activity(AthleteId athlete, StravaId id) = 0;
    // An activity of which nothing but its numbers is here (forget_api), by either of them.
    [[nodiscard]] virtual std::optional<WorkItem> find_forgotten(AthleteId athlete, std::int64_t number) = 0;
    // The exact bytes of the API's summary record.
    [[nodiscard]] virtual std::optional<std::string> raw_summary(AthleteId athlete, ActivityId id) = 0;

    // What an import brings, in one transaction. A file or a row that is here already, and as new, changes
    // nothing. An item that cannot be stored leaves no trace and stops no other.
    virtual ImportOutcome store_import(AthleteId athlete, std::span<const ImportItem> items) = 0;
    virtual void store_belongings(AthleteId athlete, std::span<const Gear> gear,
                                  std::span<const Media> media) = 0;
    // The files that have given recordings.
    [[nodiscard]] virtual std::vector<KnownFile> known_files(AthleteId athlete) = 0;

    // What is to be fetched of that kind at `now`, the newest activity first.
    [[nodiscard]] virtual std::vector<WorkItem> due_work(AthleteId athlete, Step step, Instant now) = 0;
    [[nodiscard]] virtual WorkCounts work_counts(AthleteId athlete, Step step, Instant now) = 0;
    // What failed or was set aside, the newest activity first.
    [[nodiscard]] virtual std::vector<WorkProblem> work_problems(AthleteId athlete) = 0;
    // The API's samples of an activity, which replace those it gave before; the item is then done.
    virtual void store_streams(AthleteId athlete, const WorkItem& item, const FetchedStreams& streams,
                               Instant fetched_at) = 0;
    // What the API says of one activity, which replaces what it said before; the item is then done. Throws
    // Error{data} when it speaks of another activity.
    virtual void store_detail(AthleteId athlete, const WorkItem& item, const model::ActivityDetail& detail,
                              Instant fetched_at) = 0;
    virtual void store_outcome(AthleteId athlete, const WorkItem& item, const WorkOutcome& outcome) = 0;
    // Whatever came of its requests before: samples are due, details if they were fetched once.
    virtual void make_due(AthleteId athlete, ActivityId id, Step step, Instant at) = 0;
    // Removes what the API said before that moment and has not said again. What files and exports gave stays.
    // An activity that nothing else speaks of keeps its number and the user's notes, and is shown again when
    // Strava lists it.
    virtual Forgotten forget_api(AthleteId athlete, Instant before) = 0;
    // Removes all that ever came from the API: activities, samples, how far the listing has come, and who the
    // athlete is; with the user's notes on activities that nothing else speaks of. The freed bytes are
    // overwritten.
    virtual Forgotten purge_api(AthleteId athlete) = 0;
    // What was set aside, or waits after a failure, is due again.
    virtual void retry_work(AthleteId athlete, Instant at) = 0;
    // Everything that `work` stores in this archive happens wholly or not at all. Not for store_listing,
    // which is a transaction of its own.
    virtual void together(const std::function<void()>& work) = 0;
    // What `work` stores by store_import and store_belongings is seen until it returns, and then undone.
    // Nobody else can write meanwhile.
    virtual void rehearse(const std::function<void()>& work) = 0;

    // What each source said about the activity, in no particular order.
    [[nodiscard]] virtual std::vector<model::Statement> statements(AthleteId athlete, ActivityId id) = 0;
    // The best samples: a file's before the API's, then those of the file that tells most.
    [[nodiscard]] virtual std::optional<StoredStream> find_stream(AthleteId athlete, ActivityId id) = 0;
    // Laps, efforts and splits as Strava's detail of the activity has them; empty lists before it is fetched.
    [[nodiscard]] virtual StravaLists strava_lists(AthleteId athlete, ActivityId id) = 0;
    // The fastest effort of each distance that Strava itself has computed, over all activities whose details
    // are here and that are not marked to be left out of records, the shortest distance first.
    [[nodiscard]] virtual std::vector<StravaRecord> strava_records(AthleteId athlete) = 0;
    // Photos and videos that the export lists for the activity, in the order of their names.
    [[nodiscard]] virtual std::vector<Media> media(AthleteId athlete, ActivityId id) = 0;
    // The files of an activity, the one that has the best samples first; `raw` is as it is kept.
    [[nodiscard]] virtual std::vector<ImportedFile> files(AthleteId athlete, ActivityId id) = 0;

    // Groups in time order, newest first, or by falling distance for sport and gear; `all` is always one row.
    // Weeks are ISO weeks of local time. The key is "" where an activity has no start or no gear. The query's
    // order and limit choose the activities that are added up.
    [[nodiscard]] virtual std::vector<Totals> totals(AthleteId athlete, Grouping grouping,
                                                     const ActivityQuery& query) = 0;
    [[nodiscard]] virtual Summary summary(AthleteId athlete) = 0;

    // One statement that reads the views (docs/sql.md), in SQLite's words; streams() is the athlete's. Throws
    // Error{usage} for what cannot be read or would change something, Error{interrupted}.
    virtual void sql(AthleteId athlete, std::string_view statement, const SqlReader& reader,
                     const std::stop_token& stop) = 0;
};

} // namespace harrier::archive
