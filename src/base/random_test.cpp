// SPDX-License-Identifier: MIT
#include "base/random.hpp"

#include <gtest/gtest.h>

#include <set>

namespace harrier {
namespace {

TEST(Random, MakesTokensOfUrlSafeCharacters) {
    EXPECT_EQ(random_token(16).size(), 22U);
    EXPECT_EQ(random_token(32).size(), 43U);
    EXPECT_EQ(random_token(0), "");
    const auto token = random_token(10'000);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
}

TEST(Random, NeverGivesATokenTwice) {
    std::set<std::string> tokens;
    for (int i = 0; i < 10'000; ++i) {
        tokens.insert(random_token(16));
    }
    EXPECT_EQ(tokens.size(), 10'000U);
}

TEST(Random, StaysBelowItsBoundAndReachesEveryNumber) {
    std::set<std::uint32_t> seen;
    for (int i = 0; i < 1000; ++i) {
        seen.insert(random_below(10));
    }
    EXPECT_EQ(seen.size(), 10U); // missing one happens once in 10^45 runs
    EXPECT_EQ(*seen.rbegin(), 9U);
    EXPECT_EQ(random_below(1), 0U);
}

} // namespace
} // namespace harrier
