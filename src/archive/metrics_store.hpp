// SPDX-License-Identifier: MIT
#pragma once

// What is computed from samples, kept beside the activities, and the local notes that a user makes on them.
// Metrics follow the samples: whoever changes an activity need not care, `unmeasured` finds what is behind.

#include "archive/import_item.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "model/activity.hpp"
#include "model/metrics.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harrier::archive {

// What a user noted; Strava never sees it.
struct Mark {
    bool exclude_records = false;
    std::optional<double> treadmill_scale{}; // true distance / recorded distance
    std::string note{};

    friend bool operator==(const Mark&, const Mark&) = default;
};

// What metrics are computed from.
struct MeasurementInput {
    model::Activity activity{};
    StoredStream stream{};
    Mark mark{};
};

struct Measurement {
    ActivityId activity{};
    std::string stream_source{}; // of the samples it was made from
    std::string stream_key{};
    model::Metrics metrics{};
};

// One activity in a list of records.
struct RecordEffort {
    model::BestEffort effort{};
    ActivityId activity{};
    std::optional<StravaId> strava_id{};
    std::string name{};
    std::string sport_type{};
    std::optional<WallTime> start_date_local{};
    bool excluded = false; // by a mark of the user's
};

struct RecordQuery {
    model::EffortMode mode = model::EffortMode::exact;
    double distance = 0;                    // m
    std::vector<std::string> sport_types{}; // empty = all
    std::optional<std::chrono::local_days> since{};
    std::optional<std::chrono::local_days> until{};
    bool with_refused = false; // those too that cannot be records, and excluded activities
    std::optional<std::int64_t> limit{};
};

// The map's tiles that an activity went over.
struct ExploredActivity {
    ActivityId activity{};
    std::vector<model::Tile> tiles{}; // each once, in the order of the first visit
};

// An activity with what was measured of it.
struct MeasuredActivity {
    ActivityId activity{};
    std::optional<StravaId> strava_id{};
    std::string name{};
    std::string sport_type{};
    std::optional<WallTime> start_date_local{};
    std::optional<double> distance{};           // m
    std::optional<std::int64_t> moving_time{};  // s
    std::optional<std::int64_t> elapsed_time{}; // s
    std::optional<double> average_heartrate{};  // bpm
    std::optional<double> average_watts{};
    std::optional<model::Metrics> metrics{}; // without best efforts and tiles; empty without samples
};

class MetricsStore {
public:
    virtual ~MetricsStore() = default;

    // True when every activity with samples has been measured by this version of the algorithms. Costs
    // nothing.
    [[nodiscard]] virtual bool is_measured(AthleteId athlete, int version) = 0;
    // The activities whose metrics are absent, of another version, of other samples, or of another sport,
    // distance or scale than they have now; newest first.
    [[nodiscard]] virtual std::vector<ActivityId> unmeasured(AthleteId athlete, int version) = 0;
    // Nothing when the activity has no samples any more.
    [[nodiscard]] virtual std::optional<MeasurementInput> measurement_input(AthleteId athlete,
                                                                            ActivityId id) = 0;
    // In one transaction.
    virtual void store_metrics(AthleteId athlete, int version, std::span<const Measurement> measurements) = 0;
    // Says that nothing was left to measure; forgotten by the next change.
    virtual void note_measured(AthleteId athlete, int version) = 0;

    // The fastest first; of equal times the earlier activity.
    [[nodiscard]] virtual std::vector<RecordEffort> records(AthleteId athlete, const RecordQuery& query) = 0;
    // The distances that there are efforts over, in metres, ascending.
    [[nodiscard]] virtual std::vector<double> effort_distances(AthleteId athlete, model::EffortMode mode) = 0;
    [[nodiscard]] virtual std::vector<model::BestEffort> best_efforts(AthleteId athlete, ActivityId id) = 0;
    // Without tiles.
    [[nodiscard]] virtual std::optional<model::Metrics> metrics(AthleteId athlete, ActivityId id) = 0;
    // The activities that went over any tile of this zoom, tombstones too, by their numbers.
    [[nodiscard]] virtual std::vector<ExploredActivity> explored(AthleteId athlete, int zoom) = 0;
    // Every activity that is not a tombstone, oldest first; `visit` may keep it.
    virtual void for_each_measured(AthleteId athlete,
                                   const std::function<void(MeasuredActivity&&)>& visit) = 0;

    [[nodiscard]] virtual Mark mark(AthleteId athlete, ActivityId id) = 0;
    virtual void store_mark(AthleteId athlete, ActivityId id, const Mark& mark) = 0;
};

} // namespace harrier::archive
