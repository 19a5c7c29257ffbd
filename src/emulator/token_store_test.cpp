// SPDX-License-Identifier: MIT
#include "emulator/token_store.hpp"
#include "tests/support/fake_clock.hpp"

#include <gtest/gtest.h>

namespace harrier::emulator {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds six_hours{21600};

IssuedToken log_in(TokenStore& store) {
    return store.exchange(store.issue_code({"read"})).value();
}

TEST(TokenStore, GivesCodesAndTokensOfFortyHexadecimalDigits) {
    test::FakeClock clock;
    TokenStore store(six_hours, Rotation::on_expiry, clock);
    const auto code = store.issue_code({"read"});
    const auto issued = store.exchange(code).value();
    for (const auto& text : {code, issued.access_token, issued.refresh_token}) {
        EXPECT_EQ(text.size(), 40U);
        EXPECT_EQ(text.find_first_not_of("0123456789abcdef"), std::string::npos);
    }
    EXPECT_EQ(issued.expires_in, six_hours);
    EXPECT_EQ(issued.expires_at, std::chrono::floor<std::chrono::seconds>(clock.now()) + six_hours);
}

TEST(TokenStore, TakesACodeOnce) {
    test::FakeClock clock;
    TokenStore store(six_hours, Rotation::on_expiry, clock);
    const auto code = store.issue_code({"read"});
    EXPECT_TRUE(store.exchange(code));
    EXPECT_FALSE(store.exchange(code));
}

TEST(TokenStore, ForgetsACodeAfterTenMinutes) {
    test::FakeClock clock;
    TokenStore store(six_hours, Rotation::on_expiry, clock);
    const auto code = store.issue_code({"read"});
    clock.advance(10min);
    EXPECT_FALSE(store.exchange(code));
}

struct RefreshCase {
    Rotation rotation;
    std::chrono::seconds age; // of the access token
    bool new_access;
    bool new_refresh;
};

TEST(TokenStore, RefreshesByStravasRules) {
    const std::vector<RefreshCase> table{
        {Rotation::on_expiry, 0s, false, false},
        {Rotation::on_expiry, six_hours - 3601s, false, false}, // one second more than an hour left
        {Rotation::on_expiry, six_hours - 3600s, true, true},
        {Rotation::on_expiry, six_hours + 1h, true, true},
        {Rotation::always, 0s, false, true},
        {Rotation::always, six_hours, true, true},
        {Rotation::never, 0s, false, false},
        {Rotation::never, six_hours, true, false},
    };
    for (const auto& row : table) {
        test::FakeClock clock;
        TokenStore store(six_hours, row.rotation, clock);
        const auto first = log_in(store);
        clock.advance(row.age);
        const auto second = store.refresh(first.refresh_token).value();
        const auto place = testing::Message() << "rotation " << static_cast<int>(row.rotation) << ", age "
                                              << row.age.count() << " s";
        EXPECT_EQ(second.access_token != first.access_token, row.new_access) << place;
        EXPECT_EQ(second.refresh_token != first.refresh_token, row.new_refresh) << place;
        EXPECT_EQ(second.expires_in, row.new_access ? six_hours : six_hours - row.age) << place;
        // A new refresh token kills the older one at once; the same one goes on working.
        EXPECT_EQ(store.refresh(first.refresh_token).has_value(), !row.new_refresh) << place;
    }
}

TEST(TokenStore, LetsTheOlderAccessTokenLiveToItsOwnEnd) {
    test::FakeClock clock;
    TokenStore store(six_hours, Rotation::on_expiry, clock);
    const auto first = log_in(store);
    clock.advance(5h + 1min);
    const auto second = store.refresh(first.refresh_token).value();
    EXPECT_TRUE(store.scopes_of(first.access_token));
    clock.advance(59min);
    EXPECT_FALSE(store.scopes_of(first.access_token));
    EXPECT_TRUE(store.scopes_of(second.access_token));
}

TEST(TokenStore, RevokesTheWholeSessionByEitherToken) {
    test::FakeClock clock;
    TokenStore store(six_hours, Rotation::on_expiry, clock);
    const auto first = log_in(store);
    const auto second = log_in(store);
    store.revoke(first.refresh_token);
    EXPECT_FALSE(store.scopes_of(first.access_token));
    EXPECT_FALSE(store.refresh(first.refresh_token));
    EXPECT_TRUE(store.scopes_of(second.access_token));
    store.revoke(second.access_token);
    EXPECT_FALSE(store.refresh(second.refresh_token));
    store.revoke("unknown");
    EXPECT_EQ(store.counts().sessions, 0U);
}

TEST(TokenStore, KnowsWhatWasGrantedBefore) {
    test::FakeClock clock;
    TokenStore store(six_hours, Rotation::on_expiry, clock);
    const auto code = store.issue_code({"read", "activity:read"});
    EXPECT_FALSE(store.is_granted({"read"}));
    ASSERT_TRUE(store.exchange(code));
    EXPECT_TRUE(store.is_granted({"read"}));
    EXPECT_FALSE(store.is_granted({"read", "activity:read_all"}));
    store.revoke_all();
    EXPECT_FALSE(store.is_granted({"read"}));
}

} // namespace
} // namespace harrier::emulator
