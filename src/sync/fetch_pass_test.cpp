// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "archive/stream_codec.hpp"
#include "base/error.hpp"
#include "sync/engine.hpp"
#include "sync/fetch_pass.hpp"
#include "sync/stored_recording.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_remote.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace harrier::sync {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr AthleteId whose{7};

class FetchTest : public testing::Test {
protected:
    FetchTest()
        : archive(archive::open_sqlite_archive(folder.path() / "archive.db", archive::Access::write)) {
        remote.fill(4, 24h); // 1000 is the newest
    }

    SyncResult sync(const SyncOptions& options = {}) {
        return Engine(remote, *archive, clock).run(whose, options, {});
    }
    std::vector<std::int64_t> asked() { return std::exchange(remote.streams_asked, {}); }
    [[nodiscard]] std::optional<archive::StoredStream> stream(std::int64_t id) {
        return archive->find_stream(whose, archive->find_activity(whose, StravaId{id}).value().activity_id);
    }
    Error error_of_sync() {
        try {
            sync();
        } catch (const Error& error) {
            return error;
        }
        return {ErrorKind::internal, "nothing was thrown"};
    }
    void fail(std::set<std::int64_t> ids, ErrorKind kind) {
        remote.streams_of = [ids = std::move(ids), kind](std::int64_t id) -> strava::StreamsAnswer {
            if (ids.contains(id)) {
                throw Error(kind, "trouble with " + std::to_string(id));
            }
            return test::FakeRemote::samples_of(id);
        };
    }

    test::TemporaryFolder folder;
    test::FakeClock clock;
    test::FakeRemote remote;
    std::unique_ptr<archive::Archive> archive;
};

TEST_F(FetchTest, StreamsFollowTheListNewestFirstOneRequestEach) {
    const auto result = sync();
    EXPECT_THAT(asked(), ElementsAre(1000, 1001, 1002, 1003));
    EXPECT_EQ(result.streams.stored, 4);
    EXPECT_EQ(result.requests, static_cast<int>(remote.windows.size()) + 4);
    EXPECT_TRUE(result.complete);
    ASSERT_TRUE(stream(1002));
    EXPECT_EQ(archive::decode_streams(stream(1002)->data).streams.distance.back(), 1002);

    EXPECT_EQ(sync().streams.stored, 0);
    EXPECT_THAT(asked(), IsEmpty()) << "nothing is asked for twice";
}

TEST_F(FetchTest, OnlyTheListIsFetchedIfSoWished) {
    EXPECT_TRUE(sync({.streams = false}).complete);
    EXPECT_THAT(asked(), IsEmpty());
    EXPECT_EQ(archive->work_counts(whose, archive::Step::streams, Instant{}).due, 4);
}

TEST_F(FetchTest, AnActivityWithoutStreamsIsAskedForOnce) {
    remote.streams_of = [](std::int64_t id) -> strava::StreamsAnswer {
        return id == 1001 ? strava::StreamsAnswer(strava::NotThere{}) : test::FakeRemote::samples_of(id);
    };
    const auto result = sync();
    EXPECT_EQ(result.streams.absent, 1);
    EXPECT_EQ(result.streams.stored, 3);
    EXPECT_THAT(result.failures, IsEmpty());
    EXPECT_FALSE(stream(1001));
    (void)asked();
    sync({.full = true});
    EXPECT_THAT(asked(), IsEmpty()) << "even a full sync";
}

TEST_F(FetchTest, ADamagedAnswerIsNotStoredAndStopsNoOther) {
    fail({1001}, ErrorKind::data);
    const auto result = sync();
    EXPECT_THAT(asked(), SizeIs(4));
    EXPECT_TRUE(result.complete);
    ASSERT_THAT(result.failures, SizeIs(1));
    EXPECT_EQ(result.failures[0].item.strava_id, StravaId{1001});
    EXPECT_EQ(result.failures[0].message, "trouble with 1001");
    EXPECT_FALSE(stream(1001));
    remote.streams_of = nullptr;
    EXPECT_EQ(sync().streams.stored, 1) << "the next run tries it again";
    EXPECT_THAT(archive->work_problems(whose), IsEmpty());
}

