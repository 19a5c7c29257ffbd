// SPDX-License-Identifier: MIT

// Each trap of the made-up athlete, found by its name. Later analyses are tested against the same names.

#include "emulator/activity_source.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::emulator {
namespace {

using nlohmann::json;

class MadeUpTraps : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        athlete = make_made_up_athlete({});
        for (const ListedActivity& activity : athlete->activities()) {
            summaries.push_back(json::parse(activity.summary_json));
        }
    }
    static void TearDownTestSuite() {
        athlete.reset();
        summaries.clear();
    }
    static const json& named(std::string_view name) {
        for (const json& summary : summaries) {
            if (summary["name"] == name) {
                return summary;
            }
        }
        throw std::runtime_error("no activity is called " + std::string(name));
    }
    static json detail_of(const json& summary) {
        return json::parse(athlete->detail_json(summary["id"]).value());
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
    static int longest_gap(const json& time) {
        int longest = 0;
        for (std::size_t i = 1; i < time.size(); ++i) {
            longest = std::max(longest, time[i].get<int>() - time[i - 1].get<int>());
        }
        return longest;
    }

    static std::unique_ptr<ActivitySource> athlete;
    static std::vector<json> summaries;
};

std::unique_ptr<ActivitySource> MadeUpTraps::athlete;
std::vector<json> MadeUpTraps::summaries;

TEST_F(MadeUpTraps, TeleportGivesARecordThatNobodyCanRun) {
    const json& summary = named("GPS jumped across the valley");
    EXPECT_GT(summary["max_speed"], 40);
    const json detail = detail_of(summary);
    EXPECT_EQ(detail["best_efforts"][0]["distance"], 400);
    EXPECT_LT(detail["best_efforts"][0]["elapsed_time"], 43);
}

TEST_F(MadeUpTraps, CarRideAtTheEndGivesAFastKilometre) {
    const json detail = detail_of(named("Forgot to stop the watch, drove home"));
    EXPECT_EQ(detail["best_efforts"][2]["name"], "1K");
    EXPECT_LT(detail["best_efforts"][2]["elapsed_time"], 100);
}

TEST_F(MadeUpTraps, TreadmillIsATrainerWithoutPositionsAndTooLong) {
    const json& summary = named("Treadmill with a long belt");
    EXPECT_EQ(summary["trainer"], true);
    EXPECT_EQ(summary["start_latlng"], json::array());
    EXPECT_EQ(summary["map"]["summary_polyline"], "");
    EXPECT_EQ(summary["total_elevation_gain"].dump(), "0");
    EXPECT_FALSE(streams_of(summary).contains("latlng"));
    EXPECT_GT(summary["average_speed"], 3.2); // an easy run of this athlete is below 3.1 m/s
}

TEST_F(MadeUpTraps, ManualEntryHasNoStreamsAndNoUpload) {
    const json& summary = named("Club night, watch left at home");
    EXPECT_EQ(summary["manual"], true);
    EXPECT_TRUE(summary["upload_id"].is_null());
    EXPECT_TRUE(summary["external_id"].is_null());
    EXPECT_FALSE(summary.contains("upload_id_str"));
    EXPECT_FALSE(summary.contains("elev_high"));
    EXPECT_EQ(summary["max_speed"].dump(), "0");
    EXPECT_FALSE(athlete->streams(summary["id"]).has_value());
    EXPECT_EQ(athlete->laps_json(summary["id"]), "[]");
}

TEST_F(MadeUpTraps, PrivateRunIsOnlyForTheAthlete) {
    const json& summary = named("Only for my eyes");
    EXPECT_EQ(summary["private"], true);
    EXPECT_EQ(summary["visibility"], "only_me");
}

TEST_F(MadeUpTraps, HiddenStartIsTheFirstSecondOfItsDayInBothDates) {
    const json& summary = named("Start hidden from the neighbours");
    const std::string start = summary["start_date"];
    EXPECT_EQ(start.substr(10), "T00:00:01Z");
    EXPECT_EQ(summary["start_date_local"], start);
}

TEST_F(MadeUpTraps, StrapLeftAtHomeHasNoHeartRateAnywhere) {
    const json& summary = named("Strap left at home");
    EXPECT_EQ(summary["has_heartrate"], false);
    EXPECT_FALSE(summary.contains("average_heartrate"));
    EXPECT_FALSE(summary.contains("suffer_score"));
    EXPECT_FALSE(streams_of(summary).contains("heartrate"));
}

