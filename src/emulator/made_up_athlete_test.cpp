// SPDX-License-Identifier: MIT
#include "emulator/activity_source.hpp"
#include "formats/polyline.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace harrier::emulator {
namespace {

using nlohmann::json;

// 600 activities made once for all tests here; nothing changes them.
class MadeUpAthlete : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        athlete = make_made_up_athlete({});
        listed = athlete->activities();
        for (const ListedActivity& activity : listed) {
            summaries.push_back(json::parse(activity.summary_json));
        }
    }
    static void TearDownTestSuite() {
        athlete.reset();
        listed.clear();
        summaries.clear();
    }

    static json streams_of(const json& summary) {
        json columns = json::object();
        if (const auto set = athlete->streams(summary["id"])) {
            for (const StreamColumn& column : set->columns) {
                columns[column.type] = json::parse(column.data_json);
            }
        }
        return columns;
    }
    static json detail_of(const json& summary) {
        return json::parse(athlete->detail_json(summary["id"]).value());
    }
    static int best_time(const json& detail, int distance) {
        for (const json& effort : detail["best_efforts"]) {
            if (effort["distance"] == distance) {
                return effort["elapsed_time"];
            }
        }
        return 0;
    }

    static std::unique_ptr<ActivitySource> athlete;
    static std::vector<ListedActivity> listed;
    static std::vector<json> summaries;
};

std::unique_ptr<ActivitySource> MadeUpAthlete::athlete;
std::vector<ListedActivity> MadeUpAthlete::listed;
std::vector<json> MadeUpAthlete::summaries;

