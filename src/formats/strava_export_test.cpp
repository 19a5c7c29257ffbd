// SPDX-License-Identifier: MIT
#include "formats/export_sports.hpp"
#include "formats/export_values.hpp"
#include "formats/strava_export.hpp"
#include "formats/utf8.hpp"
#include "tests/support/export_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace harrier::formats {
namespace {

using namespace tests;
using testing::ElementsAre;
using testing::HasSubstr;

ExportTables read_activities_only(const std::string& text) {
    ExportFiles files;
    files.activities = text;
    return read_export(files);
}

// A ride with everything; what differs by language is given.
ExportCells whole_row(const std::string& date, const std::string& type, const std::string& kilometres) {
    return {{{"Activity ID", 0}, "9223372036854775807"},
            {{"Activity Date", 0}, date},
            {{"Activity Name", 0}, "  Überland, \"schnell\"  "},
            {{"Activity Type", 0}, type},
            {{"Activity Description", 0}, "first\nC:\\new, \"x\""},
            {{"Elapsed Time", 0}, "3600"},
            {{"Distance", 0}, kilometres},
            {{"Max Heart Rate", 0}, "170"},
            {{"Relative Effort", 0}, "55"},
            {{"Commute", 0}, "false"},
            {{"Activity Private Note", 0}, "only me"},
            {{"Activity Gear", 0}, "Rennrad"},
            {{"Filename", 0}, "activities/123.fit.gz"},
            {{"Athlete Weight", 0}, "70.0"},
            {{"Elapsed Time", 1}, "3600.4"},
            {{"Moving Time", 0}, "3500.0"},
            {{"Distance", 1}, "30123.44921875"},
            {{"Max Speed", 0}, "17.25"},
            {{"Average Speed", 0}, "8.5"},
            {{"Elevation Gain", 0}, "321.5"},
            {{"Elevation Loss", 0}, "320.0"},
            {{"Elevation Low", 0}, "-3.5"},
            {{"Elevation High", 0}, "250.25"},
            {{"Max Cadence", 0}, "120.0"},
            {{"Average Cadence", 0}, "85.5"},
            {{"Max Heart Rate", 1}, "171.0"},
            {{"Average Heart Rate", 0}, "142.5"},
            {{"Max Watts", 0}, "700.0"},
            {{"Average Watts", 0}, "210.5"},
            {{"Calories", 0}, "800.0"},
            {{"Max Temperature", 0}, "25.0"},
            {{"Average Temperature", 0}, "21.0"},
            {{"Relative Effort", 1}, "56.0"},
            {{"Weighted Average Power", 0}, "230.0"},
            {{"Commute", 1}, "1.0"},
            {{"Gear", 0}, "77"},
            {{"Type", 0}, "3.0"},
            {{"Flagged", 0}, "0.0"},
            {{"Media", 0}, "media/a.jpg|media/b.jpg"}};
}

model::Activity whole_activity() {
    model::Activity said;
    said.strava_id = StravaId{9223372036854775807};
    said.name = "  Überland, \"schnell\"  ";
    said.description = "first\nC:\\new, \"x\"";
    said.private_note = "only me";
    said.sport_type = "Ride";
    said.start_date = parse_instant("2018-09-12T15:02:23Z");
    said.distance = 30123.44921875;
    said.moving_time = 3500;
    said.elapsed_time = 3600;
    said.total_elevation_gain = 321.5;
    said.elev_high = 250.25;
    said.elev_low = -3.5;
    said.average_speed = 8.5;
    said.max_speed = 17.25;
    said.average_heartrate = 142.5;
    said.max_heartrate = 171;
    said.average_cadence = 85.5;
    said.average_temp = 21;
    said.average_watts = 210.5;
    said.weighted_average_watts = 230;
    said.max_watts = 700;
    said.calories = 800;
    said.suffer_score = 56;
    said.gear_name = "Rennrad";
    said.commute = true;
    said.flagged = false;
    return said;
}

struct Spoken {
    ExportLanguage language;
    std::string date;
    std::string type;
    std::string kilometres;
};

TEST(StravaExport, ReadsEveryFormInEveryLanguage) {
    const Spoken all[] = {{ExportLanguage::english, "Sep 12, 2018, 3:02:23\u202FPM", "Ride", "30.12"},
                          {ExportLanguage::german, "12.09.2018, 15:02:23", "Radfahrt", "30,12"},
                          {ExportLanguage::french, "12 sept. 2018 à 15:02:23", "Vélo", "30,12"},
                          {ExportLanguage::unknown, "12. 9. 2018 15:02:23", "Ride", "30,12"}};
    for (const auto& one : all) {
        for (const std::size_t columns : {87U, 94U, 101U, 105U}) {
            SCOPED_TRACE(one.date + ' ' + std::to_string(columns));
            const auto tables = read_activities_only(
                activities_csv(columns, one.language, {whole_row(one.date, one.type, one.kilometres)}));
            ASSERT_EQ(tables.activities.size(), 1U);
            EXPECT_TRUE(tables.failed.empty());
            EXPECT_EQ(tables.activities[0].said, whole_activity());
            EXPECT_EQ(tables.activities[0].filename, "activities/123.fit.gz");
            EXPECT_THAT(tables.activities[0].media, ElementsAre("media/a.jpg", "media/b.jpg"));
            EXPECT_EQ(tables.notices.size(), one.language == ExportLanguage::unknown ? 1U : 0U);
        }
    }
}

TEST(StravaExport, ReadsTheFormOf2019) {
    const ExportCells row{{{"Activity ID", 0}, "1836776031"},
                          {{"Activity Date", 0}, "Sep 12, 2018, 3:02:23 PM"},
                          {{"Activity Name", 0}, "Evening Ride"},
                          {{"Activity Type", 0}, "Ride"},
                          {{"Elapsed Time", 0}, "783"},
                          {{"Distance", 0}, "3.68"},
                          {{"Commute", 0}, "true"},
                          {{"Activity Gear", 0}, "Bike"},
                          {{"Filename", 0}, "activities/1836776031.gpx"}};
    for (const auto language : {ExportLanguage::english, ExportLanguage::german, ExportLanguage::unknown}) {
        const auto tables = read_activities_only(activities_csv(10, language, {row}, "\r\n"));
        ASSERT_EQ(tables.activities.size(), 1U);
        const auto& activity = tables.activities[0];
        EXPECT_DOUBLE_EQ(activity.said.distance.value(), 3680);
        EXPECT_EQ(activity.said.elapsed_time, 783);
        EXPECT_EQ(activity.said.commute, true);
        EXPECT_EQ(activity.said.gear_name, "Bike");
        EXPECT_EQ(activity.filename, "activities/1836776031.gpx");
        EXPECT_FALSE(activity.said.moving_time);
    }
}

TEST(StravaExport, ReadsTheFormBefore2019InMetres) {
    const auto tables = read_activities_only(
        "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
        "1836776031,2018-09-12 15:02:23,Evening Ride,Ride,,783,3681.0,true,Bike,activities/1836776031.gpx\n");
    ASSERT_EQ(tables.activities.size(), 1U);
    const auto& activity = tables.activities[0];
    EXPECT_EQ(activity.said.strava_id, StravaId{1836776031});
    EXPECT_DOUBLE_EQ(activity.said.distance.value(), 3681);
    EXPECT_EQ(activity.said.start_date, parse_instant("2018-09-12T15:02:23Z"));
    EXPECT_EQ(activity.said.name, "Evening Ride");
    EXPECT_EQ(activity.filename, "activities/1836776031.gpx");
    EXPECT_EQ(
        activity.raw,
        "1836776031,2018-09-12 15:02:23,Evening Ride,Ride,,783,3681.0,true,Bike,activities/1836776031.gpx");
    EXPECT_EQ(activity.line, 2U);
    EXPECT_EQ(tables.header_raw, "id,date,name,type,description,elapsed_time,distance,commute,gear,filename");
}

TEST(StravaExport, AnEmptyCellIsAbsent) {
    const auto tables =
        read_activities_only(activities_csv(94, ExportLanguage::english,
                                            {{{{"Activity ID", 0}, "1"},
                                              {{"Activity Date", 0}, "Sep 12, 2018, 3:02:23 PM"},
                                              {{"Activity Type", 0}, "Yoga"}}}));
    ASSERT_EQ(tables.activities.size(), 1U);
    model::Activity expected;
    expected.strava_id = StravaId{1};
    expected.start_date = parse_instant("2018-09-12T15:02:23Z");
    expected.sport_type = "Yoga";
    expected.manual = true;
    EXPECT_EQ(tables.activities[0].said, expected);
    EXPECT_TRUE(tables.notices.empty());
}

TEST(StravaExport, ABadRecordDoesNotStopTheOthers) {
    const auto tables =
        read_activities_only("Activity ID,Activity Date,Activity Name,Activity Type,Filename\n"
                             "1,2018-09-12 15:02:23,one,Run,a.fit\n"
                             ",2018-09-12 15:02:23,no id,Run,a.fit\n"
                             "3,\"someday,\nperhaps\",no date,Run,a.fit\n"
                             "4,2018-09-12 15:02:23,too,many,a.fit,fields\n"
                             "1,2018-09-12 15:02:23,again,Run,a.fit\n"
                             "9223372036854775808,2018-09-12 15:02:23,too big,Run,a.fit\n"
                             "7,2018-09-12 15:02:23,extra empty,Run,a.fit,,\n"
                             "8,2018-09-12 15:02:23\n"
                             "9,2018-09-12 15:02:23,\"open,Run,a.fit\n"
                             "10,2018-09-12 15:02:23,lost,Run,a.fit\n");
    std::vector<std::int64_t> ids;
    for (const auto& one : tables.activities) {
        ids.push_back(one.said.strava_id->value);
    }
    EXPECT_THAT(ids, ElementsAre(1, 7, 8));
    std::vector<std::string> failed;
    for (const auto& one : tables.failed) {
        failed.push_back(std::to_string(one.line) + ": " + one.what);
    }
    EXPECT_THAT(failed,
                ElementsAre("3: \"\" is no id of an activity",
                            "4: \"someday, perhaps\" is no date that can be read",
                            "6: 6 fields, where the first line names 5",
                            "7: activity 1 is there twice; the first one is read",
                            "8: \"9223372036854775808\" is no id of an activity",
                            "11: a quote opens here that nothing closes; the rest of the file is lost"));
    EXPECT_THAT(tables.notices,
                ElementsAre("1 record of activities.csv has fewer fields than its first line names"));
}

TEST(StravaExport, CellsThatCannotBeReadStayEmptyAndAreTold) {
    const auto tables = read_activities_only(activities_csv(94, ExportLanguage::english,
                                                            {{{{"Activity ID", 0}, "1"},
                                                              {{"Activity Date", 0}, "2018-09-12 15:02:23"},
                                                              {{"Max Speed", 0}, "fast"},
                                                              {{"Elapsed Time", 0}, "-5"}},
                                                             {{{"Activity ID", 0}, "2"},
                                                              {{"Activity Date", 0}, "2018-09-12 15:02:23"},
                                                              {{"Max Speed", 0}, "nan"},
                                                              {{"Commute", 0}, "maybe"}}}));
    ASSERT_EQ(tables.activities.size(), 2U);
    EXPECT_FALSE(tables.activities[0].said.max_speed);
    EXPECT_FALSE(tables.activities[0].said.elapsed_time);
    EXPECT_FALSE(tables.activities[1].said.commute);
    EXPECT_THAT(
        tables.notices,
        ElementsAre("Elapsed Time of activities.csv: 1 cell cannot be read, first in line 2; left empty",
                    "Commute of activities.csv: 1 cell cannot be read, first in line 3; left empty",
                    "Max Speed of activities.csv: 2 cells cannot be read, first in line 2; left empty"));
}

TEST(StravaExport, WhatNoActivityCanHaveStaysEmptyAndIsTold) {
    const auto tables = read_activities_only(activities_csv(94, ExportLanguage::english,
                                                            {{{{"Activity ID", 0}, "1"},
                                                              {{"Activity Date", 0}, "2018-09-12 15:02:23"},
                                                              {{"Distance", 1}, "-12.5"},
                                                              {{"Max Heart Rate", 1}, "4711"},
                                                              {{"Average Speed", 0}, "1e9"},
                                                              {{"Elevation Low", 0}, "-3.5"}}}));
    ASSERT_EQ(tables.activities.size(), 1U);
    const auto& said = tables.activities[0].said;
    EXPECT_FALSE(said.distance);
    EXPECT_FALSE(said.max_heartrate);
    EXPECT_FALSE(said.average_speed);
    EXPECT_EQ(said.elev_low, -3.5);
    EXPECT_EQ(tables.notices.size(), 3U);
}

TEST(StravaExport, ReadsATableThatASpreadsheetSavedAsUtf16) {
    const auto plain = activities_csv(94, ExportLanguage::german,
                                      {{{{"Activity ID", 0}, "1"},
                                        {{"Activity Date", 0}, "2018-09-12 15:02:23"},
                                        {{"Activity Name", 0}, "Lauf um zwei"}}});
    for (const bool big : {false, true}) {
        std::string wide = big ? "\xFE\xFF" : "\xFF\xFE";
        for (std::size_t at = 0; at < plain.size();) {
            const auto size = utf8_size(std::string_view(plain).substr(at));
            ASSERT_LE(size, 2U) << "the test knows short characters only";
            const auto first = static_cast<unsigned char>(plain[at]);
            const unsigned code =
                size == 1 ? first
                          : (first & 0x1FU) << 6U | (static_cast<unsigned char>(plain[at + 1]) & 0x3FU);
            const char high = static_cast<char>(code >> 8U);
            const char low = static_cast<char>(code & 0xFFU);
            wide += big ? std::string{high, low} : std::string{low, high};
            at += size;
        }
        const auto tables = read_activities_only(wide);
        ASSERT_EQ(tables.activities.size(), 1U);
        EXPECT_EQ(tables.activities[0].said.name, "Lauf um zwei");
        EXPECT_TRUE(tables.notices.empty());
    }
}

TEST(StravaExport, AFileThatStravaCouldNotExportIsNoManualActivity) {
    const auto tables = read_activities_only(activities_csv(94, ExportLanguage::english,
                                                            {{{{"Activity ID", 0}, "1"},
                                                              {{"Activity Date", 0}, "2018-09-12 15:02:23"},
                                                              {{"Filename", 0}, "#error#"}}}));
    ASSERT_EQ(tables.activities.size(), 1U);
    EXPECT_EQ(tables.activities[0].filename, "");
    EXPECT_FALSE(tables.activities[0].said.manual);
    EXPECT_THAT(tables.notices,
                ElementsAre("Strava could not export the file of 1 activity (\"#error#\")"));
}

TEST(StravaExport, ShownDistancesOfSwimsMayBeMetres) {
    const auto distance = [](const std::string& type, const std::string& shown) {
        const auto tables = read_activities_only(
            "Activity ID,Activity Date,Activity Type,Elapsed Time,Distance\n1,2018-09-12 15:02:23," + type +
            ",1800," + shown + "\n");
        return tables.activities.at(0).said.distance.value();
    };
    EXPECT_DOUBLE_EQ(distance("Swim", "1500"), 1500);
    EXPECT_DOUBLE_EQ(distance("Swim", "1.5"), 1500);
    EXPECT_DOUBLE_EQ(distance("Rowing", "5000"), 5000);
    EXPECT_DOUBLE_EQ(distance("Rowing", "5"), 5000);
    EXPECT_DOUBLE_EQ(distance("Ride", "1500"), 1'500'000);
}

TEST(StravaExport, AnUnknownLanguageWithoutTheFullFormGivesItsFirstColumns) {
    const auto tables =
        read_activities_only("a,b,c,d,e,f,g,h,i\n5,\"12. 9. 2018 15:02:23\",name,Run,text,60,\"1,5\",?,?\n");
    ASSERT_EQ(tables.activities.size(), 1U);
    EXPECT_EQ(tables.activities[0].said.name, "name");
    EXPECT_DOUBLE_EQ(tables.activities[0].said.distance.value(), 1500);
    EXPECT_FALSE(tables.activities[0].said.manual);
    ASSERT_EQ(tables.notices.size(), 2U);
    EXPECT_THAT(tables.notices[0], HasSubstr("first seven columns are read by their position"));
    EXPECT_EQ(tables.notices[1], "activities.csv has no column \"Filename\"");
}

TEST(StravaExport, ReadsGearMediaAndProfile) {
    ExportFiles files;
    files.bikes = "Bike Name,Bike Brand,Bike Model,Bike Default Sport Types\n\"Rad "
                  "\"\"1\"\"\",Brand,M,\"Ride, Gravel Ride\"\n,,,\n";
    files.shoes = "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nTrail,B,S,Trail Run\n";
    files.media = "Media Filename,Media Caption\nmedia/a.jpg,\"Say, \"\"hi\"\"\"\n,nothing\n";
    files.profile =
        "Athlete ID,Email Address,First Name,Last Name,Sex,Description,Weight,City,State,Country,X\n"
        "1234567,a@example.invalid,Test,\"Athlete, Jr.\",F,text,\"70,5\",Town,,Land,Approved\n";
    const auto tables = read_export(files);
    ASSERT_EQ(tables.gear.size(), 2U);
    EXPECT_TRUE(tables.gear[0].is_bike);
    EXPECT_EQ(tables.gear[0].name, "Rad \"1\"");
    EXPECT_THAT(tables.gear[0].sport_types, ElementsAre("Ride", "GravelRide"));
    EXPECT_FALSE(tables.gear[1].is_bike);
    EXPECT_EQ(tables.gear[1].model, "S");
    EXPECT_THAT(tables.gear[1].sport_types, ElementsAre("TrailRun"));
    ASSERT_EQ(tables.media.size(), 1U);
    EXPECT_EQ(tables.media[0].filename, "media/a.jpg");
    EXPECT_EQ(tables.media[0].caption, "Say, \"hi\"");
    model::Athlete athlete;
    athlete.athlete_id = AthleteId{1234567};
    athlete.firstname = "Test";
    athlete.lastname = "Athlete, Jr.";
    athlete.sex = "F";
    athlete.weight = 70.5;
    athlete.city = "Town";
    athlete.country = "Land";
    EXPECT_EQ(tables.athlete, athlete);
    EXPECT_TRUE(tables.activities.empty());
    EXPECT_TRUE(tables.failed.empty());
}

TEST(StravaExport, SurvivesAnythingElse) {
    EXPECT_TRUE(read_export({}).activities.empty());
    EXPECT_EQ(read_activities_only("PK\3\4 no table").failed.size(), 1U);
    const auto whole =
        activities_csv(94, ExportLanguage::english, {whole_row("Sep 12, 2018, 3:02:23 PM", "Ride", "30.12")});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto tables = read_activities_only(whole.substr(0, size));
        ASSERT_LE(tables.activities.size() + tables.failed.size(), 1U) << size;
    }
}

