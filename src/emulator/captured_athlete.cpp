// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "emulator/activity_json.hpp"
#include "emulator/activity_source.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <unordered_map>

namespace harrier::emulator {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t unknown_athlete_id = 1;
constexpr std::string_view default_zones =
    R"({"heart_rate":{"custom_zones":false,"zones":[{"min":0,"max":115},{"min":115,"max":152},)"
    R"({"min":152,"max":171},{"min":171,"max":190},{"min":190,"max":-1}]}})";

// The members that a summary and a detail begin with; `about` stands where only a detail has more.
std::string athlete_start(std::int64_t id, int resource_state, std::string_view about) {
    return fmt::format(
        R"({{"id":{},"username":"emulated","resource_state":{},"firstname":"Emulated",)"
        R"("lastname":"Athlete",{}"city":"","state":"","country":"","sex":null,"premium":false,)"
        R"("summit":false,"created_at":"2017-01-01T00:00:00Z",)"
        R"("updated_at":"2025-01-01T00:00:00Z","badge_type_id":0,{}"profile_medium":)"
        R"("avatar/athlete/medium.png","profile":"avatar/athlete/large.png","friend":null,)"
        R"("follower":null)",
        id, resource_state, about, about.empty() ? "" : R"("weight":70.0,)");
}

std::string summary_athlete(std::int64_t id) {
    return athlete_start(id, 2, "") + "}";
}

std::string detailed_athlete(std::int64_t id, std::string_view bikes, std::string_view shoes) {
    return athlete_start(id, 3, R"("bio":"",)") +
           fmt::format(R"(,"blocked":false,"can_follow":true,"follower_count":0,"friend_count":0,)"
                       R"("mutual_friend_count":0,"athlete_type":1,"date_preference":"%m/%d/%Y",)"
                       R"("measurement_preference":"meters","clubs":[],"postable_clubs_count":0,)"
                       R"("ftp":null,"bikes":[{}],"shoes":[{}]}})",
                       bikes, shoes);
}

struct Totals {
    long count = 0;
    double distance = 0;
    long long moving_time = 0;
    long long elapsed_time = 0;
    double elevation_gain = 0;
    long long achievements = 0;
};

// What the listing says about one activity, as far as sums need it.
struct Figures {
    std::string kind; // "run", "ride", "swim", or "" for all others
    Instant start{};
    Totals totals;
    std::string gear_id;
    std::int64_t athlete_id = 0;
};

double number(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>() : 0.0;
}

std::string kind_of(const std::string& type) {
    if (type == "Run" || type == "Ride" || type == "Swim") {
        return type == "Run" ? "run" : type == "Ride" ? "ride" : "swim";
    }
    return {};
}

Figures read_figures(const ListedActivity& activity) {
    const auto object = nlohmann::json::parse(activity.summary_json);
    const auto text = [&](const char* key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
    };
    Figures figures;
    figures.kind = kind_of(text("type"));
    figures.start = activity.start_date;
    figures.totals = {1,
                      number(object, "distance"),
                      static_cast<long long>(number(object, "moving_time")),
                      static_cast<long long>(number(object, "elapsed_time")),
                      number(object, "total_elevation_gain"),
                      static_cast<long long>(number(object, "achievement_count"))};
    figures.gear_id = text("gear_id");
    const auto athlete = object.find("athlete");
    if (athlete != object.end() && athlete->is_object()) {
        const auto id = athlete->find("id");
        figures.athlete_id = id != athlete->end() && id->is_number_integer() ? id->get<std::int64_t>() : 0;
    }
    return figures;
}

void add(Totals& sum, const Totals& one) {
    sum.count += one.count;
    sum.distance += one.distance;
    sum.moving_time += one.moving_time;
    sum.elapsed_time += one.elapsed_time;
    sum.elevation_gain += one.elevation_gain;
    sum.achievements += one.achievements;
}

// Recent is the last four weeks and the year to date is that of the newest activity: the account as it was
// when it was captured.
std::string stats_of(const std::vector<Figures>& all) {
    Instant newest{};
    for (const auto& figures : all) {
        newest = std::max(newest, figures.start);
    }
    const auto recent_from = newest - std::chrono::weeks{4};
    const auto year = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(newest)}.year();
    const Instant year_from = std::chrono::sys_days{year / 1 / 1};
    Json stats;
    for (const std::string_view span : {"recent", "all", "ytd"}) {
        const Instant from = span == "recent" ? recent_from : span == "ytd" ? year_from : Instant::min();
        for (const std::string_view kind : {"ride", "run", "swim"}) {
            Totals sum;
            for (const auto& figures : all) {
                if (figures.kind == kind && figures.start >= from) {
                    add(sum, figures.totals);
                }
            }
            Json totals{{"count", sum.count},
                        {"distance", sum.distance},
                        {"moving_time", sum.moving_time},
                        {"elapsed_time", sum.elapsed_time},
                        {"elevation_gain", sum.elevation_gain}};
            if (span == "recent") {
                totals["achievement_count"] = sum.achievements;
            }
            stats[fmt::format("{}_{}_totals", span, kind)] = totals;
        }
    }
    return stats.dump();
}

