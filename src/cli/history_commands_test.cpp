// SPDX-License-Identifier: MIT

// Whole runs of the commands that look at a history, on a made-up one.

#include "archive/stream_codec.hpp"
#include "cli/exit_code.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "formats/polyline.hpp"
#include "sync/measuring.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace harrier::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr AthleteId runner{77};

struct MadeUpRun {
    int days_ago;
    double speed; // m/s
    int seconds;
    double heartrate;
    std::string sport_type = "Run";
    std::optional<double> latitude{}; // of the start; northward at 8° E
};

class HistoryCommandsTest : public testing::Test {
protected:
    HistoryCommandsTest() {
        variables = {{"HARRIER_HOME", (temporary.path() / "home").string()}, {"COLUMNS", "80"}};
        const auto archive = open();
        model::Athlete athlete;
        athlete.athlete_id = runner;
        athlete.measurement_preference = "meters";
        archive->store_athlete(athlete, "");
    }

    [[nodiscard]] std::unique_ptr<archive::Archive> open() const {
        return open_archive(make_settings({}, Environment(variables)), archive::Access::write);
    }

    // Imported, and not measured yet.
    void import(const MadeUpRun& run) {
        archive::StoredStreams stored;
        for (int i = 0; i <= run.seconds; ++i) {
            stored.streams.time.push_back(i);
            stored.streams.distance.push_back(i * run.speed);
            stored.streams.heartrate.push_back(run.heartrate);
            if (run.latitude) {
                constexpr double degree = 111'200; // m
                stored.streams.latitude.push_back(*run.latitude + i * run.speed / degree);
                stored.streams.longitude.push_back(8);
            }
        }
        archive::ImportItem item;
        const auto number = ++files;
        item.file = {
            .sha256 = fmt::format("{:064}", number), .name = "x", .format = "fit", .size = 3, .raw = "raw"};
        archive::ImportedRecording recording;
        recording.samples = run.seconds + 1;
        recording.said.sport_type = run.sport_type;
        recording.said.name = fmt::format("run {}", number);
        recording.said.start_date =
            std::chrono::floor<std::chrono::seconds>(clock.now()) - std::chrono::days{run.days_ago};
        recording.said.start_date_local = WallTime{recording.said.start_date->time_since_epoch()};
        recording.said.distance = run.seconds * run.speed;
        recording.said.moving_time = recording.said.elapsed_time = run.seconds;
        recording.said.average_heartrate = run.heartrate;
        if (run.latitude) {
            const std::vector<model::LatLng> line{{*run.latitude, 8}, {stored.streams.latitude.back(), 8}};
            recording.said.summary_polyline = formats::encode_polyline(line);
        }
        recording.streams = archive::encode_streams(stored);
        item.recordings.push_back(std::move(recording));
        open()->store_import(runner, std::vector{item});
    }

    std::string run(const std::vector<std::string>& arguments, int expected = exit_done) {
        test::CapturedConsole console;
        EXPECT_EQ(cli::run(arguments, Environment(variables), console.console, clock, {}), expected);
        errors = console.err();
        return console.out();
    }
    json run_json(std::vector<std::string> arguments) {
        arguments.emplace_back("--json");
        return json::parse(run(arguments));
    }

    test::TemporaryFolder temporary;
    test::FakeClock clock;
    std::map<std::string, std::string, std::less<>> variables;
    std::string errors;
    int files = 0;
};

TEST_F(HistoryCommandsTest, RecordsAreTheFastestOfEachDistance) {
    import({.days_ago = 9, .speed = 3.0, .seconds = 2000, .heartrate = 140});
    import({.days_ago = 3, .speed = 4.0, .seconds = 1300, .heartrate = 160});
    const auto records = run_json({"records"});
    ASSERT_GE(records.size(), 6U);
    for (const auto& record : records) {
        EXPECT_EQ(record["activity_id"], 2);
        EXPECT_EQ(record["mode"], "exact");
        EXPECT_NEAR(record["elapsed_time"].get<double>(), record["distance"].get<double>() / 4.0, 0.01);
        EXPECT_NEAR(record["average_speed"].get<double>(), 4.0, 1e-4);
    }
    EXPECT_THAT(run({"records"}), AllOf(HasSubstr("5K"), HasSubstr("20:50"), Not(HasSubstr("10K"))));
}

