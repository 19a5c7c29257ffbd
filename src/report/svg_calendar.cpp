// SPDX-License-Identifier: MIT
#include "report/svg_calendar.hpp"

#include "report/axis.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::report {

using analysis::Day;

namespace {

constexpr double days_left = 40;
constexpr double days_top = 22;
constexpr double pitch = 11.1; // from one day to the next

Point corner_of(Day day, Day first_monday) {
    const auto since = (day - first_monday).count();
    return {days_left + static_cast<double>(since / 7) * pitch,
            days_top + static_cast<double>(since % 7) * pitch};
}

std::string square_at(Point corner) {
    return fmt::format("M{} {}h9.6v9.6h-9.6z", coordinate(corner.x), coordinate(corner.y));
}

Markup calendar_labels(int wanted_year, Day first_monday) {
    Markup text;
    constexpr double weekday_foot = 8.5;
    text += svg_text({0, 16}, fmt::to_string(wanted_year), "T");
    for (const auto& [row, name] : {std::pair{0, "Mon"}, {2, "Wed"}, {4, "Fri"}, {6, "Sun"}}) {
        text += svg_text({0, days_top + row * pitch + weekday_foot}, name, "t m");
    }
    for (unsigned number = 1; number <= 12; ++number) {
        const auto place =
            corner_of(Day{std::chrono::year{wanted_year} / static_cast<int>(number) / 1}, first_monday);
        text += svg_text({place.x, 16}, month_name(number), number % 2 == 1 ? "t m" : "t");
    }
    return text;
}

} // namespace

Picture draw_calendar(int wanted_year, const std::map<Day, CalendarDay>& days, Day last) {
    const Day begin{std::chrono::year{wanted_year} / 1 / 1};
    const Day end = std::min(last, Day{std::chrono::year{wanted_year} / 12 / 31});
    const auto first_monday = analysis::monday_of(begin);
    Picture picture{640, days_top + 7 * pitch, fmt::format("Days of {}", wanted_year), {}};
    picture.body += calendar_labels(wanted_year, first_monday);
    std::string empty;
    for (Day day = begin; day <= end; day += std::chrono::days{1}) {
        const auto square = square_at(corner_of(day, first_monday));
        const auto found = days.find(day);
        if (found == days.end() || found->second.level == 0) {
            empty += square;
            continue;
        }
        picture.body.text += fmt::format(R"(<path class="d{}" d="{}"><title>{}</title></path>)",
                                         found->second.level, square, escaped(found->second.title).text);
    }
    picture.body += svg_path(empty, "d0");
    return picture;
}

} // namespace harrier::report
