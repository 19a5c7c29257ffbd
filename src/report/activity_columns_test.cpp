// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "report/activity_columns.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace harrier::report {
namespace {

using model::Activity;
using testing::ElementsAre;
using testing::HasSubstr;

Activity run_of(double metres) {
    Activity activity;
    activity.sport_type = "Run";
    activity.name = "Run";
    activity.distance = metres;
    activity.average_speed = 3.0;
    return activity;
}

const ActivityColumn* column(std::string_view name) {
    return &find_activity_column(name);
}

TEST(ActivityColumns, HaveNamesOfTheirOwn) {
    std::set<std::string_view> names;
    for (const auto& one : activity_columns()) {
        EXPECT_TRUE(names.insert(one.name).second) << one.name;
        EXPECT_NO_THROW((void)find_activity_column(one.field)) << one.name;
    }
}

TEST(ActivityColumns, AreFoundByEverydayWords) {
    EXPECT_EQ(column("pace")->name, "average_speed");
    EXPECT_EQ(column("Climb")->name, "total_elevation_gain");
    EXPECT_EQ(column("moving-time")->name, "moving_time");
    EXPECT_THROW((void)find_activity_column(""), Error);
}

TEST(ActivityColumns, NameTheNearestWhenOneIsUnknown) {
    try {
        (void)find_activity_column("avarage_speed");
        FAIL() << "an unknown column was found";
    } catch (const Error& error) {
        EXPECT_THAT(error.message(), HasSubstr("did you mean \"average_speed\"?"));
    }
}

TEST(ActivityRows, HoldEveryFieldOnceAndAbsentOnesAsNothing) {
    const auto rows = activity_rows({Activity{}}, {});
    EXPECT_EQ(std::set<std::string>(rows.names.begin(), rows.names.end()).size(), rows.names.size());
    const auto at = [&](std::string_view name) {
        const auto found = std::find(rows.names.begin(), rows.names.end(), name);
        return rows.rows[0].at(static_cast<std::size_t>(found - rows.names.begin()));
    };
    EXPECT_EQ(at("distance"), Value{});
    EXPECT_EQ(at("manual"), Value{});
    EXPECT_EQ(at("start_latlng"), Value{});
    EXPECT_EQ(at("name"), Value{std::string()});
}

TEST(ActivityRows, GiveDateAndStartAsTheOneFieldBehindThem) {
    const auto rows = activity_rows({}, {column("date"), column("km"), column("start")});
    EXPECT_THAT(rows.names, ElementsAre("start_date_local", "distance"));
}

TEST(ActivityTable, PutsTheUnitInTheHeaderWhenAllRowsShareIt) {
    const std::vector<ShownColumn> columns{{column("km")}, {column("pace")}};
    EXPECT_EQ(activity_table({run_of(5000)}, columns, Units::metric).render({0, false}), "  km  min/km\n"
                                                                                         "5.00    5:33\n");
    EXPECT_EQ(activity_table({run_of(5000)}, columns, Units::imperial).render({0, false}), "  mi  min/mi\n"
                                                                                           "3.11    8:56\n");
}

TEST(ActivityTable, PutsTheUnitInTheCellsWhenSportsDiffer) {
    auto ride = run_of(20000);
    ride.sport_type = "Ride";
    EXPECT_EQ(activity_table({run_of(5000), ride}, {{column("pace")}}, Units::metric).render({0, false}),
              "     Pace\n"
              " 5:33 /km\n"
              "10.8 km/h\n");
}

TEST(ActivityTable, CountsTheStepsOfBothLegsInARun) {
    auto run = run_of(5000);
    run.average_cadence = 86.4;
    EXPECT_EQ(read_value(*column("cadence"), run, Units::metric), "173 spm");
    run.sport_type = "Ride";
    EXPECT_EQ(read_value(*column("cadence"), run, Units::metric), "86 rpm");
}

} // namespace
} // namespace harrier::report
