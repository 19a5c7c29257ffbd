// SPDX-License-Identifier: MIT

// Whole runs of sync against the emulator with each fault that it knows.

#include "cli/exit_code.hpp"
#include "tests/support/emulated_account.hpp"

#include <gmock/gmock.h>

#include <numeric>
#include <set>

namespace harrier::cli {
namespace {

using std::chrono::minutes;
using test::CapturedConsole;
using test::EmulatedAccount;
using testing::HasSubstr;
using testing::IsSubsetOf;
using testing::SizeIs;

struct FaultCase {
    const char* name;
    const char* spec;
    int activities;            // of a long list only the list is fetched
    int exit;                  // of the run that meets the fault
    std::size_t most_more = 0; // requests, than without it
    minutes waits{0};          // at least
    int most_failed = 0;       // activities whose samples that run leaves to the next one

    [[nodiscard]] bool is_long() const { return activities > 200; }
    // The athlete's units, the pages of the list, of which the last two hold nothing new, and each activity.
    [[nodiscard]] std::size_t requests() const {
        const int pages = activities / 200 + 3;
        return static_cast<std::size_t>(1 + pages + (is_long() ? 0 : activities));
    }
};

class SyncFault : public testing::TestWithParam<FaultCase> {
protected:
    void expect_streams(const EmulatedAccount& account, int least) {
        if (!GetParam().is_long()) {
            EXPECT_GE(account.archive()->summary(EmulatedAccount::athlete_id).with_streams, least);
        }
    }
};

// Whatever happens: what Strava has is in the archive once, if not after this run then after the next one.
TEST_P(SyncFault, LosesAndDoublesNothing) {
    const auto& fault = GetParam();
    emulator::EmulatorOptions options;
    options.faults = {fault.spec};
    options.token_lifetime = minutes{55}; // so that a refresh always gives a new one
    EmulatedAccount account(options, fault.activities);
    std::vector<std::string> command{"sync"};
    if (fault.is_long()) {
        command.emplace_back("--no-streams");
    }
    const auto begin = account.clock().now();
    CapturedConsole console;
    EXPECT_EQ(account.run(console, command), fault.exit) << console.out() << console.err();
    EXPECT_LE(account.asked().size(), fault.requests() + fault.most_more);
    EXPECT_GE(account.clock().now() - begin, fault.waits);
    const int with_samples = fault.activities - 1; // no. 3 has none
    expect_streams(account, with_samples - fault.most_failed);

    account.clock().advance(minutes{30});
    CapturedConsole again;
    EXPECT_EQ(account.run(again, command), exit_done) << again.out() << again.err();
    expect_streams(account, with_samples);
    std::vector<std::int64_t> all(static_cast<std::size_t>(fault.activities));
    std::iota(all.begin(), all.end(), 1);
    const auto stored = account.stored_ids();
    EXPECT_THAT(all, IsSubsetOf(stored));
    EXPECT_EQ(std::set(stored.begin(), stored.end()).size(), stored.size());
}

INSTANTIATE_TEST_SUITE_P(
    Spec, SyncFault,
    testing::Values(
        FaultCase{"LimitInTheList", "429@activities:nth=2", 450, exit_done, 1, minutes{15}},
        FaultCase{"LimitAmongTheStreams", "429@streams:nth=2", 9, exit_done, 1, minutes{15}},
        FaultCase{"LimitOfAPageThatIsNeverAskedFor", "429@page=3", 450, exit_done},
        FaultCase{"ServerErrorsInARow", "500@n=5x3", 9, exit_done, 3},
        FaultCase{"ServerErrorsWithoutEnd", "503@streams:nth=2x15", 9, exit_failed, 7, minutes{0}, 8},
        FaultCase{"TruncatedStreams", "truncate@streams:nth=2", 9, exit_done, 1},
        FaultCase{"TruncatedList", "truncate@activities:nth=1", 9, exit_done, 1},
        FaultCase{"DroppedConnection", "drop@n=7", 9, exit_done, 2},
        FaultCase{"SlowAnswer", "slow=300ms@n=4", 9, exit_done},
        FaultCase{"ShortPage", "short-page@1", 450, exit_done, 1},
        FaultCase{"RejectedToken", "401@n=10", 9, exit_done, 1},
        FaultCase{"NewOneBetweenPages", "insert@activities:nth=2", 450, exit_done, 1},
        FaultCase{"RefusedStreams", "private@streams:nth=2", 9, exit_some_failed, 0, minutes{0}, 1}),
    [](const auto& one) { return std::string(one.param.name); });

// The newest one goes between two pages: nothing else is missed.
TEST(SyncFaults, OneThatGoesBetweenPagesTakesNoOtherWithIt) {
    emulator::EmulatorOptions options;
    options.faults = {"delete@activities:nth=2"};
    EmulatedAccount account(options, 450);
    CapturedConsole console;
    EXPECT_EQ(account.run(console, {"sync", "--no-streams"}), exit_done);
    EXPECT_THAT(account.stored_ids(), SizeIs(450)) << "the first page had it";
}

// Nothing is asked for in the rest of a window that was refused in.
TEST(SyncFaults, NothingIsSentBetweenARefusalAndTheNextWindow) {
    emulator::EmulatorOptions options;
    options.faults = {"429@streams:nth=3"};
    EmulatedAccount account(options, 12);
    account.clock().advance(minutes{7});
    std::vector<minutes> moments;
    account.before_answer = [&] {
        moments.push_back(std::chrono::floor<minutes>(account.clock().now().time_since_epoch()) %
                          minutes{60});
    };
    CapturedConsole console;
    EXPECT_EQ(account.run(console, {"sync"}), exit_done);
    const auto early = std::count(moments.begin(), moments.end(), minutes{7});
    const auto late = std::count(moments.begin(), moments.end(), minutes{15});
    EXPECT_GT(early, 3);
    EXPECT_GT(late, 5);
    EXPECT_EQ(early + late, static_cast<std::ptrdiff_t>(moments.size()));
}

// What fails for everybody ends the run after a few requests.
TEST(SyncFaults, ABrokenStravaIsLeftAloneAfterFifteenRequests) {
    emulator::EmulatorOptions options;
    options.faults = {"503@streams:nth=1x1000"};
    EmulatedAccount account(options, 30);
    CapturedConsole console;
    EXPECT_EQ(account.run(console, {"sync"}), exit_failed);
    const auto asked = account.asked();
    const auto streams = std::count_if(asked.begin(), asked.end(),
                                       [](const auto& one) { return one.find("/streams") != one.npos; });
    EXPECT_LE(streams, 15);
    EXPECT_TRUE(account.archive()->work_problems(EmulatedAccount::athlete_id).empty()) << "nobody is blamed";
}

TEST(SyncFaults, AnInactiveApplicationIsSaidAndNothingElseIsAsked) {
    emulator::EmulatorOptions options;
    options.inactive = true;
    EmulatedAccount account(options, 9);
    CapturedConsole console;
    EXPECT_NE(account.run(console, {"sync"}), exit_done);
    EXPECT_THAT(account.asked(), SizeIs(testing::Le(2U)));
    EXPECT_THAT(console.err(), HasSubstr("subscription"));
}

} // namespace
} // namespace harrier::cli
