// SPDX-License-Identifier: MIT
#include "cli/sync_report.hpp"
#include "cli/todo.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/fake_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const Instant monday = std::chrono::sys_days{std::chrono::year{2026} / 11 / 23};
constexpr sync::Allowance fresh{90, 900, 90, 900};

TEST(Todo, ThePlanOfAWholeHistoryTellsTheDay) {
    const Todo todo{.listing = 1, .streams = 5000, .details = 5000, .waiting = 2, .set_aside = 1};
    const auto text = plan_text(todo, fresh, monday);
    EXPECT_THAT(text, HasSubstr("  list             1\n"
                                "  streams      5,000\n"
                                "  details      5,000\n"));
    EXPECT_THAT(text, HasSubstr("on day 12.\n"));
    EXPECT_THAT(text, HasSubstr("2 failed and rest"));
    EXPECT_THAT(text, HasSubstr("1 failed too often"));
    EXPECT_THAT(plan_json(todo, fresh, monday), HasSubstr(R"("requests":10001,"days":12,)"));
}

TEST(SyncReport, TheLineTellsCountSpeedAndTimeLeft) {
    sync::SyncProgress progress;
    progress.phase = sync::Phase::streams;
    progress.fetched = {.stored = 18, .absent = 1, .failed = 1};
    progress.total = 80;
    EXPECT_EQ(sync_progress_text(progress, 4s, monday), "20 of 80 streams, 5.0/s, 0:13 left");
    progress.rate.read = net::RatePair{{100, 85}, {1000, 85}};
    EXPECT_THAT(sync_progress_text(progress, 4s, monday), HasSubstr(", done "));
    EXPECT_THAT(sync_progress_text(progress, 4s, monday), testing::EndsWith(", limit 85/100, day 85/1,000"));
    progress.total = 20;
    EXPECT_EQ(sync_progress_text(progress, 4s, monday),
              "20 of 20 streams, 5.0/s, limit 85/100, day 85/1,000");
}

TEST(SyncReport, CountsDownOnATerminalAndSaysItOnceElsewhere) {
    const net::Denial denial{monday + 15min + 8s, 15min + 8s};
    test::FakeClock clock;
    test::CapturedConsole terminal;
    terminal.be_terminal();
    ProgressLine line(terminal.console);
    EXPECT_TRUE(wait_for_limit(terminal.console, line, clock, denial, {}));
    EXPECT_THAT(terminal.err(), testing::StartsWith("\r\x1b[KStrava's limit is used up; going on "));
    EXPECT_THAT(terminal.err(), HasSubstr(", in 15:08\r"));
    EXPECT_EQ(clock.now(), monday + 15min + 8s);
    EXPECT_EQ(clock.sleeps().size(), 15U * 60 + 8) << "a second at a time";

    test::CapturedConsole log;
    ProgressLine unused(log.console);
    EXPECT_TRUE(wait_for_limit(log.console, unused, clock, denial, {}));
    EXPECT_THAT(log.err(), testing::EndsWith("(in 15 min)\n"));
    EXPECT_EQ(clock.sleeps().back(), 15min + 8s);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(wait_for_limit(log.console, unused, clock, denial, stop.get_token()));
}

} // namespace
} // namespace harrier::cli
