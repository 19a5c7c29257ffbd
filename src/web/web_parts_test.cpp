// SPDX-License-Identifier: MIT
#include "formats/gzip.hpp"
#include "web/answer_cache.hpp"
#include "web/files.hpp"
#include "web/json_text.hpp"
#include "web/routes.hpp"
#include "web/settings_body.hpp"
#include "web/thinning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

namespace harrier::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(JsonText, HostileTextsComeBackAsTheyWereAndHoldNoMarkup) {
    using namespace std::string_literals;
    for (const auto& text :
         {"</script><script>alert(1)</script>"s, "\"\\/\b\f\n\r\t"s, "a\0b"s, "\x1b]52;c;eA==\x07"s,
          "\xe2\x80\xae right to left"s, "&lt;"s, std::string(10'000, '<')}) {
        const auto quoted = json(std::string_view(text));
        EXPECT_EQ(nlohmann::json::parse(quoted).get<std::string>(), text);
        EXPECT_EQ(quoted.find_first_of("<>&\n"), std::string::npos);
    }
    EXPECT_EQ(nlohmann::json::parse(json(std::string_view("\xff!"))).get<std::string>(), "\xef\xbf\xbd!");
}

TEST(JsonText, NumbersAreExactAndWhatIsNoneIsNull) {
    EXPECT_EQ(json(0.1), "0.1");
    EXPECT_EQ(json(std::nan("")), "null");
    EXPECT_EQ(json(std::numeric_limits<double>::infinity()), "null");
    EXPECT_EQ(json(std::int64_t{3136407847427661018}), "3136407847427661018");
    EXPECT_EQ(json(report::Value{std::vector<double>{1.5, 2}}), "[1.5,2]");
    EXPECT_EQ(json(report::Value{}), "null");
    EXPECT_EQ(JsonObject().add("a", "1").add("b", "[]").str(), R"({"a":1,"b":[]})");
}

TEST(Thinning, KeepsTheEndsAndEveryPeak) {
    std::vector<double> flat(1000, 5.0);
    flat[321] = 9;
    flat[654] = -1;
    flat[700] = std::nan("");
    const std::vector<std::span<const double>> columns{flat, {}};
    const auto kept = thin(flat.size(), 50, columns);
    EXPECT_LE(kept.size(), 50U);
    EXPECT_THAT(
        kept, testing::IsSupersetOf({std::size_t{0}, std::size_t{321}, std::size_t{654}, std::size_t{999}}));
    EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end()));
    EXPECT_THAT(thin(3, 10, columns), ElementsAre(0, 1, 2));
    EXPECT_THAT(thin(100, 2, {}), ElementsAre(0, 99));
    EXPECT_TRUE(thin(0, 2, {}).empty());
}

TEST(Routes, AStarStandsForOnePartThatIsDecoded) {
    EXPECT_THAT(match("/api/gear/*", "/api/gear/Old%20shoes%2F2").value(), ElementsAre("Old shoes/2"));
    EXPECT_THAT(match("/api/activity/*/streams", "/api/activity/7/streams").value(), ElementsAre("7"));
    EXPECT_FALSE(match("/api/gear/*", "/api/gear/"));
    EXPECT_FALSE(match("/api/gear/*", "/api/gear/a/b"));
    EXPECT_FALSE(match("/api/gear", "/api/gear/"));
    EXPECT_FALSE(match("/", "//"));
    EXPECT_TRUE(match("/", "/"));
}

TEST(Routes, ThePlainPageListsEveryOne) {
    const auto page = fallback_page();
    for (const auto& route : routes()) {
        EXPECT_THAT(page, HasSubstr(std::string(route.method) + " " + std::string(route.pattern)));
    }
    EXPECT_THAT(page, Not(HasSubstr("<script")));
}

TEST(PageFiles, UnpackToWhatTheyAre) {
    for (const auto& file : page_files()) {
        EXPECT_FALSE(formats::gunzip(std::as_bytes(file.gzip)).empty()) << file.path;
        EXPECT_EQ(find_page_file(file.path)->path, file.path);
    }
}

TEST(SettingsBody, TakesWhatItIsMeantToAndNothingElse) {
    EXPECT_EQ(parse_setting(R"({"key":"athlete.ftp","value":"250"})")->value, "250");
    EXPECT_EQ(parse_setting(R"({"key":"athlete.ftp","value":250})")->value, "250");
    EXPECT_EQ(parse_setting(R"({"key":"athlete.ftp","value":null})")->value, std::nullopt);
    for (const auto* body :
         {"", "[]", "null", "{", R"({"key":"a"})", R"({"key":1,"value":"2"})", R"({"key":"a","value":[]})",
          R"({"key":"a","value":"1","since":"2026-01-01"})"}) {
        EXPECT_FALSE(parse_setting(body)) << body;
    }
    EXPECT_EQ(parse_retirement(R"({"retire_at":800000})")->value, 800000);
    EXPECT_EQ(parse_retirement(R"({"retire_at":null})")->value, std::nullopt);
    for (const auto* body : {"{}", R"({"retire_at":-1})", R"({"retire_at":"8"})", R"({"retire_at":1e99})"}) {
        EXPECT_FALSE(parse_retirement(body)) << body;
    }
}

std::shared_ptr<const KeptAnswer> answer_of(std::size_t size) {
    return std::make_shared<KeptAnswer>(KeptAnswer{.body = std::string(size, 'x'), .gzip = "", .type = ""});
}

TEST(AnswerCache, ForgetsAnotherStateAndTheLongestUnused) {
    AnswerCache cache(10'000);
    for (const auto* target : {"/a", "/b", "/c"}) {
        cache.keep("1", target, answer_of(3000));
    }
    EXPECT_TRUE(cache.find("1", "/a"));
    cache.keep("1", "/d", answer_of(3000));
    EXPECT_TRUE(cache.find("1", "/a"));
    EXPECT_FALSE(cache.find("1", "/b"));
    EXPECT_FALSE(cache.find("2", "/a"));
    cache.keep("1", "/large", answer_of(9000));
    EXPECT_FALSE(cache.find("1", "/large"));
    cache.keep("2", "/a", answer_of(1));
    EXPECT_TRUE(cache.find("2", "/a"));
    EXPECT_FALSE(cache.find("1", "/d"));
}

} // namespace
} // namespace harrier::web
