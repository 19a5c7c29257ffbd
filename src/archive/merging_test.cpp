// SPDX-License-Identifier: MIT
#include "archive/merging.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace harrier::archive {
namespace {

using model::Source;
using model::Statement;

Instant moment(const char* text) {
    return parse_instant(text).value();
}

Statement says(Source source, const char* as_of, std::string name, std::optional<double> distance = {}) {
    Statement statement{.source = source, .key = "11", .as_of = moment(as_of), .said = {}};
    statement.said.name = std::move(name);
    statement.said.distance = distance;
    return statement;
}

const MergedField* find_field(const Merged& merged, std::string_view column) {
    const auto found = std::find_if(merged.fields.begin(), merged.fields.end(),
                                    [&](const MergedField& field) { return field.column == column; });
    return found == merged.fields.end() ? nullptr : &*found;
}

TEST(Merging, BelievesTheNewestRecordOfStravas) {
    const std::vector statements{says(Source::api_summary, "2025-01-01T00:00:00Z", "Old name"),
                                 says(Source::export_row, "2026-01-01T00:00:00Z", "New name")};
    EXPECT_EQ(merge(statements).activity.name, "New name");
}

TEST(Merging, BelievesAFileLastHoweverNewItIs) {
    const std::vector statements{says(Source::file, "2026-05-01T00:00:00Z", "Watch", 5010.0),
                                 says(Source::export_row, "2020-01-01T00:00:00Z", "Strava", 5000.0)};
    const auto merged = merge(statements);
    EXPECT_EQ(merged.activity.name, "Strava");
    EXPECT_EQ(merged.activity.distance, 5000.0);
}

TEST(Merging, FillsWhatTheNewestDoesNotSay) {
    std::vector statements{says(Source::api_summary, "2026-01-01T00:00:00Z", "Run"),
                           says(Source::export_row, "2025-01-01T00:00:00Z", "Run", 5000.25)};
    statements.push_back(says(Source::file, "2020-01-01T00:00:00Z", "", 4990.0));
    statements.back().said.device_name = "A watch";
    const auto merged = merge(statements);
    EXPECT_EQ(merged.activity.distance, 5000.25);
    EXPECT_EQ(merged.activity.device_name, "A watch");
    EXPECT_EQ(merged.activity.sources, "api_summary,export_row,file");
}

TEST(Merging, TellsWhoIsBelievedAndWhoSaysOtherwise) {
    const std::vector statements{says(Source::file, "2020-01-01T00:00:00Z", "", 4990.0),
                                 says(Source::api_summary, "2026-01-01T00:00:00Z", "Run", 5000.0),
                                 says(Source::export_row, "2025-01-01T00:00:00Z", "Run", 5000.0)};
    const auto merged = merge(statements);
    const auto* distance = find_field(merged, "distance");
    ASSERT_NE(distance, nullptr);
    EXPECT_EQ(distance->statement, 1U);
    EXPECT_EQ(distance->others, std::vector<std::size_t>{0});
    const auto* name = find_field(merged, "name");
    ASSERT_NE(name, nullptr);
    EXPECT_TRUE(name->others.empty());
    EXPECT_EQ(find_field(merged, "calories"), nullptr);
}

TEST(Merging, GivesTheSameInWhateverOrder) {
    std::vector statements{says(Source::api_summary, "2026-01-01T00:00:00Z", "A", 1.0),
                           says(Source::api_detail, "2026-01-01T00:00:00Z", "B"),
                           says(Source::export_row, "2026-01-01T00:00:00Z", "C", 2.0),
                           says(Source::file, "2024-01-01T00:00:00Z", "D", 3.0),
                           says(Source::file, "2024-01-01T00:00:00Z", "E", 4.0)};
    statements[4].key = "12";
    std::sort(statements.begin(), statements.end(),
              [](const Statement& a, const Statement& b) { return a.said.name < b.said.name; });
    const auto expected = merge(statements).activity;
    EXPECT_EQ(expected.name, "B");
    while (std::next_permutation(
        statements.begin(), statements.end(),
        [](const Statement& a, const Statement& b) { return a.said.name < b.said.name; })) {
        ASSERT_EQ(merge(statements).activity, expected);
    }
}

TEST(Merging, TakesAHiddenStartFromTheFile) {
    auto api = says(Source::api_summary, "2026-01-01T00:00:00Z", "Secret run");
    api.said.start_date = moment("2025-06-01T22:00:01Z");
    api.said.start_date_local = parse_wall_time("2025-06-02T00:00:01Z");
    api.said.utc_offset = 7200;
    auto file = says(Source::file, "2025-06-02T10:00:00Z", "");
    file.said.start_date = moment("2025-06-02T05:12:09Z");
    const auto merged = merge(std::vector{api, file}).activity;
    EXPECT_EQ(merged.start_date, moment("2025-06-02T05:12:09Z"));
    EXPECT_EQ(merged.start_date_local, parse_wall_time("2025-06-02T07:12:09Z"));
}

TEST(Merging, TakesTheWallTimeOfAHiddenStartFromWhoIsBelieved) {
    auto older = says(Source::api_summary, "2025-01-01T00:00:00Z", "Run");
    older.said.start_date = moment("2024-06-01T22:00:01Z");
    older.said.start_date_local = parse_wall_time("2024-06-02T00:00:01Z");
    older.said.utc_offset = 7200;
    auto newer = says(Source::api_detail, "2026-01-01T00:00:00Z", "Run");
    newer.said.utc_offset = 3600;
    auto file = says(Source::file, "2024-06-02T08:00:00Z", "");
    file.said.start_date = moment("2024-06-02T05:12:00Z");
    for (const auto& statements : {std::vector{older, newer, file}, std::vector{newer, older, file}}) {
        EXPECT_EQ(merge(statements).activity.start_date_local, parse_wall_time("2024-06-02T06:12:00Z"));
    }
}

TEST(Merging, SeesThatTheExportHidesAStart) {
    auto row = says(Source::export_row, "2026-01-01T00:00:00Z", "Secret run");
    row.said.start_date = moment("2025-06-01T22:00:01Z");
    auto file = says(Source::file, "2025-06-02T10:00:00Z", "");
    file.said.start_date = moment("2025-06-02T05:12:09Z");
    EXPECT_EQ(merge(std::vector{row, file}).activity.start_date, moment("2025-06-02T05:12:09Z"));
}

TEST(Merging, KeepsStravasStartWhereItIsNotHidden) {
    auto api = says(Source::api_summary, "2026-01-01T00:00:00Z", "Run");
    api.said.start_date = moment("2025-06-02T05:12:10Z");
    api.said.start_date_local = parse_wall_time("2025-06-02T07:12:10Z");
    auto file = says(Source::file, "2025-06-02T10:00:00Z", "");
    file.said.start_date = moment("2025-06-02T05:12:09Z");
    EXPECT_EQ(merge(std::vector{file, api}).activity.start_date, moment("2025-06-02T05:12:10Z"));
}

} // namespace
} // namespace harrier::archive
