// SPDX-License-Identifier: MIT
#include "net/http_date.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace harrier::net {

namespace {

constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";

// Digits only.
std::optional<int> number_in(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size() && text.front() != '-';
    return is_whole ? std::optional(value) : std::nullopt;
}

} // namespace

std::string format_http_date(Instant time) {
    using namespace std::chrono;
    constexpr std::string_view weekdays = "SunMonTueWedThuFriSat";
    const auto today = floor<days>(time);
    const year_month_day date{today};
    const hh_mm_ss clock{time - today};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                       weekdays.substr(3 * weekday{today}.c_encoding(), 3), static_cast<unsigned>(date.day()),
                       months.substr(3 * (static_cast<unsigned>(date.month()) - 1), 3),
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

std::optional<Instant> parse_http_date(std::string_view text) {
    using namespace std::chrono;
    constexpr std::string_view form = "Mon, 23 Nov 2026 00:00:00 GMT";
    if (text.size() != form.size() || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' ||
        text[16] != ' ' || text[19] != ':' || text[22] != ':' || text.substr(25) != " GMT") {
        return std::nullopt;
    }
    const auto month_at = months.find(text.substr(8, 3));
    const auto day_number = number_in(text.substr(5, 2));
    const auto year_number = number_in(text.substr(12, 4));
    const auto hour = number_in(text.substr(17, 2));
    const auto minute = number_in(text.substr(20, 2));
    const auto second = number_in(text.substr(23, 2));
    if (month_at == std::string_view::npos || month_at % 3 != 0 || !day_number || !year_number || !hour ||
        !minute || !second || *hour > 23 || *minute > 59 || *second > 60) {
        return std::nullopt;
    }
    const year_month_day date{year{*year_number}, month{static_cast<unsigned>(month_at / 3 + 1)},
                              day{static_cast<unsigned>(*day_number)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    return sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second};
}

} // namespace harrier::net