TEST_F(FetchTest, FiveFailuresSetAnActivityAside) {
    fail({1001}, ErrorKind::data);
    std::vector<std::chrono::seconds> rests;
    for (int attempt = 1; attempt <= 5; ++attempt) {
        const auto result = sync();
        ASSERT_THAT(result.failures, SizeIs(1)) << attempt;
        EXPECT_EQ(result.failures[0].set_aside, attempt == 5);
        const auto problem = archive->work_problems(whose).at(0).outcome;
        EXPECT_EQ(problem.attempts, attempt);
        if (problem.next_at) {
            rests.push_back(*problem.next_at - problem.at);
            EXPECT_THAT(sync().failures, SizeIs(rests.back() == 0s ? 1 : 0)) << "not before its time";
            if (rests.back() == 0s) {
                ++attempt;
                rests.push_back(15min);
            }
            clock.advance(rests.back());
        }
    }
    EXPECT_THAT(rests, ElementsAre(0s, 15min, 1h, 4h));
    (void)asked();
    clock.advance(1000h);
    EXPECT_TRUE(sync().failures.empty());
    EXPECT_THAT(asked(), IsEmpty());
    EXPECT_EQ(archive->work_counts(whose, archive::Step::streams, Instant{}).set_aside, 1);
    remote.streams_of = nullptr;
    EXPECT_EQ(sync({.full = true}).streams.stored, 1) << "a full sync tries it again";
}

TEST_F(FetchTest, WithoutAnyAnswerTheRunEndsAndNobodyIsBlamed) {
    fail({1000, 1001, 1002, 1003}, ErrorKind::network);
    EXPECT_EQ(error_of_sync().kind(), ErrorKind::network);
    EXPECT_THAT(asked(), ElementsAre(1000, 1001, 1002));
    EXPECT_THAT(archive->work_problems(whose), IsEmpty());
}

TEST_F(FetchTest, AnAnswerForTheNextOneBlamesThoseThatGotNone) {
    fail({1000, 1001, 1003}, ErrorKind::remote);
    const auto result = sync();
    EXPECT_TRUE(result.complete);
    EXPECT_THAT(result.failures, SizeIs(3));
    EXPECT_EQ(result.streams.stored, 1);
    EXPECT_THAT(archive->work_problems(whose), SizeIs(3));
}

TEST_F(FetchTest, WhatConcernsEverythingEndsTheRunAtOnce) {
    fail({1001}, ErrorKind::auth);
    EXPECT_EQ(error_of_sync().kind(), ErrorKind::auth);
    EXPECT_THAT(asked(), ElementsAre(1000, 1001));
    EXPECT_TRUE(stream(1000)) << "what was stored stays";
    EXPECT_THAT(archive->work_problems(whose), IsEmpty());
}

TEST_F(FetchTest, ARefusalIsAFailureOfThatActivity) {
    remote.streams_of = [](std::int64_t id) -> strava::StreamsAnswer {
        return id == 1000 ? strava::StreamsAnswer(strava::Refusal{"it is private"})
                          : test::FakeRemote::samples_of(id);
    };
    const auto result = sync();
    ASSERT_THAT(result.failures, SizeIs(1));
    EXPECT_EQ(result.failures[0].message, "it is private");
    EXPECT_EQ(result.streams.stored, 3);
}

TEST_F(FetchTest, MaxRequestsCountsBothPartsAndTheNextRunGoesOn) {
    const auto first = sync({.max_requests = 4});
    EXPECT_FALSE(first.complete);
    EXPECT_EQ(first.requests, 4);
    const auto done = asked();
    const auto second = sync();
    EXPECT_TRUE(second.complete);
    EXPECT_THAT(asked(), SizeIs(4 - done.size()));
    EXPECT_EQ(first.streams.stored + second.streams.stored, 4);
}

TEST_F(FetchTest, SinceLeavesOlderOnesForLater) {
    sync({.since = test::newest_day - 36h});
    EXPECT_THAT(asked(), ElementsAre(1000, 1001));
    sync();
    EXPECT_THAT(asked(), ElementsAre(1002, 1003));
}

TEST_F(FetchTest, APrivateOneIsNotAskedForWithFewerScopesThanItWasListedWith) {
    remote.private_ones = {1001};
    sync({.streams = false});
    remote.scopes = {"read", "activity:read"};
    sync();
    EXPECT_THAT(asked(), ElementsAre(1000, 1002, 1003));
    remote.scopes = {"read", "activity:read_all"};
    sync();
    EXPECT_THAT(asked(), ElementsAre(1001));
}

