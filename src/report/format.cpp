// SPDX-License-Identifier: MIT
#include "report/format.hpp"

#include "model/sport.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>

namespace harrier::report {

namespace {

constexpr std::string_view nothing = "–";
// Slower than a hundred minutes for a kilometre is standing still, and no pace.
constexpr double slowest_pace_s = 100 * 60;

Figure no_figure() {
    return {std::string(nothing), ""};
}

bool is_number(std::optional<double> value) {
    return value && std::isfinite(*value);
}

Figure pace_over(std::optional<double> speed_mps, double metres, std::string_view unit) {
    if (!is_number(speed_mps) || *speed_mps <= 0) {
        return no_figure();
    }
    const double seconds = metres / *speed_mps;
    if (seconds >= slowest_pace_s) {
        return no_figure();
    }
    return {format_duration(std::llround(seconds)), std::string(unit)};
}

} // namespace

std::string Figure::text() const {
    return unit.empty() ? number : number + " " + unit;
}

Figure distance_figure(std::optional<double> metres, Units units) {
    if (!is_number(metres)) {
        return no_figure();
    }
    return units == Units::metric ? Figure{fmt::format("{:.2f}", *metres / metres_per_kilometre), "km"}
                                  : Figure{fmt::format("{:.2f}", *metres / metres_per_mile), "mi"};
}

Figure climb_figure(std::optional<double> metres, Units units) {
    if (!is_number(metres)) {
        return no_figure();
    }
    return units == Units::metric ? Figure{format_number(*metres), "m"}
                                  : Figure{format_number(*metres / metres_per_foot), "ft"};
}

Figure pace_figure(std::optional<double> speed_mps, Units units) {
    return units == Units::metric ? pace_over(speed_mps, metres_per_kilometre, "/km")
                                  : pace_over(speed_mps, metres_per_mile, "/mi");
}

Figure swim_pace_figure(std::optional<double> speed_mps, Units units) {
    return units == Units::metric ? pace_over(speed_mps, 100, "/100m")
                                  : pace_over(speed_mps, 100 * metres_per_yard, "/100yd");
}

Figure speed_figure(std::optional<double> speed_mps, Units units) {
    if (!is_number(speed_mps) || *speed_mps <= 0) {
        return no_figure();
    }
    constexpr double seconds_per_hour = 3600;
    const double metres_per_hour = *speed_mps * seconds_per_hour;
    return units == Units::metric
               ? Figure{fmt::format("{:.1f}", metres_per_hour / metres_per_kilometre), "km/h"}
               : Figure{fmt::format("{:.1f}", metres_per_hour / metres_per_mile), "mph"};
}

Figure pace_or_speed_figure(std::string_view sport_type, std::optional<double> speed_mps, Units units) {
    switch (model::measure_of(sport_type)) {
    case model::Measure::pace:
        return pace_figure(speed_mps, units);
    case model::Measure::swim_pace:
        return swim_pace_figure(speed_mps, units);
    case model::Measure::speed:
        break;
    }
    return speed_figure(speed_mps, units);
}

Figure temperature_figure(std::optional<double> celsius, Units units) {
    if (!is_number(celsius)) {
        return no_figure();
    }
    return units == Units::metric ? Figure{format_number(*celsius), "°C"}
                                  : Figure{format_number(*celsius * 9 / 5 + 32), "°F"};
}

std::string format_distance(std::optional<double> metres, Units units) {
    return distance_figure(metres, units).text();
}

std::string format_duration(std::optional<std::int64_t> seconds) {
    if (!seconds || *seconds < 0) {
        return std::string(nothing);
    }
    const auto hours = *seconds / 3600;
    const auto minutes = *seconds / 60 % 60;
    return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, *seconds % 60)
                     : fmt::format("{}:{:02}", minutes, *seconds % 60);
}

std::string format_climb(std::optional<double> metres, Units units) {
    return climb_figure(metres, units).text();
}

std::string format_pace(std::optional<double> speed_mps, Units units) {
    return pace_figure(speed_mps, units).text();
}

std::string format_speed(std::optional<double> speed_mps, Units units) {
    return speed_figure(speed_mps, units).text();
}

std::string format_pace_or_speed(std::string_view sport_type, std::optional<double> speed_mps, Units units) {
    return pace_or_speed_figure(sport_type, speed_mps, units).text();
}

std::string format_local_day(std::optional<WallTime> time) {
    if (!time) {
        return std::string(nothing);
    }
    constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const auto day = std::chrono::floor<std::chrono::days>(*time);
    return fmt::format("{} {}", weekdays[std::chrono::weekday(day).c_encoding()], format_day(day));
}

std::string format_time_of_day(std::optional<WallTime> time) {
    if (!time) {
        return std::string(nothing);
    }
    const auto since_midnight = *time - std::chrono::floor<std::chrono::days>(*time);
    if (since_midnight == std::chrono::seconds{1}) {
        return std::string(nothing);
    }
    const auto minutes = std::chrono::floor<std::chrono::minutes>(since_midnight).count();
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string format_heart_rate(std::optional<double> bpm) {
    return is_number(bpm) && *bpm > 0 ? fmt::format("{:.0f}", *bpm) : std::string(nothing);
}

std::string format_number(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    if (text.find_first_not_of("-0.") == std::string::npos && text.starts_with('-')) {
        text.erase(0, 1);
    }
    const std::size_t begin = text.starts_with('-') ? 1 : 0;
    const std::size_t end = std::min(text.find('.'), text.size());
    for (std::size_t at = end; at > begin + 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

} // namespace harrier::report
