// SPDX-License-Identifier: MIT

// Whole export archives, made by a program that is not ours from recordings of real devices.

#include "formats/gzip.hpp"
#include "formats/strava_export.hpp"
#include "formats/zip.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace harrier::formats {
namespace {

using nlohmann::json;

std::filesystem::path export_maker() {
    return std::filesystem::path(HARRIER_SHARED) / "corpus" / "export" / "make_export.py";
}

std::string no_spaces(std::string text) {
    std::erase(text, ' ');
    return text;
}

void expect_same_activity(const ExportActivity& activity, const json& expected) {
    const auto& said = activity.said;
    EXPECT_EQ(said.strava_id->value, expected.at("id").get<std::int64_t>());
    EXPECT_EQ(format_instant(*said.start_date), expected.at("start").get<std::string>());
    EXPECT_EQ(said.name, expected.at("name").get<std::string>());
    EXPECT_EQ(said.sport_type, no_spaces(expected.at("type").get<std::string>()));
    EXPECT_EQ(said.description.value_or(""), expected.at("description").get<std::string>());
    EXPECT_EQ(said.elapsed_time, std::llround(expected.at("elapsed_s").get<double>()));
    if (expected.at("moving_s").is_null()) {
        EXPECT_FALSE(said.moving_time);
    } else {
        EXPECT_EQ(said.moving_time, std::llround(expected.at("moving_s").get<double>()));
    }
    EXPECT_EQ(said.distance, expected.at("distance_m").get<double>());
    EXPECT_EQ(said.commute, expected.at("commute").get<bool>());
    EXPECT_EQ(said.gear_name.value_or(""), expected.at("gear").get<std::string>());
    EXPECT_EQ(activity.filename, expected.at("filename").get<std::string>());
    EXPECT_EQ(said.manual.value_or(false), activity.filename.empty());
    EXPECT_EQ(activity.media, expected.at("media").get<std::vector<std::string>>());
}

// Its file is there, whole, and begins with as many spaces as it should.
void expect_file(const ZipReader& zip, const ExportActivity& activity, const json& expected) {
    const auto* entry = zip.find(activity.filename);
    ASSERT_NE(entry, nullptr) << activity.filename;
    auto bytes = zip.read(*entry);
    if (is_gzip(std::as_bytes(std::span(bytes)))) {
        bytes = gunzip(std::as_bytes(std::span(bytes)), max_inflated_size, &zip.budget());
    }
    EXPECT_GT(bytes.size(), 100U);
    EXPECT_GE(bytes.find_first_not_of(' '), expected.at("leading_spaces").get<std::size_t>());
}

void expect_export(const std::filesystem::path& path) {
    const auto bytes = read_file(path);
    const auto truth = json::parse(read_file(path.string() + ".expected.json"));
    const ZipReader zip(zip_in_memory(std::as_bytes(std::span(bytes))));
    EXPECT_TRUE(zip.findings().empty());
    const auto read = [&](std::string_view name) { return zip.read(*zip.find(name)); };
    const auto activities = read("activities.csv");
    const auto bikes = read("bikes.csv");
    const auto shoes = read("shoes.csv");
    const auto media = read("media.csv");
    const auto profile = read("profile.csv");
    const auto tables = read_export({activities, bikes, shoes, media, profile});
    EXPECT_THAT(tables.failed, testing::IsEmpty());
    EXPECT_THAT(tables.notices, testing::IsEmpty());
    EXPECT_EQ(tables.media.size(), truth.at("media").get<std::size_t>());
    EXPECT_EQ(tables.gear.size(), 4U);
    EXPECT_EQ(tables.athlete.value().lastname, "Athlete, Jr.");
    ASSERT_EQ(tables.activities.size(), truth.at("rows").get<std::size_t>());
    std::string all = tables.header_raw + "\n";
    for (std::size_t i = 0; i < tables.activities.size(); ++i) {
        SCOPED_TRACE(i);
        const auto& activity = tables.activities[i];
        const auto& expected = truth.at("activities")[i];
        expect_same_activity(activity, expected);
        all += activity.raw + "\n";
        if (!activity.filename.empty()) {
            expect_file(zip, activity, expected);
        }
    }
    EXPECT_EQ(all, activities);
}

TEST(ExportCorpus, EveryRowAndFileIsRead) {
    if (!std::filesystem::exists(export_maker())) {
        GTEST_SKIP() << "no maker of exports at " << export_maker();
    }
    const test::TemporaryFolder folder;
    const std::map<std::string, std::string> environment{{"PATH", "/usr/local/bin:/usr/bin:/bin"}};
    if (test::run_program("python3 --version", environment, "", folder.path()).exit != 0) {
        GTEST_SKIP() << "no python3, which makes the exports";
    }
    for (const auto* language : {"en", "de"}) {
        for (const int columns : {87, 94, 101}) {
            SCOPED_TRACE(fmt::format("{} {}", language, columns));
            const auto run = test::run_program(
                fmt::format("python3 -B '{}' --out export.zip --language {} --columns {} --size 60 {}",
                            export_maker().string(), language, columns, columns == 94 ? "--nnbsp" : ""),
                environment, "", folder.path());
            ASSERT_EQ(run.exit, 0) << run.err;
            expect_export(folder.path() / "export.zip");
        }
    }
}

} // namespace
} // namespace harrier::formats