TEST_F(HistoryCommandsTest, RecordsShowTheRankingAndTheProgression) {
    import({.days_ago = 9, .speed = 3.0, .seconds = 500, .heartrate = 140});
    import({.days_ago = 6, .speed = 2.5, .seconds = 500, .heartrate = 140});
    import({.days_ago = 3, .speed = 4.0, .seconds = 500, .heartrate = 160});
    const auto text = run({"records", "--distance", "1 km"});
    EXPECT_THAT(text, AllOf(HasSubstr("1  4:10"), HasSubstr("3  6:40"), HasSubstr("Progression")));
    EXPECT_THAT(text.substr(text.find("Progression")), AllOf(HasSubstr("83.3 s"), Not(HasSubstr("6:40"))));
    run({"records", "--distance", "7K"}, exit_usage);
    EXPECT_THAT(errors, HasSubstr("They are: 400m"));
}

TEST_F(HistoryCommandsTest, ProgressionSaysHowLongARecordStood) {
    import({.days_ago = 19, .speed = 3.0, .seconds = 500, .heartrate = 140});
    import({.days_ago = 9, .speed = 4.0, .seconds = 500, .heartrate = 140});
    EXPECT_THAT(run({"records", "--distance", "1 km"}),
                AllOf(HasSubstr("first  10 days  5:34"), HasSubstr("83.3 s   stands  4:10")));
}

TEST_F(HistoryCommandsTest, RecordsAreGradedOnceAgeAndSexAreKnown) {
    import({.days_ago = 9, .speed = 5000.0 / 1200, .seconds = 1300, .heartrate = 140});
    EXPECT_EQ(run_json({"records", "--distance", "5K"})[0]["age_grade"], nullptr);
    EXPECT_THAT(run({"records"}), Not(HasSubstr("Age grade")));
    run({"config", "set", "athlete.sex", "male"});
    const auto this_year =
        std::stoi(run_json({"records"})[0]["start_date_local"].get<std::string>().substr(0, 4));
    run({"config", "set", "athlete.birth_year", std::to_string(this_year - 50)});
    EXPECT_NEAR(run_json({"records", "--distance", "5K"})[0]["age_grade"].get<double>(), 0.73029, 1e-4);
    EXPECT_EQ(run_json({"records", "--distance", "2 mile"})[0]["age_grade"], nullptr) << "no table has it";
    EXPECT_THAT(run({"records", "--distance", "5K"}), AllOf(HasSubstr("Age grade %"), HasSubstr("73.0")));
}

TEST_F(HistoryCommandsTest, StreaksAreOfDaysAndWeeks) {
    for (const int days_ago : {0, 1, 2, 30, 31}) {
        import({.days_ago = days_ago, .speed = 3.0, .seconds = 500, .heartrate = 140});
    }
    const auto streaks = run_json({"stats", "--streaks"});
    EXPECT_EQ(streaks["active_days"], 5);
    EXPECT_EQ(streaks["days"]["current"]["length"], 3);
    EXPECT_EQ(streaks["days"]["longest"]["length"], 3);
    EXPECT_EQ(streaks["consistency"]["days_a_week"], 3);
    EXPECT_THAT(run({"stats", "--streaks"}), AllOf(HasSubstr("3 days"), HasSubstr("different days in all")));
    run({"stats", "--streaks", "--csv"}, exit_usage);
}

TEST_F(HistoryCommandsTest, YearsAreComparedByTheSameDate) {
    import({.days_ago = 0, .speed = 4.0, .seconds = 500, .heartrate = 140});
    import({.days_ago = 366, .speed = 2.0, .seconds = 500, .heartrate = 140});
    const auto years = run_json({"stats", "--compare", "0"});
    ASSERT_EQ(years.size(), 2U);
    EXPECT_EQ(years[0]["distance_to_date"], 2000.0);
    EXPECT_EQ(years[1]["distance"], 1000.0);
    EXPECT_THAT(run({"stats", "--compare", "2"}), HasSubstr("+100 %"));
    EXPECT_THAT(run({"stats", "--compare", "2", "--units", "imperial"}),
                AllOf(HasSubstr("1.2"), HasSubstr("mi in all")));
    EXPECT_EQ(run_json({"stats", "--compare", "1"}).size(), 1U);
}

TEST_F(HistoryCommandsTest, AMarkKeepsAnActivityOutAndBringsItBack) {
    import({.days_ago = 9, .speed = 3.0, .seconds = 500, .heartrate = 140});
    import({.days_ago = 3, .speed = 4.0, .seconds = 500, .heartrate = 160});
    run({"mark", "2", "--exclude-records"});
    EXPECT_EQ(run_json({"records", "--distance", "1K"})[0]["activity_id"], 1);
    EXPECT_THAT(run({"records", "--distance", "1K", "--why"}), HasSubstr("kept out by you"));
    run({"mark", "2", "--include-records"});
    EXPECT_EQ(run_json({"records", "--distance", "1K"})[0]["activity_id"], 2);
}

