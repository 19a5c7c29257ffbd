// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/output.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

namespace harrier::cli {
namespace {

Rows one_row(Value value) {
    return {{"field"}, {{std::move(value)}}};
}

std::string json_of(Value value) {
    const auto text = to_json_array(one_row(std::move(value)));
    constexpr std::string_view before = "[\n{\"field\":";
    constexpr std::string_view after = "}\n]\n";
    return text.substr(before.size(), text.size() - before.size() - after.size());
}

std::string csv_of(Value value) {
    const auto text = to_csv(one_row(std::move(value)));
    constexpr std::string_view before = "field\r\n";
    return text.substr(before.size(), text.size() - before.size() - 2);
}

TEST(Json, KeepsIdsBeyondTheRangeOfADouble) {
    EXPECT_EQ(json_of(std::int64_t{3136407847427661018}), "3136407847427661018");
    EXPECT_EQ(json_of(std::numeric_limits<std::int64_t>::max()), "9223372036854775807");
}

TEST(Json, WritesTheShortestTextThatReadsBackAsTheSameDouble) {
    for (const double number : {0.1, 21345.6, 5.0, 1.0 / 3, 1e-7, 2.5e20, -0.0, 4.9e-324}) {
        const auto text = json_of(number);
        EXPECT_EQ(std::strtod(text.c_str(), nullptr), number) << text;
    }
    EXPECT_EQ(json_of(0.1), "0.1");
    EXPECT_EQ(json_of(5.0), "5.0");
}

TEST(Json, HasNoNumberForWhatIsNoNumber) {
    EXPECT_EQ(json_of(std::nan("")), "null");
    EXPECT_EQ(json_of(std::numeric_limits<double>::infinity()), "null");
    EXPECT_EQ(json_of(std::monostate{}), "null");
}

TEST(Json, EscapesTexts) {
    EXPECT_EQ(json_of(std::string("a\"b\\c\n\x1b")), R"("a\"b\\c\n\u001b")");
    EXPECT_EQ(json_of(std::string("朝ラン")), "\"朝ラン\"");
    EXPECT_EQ(json_of(std::string("bad \xff byte")), "\"bad \uFFFD byte\"");
}

TEST(Json, PutsOneObjectOnEachLine) {
    const Rows rows{{"a", "b"}, {{std::int64_t{1}, true}, {std::monostate{}, std::vector<double>{1.5, 2}}}};
    EXPECT_EQ(to_json_array(rows), "[\n{\"a\":1,\"b\":true},\n{\"a\":null,\"b\":[1.5,2.0]}\n]\n");
    EXPECT_EQ(to_json_array({{"a"}, {}}), "[]\n");
}

TEST(Json, PutsTheFieldsOfOneObjectOnLinesOfTheirOwn) {
    const Rows rows{{"a", "b"}, {{std::int64_t{1}, std::string("x")}}};
    EXPECT_EQ(to_json_object(rows), "{\n  \"a\": 1,\n  \"b\": \"x\"\n}\n");
}

TEST(Csv, QuotesWhatNeedsIt) {
    EXPECT_EQ(csv_of(std::string("plain")), "plain");
    EXPECT_EQ(csv_of(std::string("a,b")), "\"a,b\"");
    EXPECT_EQ(csv_of(std::string("say \"hi\"")), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csv_of(std::string("two\nlines")), "\"two\nlines\"");
    EXPECT_EQ(csv_of(std::string(" blank")), "\" blank\"");
}

TEST(Csv, TellsAnEmptyTextFromNone) {
    EXPECT_EQ(csv_of(std::string()), "\"\"");
    EXPECT_EQ(csv_of(std::monostate{}), "");
}

TEST(Csv, IsExactForPrograms) {
    EXPECT_EQ(csv_of(std::string("=1+1")), "=1+1");
    EXPECT_EQ(csv_of(21345.6), "21345.6");
    EXPECT_EQ(csv_of(false), "false");
    EXPECT_EQ(csv_of(std::vector<double>{52.5, 13.25}), "\"[52.5,13.25]\"");
}

TEST(OutputFlags, TakeOneFormatOnly) {
    EXPECT_EQ(OutputFlags{}.format(), OutputFormat::table);
    EXPECT_EQ((OutputFlags{true, false, false}.format()), OutputFormat::json);
    EXPECT_EQ((OutputFlags{false, true, false}.format()), OutputFormat::csv);
    EXPECT_EQ((OutputFlags{false, false, true}.format()), OutputFormat::ids);
    EXPECT_THROW((void)(OutputFlags{true, true, false}.format()), Error);
}

} // namespace
} // namespace harrier::cli