TEST_F(MadeUpTraps, NamesAreEmptyForeignLongAndHostile) {
    EXPECT_EQ(named("")["type"], "Run");
    EXPECT_EQ(named("Zwölf Brücken 🌉 früh um sechs 🏃‍♀️")["type"], "Run");
    EXPECT_EQ(named(R"(Quotes "double" 'single' and back\slash/)")["type"], "Run");
    EXPECT_EQ(named("\x1b[31mRed alert\x1b[0m\x07 in the terminal")["type"], "Run");
    EXPECT_EQ(named("<script>alert('run')</script> & <b>friends</b>")["type"], "Run");
    EXPECT_EQ(named("=1+2, a \"cell\"; for spreadsheets")["type"], "Run");
    EXPECT_EQ(named("早朝ジョグ ・ ранняя пробежка ・ ركض الصباح")["type"], "Run");
}

TEST_F(MadeUpTraps, TwoRecordingsOfOneRideBeginInTheSameSecond) {
    const json& one = named("Doubled: watch and bike computer");
    const json& other = named("Doubled: the watch's view");
    EXPECT_EQ(one["start_date"], other["start_date"]);
    EXPECT_NE(one["id"], other["id"]);
    EXPECT_NE(one["distance"], other["distance"]);
}

TEST_F(MadeUpTraps, ElapsedTimeIsOneSecondLessThanMovingTimeOnce) {
    int seen = 0;
    for (const json& summary : summaries) {
        seen += summary["elapsed_time"] < summary["moving_time"] ? 1 : 0;
    }
    EXPECT_EQ(seen, 1);
    const json& summary = named("Elapsed one second short");
    EXPECT_EQ(summary["elapsed_time"], summary["moving_time"].get<int>() - 1);
}

TEST_F(MadeUpTraps, OneIsFlaggedAndOneHasASportAndAKeyThatNobodyKnows) {
    EXPECT_EQ(named("Flagged: too quick downhill")["flagged"], true);
    EXPECT_EQ(named("Ridge of the Mesa")["sport_type"], "Skyrunning");
    EXPECT_TRUE(named("Ridge of the Mesa").contains("ridge"));
}

TEST_F(MadeUpTraps, PausesAreGapsForOneDeviceAndStandingSamplesForAnother) {
    const json& coffee = named("Coffee at the mill");
    EXPECT_EQ(longest_gap(streams_of(coffee)["time"]), 1834);
    EXPECT_EQ(coffee["elapsed_time"].get<int>() - coffee["moving_time"].get<int>(), 1834);
    const json& talk = named("Stood and talked, watch running");
    EXPECT_EQ(longest_gap(streams_of(talk)["time"]), 1);
    EXPECT_EQ(talk["elapsed_time"].get<int>() - talk["moving_time"].get<int>(), 420);
    const json& lights = named("Red lights all the way");
    EXPECT_GT(lights["elapsed_time"].get<int>() - lights["moving_time"].get<int>(), 300);
}

TEST_F(MadeUpTraps, OldWatchRecordsAtOddSeconds) {
    const json& summary = named("Old watch, smart recording");
    const json time = streams_of(summary)["time"];
    EXPECT_LT(time.size() * 3, summary["elapsed_time"]);
    EXPECT_GT(time.size() * 8, summary["moving_time"]);
}

TEST_F(MadeUpTraps, ClocksAndZonesAreOdd) {
    EXPECT_EQ(named("Watch fresh from a reset")["timezone"], "(GMT+00:00) Factory");
    EXPECT_EQ(named("Into the new year 🎆")["start_date_local"].get<std::string>().substr(4),
              "-12-31T23:41:00Z");
    const json& spring = named("Clocks go forward");
    EXPECT_EQ(spring["start_date_local"].get<std::string>().substr(10), "T01:38:00Z");
    EXPECT_GT(spring["elapsed_time"], 22 * 60);
    int in_denver = 0;
    for (const json& summary : summaries) {
        in_denver += summary["timezone"] == "(GMT-07:00) America/Denver" ? 1 : 0;
    }
    EXPECT_GT(in_denver, 8);
}

TEST_F(MadeUpTraps, IdsOfLapsAndEffortsDoNotFitIntoADouble) {
    const json detail = detail_of(summaries.front());
    EXPECT_GT(detail["laps"][0]["id"].get<std::int64_t>(), std::int64_t{1} << 53);
    EXPECT_GT(detail["best_efforts"][0]["id"].get<std::int64_t>(), std::int64_t{1} << 53);
}

} // namespace
} // namespace harrier::emulator
