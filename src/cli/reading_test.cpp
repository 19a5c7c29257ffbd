// SPDX-License-Identifier: MIT

// The reading commands (list, runs, show, stats) on a terminal that is a value: what only people see.

#include "archive/sqlite_archive.hpp"
#include "cli/run.hpp"
#include "report/table.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

namespace harrier::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr AthleteId athlete_id{501};

// Run number `index` (1 = the first ever), one each day up to Sun 2026-11-22.
model::ActivityRecord daily_run(int index, int count) {
    model::Activity activity;
    activity.athlete_id = athlete_id;
    activity.strava_id = StravaId{16'000'000'000 + index};
    activity.name = fmt::format("Run number {}", index);
    activity.sport_type = "Run";
    const auto start = parse_instant("2026-11-22T08:00:00Z").value() - std::chrono::days{count - index};
    activity.start_date = start;
    activity.start_date_local = WallTime{start.time_since_epoch()};
    activity.distance = 5000 + 10 * index;
    activity.moving_time = 1500;
    activity.average_speed = *activity.distance / 1500;
    activity.total_elevation_gain = 20;
    return {activity, "{}"};
}

class Reading : public testing::Test {
protected:
    Reading() {
        console.out.write = [this](std::string_view text) { m_out += text; };
        console.err.write = [this](std::string_view text) { m_err += text; };
        const auto archive =
            archive::open_sqlite_archive(m_home.path() / "archive.db", archive::Access::write);
        model::Athlete athlete;
        athlete.athlete_id = athlete_id;
        archive->store_athlete(athlete, "{}");
        constexpr int count = 30;
        std::vector<model::ActivityRecord> records;
        for (int index = 1; index <= count; ++index) {
            records.push_back(daily_run(index, count));
        }
        archive->store_listing(athlete_id, records, {}, parse_instant("2026-11-23T00:00:00Z").value());
    }

    int run(std::vector<std::string> arguments) {
        m_out.clear();
        m_err.clear();
        const Environment environment{{{"HARRIER_HOME", m_home.path().string()}, {"HOME", "/nowhere"}}};
        return cli::run(arguments, environment, console, m_clock, {});
    }

    [[nodiscard]] const std::string& out() const { return m_out; }
    [[nodiscard]] const std::string& err() const { return m_err; }

    void be_a_terminal(bool colour) {
        for (auto* stream : {&console.out, &console.err}) {
            stream->is_terminal = true;
            stream->colour = colour;
        }
    }

    [[nodiscard]] std::filesystem::path archive_path() const { return m_home.path() / "archive.db"; }

    Console console;

private:
    test::TemporaryFolder m_home;
    test::FakeClock m_clock;
    std::string m_out;
    std::string m_err;
};

std::size_t lines_of(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST_F(Reading, ATerminalLearnsHowMuchIsLeft) {
    be_a_terminal(false);
    EXPECT_EQ(run({"runs"}), 0);
    EXPECT_EQ(lines_of(out()), 21U);
    EXPECT_EQ(err(), "20 of 30 runs; for all of them, add --limit 0\n");
    EXPECT_EQ(run({"list", "--limit", "3"}), 0);
    EXPECT_EQ(err(), "3 of 30 activities; for all of them, add --limit 0\n");
}

TEST_F(Reading, NothingIsSaidWhenNothingIsLeft) {
    be_a_terminal(false);
    EXPECT_EQ(run({"runs", "--limit", "0"}), 0);
    EXPECT_EQ(lines_of(out()), 31U);
    EXPECT_EQ(err(), "");
    EXPECT_EQ(run({"runs", "--limit", "30"}), 0);
    EXPECT_EQ(err(), "");
}

TEST_F(Reading, APipeHearsNothing) {
    EXPECT_EQ(run({"runs"}), 0);
    EXPECT_EQ(lines_of(out()), 21U);
    EXPECT_EQ(err(), "");
}

TEST_F(Reading, ColourIsForTheHeaderAndTheTalk) {
    be_a_terminal(true);
    EXPECT_EQ(run({"runs", "--limit", "1"}), 0);
    EXPECT_THAT(out(), StartsWith("\x1b[2mId"));
    EXPECT_THAT(err(), StartsWith("\x1b[2m1 of 30"));
    EXPECT_EQ(run({"show", "1"}), 0);
    EXPECT_THAT(out(), StartsWith("\x1b[1mRun number 1\x1b[0m\n"));
}

TEST_F(Reading, MachinesGetNoColourOnATerminalEither) {
    be_a_terminal(true);
    for (const auto* format : {"--json", "--csv", "-q"}) {
        EXPECT_EQ(run({"list", format}), 0);
        EXPECT_THAT(out(), Not(HasSubstr("\x1b"))) << format;
        EXPECT_EQ(err(), "") << format;
    }
    EXPECT_EQ(lines_of(out()), 30U); // of -q, the last one
}

TEST_F(Reading, ATerminalIsShownAHostileNameAndAPipeGetsIt) {
    auto hostile = daily_run(30, 30);
    hostile.activity.name = "\x1b]52;c;cm0=\x07 \u009b31m";
    archive::open_sqlite_archive(archive_path(), archive::Access::write)
        ->store_listing(athlete_id, std::vector{model::ActivityRecord{hostile.activity, "{\"name\":1}"}}, {},
                        parse_instant("2026-11-23T00:00:00Z").value());
    for (const auto* format : {"--csv", "--json"}) {
        console.out.is_terminal = true;
        run({"list", format, "--columns", "name"});
        EXPECT_EQ(out().find_first_of("\x1b\x07\r"), std::string::npos) << out();
        EXPECT_EQ(out().find("\u009b"), std::string::npos) << out();
    }
    console.out.is_terminal = false;
    run({"list", "--csv", "--columns", "name"});
    EXPECT_THAT(out(), HasSubstr(hostile.activity.name));
}

TEST_F(Reading, EveryLineFitsTheTerminal) {
    be_a_terminal(false);
    for (const int width : {60, 80, 100}) {
        console.width = width;
        for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
                 {"runs"}, {"list"}, {"stats"}, {"stats", "--by", "week"}, {"stats", "--by", "sport"}}) {
            EXPECT_EQ(run(command), 0);
            std::string_view rest = out();
            while (!rest.empty()) {
                const auto line = rest.substr(0, rest.find('\n'));
                EXPECT_LE(report::display_width(line), width) << line;
                rest.remove_prefix(line.size() + 1);
            }
        }
    }
}

TEST_F(Reading, SpansCountBackFromTheClockOfTheRun) {
    EXPECT_EQ(run({"list", "-q", "--since", "7d"}), 0); // the clock stands at Mon 2026-11-23
    EXPECT_EQ(lines_of(out()), 7U);
}

TEST_F(Reading, StatsSayHowManyWeeksAreLeft) {
    be_a_terminal(false);
    EXPECT_EQ(run({"stats", "--by", "week", "--limit", "2"}), 0);
    EXPECT_EQ(err(), "2 of 5 weeks; for all of them, add --limit 0\n");
}

} // namespace
} // namespace harrier::cli