// Faster than anybody ever ran: a ride that was saved as a run.
TEST_F(HistoryCommandsTest, NoRecordIsFasterThanTheWorlds) {
    import({.days_ago = 9, .speed = 3.0, .seconds = 500, .heartrate = 140});
    import({.days_ago = 3, .speed = 7.5, .seconds = 1200, .heartrate = 120});
    EXPECT_EQ(run_json({"records", "--distance", "1K"})[0]["activity_id"], 1);
    EXPECT_THAT(run({"records", "--distance", "1K", "--why"}), HasSubstr("refused: "));
}

TEST_F(HistoryCommandsTest, FitnessAddsUpTheDaysFromTheFirstToToday) {
    run({"config", "set", "athlete.max_heartrate", "190"});
    run({"config", "set", "athlete.resting_heartrate", "50"});
    run({"config", "set", "athlete.threshold_heartrate", "170"});
    import({.days_ago = 2, .speed = 3.0, .seconds = 3600, .heartrate = 170});
    const auto days = run_json({"fitness"});
    ASSERT_EQ(days.size(), 3U);
    EXPECT_NEAR(days[0]["load"].get<double>(), 100, 0.2); // an hour at the threshold
    EXPECT_NEAR(days[0]["ctl"].get<double>(), 100 * -std::expm1(-1 / 42.0), 0.01);
    EXPECT_EQ(days[0]["tsb"], 0.0);
    EXPECT_EQ(days[2]["load"], 0.0);
    EXPECT_NEAR(days[1]["tsb"].get<double>(), days[0]["ctl"].get<double>() - days[0]["atl"].get<double>(),
                1e-9);
    EXPECT_THAT(run({"fitness"}),
                AllOf(HasSubstr("Fitness 2.2"), HasSubstr("heart rate 1,"), HasSubstr("set by you")));
}

TEST_F(HistoryCommandsTest, FitnessHeedsTheChosenAverages) {
    run({"config", "set", "athlete.max_heartrate", "190"});
    run({"config", "set", "athlete.threshold_heartrate", "170"});
    run({"config", "set", "load.smoothing", "inverse"});
    run({"config", "set", "load.ctl_days", "20"});
    import({.days_ago = 0, .speed = 3.0, .seconds = 3600, .heartrate = 170});
    const auto day = run_json({"fitness"}).at(0);
    EXPECT_NEAR(day["ctl"].get<double>(), day["load"].get<double>() / 20, 1e-9);
}

TEST_F(HistoryCommandsTest, ZonesAddUpToTheTimeWithAPulse) {
    run({"config", "set", "athlete.max_heartrate", "200"});
    import({.days_ago = 1, .speed = 3.0, .seconds = 600, .heartrate = 130});
    import({.days_ago = 1, .speed = 3.0, .seconds = 300, .heartrate = 90});
    double sum = 0;
    double in_second = 0;
    for (const auto& row : run_json({"zones"})) {
        sum += row["seconds"].get<double>();
        in_second += row["zone"] == "2" ? row["seconds"].get<double>() : 0;
    }
    EXPECT_NEAR(sum, 900, 2);
    EXPECT_NEAR(in_second, 600, 1);
    EXPECT_THAT(run({"zones", "--of", "power"}), HasSubstr("FTP"));
    EXPECT_THAT(errors, HasSubstr("not known"));
}

TEST_F(HistoryCommandsTest, PredictsFromTheBestEffort) {
    import({.days_ago = 5, .speed = 5000.0 / 1200, .seconds = 1210, .heartrate = 170});
    const auto answer = run_json({"predict"});
    EXPECT_NEAR(answer["vdot"].get<double>(), 49.8, 0.1);
    for (const auto& one : answer["predictions"]) {
        if (one["name"] == "10K") {
            EXPECT_TRUE(one["record"].is_null());
            EXPECT_NEAR(one["riegel"].get<double>(), 2501.9, 3);
        }
    }
    EXPECT_THAT(run({"predict"}), AllOf(HasSubstr("VDOT 49.8"), HasSubstr("threshold")));
}

TEST_F(HistoryCommandsTest, CountsEddingtonDays) {
    for (int i = 0; i < 4; ++i) {
        import({.days_ago = i, .speed = 3.0, .seconds = 1400, .heartrate = 140}); // 4.2 km
    }
    EXPECT_EQ(run_json({"eddington"}),
              json::parse(R"({"unit":"km","number":4,"missing":[5,6,7,8,9,10,11,12,13,14]})"));
    EXPECT_EQ(run_json({"eddington", "--units", "imperial"})["number"], 2);
}