class ListedAthlete final : public ActivitySource {
public:
    explicit ListedAthlete(std::vector<ListedActivity> activities) : m_activities(std::move(activities)) {
        std::vector<Figures> figures;
        for (const auto& activity : m_activities) {
            figures.push_back(read_figures(activity));
            m_by_id[activity.id] = &activity;
            if (!figures.back().gear_id.empty()) {
                m_gear_metres[figures.back().gear_id] += figures.back().totals.distance;
            }
            m_athlete_id = m_athlete_id == 0 ? figures.back().athlete_id : m_athlete_id;
        }
        m_athlete_id = m_athlete_id == 0 ? unknown_athlete_id : m_athlete_id;
        m_stats = stats_of(figures);
    }

    [[nodiscard]] std::vector<ListedActivity> activities() const override { return m_activities; }

    [[nodiscard]] std::optional<std::string> detail_json(std::int64_t id) const override {
        const auto found = m_by_id.find(id);
        return found == m_by_id.end() ? std::nullopt
                                      : std::optional(detail_from_summary(found->second->summary_json));
    }
    [[nodiscard]] std::optional<std::string> laps_json(std::int64_t id) const override {
        const auto found = m_by_id.find(id);
        return found == m_by_id.end() ? std::nullopt : std::optional(single_lap(found->second->summary_json));
    }
    [[nodiscard]] std::optional<StreamSet> streams(std::int64_t /*id*/) const override {
        return std::nullopt;
    }

    [[nodiscard]] std::string athlete_json() const override {
        std::string bikes;
        std::string shoes;
        for (const auto& [id, metres] : m_gear_metres) {
            auto& list = id.starts_with('b') ? bikes : shoes;
            list += (list.empty() ? "" : ",") + gear_text(id, metres, 2) + "}";
        }
        return detailed_athlete(m_athlete_id, bikes, shoes);
    }
    [[nodiscard]] std::string zones_json() const override { return std::string(default_zones); }
    [[nodiscard]] std::string stats_json() const override { return m_stats; }
    [[nodiscard]] std::optional<std::string> gear_json(std::string_view id) const override {
        const auto found = m_gear_metres.find(std::string(id));
        if (found == m_gear_metres.end()) {
            return std::nullopt;
        }
        const bool is_bike = id.starts_with('b');
        return gear_text(found->first, found->second, 3) +
               (is_bike ? R"(,"brand_name":"","model_name":"","frame_type":3,"description":"","weight":9.0})"
                        : R"(,"brand_name":"","model_name":"","description":"","notification_distance":0})");
    }
    [[nodiscard]] std::string athlete_summary_json() const override { return summary_athlete(m_athlete_id); }
    [[nodiscard]] std::int64_t athlete_id() const override { return m_athlete_id; }

private:
    // Without the closing brace.
    static std::string gear_text(const std::string& id, double metres, int resource_state) {
        return fmt::format(
            R"({{"id":"{0}","primary":false,"name":"{1} {0}","nickname":"","resource_state":{2},)"
            R"("retired":false,"distance":{3:.0f},"converted_distance":{4:.1f})",
            id, id.starts_with('b') ? "Bike" : "Shoe", resource_state, metres, metres / 1000);
    }

    std::vector<ListedActivity> m_activities;
    std::unordered_map<std::int64_t, const ListedActivity*> m_by_id;
    std::map<std::string, double> m_gear_metres; // by gear id
    std::int64_t m_athlete_id = 0;
    std::string m_stats;
};

} // namespace

std::unique_ptr<ActivitySource> make_captured_athlete(std::string json_array) {
    std::vector<ListedActivity> activities;
    for (const auto element : split_json_array(json_array)) {
        const auto place =
            fmt::format("activity {} at byte {}", activities.size() + 1, element.data() - json_array.data());
        activities.push_back(read_summary(std::string(element), place));
    }
    std::stable_sort(activities.begin(), activities.end(),
                     [](const ListedActivity& left, const ListedActivity& right) {
                         return left.start_date > right.start_date;
                     });
    return std::make_unique<ListedAthlete>(std::move(activities));
}

std::unique_ptr<ActivitySource> make_empty_athlete() {
    return std::make_unique<ListedAthlete>(std::vector<ListedActivity>{});
}

} // namespace harrier::emulator