// FNV-1a, 64 bits.
std::uint64_t hash(std::string_view text, std::uint64_t value = 0xcbf29ce484222325U) {
    for (const char c : text) {
        value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    return value;
}

TEST_F(MadeUpAthlete, HasTheSameSummariesOnEveryMachine) {
    std::uint64_t value = hash("");
    for (const ListedActivity& activity : listed) {
        value = hash(activity.summary_json, value);
    }
    EXPECT_EQ(value, 4570273863942345160U) << "changed on purpose? Then pin the new value: " << value;
}

TEST_F(MadeUpAthlete, HasTheSameDetailsAndStreamsOnEveryMachine) {
    std::uint64_t value = hash("");
    for (std::size_t i = 0; i < listed.size(); i += 29) {
        value = hash(athlete->detail_json(listed[i].id).value(), value);
        const std::optional<StreamSet> set = athlete->streams(listed[i].id);
        for (const StreamColumn& column : set ? set->columns : std::vector<StreamColumn>{}) {
            value = hash(column.data_json, value);
        }
    }
    EXPECT_EQ(value, 6033480475602456132U) << "changed on purpose? Then pin the new value: " << value;
}

TEST_F(MadeUpAthlete, SpansExactlyThreeYearsNewestFirst) {
    ASSERT_EQ(listed.size(), 600U);
    EXPECT_EQ(summaries.front()["start_date_local"].get<std::string>().substr(0, 10), "2026-11-22");
    EXPECT_EQ(summaries.back()["start_date_local"].get<std::string>().substr(0, 10), "2023-11-23");
    for (std::size_t i = 0; i < listed.size(); ++i) {
        EXPECT_EQ(listed[i].id, summaries[i]["id"]);
        EXPECT_EQ(format_instant(listed[i].start_date), summaries[i]["start_date"]);
        EXPECT_EQ(listed[i].only_me, summaries[i]["visibility"] == "only_me");
        EXPECT_TRUE(i == 0 || listed[i].start_date <= listed[i - 1].start_date);
    }
}

TEST_F(MadeUpAthlete, HasEveryKeyThatStravaAlwaysSends) {
    constexpr std::array always{"resource_state",
                                "athlete",
                                "name",
                                "distance",
                                "moving_time",
                                "elapsed_time",
                                "total_elevation_gain",
                                "type",
                                "sport_type",
                                "id",
                                "start_date",
                                "start_date_local",
                                "timezone",
                                "utc_offset",
                                "location_city",
                                "location_state",
                                "location_country",
                                "achievement_count",
                                "kudos_count",
                                "comment_count",
                                "athlete_count",
                                "photo_count",
                                "map",
                                "trainer",
                                "commute",
                                "manual",
                                "private",
                                "visibility",
                                "flagged",
                                "gear_id",
                                "start_latlng",
                                "end_latlng",
                                "average_speed",
                                "max_speed",
                                "has_heartrate",
                                "heartrate_opt_out",
                                "display_hide_heartrate_option",
                                "upload_id",
                                "external_id",
                                "from_accepted_tag",
                                "pr_count",
                                "total_photo_count",
                                "has_kudoed"};
    for (const json& summary : summaries) {
        for (const char* key : always) {
            EXPECT_TRUE(summary.contains(key)) << key << " in " << summary["name"];
        }
    }
}

TEST_F(MadeUpAthlete, HasDistinctIdsThatAreNotInTheOrderOfTheDates) {
    std::set<std::int64_t> ids;
    int out_of_order = 0;
    for (std::size_t i = 0; i < listed.size(); ++i) {
        ids.insert(listed[i].id);
        out_of_order += i > 0 && listed[i].id > listed[i - 1].id ? 1 : 0;
        EXPECT_GT(listed[i].id, 10'000'000'000);
    }
    EXPECT_EQ(ids.size(), listed.size());
    EXPECT_GT(out_of_order, 10);
    EXPECT_LT(out_of_order, 60);
}

TEST_F(MadeUpAthlete, ListsWhatTheStreamsSay) {
    for (std::size_t i = 0; i < summaries.size(); i += 17) {
        const json& summary = summaries[i];
        const json streams = streams_of(summary);
        const std::size_t size = streams["time"].size();
        for (const auto& [type, values] : streams.items()) {
            EXPECT_EQ(values.size(), size) << type << " of " << summary["name"];
        }
        int moving_s = 0;
        for (std::size_t s = 1; s < size; ++s) {
            const int span_s = streams["time"][s].get<int>() - streams["time"][s - 1].get<int>();
            EXPECT_GT(span_s, 0);
            moving_s += streams["moving"][s].get<bool>() ? span_s : 0;
        }
        EXPECT_EQ(summary["moving_time"], moving_s) << summary["name"];
        EXPECT_EQ(summary["elapsed_time"], streams["time"].back()) << summary["name"];
        EXPECT_EQ(summary["has_heartrate"], streams.contains("heartrate"));
        if (streams.contains("distance")) {
            EXPECT_EQ(summary["distance"], streams["distance"].back());
            EXPECT_EQ(summary["max_speed"], *std::max_element(streams["velocity_smooth"].begin(),
                                                              streams["velocity_smooth"].end()));
        }
        if (streams.contains("latlng")) {
            EXPECT_EQ(summary["start_latlng"], streams["latlng"].front());
            EXPECT_EQ(summary["end_latlng"], streams["latlng"].back());
            const auto [low, high] =
                std::minmax_element(streams["altitude"].begin(), streams["altitude"].end());
            EXPECT_EQ(summary["elev_low"], *low);
            EXPECT_EQ(summary["elev_high"], *high);
        }
    }
}

TEST_F(MadeUpAthlete, RepeatsTheSummaryInTheDetail) {
    for (std::size_t i = 3; i < summaries.size(); i += 41) {
        const json detail = detail_of(summaries[i]);
        for (const auto& [key, value] : summaries[i].items()) {
            if (key != "resource_state" && key != "map") {
                EXPECT_EQ(detail[key], value) << key << " of " << summaries[i]["name"];
            }
        }
        EXPECT_EQ(detail["resource_state"], 3);
        EXPECT_EQ(detail["map"]["summary_polyline"], summaries[i]["map"]["summary_polyline"]);
    }
}

TEST_F(MadeUpAthlete, DrawsASummaryLineOfAtMost150PointsFromStartToEnd) {
    for (const json& summary : summaries) {
        const auto line = formats::decode_polyline(summary["map"]["summary_polyline"].get<std::string>());
        ASSERT_TRUE(line.has_value());
        EXPECT_LE(line->size(), 150U);
        if (!summary["start_latlng"].empty()) {
            ASSERT_GT(line->size(), 3U) << summary["name"];
            EXPECT_NEAR(line->front().lat, summary["start_latlng"][0].get<double>(), 6e-6);
            EXPECT_NEAR(line->back().lng, summary["end_latlng"][1].get<double>(), 6e-6);
        }
    }
}

TEST_F(MadeUpAthlete, CutsActivitiesIntoSplitsAndLapsThatAddUp) {
    for (std::size_t i = 5; i < summaries.size(); i += 53) {
        const json detail = detail_of(summaries[i]);
        const json laps = json::parse(athlete->laps_json(listed[i].id).value());
        EXPECT_EQ(laps, detail["laps"]);
        for (const char* list : {"laps", "splits_metric", "splits_standard"}) {
            double distance = 0;
            int moving_s = 0;
            for (const json& part : detail.value(list, json::array())) {
                distance += part["distance"].get<double>();
                moving_s += part["moving_time"].get<int>();
            }
            if (detail.contains(list)) {
                EXPECT_NEAR(distance, summaries[i]["distance"].get<double>(), 0.01) << list;
                EXPECT_EQ(moving_s, summaries[i]["moving_time"]) << list;
            }
        }
    }
}

TEST_F(MadeUpAthlete, GetsFasterOverTheYears) {
    std::map<std::string, std::vector<int>> times; // newest first
    for (const json& summary : summaries) {
        if (summary.value("workout_type", json()) == 1) {
            const int distance =
                summary["distance"] > 42000 ? 42195 : (summary["distance"] > 21000 ? 21097 : 10000);
            const int time = best_time(detail_of(summary), distance);
            if (time > 0) {
                times[summary["name"]].push_back(time);
            }
        }
    }
    ASSERT_EQ(times["Werrastein Marathon"].size(), 2U);
    EXPECT_LT(times["Werrastein Marathon"][0], times["Werrastein Marathon"][1]);
    EXPECT_GT(times["Werrastein Marathon"][0], 3 * 3600);
    ASSERT_EQ(times["Talquell Half"].size(), 3U);
    EXPECT_LT(times["Talquell Half"][0], times["Talquell Half"][2]);
    ASSERT_EQ(times["Lauter 10K"].size(), 3U);
    EXPECT_LT(times["Lauter 10K"][0], times["Lauter 10K"][2]);
}

TEST_F(MadeUpAthlete, StopsRunningWhileInjured) {
    for (const json& summary : summaries) {
        const std::string day = summary["start_date"].get<std::string>().substr(0, 10);
        if (day > "2025-02-10" && day < "2025-03-28") {
            EXPECT_NE(summary["type"], "Run") << day;
        }
    }
}

TEST_F(MadeUpAthlete, CountsOnlyPublicActivitiesInTheTotals) {
    const json stats = json::parse(athlete->stats_json());
    int runs = 0;
    double metres = 0;
    for (const json& summary : summaries) {
        if (summary["type"] == "Run" && summary["visibility"] == "everyone") {
            ++runs;
            metres += summary["distance"].get<double>();
        }
    }
    EXPECT_EQ(stats["all_run_totals"]["count"], runs);
    EXPECT_NEAR(stats["all_run_totals"]["distance"].get<double>(), metres, 0.05);
    EXPECT_LT(stats["ytd_run_totals"]["count"], runs);
    EXPECT_GT(stats["recent_run_totals"]["count"], 5);
    EXPECT_EQ(stats["recent_ride_totals"].contains("achievement_count"), true);
}

TEST_F(MadeUpAthlete, KnowsTheirGearAndHowFarItWent) {
    std::map<std::string, double> metres;
    for (const json& summary : summaries) {
        if (!summary["gear_id"].is_null()) {
            metres[summary["gear_id"]] += summary["distance"].get<double>();
        }
    }
    EXPECT_EQ(metres.size(), 6U);
    for (const auto& [id, sum] : metres) {
        const json gear = json::parse(athlete->gear_json(id).value());
        EXPECT_EQ(gear["id"], id);
        EXPECT_NEAR(gear["distance"].get<double>(), sum, 1.0);
    }
    EXPECT_EQ(athlete->gear_json("g1"), std::nullopt);
    const json profile = json::parse(athlete->athlete_json());
    EXPECT_EQ(profile["shoes"].size(), 4U);
    EXPECT_EQ(profile["bikes"].size(), 2U);
    EXPECT_EQ(profile["id"], athlete->athlete_id());
    EXPECT_EQ(json::parse(athlete->athlete_summary_json())["resource_state"], 2);
    EXPECT_EQ(json::parse(athlete->zones_json())["heart_rate"]["zones"].back()["max"], -1);
}

TEST_F(MadeUpAthlete, KnowsNothingOfOtherIds) {
    EXPECT_EQ(athlete->detail_json(1), std::nullopt);
    EXPECT_EQ(athlete->laps_json(1), std::nullopt);
    EXPECT_FALSE(athlete->streams(1).has_value());
}

TEST(MadeUpAthleteOptions, GiveAsManyActivitiesAsAsked) {
    for (const int count : {0, 1, 40, 650, 3100}) {
        MadeUpOptions options;
        options.activities = count;
        const auto listed = make_made_up_athlete(options)->activities();
        EXPECT_EQ(listed.size(), static_cast<std::size_t>(count));
        std::set<std::int64_t> ids;
        for (const ListedActivity& activity : listed) {
            ids.insert(activity.id);
        }
        EXPECT_EQ(ids.size(), listed.size());
    }
}

TEST(MadeUpAthleteOptions, GiveTheSameAthleteTwiceAndAnotherForAnotherSeed) {
    const auto make = [](std::uint64_t seed) {
        MadeUpOptions options;
        options.seed = seed;
        options.activities = 25;
        return make_made_up_athlete(options)->activities();
    };
    const auto first = make(1);
    const auto again = make(1);
    const auto other = make(2);
    int equal = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].summary_json, again[i].summary_json);
        equal += first[i].summary_json == other[i].summary_json ? 1 : 0;
    }
    EXPECT_EQ(equal, 0);
}

TEST(MadeUpAthleteOptions, EndShortlyBeforeTheMomentThatWasAsked) {
    MadeUpOptions options;
    options.activities = 10;
    options.end = parse_instant("2027-05-05T21:00:00Z").value();
    const auto listed = make_made_up_athlete(options)->activities();
    EXPECT_LT(listed.front().start_date, options.end);
    EXPECT_GT(listed.front().start_date, options.end - std::chrono::days{5});
}

} // namespace
} // namespace harrier::emulator