TEST(StravaExport, KeepsAtMostAThousandProblems) {
    std::string text = "Activity ID,Activity Date\n";
    for (int i = 0; i < 1500; ++i) {
        text += "x,y\n";
    }
    const auto tables = read_activities_only(text);
    ASSERT_EQ(tables.failed.size(), max_export_problems + 1);
    EXPECT_EQ(tables.failed.back().what, "500 more records cannot be read");
    EXPECT_EQ(tables.failed.back().line, 1002U);
}

TEST(ExportNumber, KnowsBothWaysToWriteAFraction) {
    constexpr bool comma = true;
    EXPECT_EQ(read_export_number("1428.0", !comma), 1428);
    EXPECT_EQ(read_export_number("3322.949951171875", comma), 3322.949951171875);
    EXPECT_EQ(read_export_number("9,44", comma), 9.44);
    EXPECT_EQ(read_export_number("9,44", !comma), 9.44);
    EXPECT_EQ(read_export_number("1,234", comma), 1.234);
    EXPECT_EQ(read_export_number("1,234", !comma), 1234);
    EXPECT_EQ(read_export_number("1,234.5", !comma), 1234.5);
    EXPECT_EQ(read_export_number("1,234,567", !comma), 1234567);
    EXPECT_EQ(read_export_number("1.234,5", comma), 1234.5);
    EXPECT_EQ(read_export_number("1.234.567", comma), 1234567);
    EXPECT_EQ(read_export_number("1\u202F234,5", comma), 1234.5);
    EXPECT_EQ(read_export_number("-0.5", comma), -0.5);
    for (const auto* wrong : {"", " ", "x", "1.2.3", "nan", "inf", "1e13", "--1", "0x10", "1,2,3,", "1.23,5",
                              ",5.", "1,234,56"}) {
        EXPECT_FALSE(read_export_number(wrong, comma)) << wrong;
    }
}

TEST(ExportSport, BecomesStravasType) {
    EXPECT_EQ(sport_type_of_export("Weight Training"), "WeightTraining");
    EXPECT_EQ(sport_type_of_export("Virtual Ride"), "VirtualRide");
    EXPECT_EQ(sport_type_of_export("E-Bike Ride"), "EBikeRide");
    EXPECT_EQ(sport_type_of_export("Stair-Stepper"), "StairStepper");
    EXPECT_EQ(sport_type_of_export("VirtualRun"), "VirtualRun");
    EXPECT_EQ(sport_type_of_export("Radfahrt"), "Ride");
    EXPECT_EQ(sport_type_of_export("E-Bike-Fahrt"), "EBikeRide");
    EXPECT_EQ(sport_type_of_export("Course à pied"), "Run");
    EXPECT_EQ(sport_type_of_export("Entraînement"), "Workout");
    EXPECT_EQ(sport_type_of_export(" Underwater Hockey "), "UnderwaterHockey");
    EXPECT_EQ(sport_type_of_export("Běh"), "Běh");
    EXPECT_EQ(sport_type_of_export(""), "");
}

} // namespace
} // namespace harrier::formats
