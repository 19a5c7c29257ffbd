// SPDX-License-Identifier: MIT

// Whole runs of `harrier report`: its numbers beside those of the commands, and what foreign texts can do.

#include "base/file.hpp"
#include "cli/exit_code.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "strava/json.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/made_up_export.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <regex>

namespace harrier::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr int made_up_runs = 8;

class ReportTest : public testing::Test {
protected:
    ReportTest() {
        variables = {{"HARRIER_HOME", (temporary.path() / "home").string()},
                     {"HOME", temporary.path().string()},
                     {"PATH", "/usr/bin:/bin"},
                     {"TZ", "UTC"}};
        const auto archive = open_archive(make_settings({}, Environment(variables)), archive::Access::write);
        model::Athlete athlete;
        athlete.athlete_id = runner;
        athlete.firstname = "Alma";
        athlete.measurement_preference = "meters";
        archive->store_athlete(athlete, "");
    }

    // Runs of ten minutes in January 2024, as files.
    void import_runs() {
        for (int number = 0; number < made_up_runs; ++number) {
            write_file_atomically(temporary.path() / (std::to_string(number) + ".gpx"),
                                  formats::write_gpx(tests::made_up_run(number)));
        }
        run({"import", temporary.path().string()});
    }

    // One activity as the API lists it.
    void store(const std::string& name, const std::string& gear = "",
               const std::string& start = "2024-05-01T07:00:00Z") {
        const auto raw = json{{"id", ++stored},       {"athlete", {{"id", runner.value}}},
                              {"name", name},         {"sport_type", "Run"},
                              {"start_date", start},  {"start_date_local", start},
                              {"distance", 10000.0},  {"moving_time", 3000},
                              {"elapsed_time", 3000}, {"gear_id", gear.empty() ? json() : json(gear)}};
        const auto archive = open_archive(make_settings({}, Environment(variables)), archive::Access::write);
        archive->store_listing(runner, strava::parse_activities("[" + raw.dump() + "]"), {},
                               std::chrono::floor<std::chrono::seconds>(clock.now()));
    }

    std::string run(const std::vector<std::string>& arguments, int expected = exit_done) {
        test::CapturedConsole console;
        EXPECT_EQ(cli::run(arguments, Environment(variables), console.console, clock, {}), expected)
            << console.err();
        errors = console.err();
        return console.out();
    }

    // The section of the page with this id.
    static std::string section(const std::string& page, const std::string& id) {
        const auto begin = page.find("<section id=\"" + id + "\"");
        EXPECT_NE(begin, std::string::npos) << id;
        return begin == std::string::npos ? "" : page.substr(begin, page.find("</section>", begin) - begin);
    }

    // The exact values that stand beside the shown ones.
    static std::vector<double> values(const std::string& markup) {
        static const std::regex data("<data value=\"([^\"]*)\">");
        std::vector<double> found;
        for (std::sregex_iterator at(markup.begin(), markup.end(), data), end; at != end; ++at) {
            found.push_back(std::stod((*at)[1]));
        }
        return found;
    }

    static constexpr AthleteId runner{77};
    test::TemporaryFolder temporary;
    test::FakeClock clock;
    std::map<std::string, std::string, std::less<>> variables;
    std::string errors;
    int stored = 4711;
};

TEST_F(ReportTest, RecordsAreThoseOfTheCommand) {
    import_runs();
    const auto page = run({"report", "-o", "-"});
    std::vector<double> expected;
    for (const auto& record : json::parse(run({"records", "--json"}))) {
        expected.push_back(record["elapsed_time"]);
    }
    ASSERT_GE(expected.size(), 4U);
    EXPECT_EQ(values(section(page, "records")), expected);
}

TEST_F(ReportTest, TotalsAreThoseOfTheCommand) {
    import_runs();
    store("by the API");
    for (const auto* year : {"", "2024"}) {
        std::vector<std::string> report{"report", "-o", "-"};
        std::vector<std::string> stats{"stats", "--by", "sport", "--json"};
        if (*year != '\0') {
            report.insert(report.end(), {"--year", year});
            stats.insert(stats.end(), {"--since", year, "--until", year});
        }
        std::vector<double> expected;
        for (const auto& sport : json::parse(run(stats))) {
            for (const auto* field : {"count", "distance", "moving_time", "total_elevation_gain"}) {
                expected.push_back(sport[field]);
            }
        }
        EXPECT_EQ(values(section(run(report), "totals")), expected);
    }
}

TEST_F(ReportTest, FitnessOfAYearEndsWithItsLastDay) {
    import_runs();
    const auto days = json::parse(run({"fitness", "--json"}));
    const auto at = [&](const char* date) {
        return *std::find_if(days.begin(), days.end(), [&](const auto& day) { return day["date"] == date; });
    };
    const auto shown = values(section(run({"report", "-o", "-", "--year", "2024"}), "fitness"));
    ASSERT_EQ(shown.size(), 4U);
    EXPECT_EQ(shown[0], at("2024-12-31")["ctl"].get<double>());
    EXPECT_EQ(shown[1], at("2024-12-31")["atl"].get<double>());
    EXPECT_EQ(shown[2], at("2024-12-31")["tsb"].get<double>());
    double most = 0;
    for (const auto& day : days) {
        most = std::max(most, day["ctl"].get<double>());
    }
    EXPECT_EQ(shown[3], most);
    const auto all = values(section(run({"report", "-o", "-"}), "fitness"));
    EXPECT_EQ(all.at(0), days.back()["ctl"].get<double>());
}

