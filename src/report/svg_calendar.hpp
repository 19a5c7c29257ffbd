// SPDX-License-Identifier: MIT
#pragma once

// A year as a field of days: one column for each week, Monday on top, darker where there was more. Pure.

#include "analysis/daily.hpp"
#include "report/svg.hpp"

#include <map>

namespace harrier::report {

// What stands for a day: 1 to 4, and a few words for the pointer.
struct CalendarDay {
    int level = 0;
    std::string title;
};

// The days of one calendar year; days after `last` are left out, those that `days` does not name are empty.
[[nodiscard]] Picture draw_calendar(int year, const std::map<analysis::Day, CalendarDay>& days,
                                    analysis::Day last);

} // namespace harrier::report
