// SPDX-License-Identifier: MIT
#include "base/secret.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <concepts>
#include <ostream>
#include <type_traits>
#include <vector>

namespace harrier {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};

static_assert(!Printable<Secret>);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::equality_comparable<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<std::string, Secret>);
static_assert(!std::is_convertible_v<const char*, Secret>);

// Longer than what fits into a string object itself, so that its characters live on the heap.
const std::string long_text = "a-token-that-is-longer-than-a-small-string-0123456789";

bool all_zero(const char* characters, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (characters[i] != '\0') {
            return false;
        }
    }
    return true;
}

TEST(Secret, RevealsItsTextOnlyWhenAsked) {
    const Secret secret(std::string_view("abc"));
    EXPECT_EQ(secret.reveal(), "abc");
    EXPECT_EQ(secret.size(), 3U);
    EXPECT_FALSE(secret.empty());
    EXPECT_TRUE(Secret{}.empty());
}

TEST(Secret, WipesTheTextItTakesOver) {
    for (const std::string& text : {std::string("short"), long_text}) {
        std::string source = text;
        const char* characters = source.data();
        const Secret secret(std::move(source));
        EXPECT_EQ(secret.reveal(), text);
        EXPECT_TRUE(source.empty()); // NOLINT: the promise is about the argument
        EXPECT_TRUE(all_zero(characters, text.size()));
    }
}

TEST(Secret, WipesWhatItIsMovedFrom) {
    for (const std::string& text : {std::string("short"), long_text}) {
        Secret source{std::string_view(text)};
        const char* characters = source.reveal().data();
        Secret target(std::move(source));
        EXPECT_TRUE(all_zero(characters, text.size()));
        EXPECT_TRUE(source.empty()); // NOLINT: the promise is about the source
        Secret assigned(std::string_view("older"));
        characters = target.reveal().data();
        assigned = std::move(target);
        EXPECT_EQ(assigned.reveal(), text);
        EXPECT_TRUE(all_zero(characters, text.size()));
    }
}

TEST(Secret, WipesWhatItHeldBeforeAnAssignment) {
    Secret secret{std::string_view(long_text)};
    const char* characters = secret.reveal().data();
    const Secret shorter(std::string_view("x"));
    secret = shorter;
    EXPECT_EQ(secret.reveal(), "x");
    EXPECT_EQ(shorter.reveal(), "x");
    EXPECT_TRUE(all_zero(characters + 2, long_text.size() - 2));
}

TEST(Secret, SurvivesAssignmentToItself) {
    Secret secret{std::string_view(long_text)};
    const Secret& same = secret;
    secret = same;
    EXPECT_EQ(secret.reveal(), long_text);
}

TEST(Secret, WipesTheTailOfATextThatWasLongerOnce) {
    std::string text = long_text;
    const char* characters = text.data();
    text.resize(3);
    wipe(text);
    EXPECT_TRUE(text.empty());
    EXPECT_TRUE(all_zero(characters, long_text.size()));
}

TEST(Secret, StaysWholeWhenAVectorGrows) {
    std::vector<Secret> secrets;
    for (int i = 0; i < 100; ++i) {
        secrets.emplace_back(fmt::format("secret {}", i));
    }
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(secrets[static_cast<std::size_t>(i)].reveal(), fmt::format("secret {}", i));
    }
}

TEST(Secret, ComparesWholeTexts) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
    EXPECT_FALSE(equal_in_constant_time("", "a"));
    EXPECT_TRUE(Secret(std::string_view("abc")).equals("abc"));
    EXPECT_FALSE(Secret(std::string_view("abc")).equals("abC"));
}

} // namespace
} // namespace harrier
