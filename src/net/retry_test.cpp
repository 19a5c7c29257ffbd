// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/random.hpp"
#include "net/retry.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_transport.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace harrier::net {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using test::FakeClock;
using test::FakeTransport;
using testing::ElementsAre;
using testing::IsEmpty;

milliseconds longest(milliseconds bound) {
    return bound;
}

// Answers with these statuses one after the other; 0 is a broken connection. The last one repeats.
FakeTransport::Answer statuses(std::vector<int> wanted) {
    return [wanted = std::move(wanted), n = std::size_t{0}](const Request&) mutable {
        const int status = wanted[std::min(n++, wanted.size() - 1)];
        if (status == 0) {
            throw Error(ErrorKind::network, "broken off");
        }
        return Response{status, {}, {}};
    };
}

struct Rig {
    explicit Rig(std::vector<int> wanted) : inner(statuses(std::move(wanted))) {}

    int send(const std::string& method = "GET", std::stop_token stop = {}) {
        Request request;
        request.method = method;
        return transport.send(request, stop).status;
    }

    FakeTransport inner;
    FakeClock clock;
    RetryingTransport transport{inner, clock, {}, longest};
};

TEST(Retry, DoublesTheLongestPauseUpToTheCap) {
    const RetryPolicy policy{5, 500ms, 30s};
    EXPECT_EQ(longest_pause(policy, 0), 500ms);
    EXPECT_EQ(longest_pause(policy, 1), 1s);
    EXPECT_EQ(longest_pause(policy, 5), 16s);
    EXPECT_EQ(longest_pause(policy, 6), 30s);
    EXPECT_EQ(longest_pause(policy, 1'000'000), 30s);
    EXPECT_EQ(longest_pause({5, 0ms, 30s}, 1'000'000), 0ms);
    EXPECT_EQ(longest_pause({5, 60s, 30s}, 0), 30s);
}

TEST(Retry, RepeatsAGetAfterServerAndNetworkErrors) {
    Rig rig({503, 0, 520, 200});
    EXPECT_EQ(rig.send(), 200);
    EXPECT_EQ(rig.inner.requests().size(), 4U);
    EXPECT_THAT(rig.clock.sleeps(), ElementsAre(500ms, 1s, 2s));
}

TEST(Retry, GivesTheLastAnswerWhenEveryAttemptFails) {
    Rig rig({500, 500, 500, 500, 502});
    EXPECT_EQ(rig.send(), 502);
    EXPECT_EQ(rig.inner.requests().size(), 5U);
    EXPECT_EQ(rig.clock.sleeps().size(), 4U);
}

TEST(Retry, ThrowsTheLastNetworkError) {
    Rig rig({500, 0});
    EXPECT_THROW(rig.send(), Error);
    EXPECT_EQ(rig.inner.requests().size(), 5U);
}

TEST(Retry, SendsEveryOtherMethodOnce) {
    for (const char* method : {"POST", "PUT", "DELETE", "HEAD"}) {
        Rig rig({500});
        EXPECT_EQ(rig.send(method), 500) << method;
        Rig broken({0});
        EXPECT_THROW(broken.send(method), Error) << method;
        EXPECT_EQ(rig.inner.requests().size() + broken.inner.requests().size(), 2U) << method;
    }
}

TEST(Retry, PassesEveryOtherStatusThroughAtOnce) {
    for (const int status : {200, 204, 301, 304, 400, 401, 403, 404, 429}) {
        Rig rig({status});
        EXPECT_EQ(rig.send(), status);
        EXPECT_EQ(rig.inner.requests().size(), 1U) << status;
        EXPECT_THAT(rig.clock.sleeps(), IsEmpty()) << status;
    }
}

TEST(Retry, DoesNotRepeatErrorsThatAreNotTheNetworks) {
    FakeTransport inner([](const Request&) -> Response { throw Error(ErrorKind::interrupted, "stopped"); });
    FakeClock clock;
    RetryingTransport transport(inner, clock, {}, longest);
    EXPECT_THROW(static_cast<void>(transport.send({})), Error);
    EXPECT_EQ(inner.requests().size(), 1U);
}

TEST(Retry, StopsInAPauseWhenAsked) {
    std::stop_source source;
    FakeTransport inner([&](const Request&) {
        source.request_stop();
        return Response{500, {}, {}};
    });
    FakeClock clock;
    RetryingTransport transport(inner, clock, {}, longest);
    try {
        static_cast<void>(transport.send({}, source.get_token()));
        FAIL() << "went on after the stop";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::interrupted);
    }
    EXPECT_EQ(inner.requests().size(), 1U);
}

TEST(Retry, SpreadsThePausesEvenlyBelowTheBound) {
    FakeTransport inner(statuses({500}));
    FakeClock clock;
    RetryingTransport transport(inner, clock, {10'001, 30s, 30s}, [](milliseconds bound) {
        return milliseconds{random_below(static_cast<std::uint32_t>(bound.count()) + 1)};
    });
    static_cast<void>(transport.send({}));
    auto pauses = clock.sleeps();
    ASSERT_EQ(pauses.size(), 10'000U);
    std::sort(pauses.begin(), pauses.end());
    // Kolmogorov–Smirnov distance to the uniform distribution; more than 0.03 happens once in 10^7 runs.
    double distance = 0;
    for (std::size_t i = 0; i < pauses.size(); ++i) {
        const double expected = static_cast<double>(pauses[i].count()) / 30'000;
        distance = std::max(distance, std::abs(expected - static_cast<double>(i) / 10'000));
    }
    EXPECT_LT(distance, 0.03);
    EXPECT_GE(pauses.front(), 0ms);
    EXPECT_LE(pauses.back(), 30s);
}

} // namespace
} // namespace harrier::net