TEST_F(ReportTest, PredictionsGearAndEddingtonAreThoseOfTheCommands) {
    import_runs();
    store("far", "g1");
    const auto page = run({"report", "-o", "-"});
    const auto predicted = json::parse(run({"predict", "--json"}));
    std::vector<double> expected;
    for (const auto& one : predicted["predictions"]) {
        for (const auto* model : {"record", "vdot", "riegel", "cameron", "critical_speed"}) {
            if (!one[model].is_null()) {
                expected.push_back(one[model]);
            }
        }
    }
    for (const auto& pace : predicted["training_paces"]) {
        expected.push_back(pace["slow"]);
        expected.push_back(pace["fast"]);
    }
    ASSERT_FALSE(expected.empty());
    EXPECT_EQ(values(section(page, "predictions")), expected);
    const auto gear = json::parse(run({"gear", "--json"}))[0];
    EXPECT_EQ(values(section(page, "gear")),
              (std::vector<double>{gear["count"].get<double>(), gear["distance"].get<double>()}));
    const auto eddington = json::parse(run({"eddington", "--json"}));
    const auto shown = values(section(page, "eddington"));
    EXPECT_EQ(shown.at(0), eddington["number"].get<double>());
    EXPECT_EQ(shown.at(1), eddington["missing"][0].get<double>());
}

TEST_F(ReportTest, StreaksAndYearsAreThoseOfTheCommand) {
    import_runs();
    store("by the API");
    const auto page = run({"report", "-o", "-"});
    const auto streaks = json::parse(run({"stats", "--streaks", "--json"}));
    EXPECT_EQ(
        values(section(page, "calendar")),
        (std::vector<double>{streaks["days"]["longest"]["length"], streaks["weeks"]["longest"]["length"], 0,
                             0, streaks["consistency"]["weeks_enough"]}));
    EXPECT_TRUE(values(section(page, "years")).empty()); // one year is beside none
    store("a year later", "", "2026-11-20T07:00:00Z");
    std::vector<double> years;
    for (const auto& year : json::parse(run({"stats", "--compare", "0", "--sport", "run", "--json"}))) {
        years.push_back(year["distance"]);
        years.push_back(year["distance_to_date"]);
    }
    EXPECT_EQ(years.size(), 4U);
    EXPECT_EQ(values(section(run({"report", "-o", "-"}), "years")), years);
}

TEST_F(ReportTest, HostileNamesStayText) {
    import_runs();
    const std::string script = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' \x1b]0;x\x07";
    const auto bidi = std::string("\xE2\x80\xAE") + "evil" + std::string(10'000, 'A');
    {
        auto archive = open_archive(make_settings({}, Environment(variables)), archive::Access::write);
        model::Athlete athlete;
        athlete.athlete_id = runner;
        athlete.firstname = script;
        athlete.lastname = bidi;
        archive->store_athlete(athlete, "");
    }
    store(script + bidi, "g\"><script>x");
    const auto page = run({"report", "-o", "-"});
    EXPECT_THAT(page, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("\x1b")),
                            Not(HasSubstr("\xE2\x80\xAE")), HasSubstr("&lt;script&gt;alert(1)")));
    EXPECT_EQ(page.find(std::string(500, 'A')), std::string::npos);
    // As many elements opened as closed, whatever the names are.
    EXPECT_EQ(page.find("onerror=alert(2)>"), std::string::npos);
}

TEST_F(ReportTest, TheMapCanStayAway) {
    import_runs();
    EXPECT_THAT(run({"report", "-o", "-"}), HasSubstr("8 tracks around 50.00° N, 8.00° E"));
    EXPECT_THAT(run({"report", "-o", "-", "--no-map"}), Not(HasSubstr("50.00° N")));
}

TEST_F(ReportTest, DrawingsBecomeFiles) {
    import_runs();
    const auto folder = temporary.path() / "pictures";
    const auto file = (temporary.path() / "r.html").string();
    variables["PATH"] = "/nowhere";
    EXPECT_THAT(run({"report", "-o", file, "--pictures", folder.string()}, exit_some_failed),
                HasSubstr("a report of 8 activities"));
    EXPECT_THAT(errors, HasSubstr("apt install librsvg2-bin"));
    for (const auto* name : {"calendar-2024", "distance", "fitness", "form", "map-1", "years"}) {
        const auto svg = read_file(folder / (std::string(name) + ".svg"));
        EXPECT_TRUE(svg.starts_with("<svg xmlns=")) << name;
        EXPECT_FALSE(std::filesystem::exists(folder / (std::string(name) + ".png")));
    }
    EXPECT_TRUE(read_file(file).starts_with("<!doctype html>"));
}

TEST_F(ReportTest, PicturesBecomePngWhereTheConverterIs) {
    if (!std::filesystem::exists("/usr/bin/rsvg-convert")) {
        GTEST_SKIP() << "rsvg-convert is not installed (./check installs it)";
    }
    import_runs();
    const auto folder = temporary.path() / "pictures";
    run({"report", "-o", (temporary.path() / "r.html").string(), "--pictures", folder.string()});
    EXPECT_TRUE(read_file(folder / "map-1.png").starts_with("\x89PNG"));
}

TEST_F(ReportTest, SaysWhenThereIsNothingToTell) {
    run({"report", "-o", "-"}, exit_failed);
    EXPECT_THAT(errors, HasSubstr("harrier sync"));
    import_runs();
    run({"report", "--year", "2019"}, exit_failed);
    EXPECT_THAT(errors, AllOf(HasSubstr("no activity in 2019"), HasSubstr("harrier report --year 2024")));
    run({"report", "--year", "24"}, exit_usage);
}

} // namespace
} // namespace harrier::cli
