// SPDX-License-Identifier: MIT
#pragma once

// What the emulator serves: activities as finished JSON texts, so that captured ones are served exactly as
// captured. Implemented by the made-up athlete, by captured listings, and by nothing (an empty account).

#include "base/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::emulator {

// One activity of the listing. `summary_json` is sent as it stands.
struct ListedActivity {
    std::int64_t id = 0;
    Instant start_date{};
    bool only_me = false; // needs activity:read_all
    std::string summary_json;
};

// One key of a stream set: "time", "latlng", … with its values as a JSON array text: "[0,1,2]".
struct StreamColumn {
    std::string type;
    std::string data_json;
};

struct StreamSet {
    std::vector<StreamColumn> columns; // all of the same length; missing sensors are absent
    std::size_t original_size = 0;
};

class ActivitySource {
public:
    virtual ~ActivitySource() = default;

    // Newest first by start_date.
    [[nodiscard]] virtual std::vector<ListedActivity> activities() const = 0;

    // The remaining calls may compute lazily; any thread. Nothing = Strava answers 404.
    [[nodiscard]] virtual std::optional<std::string> detail_json(std::int64_t id) const = 0;
    [[nodiscard]] virtual std::optional<std::string> laps_json(std::int64_t id) const = 0;
    [[nodiscard]] virtual std::optional<StreamSet> streams(std::int64_t id) const = 0;

    // DetailedAthlete (resource_state 3), the zones, the stats, and gear by id ("g123").
    [[nodiscard]] virtual std::string athlete_json() const = 0;
    [[nodiscard]] virtual std::string zones_json() const = 0;
    [[nodiscard]] virtual std::string stats_json() const = 0;
    [[nodiscard]] virtual std::optional<std::string> gear_json(std::string_view id) const = 0;
    // The same athlete as a summary (resource_state 2), as the token endpoint and the scope `read` see it.
    [[nodiscard]] virtual std::string athlete_summary_json() const = 0;
    [[nodiscard]] virtual std::int64_t athlete_id() const = 0;
};

struct MadeUpOptions {
    std::uint64_t seed = 1;
    int activities = 600; // over three years; more or fewer stretch or cut the history
    Instant end{}; // the newest activity lies shortly before; the default is a fixed day, for equal bytes
};

// A believable runner: the same bytes for the same options on every machine.
[[nodiscard]] std::unique_ptr<ActivitySource> make_made_up_athlete(const MadeUpOptions& options);

// A JSON array of SummaryActivity as captured. Throws Error{data} with the place when it is not one.
[[nodiscard]] std::unique_ptr<ActivitySource> make_captured_athlete(std::string json_array);

// A new account without activities.
[[nodiscard]] std::unique_ptr<ActivitySource> make_empty_athlete();

} // namespace harrier::emulator