TEST_F(HistoryCommandsTest, SayWhatToDoWhenThereIsNothing) {
    EXPECT_EQ(run({"records"}), "");
    EXPECT_THAT(errors, HasSubstr("harrier import"));
    EXPECT_EQ(run({"fitness"}), "");
    EXPECT_THAT(errors, HasSubstr("harrier sync"));
    run({"predict"});
    EXPECT_THAT(errors, HasSubstr("no run"));
    run({"gear"});
    EXPECT_THAT(errors, HasSubstr("shoes"));
    EXPECT_THAT(run({"eddington"}), HasSubstr("Eddington number: 0"));
}

TEST_F(HistoryCommandsTest, ShowTellsSplitsEffortsZonesAndMetrics) {
    run({"config", "set", "athlete.max_heartrate", "200"});
    import({.days_ago = 1, .speed = 4.0, .seconds = 600, .heartrate = 130});
    const auto shown = json::parse(run({"show", "1", "--json"}));
    ASSERT_EQ(shown["splits"].size(), 3U);
    EXPECT_NEAR(shown["splits"][0]["elapsed_time"].get<double>(), 250, 1e-6);
    EXPECT_NEAR(shown["splits"][2]["distance"].get<double>(), 400, 1e-6);
    EXPECT_EQ(shown["laps"], json::array());
    EXPECT_EQ(shown["best_efforts"][0]["name"], "400m");
    EXPECT_NEAR(shown["zones"][1]["time"].get<double>(), 600, 1.5);
    EXPECT_TRUE(shown["metrics"].contains("decoupling"));
    EXPECT_EQ(shown["distance"], 2400.0);
    EXPECT_EQ(json::parse(run({"show", "1", "--json", "--splits", "mile"}))["splits"].size(), 2U);
    EXPECT_THAT(run({"show", "1"}), AllOf(HasSubstr("Heart rate bpm"), HasSubstr("Split"),
                                          HasSubstr("Best effort"), HasSubstr("Z2")));
}

// 4 km northward from 47° N and from 47.06° N; the second run begins on the last tile of the first.
TEST_F(HistoryCommandsTest, TilesAreCountedActivityByActivity) {
    import({.days_ago = 400, .speed = 3, .seconds = 1500, .heartrate = 140, .latitude = 47.0});
    import({.days_ago = 3, .speed = 3, .seconds = 1500, .heartrate = 140, .latitude = 47.03});
    import({.days_ago = 2, .speed = 3, .seconds = 900, .heartrate = 140});
    import({.days_ago = 1,
            .speed = 9,
            .seconds = 900,
            .heartrate = 140,
            .sport_type = "VirtualRide",
            .latitude = -12.0});
    const auto tiles = run_json({"tiles", "--by", "activity"});
    EXPECT_EQ(tiles["zoom"], 14);
    EXPECT_EQ(tiles["activities"], 2);
    EXPECT_EQ(tiles["without_positions"], 1);
    EXPECT_EQ(tiles["max_square"]["size"], 1);
    EXPECT_EQ(tiles["max_cluster"], 0);
    const auto& newest = tiles["rows"][0];
    const auto& oldest = tiles["rows"][1];
    EXPECT_EQ(oldest["new_tiles"], oldest["tiles"]);
    EXPECT_LT(newest["new_tiles"], newest["tiles"]);
    EXPECT_EQ(tiles["tiles"], newest["total_tiles"]);
    EXPECT_EQ(newest["total_tiles"], oldest["new_tiles"].get<int>() + newest["new_tiles"].get<int>());
    EXPECT_EQ(run_json({"tiles"})["rows"].size(), 2U) << "years";
    EXPECT_EQ(run_json({"tiles", "--sport", "virtualride"})["activities"], 1);
    EXPECT_GT(run_json({"tiles", "--zoom", "17"})["tiles"], 8 * (tiles["tiles"].get<int>() - 2));
    const auto map = json::parse(run({"tiles", "--geojson"}));
    EXPECT_EQ(map["features"].size(), tiles["tiles"]);
    EXPECT_THAT(run({"tiles"}),
                AllOf(HasSubstr("1 × 1"), HasSubstr("none yet"), HasSubstr("of zoom 14: 1.7 km wide")));
    EXPECT_THAT(run({"tiles", "--units", "imperial"}), HasSubstr("1.04 mi wide"));
}