TEST_F(FetchTest, WhatIsDerivedIsStoredTogetherWithTheSamples) {
    std::vector<std::string> derived;
    const auto derive = [&](archive::Archive& store, AthleteId athlete, ActivityId id,
                            const model::Recording& recording) {
        EXPECT_EQ(&store, archive.get());
        EXPECT_EQ(athlete, whose);
        EXPECT_TRUE(store.find_stream(athlete, id)) << "the samples are there already";
        EXPECT_TRUE(recording.start);
        derived.push_back(recording.sport_type);
        if (derived.size() == 3) {
            throw Error(ErrorKind::internal, "cannot derive");
        }
    };
    EXPECT_THROW(sync({.derive = derive}), Error);
    EXPECT_THAT(derived, ElementsAre("Run", "Run", "Run"));
    EXPECT_TRUE(stream(1001));
    EXPECT_FALSE(stream(1002)) << "undone with what could not be derived";
    (void)asked();
    sync();
    EXPECT_THAT(asked(), ElementsAre(1002, 1003));
}

TEST_F(FetchTest, AnActivityOfTheApiAloneIsARecording) {
    sync();
    const auto activity = archive->find_activity(whose, StravaId{1003});
    const auto recording = find_recording(*archive, whose, activity.value());
    ASSERT_TRUE(recording);
    EXPECT_EQ(recording->start, activity->start_date);
    EXPECT_THAT(recording->streams.time, ElementsAre(0, 1, 2));
}

TEST_F(FetchTest, DetailsFollowAllStreamsIfSoWished) {
    sync();
    EXPECT_THAT(remote.details_asked, IsEmpty());
    std::size_t streams_before = 0;
    remote.activities[1004] = test::newest_day + 24h;
    remote.detail_of = [&](std::int64_t id) -> strava::DetailAnswer {
        streams_before = remote.streams_asked.size();
        return remote.full_detail(id);
    };
    const auto result = sync({.details = true});
    EXPECT_EQ(streams_before, 5U) << "every stream before the first detail";
    EXPECT_THAT(remote.details_asked, ElementsAre(1004, 1000, 1001, 1002, 1003));
    EXPECT_EQ(result.details.stored, 5);
    const auto activity = archive->find_activity(whose, StravaId{1002}).value();
    EXPECT_EQ(activity.description, "of 1002");
    const auto lists = archive->strava_lists(whose, activity.activity_id);
    ASSERT_THAT(lists.efforts, SizeIs(1));
    EXPECT_EQ(lists.efforts[0].elapsed_time, 100.2);
    remote.details_asked.clear();
    EXPECT_EQ(sync({.details = true}).details.stored, 0);
    EXPECT_THAT(remote.details_asked, IsEmpty()) << "nothing is asked for twice";
}

TEST_F(FetchTest, DetailsThatWereFetchedOnceAreKeptAsStravaHasThem) {
    remote.names[1001] = "Evening run";
    sync({.details = true});
    remote.details_asked.clear();
    (void)asked();
    remote.names[1001] = "Hill repeats";
    const auto result = sync();
    EXPECT_THAT(remote.details_asked, ElementsAre(1001)) << "only the one that was edited";
    EXPECT_THAT(asked(), IsEmpty()) << "its samples are the same";
    EXPECT_EQ(result.details.stored, 1);
}

TEST_F(FetchTest, DetailsThatFailAreTriedAgainLikeStreams) {
    remote.detail_of = [&](std::int64_t id) -> strava::DetailAnswer {
        if (id == 1001) {
            throw Error(ErrorKind::data, "cut off");
        }
        return id == 1002   ? strava::DetailAnswer(strava::NotThere{})
               : id == 1003 ? strava::DetailAnswer(remote.full_detail(1000))
                            : strava::DetailAnswer(remote.full_detail(id));
    };
    const auto result = sync({.details = true});
    EXPECT_EQ(result.details.stored, 1);
    EXPECT_EQ(result.details.absent, 1);
    ASSERT_THAT(result.failures, SizeIs(2));
    EXPECT_EQ(result.failures[0].message, "cut off");
    EXPECT_EQ(result.failures[1].message, "the details that came are those of another activity");
    remote.detail_of = nullptr;
    EXPECT_EQ(sync({.details = true}).details.stored, 2);
}

TEST_F(FetchTest, StopEndsItBetweenTwoRequests) {
    std::stop_source source;
    remote.streams_of = [&](std::int64_t id) -> strava::StreamsAnswer {
        source.request_stop();
        return test::FakeRemote::samples_of(id);
    };
    const auto result = Engine(remote, *archive, clock).run(whose, {}, {}, source.get_token());
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(result.streams.stored, 1);
    EXPECT_TRUE(stream(1000));
}

} // namespace
} // namespace harrier::sync
