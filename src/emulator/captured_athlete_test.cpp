// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "emulator/activity_json.hpp"
#include "emulator/activity_shelf.hpp"
#include "emulator/activity_source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace harrier::emulator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string two_activities =
    "[\n {\"resource_state\":2,\"name\":\"a ] \\\" } "
    "b\",\"athlete\":{\"id\":26462176},\"distance\":302230.89999999997,"
    "\"type\":\"Run\",\"id\":3136407847427661018,\"start_date\":\"2025-01-02T10:00:00Z\",\"gear_id\":\"g7\"} "
    ",\n"
    "{\"resource_state\":2,\"id\":17,\"start_date\":\"2025-01-03T10:00:00Z\",\"visibility\":\"only_me\","
    "\"distance\":0,\"max_speed\":0.0,\"type\":\"Swim\"}]\n";

TEST(SplitJsonArray, GivesElementsAsWritten) {
    EXPECT_THAT(split_json_array(" [ {\"a\":[1,{}]} , \"],\" ,-0.0]\n"),
                ElementsAre("{\"a\":[1,{}]}", "\"],\"", "-0.0"));
    EXPECT_THAT(split_json_array("[]"), ElementsAre());
    EXPECT_THAT(split_json_array("[ \n]"), ElementsAre());
}

TEST(SplitJsonArray, RefusesEveryCutOfAnArray) {
    const std::string whole = R"([{"a":"\"]"},[1,2]])";
    EXPECT_EQ(split_json_array(whole).size(), 2U);
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_THROW(static_cast<void>(split_json_array(whole.substr(0, length))), Error) << length;
    }
    for (const std::string wrong : {"{}", "[1,]", "[,1]", "[1] 2", "[1,,2]"}) {
        EXPECT_THROW(static_cast<void>(split_json_array(wrong)), Error) << wrong;
    }
}

TEST(CapturedAthlete, ServesTextsUnchangedAndNewestFirst) {
    const auto athlete = make_captured_athlete(two_activities);
    const auto activities = athlete->activities();
    ASSERT_EQ(activities.size(), 2U);
    EXPECT_EQ(activities[0].id, 17);
    EXPECT_TRUE(activities[0].only_me);
    EXPECT_EQ(activities[1].id, 3136407847427661018);
    EXPECT_FALSE(activities[1].only_me);
    for (const auto& activity : activities) {
        EXPECT_THAT(two_activities, HasSubstr(activity.summary_json));
    }
    EXPECT_EQ(athlete->athlete_id(), 26462176);
}

TEST(CapturedAthlete, MakesDetailsLapsStatsAndGearFromTheSummaries) {
    const auto athlete = make_captured_athlete(two_activities);
    const auto detail = athlete->detail_json(3136407847427661018).value();
    EXPECT_THAT(detail, HasSubstr("{\"resource_state\":3,\"name\":\"a ] \\\" } b\""));
    EXPECT_THAT(detail, HasSubstr("\"distance\":302230.89999999997,"));
    EXPECT_THAT(detail, HasSubstr("\"description\":null"));
    EXPECT_THAT(athlete->laps_json(17).value(), HasSubstr("\"lap_index\":1"));
    EXPECT_FALSE(athlete->streams(17));
    EXPECT_FALSE(athlete->detail_json(18));
    EXPECT_THAT(athlete->stats_json(),
                HasSubstr("\"all_run_totals\":{\"count\":1,\"distance\":302230.89999999997,"));
    EXPECT_THAT(athlete->gear_json("g7").value(), HasSubstr("\"id\":\"g7\""));
    EXPECT_FALSE(athlete->gear_json("g8"));
    EXPECT_THAT(athlete->athlete_json(), HasSubstr("\"resource_state\":3"));
    EXPECT_THAT(athlete->athlete_summary_json(), HasSubstr("\"resource_state\":2"));
}

TEST(CapturedAthlete, NamesThePlaceOfWhatItCannotRead) {
    try {
        static_cast<void>(
            make_captured_athlete(R"([{"id":1,"start_date":"2025-01-03T10:00:00Z"}, {"id":"x"}])"));
        FAIL() << "it was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        EXPECT_THAT(error.message(), HasSubstr("activity 2 at byte 47"));
    }
}

TEST(EmptyAthlete, HasAProfileAndNothingElse) {
    const auto athlete = make_empty_athlete();
    EXPECT_TRUE(athlete->activities().empty());
    EXPECT_THAT(athlete->athlete_json(), HasSubstr("\"shoes\":[]"));
    EXPECT_THAT(athlete->stats_json(), HasSubstr("\"ytd_swim_totals\":{\"count\":0"));
    EXPECT_EQ(ActivityShelf(*athlete).list({}), "[]");
}

TEST(CapturedAthlete, ServesARealAccountByteForByte) {
    const auto file = std::filesystem::path(HARRIER_SHARED) / "captures" / "activities-1132.json";
    if (!std::filesystem::exists(file)) {
        GTEST_SKIP() << "the recorded listing is not here: " << file;
    }
    const std::string captured = read_file(file);
    const auto athlete = make_captured_athlete(captured);
    const ActivityShelf shelf(*athlete);
    ASSERT_EQ(shelf.size(), 1132U);
    // The file has one object per line; joined without the line breaks it is what the pages must add up to.
    std::string expected;
    for (const char letter : captured) {
        expected += letter == '\n' ? "" : std::string(1, letter);
    }
    std::string served = "[";
    std::string page;
    for (std::size_t skip = 0;
         (page = shelf.list({.include_private = true, .skip = skip, .limit = 200})) != "[]"; skip += 200) {
        served += (served == "[" ? "" : ",") + page.substr(1, page.size() - 2);
    }
    EXPECT_TRUE(served + "]" == expected) << "a byte differs";
    const auto all = shelf.list({.include_private = true, .limit = 2000});
    const auto visible = shelf.list({.limit = 2000});
    EXPECT_EQ(split_json_array(all).size() - split_json_array(visible).size(), 7U);
}

} // namespace
} // namespace harrier::emulator