TEST_F(HistoryCommandsTest, TilesOfNothingAreSaidToBeNone) {
    import({.days_ago = 2, .speed = 3, .seconds = 900, .heartrate = 140});
    EXPECT_EQ(run({"tiles"}), "");
    EXPECT_THAT(errors, HasSubstr("No activity has positions"));
    EXPECT_EQ(run_json({"tiles"})["max_square"], nullptr);
    run({"tiles", "--json", "--csv"}, exit_usage);
}

TEST_F(HistoryCommandsTest, EverythingIsToldInTheUnitsThatWereAskedFor) {
    for (const int days_ago : {3, 5, 7}) {
        import({.days_ago = days_ago,
                .speed = 5.4 - 0.2 * days_ago,
                .seconds = 240 * (days_ago - 2),
                .heartrate = 160});
    }
    EXPECT_THAT(run({"zones", "--of", "pace"}),
                AllOf(HasSubstr("Z1 below Z2"), HasSubstr(" /km\n"), Not(HasSubstr("m/s"))));
    EXPECT_THAT(run({"zones", "--of", "pace", "--units", "imperial"}),
                AllOf(HasSubstr(" /mi\n"), HasSubstr("Threshold pace"), Not(HasSubstr("/km"))));
    EXPECT_THAT(run({"predict", "--units", "imperial"}),
                AllOf(HasSubstr(" ft, from "), Not(HasSubstr("/km"))));
    EXPECT_THAT(run({"fitness", "--units", "imperial"}),
                AllOf(HasSubstr("smooth line: fitness"), Not(HasSubstr("m/s")), Not(HasSubstr("/km"))));
    EXPECT_THAT(run({"show", "1"}), HasSubstr(" m per beat"));
    EXPECT_THAT(run({"show", "1", "--units", "imperial"}), HasSubstr(" ft per beat"));
}

TEST_F(HistoryCommandsTest, SplitsAreAsLongAsTheSportHasThem) {
    import({.days_ago = 1, .speed = 1.25, .seconds = 400, .heartrate = 130, .sport_type = "Swim"});
    import({.days_ago = 2, .speed = 8, .seconds = 1500, .heartrate = 130, .sport_type = "Ride"});
    EXPECT_EQ(run_json({"show", "1"})["splits"].size(), 5U) << "of 100 m";
    EXPECT_EQ(run_json({"show", "2"})["splits"].size(), 3U) << "of 5 km";
    EXPECT_EQ(run_json({"show", "2", "--splits", "km"})["splits"].size(), 12U);
    EXPECT_THAT(run({"show", "1", "--units", "imperial"}),
                AllOf(HasSubstr("Split   yd"), Not(HasSubstr("Climb ft"))));
}

TEST_F(HistoryCommandsTest, SimilarRunsWentTheSameWay) {
    import({.days_ago = 9, .speed = 3.0, .seconds = 1500, .heartrate = 150, .latitude = 47.0});
    import({.days_ago = 8, .speed = 3.1, .seconds = 1450, .heartrate = 148, .latitude = 47.0});
    import({.days_ago = 7, .speed = 3.0, .seconds = 1500, .heartrate = 148, .latitude = 48.0});
    import({.days_ago = 6,
            .speed = 3.0,
            .seconds = 1500,
            .heartrate = 148,
            .sport_type = "Ride",
            .latitude = 47.0});
    import({.days_ago = 5, .speed = 3.0, .seconds = 1500, .heartrate = 148});
    const auto similar = run_json({"show", "1", "--similar"});
    ASSERT_EQ(similar.size(), 2U);
    EXPECT_EQ(similar[0]["activity_id"], 2);
    EXPECT_EQ(similar[0]["relation"], "same");
    EXPECT_EQ(similar[1]["activity_id"], 1);
    EXPECT_THAT(run({"show", "1", "--similar"}),
                AllOf(HasSubstr("this one"), HasSubstr("run 2"), Not(HasSubstr("run 3"))));
    EXPECT_EQ(run_json({"show", "5", "--similar"}), json::array()) << "no positions";
    run({"show", "1", "--similar", "--sources"}, exit_usage);
}

TEST_F(HistoryCommandsTest, MeasuresOnceAndNotAgain) {
    import({.days_ago = 9, .speed = 3.0, .seconds = 500, .heartrate = 140});
    EXPECT_FALSE(open()->is_measured(runner, sync::algorithm_version()));
    run({"records"});
    EXPECT_TRUE(open()->is_measured(runner, sync::algorithm_version()));
}

} // namespace
} // namespace harrier::cli
