// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "sync/engine.hpp"
#include "tests/support/fake_archive.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_remote.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <set>

namespace harrier::sync {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSubsetOf;
using testing::Le;
using testing::SizeIs;

using test::newest_day;

constexpr AthleteId athlete{7};

class EngineTest : public testing::Test {
protected:
    SyncResult run(const SyncOptions& options = {}, std::stop_token stop = {}) {
        strava.windows.clear();
        return Engine(strava, archive, clock).run(athlete, options, {}, std::move(stop));
    }

    test::FakeRemote strava;
    test::FakeArchive archive;
    test::FakeClock clock;
};

TEST_F(EngineTest, ListsTheWholeHistoryAndNotesIt) {
    strava.fill(1132, 31h);
    const auto result = run();
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(result.counts.added, 1132);
    EXPECT_EQ(result.counts.unchanged, 0);
    EXPECT_EQ(result.requests, 8);
    EXPECT_EQ(archive.ids(), strava.ids());
    EXPECT_EQ(archive.state.resume_before, std::nullopt);
    EXPECT_EQ(archive.state.complete_at, floor<seconds>(clock.now()));
    EXPECT_EQ(archive.state.complete_scopes, "read,activity:read_all");
}

TEST_F(EngineTest, NeverAsksByAfterWhichTurnsTheOrderRound) {
    strava.fill(450, 31h);
    run();
    run();
    for (const auto& window : strava.windows) {
        EXPECT_EQ(window.after, std::nullopt);
        EXPECT_EQ(window.per_page, 200);
    }
}

TEST_F(EngineTest, EndsAnEmptyAccountAfterOneRequest) {
    const auto result = run();
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(result.requests, 1);
    EXPECT_NE(archive.state.complete_at, std::nullopt);
}

TEST_F(EngineTest, IsNotEndedByAShortPage) {
    strava.fill(600, 31h);
    strava.page_size = 173; // Strava filters after it has cut the page
    run();
    EXPECT_EQ(archive.ids(), strava.ids());
}

TEST_F(EngineTest, MissesNothingWhenAPageIsOneShort) {
    strava.fill(600, 31h);
    for (std::size_t page = 1; page <= 4; ++page) {
        archive = {};
        strava.short_page = page;
        run();
        strava.short_page = 0;
        run();
        EXPECT_THAT(strava.ids().size() - archive.ids().size(), Le(1U)) << page;
        run({.full = true});
        EXPECT_EQ(archive.ids(), strava.ids()) << page;
    }
}

TEST_F(EngineTest, LosesNoneOfSeveralThatStartedInOneSecondAtThePagesBorder) {
    for (int shift = 0; shift < 6; ++shift) {
        archive = {};
        strava.activities.clear();
        strava.fill(196 + shift, 1h);
        for (int i = 0; i < 5; ++i) {
            strava.activities[i] = newest_day - 1000h;
        }
        strava.activities[50] = newest_day - 2000h;
        const auto result = run();
        EXPECT_EQ(archive.ids(), strava.ids()) << shift;
        EXPECT_EQ(result.counts.unchanged, 0) << shift;
    }
}

TEST_F(EngineTest, GoesThroughASecondThatFillsSeveralPages) {
    strava.fill(10, 1h);
    for (int i = 0; i < 730; ++i) {
        strava.activities[5000 + i] = newest_day - 1000h;
    }
    strava.activities[1] = newest_day - 2000h;
    run();
    EXPECT_EQ(archive.ids(), strava.ids());
}

TEST_F(EngineTest, GivesUpOnAServerThatDoesNotHeedTheWindow) {
    strava.fill(3, 1h);
    strava.is_deaf = true;
    EXPECT_THROW(run(), Error);
    EXPECT_THAT(strava.windows, SizeIs(Le(12U)));
}

TEST_F(EngineTest, AsksOnceWhenNothingIsNew) {
    strava.fill(1132, 31h);
    run();
    const auto before = archive.starts;
    const auto result = run();
    EXPECT_EQ(result.requests, 1);
    EXPECT_EQ(result.counts.added + result.counts.updated, 0);
    EXPECT_EQ(archive.starts, before);
    EXPECT_TRUE(result.complete);
}

TEST_F(EngineTest, AsksTwiceWhenAllOfAYoungHistoryLiesInTheOverlap) {
    strava.fill(20, 31h);
    EXPECT_EQ(run().requests, 3);
    EXPECT_EQ(run().requests, 2);
}

TEST_F(EngineTest, ListsWhatIsNewHoweverMuchItIs) {
    strava.fill(300, 31h);
    run();
    for (int i = 0; i < 700; ++i) {
        strava.activities[90'000 + i] = newest_day + i * 1h;
    }
    clock.advance(24h * 5); // later everything is listed again
    const auto result = run();
    EXPECT_EQ(result.counts.added, 700);
    EXPECT_THAT(result.requests, Le(5));
    EXPECT_EQ(archive.ids(), strava.ids());
}

TEST_F(EngineTest, SeesABackDatedUploadOfTheLastMonth) {
    strava.fill(2000, 1h); // 200 of these reach back 8 days only
    run();
    strava.activities[1] = newest_day - 29 * 24h;
    run();
    EXPECT_EQ(archive.ids(), strava.ids());
}

TEST_F(EngineTest, SeesAnOldBackDatedUploadWhenAllIsListedAgain) {
    strava.fill(1000, 31h);
    run();
    strava.activities[1] = newest_day - 900 * 24h;
    const auto result = run({.full = true});
    EXPECT_EQ(result.counts.added, 1);
    EXPECT_EQ(result.counts.unchanged, 1000);
    EXPECT_EQ(archive.ids(), strava.ids());
}

TEST_F(EngineTest, IsNotMisledByAnActivityDatedIntoTheFuture) {
    strava.fill(500, 31h);
    strava.activities[1] = newest_day + 24h * 365 * 70;
    run();
    for (int i = 0; i < 300; ++i) {
        strava.activities[90'000 + i] = newest_day + i * 60s;
    }
    run();
    EXPECT_EQ(archive.ids(), strava.ids());
}

TEST_F(EngineTest, IsNotMisledByAClockThatGoesWrong) {
    strava.fill(500, 31h);
    run();
    strava.activities[1] = newest_day + 5h;
    clock.jump(-24h * 365 * 20);
    run();
    strava.activities[2] = newest_day + 6h;
    clock.jump(24h * 365 * 40);
    run();
    EXPECT_EQ(archive.ids(), strava.ids());
}

TEST_F(EngineTest, ListsEverythingAgainOnceItMaySeePrivateActivities) {
    strava.fill(600, 31h);
    strava.scopes = {"read", "activity:read"};
    run();
    EXPECT_EQ(archive.state.complete_scopes, "read,activity:read");
    EXPECT_EQ(run().requests, 1);

    strava.activities[1] = newest_day - 24h * 400; // an old one that only the athlete sees
    strava.scopes = {"read", "activity:read_all"};
    run();
    EXPECT_EQ(archive.ids(), strava.ids());
    EXPECT_EQ(archive.state.complete_scopes, "read,activity:read_all");
    EXPECT_EQ(run().requests, 1);

    strava.scopes = {"read", "activity:read"};
    EXPECT_EQ(run().requests, 1);
    EXPECT_EQ(archive.state.complete_scopes, "read,activity:read_all");
}

TEST_F(EngineTest, StopsAfterSoManyRequestsAndGoesOnNextTime) {
    strava.fill(1132, 31h);
    const auto first = run({.max_requests = 3});
    EXPECT_FALSE(first.complete);
    EXPECT_EQ(first.requests, 3);
    EXPECT_EQ(first.counts.added, 598);
    EXPECT_EQ(archive.state.complete_at, std::nullopt);

    const auto second = run();
    EXPECT_TRUE(second.complete);
    EXPECT_EQ(archive.ids(), strava.ids());
    EXPECT_THAT(second.requests, Le(8 - 3 + 1));
    EXPECT_NE(archive.state.complete_at, std::nullopt);
    EXPECT_EQ(archive.state.complete_scopes, "read,activity:read_all");
}

TEST_F(EngineTest, LeavesNoHoleWhenTheWayBackToTheKnownIsCutShort) {
    strava.fill(300, 31h);
    run();
    for (int i = 0; i < 900; ++i) {
        strava.activities[90'000 + i] = newest_day + i * 4h;
    }
    run({.max_requests = 1});
    strava.activities[1] = newest_day + 901 * 4h;
    run({.max_requests = 2});
    run();
    EXPECT_EQ(archive.ids(), strava.ids());
}

TEST_F(EngineTest, StopsBetweenPages) {
    strava.fill(600, 31h);
    std::stop_source stop;
    strava.before_answer = [&](int request) {
        if (request == 2) {
            stop.request_stop();
        }
    };
    const auto result = run({}, stop.get_token());
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(result.requests, 2);
    EXPECT_THAT(archive.starts, SizeIs(399));
}

TEST_F(EngineTest, StoresNothingOlderThanSinceAndTheRestLater) {
    strava.fill(600, 24h);
    const Instant since = newest_day - 249 * 24h;
    const auto result = run({.since = since});
    EXPECT_TRUE(result.complete);
    EXPECT_EQ(result.requests, 2);
    EXPECT_EQ(result.counts.added, 250);
    EXPECT_TRUE(std::all_of(archive.starts.begin(), archive.starts.end(),
                            [&](const auto& one) { return one.second >= since; }));
    EXPECT_EQ(archive.state.complete_at, std::nullopt);
    EXPECT_EQ(archive.state.resume_before, since);

    EXPECT_EQ(run({.since = since}).requests, 1);
    run();
    EXPECT_EQ(archive.ids(), strava.ids());
    EXPECT_NE(archive.state.complete_at, std::nullopt);
}

TEST_F(EngineTest, ListsAgainFromSinceOnWhenAskedForAllOfIt) {
    strava.fill(1000, 24h);
    run();
    const auto complete_at = archive.state.complete_at;
    clock.advance(1h);
    strava.activities[1] = newest_day - 300 * 24h;
    const auto result = run({.full = true, .since = newest_day - 350 * 24h});
    EXPECT_EQ(result.counts.added, 1);
    EXPECT_EQ(result.counts.unchanged, 351);
    EXPECT_EQ(archive.state.complete_at, complete_at);
    EXPECT_EQ(archive.state.resume_before, std::nullopt);
}

TEST_F(EngineTest, GoesOnAfterABreakAtEveryRequest) {
    strava.fill(1132, 31h);
    for (int broken = 1; broken <= 8; ++broken) {
        archive = {};
        strava.before_answer = [&](int request) {
            if (request == broken) {
                throw Error(ErrorKind::network, "broken off");
            }
        };
        EXPECT_THROW(run(), Error);
        strava.before_answer = nullptr;
        const auto result = run();
        EXPECT_EQ(archive.ids(), strava.ids()) << broken;
        // Once more: the newest page, and the page that was broken off.
        EXPECT_THAT((broken - 1) + result.requests, Le(8 + 2)) << broken;
        EXPECT_NE(archive.state.complete_at, std::nullopt) << broken;
        EXPECT_EQ(archive.state.resume_before, std::nullopt) << broken;
    }
}

TEST_F(EngineTest, GoesOnAfterABreakInTheMiddleOfASecond) {
    strava.fill(10, 1h);
    for (int i = 0; i < 730; ++i) {
        strava.activities[5000 + i] = newest_day - 1000h;
    }
    strava.activities[1] = newest_day - 2000h;
    for (int broken = 2; broken <= 7; ++broken) {
        archive = {};
        run({.max_requests = broken - 1});
        run();
        EXPECT_EQ(archive.ids(), strava.ids()) << broken;
    }
}

// Between any two pages, activities appear in front and in the middle, and others go.
TEST_F(EngineTest, MissesAndDoublesNothingWhileTheListChanges) {
    constexpr unsigned seeds = 1000;
    for (unsigned seed = 0; seed < seeds; ++seed) {
        std::mt19937 random(seed);
        const auto below = [&random](int bound) {
            return static_cast<int>(random() % static_cast<unsigned>(bound));
        };
        archive = {};
        strava.activities.clear();
        strava.page_size = 8;
        for (int i = 0; i < 60; ++i) {
            strava.activities[1000 + i] = newest_day - (i - below(3)) * 48h; // two or three share a second
        }
        std::set<std::int64_t> stable = strava.ids();
        std::int64_t next_id = 5000;
        strava.before_answer = [&](int request) {
            if (request == 1) {
                return;
            }
            for (int change = below(3); change > 0; --change) {
                if (below(3) == 0) {
                    const auto gone = std::next(strava.activities.begin(),
                                                below(static_cast<int>(strava.activities.size())));
                    stable.erase(gone->first);
                    strava.activities.erase(gone);
                } else {
                    const bool in_front = below(2) == 0;
                    strava.activities[next_id++] =
                        in_front ? newest_day + next_id * 1min : newest_day - below(120) * 24h;
                }
            }
        };
        const auto first = run();
        ASSERT_THAT(stable, IsSubsetOf(archive.ids())) << "seed " << seed;
        ASSERT_EQ(first.counts.added, static_cast<std::int64_t>(archive.starts.size())) << "seed " << seed;
        ASSERT_EQ(first.counts.unchanged, 0) << "seed " << seed;

        strava.before_answer = nullptr;
        const auto newest = archive.newest_start(athlete).value();
        run();
        for (const auto& [id, start] : strava.activities) {
            if (start > newest - 24h * 30) {
                ASSERT_TRUE(archive.starts.contains(id)) << "seed " << seed << ", id " << id;
            }
        }
        run({.full = true});
        ASSERT_THAT(strava.ids(), IsSubsetOf(archive.ids())) << "seed " << seed;
    }
    std::cout << seeds << " accounts that changed between pages: 0 missing, 0 double\n";
}

} // namespace
} // namespace harrier::sync
