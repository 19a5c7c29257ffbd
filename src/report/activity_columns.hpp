// SPDX-License-Identifier: MIT
#pragma once

// The one table of what can be shown of an activity: the field as Strava and the view v_activity name it, how
// machines get it (exact), and how people read it.

#include "base/units.hpp"
#include "model/activity.hpp"
#include "report/rows.hpp"
#include "report/table.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::report {

// How people read a value.
enum class Reading {
    text,
    number,
    yes_no,
    day,         // "Sun 2026-11-22"
    time_of_day, // "09:14"
    moment,      // both
    distance,    // km or miles
    height,      // m or feet
    duration,    // h:mm:ss
    quickness,   // pace or speed, by sport
    heart_rate,
    cadence, // steps of both legs on foot, turns elsewhere
    temperature,
};

struct ActivityColumn {
    std::string_view name;  // what --columns calls it
    std::string_view field; // the field behind it: the same word, but for `date` and `start`
    std::string_view title; // of the table; the unit is added
    Reading reading;
    Value (*value)(const model::Activity& activity);
};

// Every column; first the fields in the order of JSON and CSV, then `date` and `start`, which are two ways to
// read `start_date_local`.
[[nodiscard]] std::span<const ActivityColumn> activity_columns();

// The column that a user means by a word: its name, or an everyday word (pace, time, climb, km, hr, sport).
// Throws Error{usage} with the nearest name.
[[nodiscard]] const ActivityColumn& find_activity_column(std::string_view word);

// All fields of the activities, or only those of `columns` when there are any.
[[nodiscard]] Rows activity_rows(const std::vector<model::Activity>& activities,
                                 const std::vector<const ActivityColumn*>& columns);

// One value as people read it, with its unit.
[[nodiscard]] std::string read_value(const ActivityColumn& column, const model::Activity& activity,
                                     Units units);

// A column of a table and when to leave it out (report::Column::drop_order).
struct ShownColumn {
    const ActivityColumn* column;
    int drop_order = 0;
};

// Units stand in the header, but for pace and speed of several kinds of sport in one table.
[[nodiscard]] report::Table activity_table(const std::vector<model::Activity>& activities,
                                           const std::vector<ShownColumn>& columns, Units units);

} // namespace harrier::report
