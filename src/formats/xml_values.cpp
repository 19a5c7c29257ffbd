// SPDX-License-Identifier: MIT
#include "formats/xml_values.hpp"

#include "formats/utf8.hpp"

#include <charconv>
#include <cmath>
#include <cstddef>

namespace harrier::formats {

namespace {

// Negative when one of the characters is no digit.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    int wrong = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        const int digit = text[i] - '0';
        wrong |= digit < 0 || digit > 9 ? 1 : 0;
        value = value * 10 + digit;
    }
    return wrong != 0 ? -1 : value;
}

struct Fraction {
    std::chrono::milliseconds value{0};
    std::size_t size = 0;
};

// ".25" at the beginning of the text; nothing at all is a fraction of zero.
std::optional<Fraction> read_fraction(std::string_view text) {
    Fraction fraction;
    if (text.empty() || (text[0] != '.' && text[0] != ',')) {
        return fraction;
    }
    int scale = 100;
    int value = 0;
    std::size_t at = 1;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        value += (text[at] - '0') * scale;
        scale /= 10;
    }
    if (at == 1) {
        return std::nullopt;
    }
    fraction.value = std::chrono::milliseconds(value);
    fraction.size = at;
    return fraction;
}

// "+01:00", "-0330", "+02"
std::optional<std::chrono::seconds> read_offset(std::string_view text) {
    const bool has_minutes = text.size() == 5 || text.size() == 6;
    if (text.size() != 3 && !has_minutes) {
        return std::nullopt;
    }
    if (text.size() == 6 && text[3] != ':') {
        return std::nullopt;
    }
    const int hours = digits(text, 1, 2);
    const int minutes = has_minutes ? digits(text, text.size() - 2, 2) : 0;
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
        return std::nullopt;
    }
    const std::chrono::seconds offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
    return text[0] == '-' ? -offset : offset;
}

std::optional<std::chrono::sys_seconds> read_clock(std::string_view text) {
    constexpr std::size_t size = 19;
    if (text.size() < size || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':' ||
        (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) {
        return std::nullopt;
    }
    const int year = digits(text, 0, 4);
    const int month = digits(text, 5, 2);
    const int day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if ((year | month | day | hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

} // namespace

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_xml_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_xml_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<double> read_number(std::string_view text) {
    text = trim(text);
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') {
        text.remove_prefix(1);
    }
    double value = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::optional<double> read_sensor_value(std::string_view text) {
    constexpr double limit = 1e9;
    const auto value = read_number(text);
    return value && std::abs(*value) < limit ? value : std::nullopt;
}

std::optional<XmlTime> read_time(std::string_view text) {
    text = trim(text);
    const auto clock = read_clock(text);
    if (!clock) {
        return std::nullopt;
    }
    text.remove_prefix(19);
    const auto fraction = read_fraction(text);
    if (!fraction) {
        return std::nullopt;
    }
    text.remove_prefix(fraction->size);
    XmlTime time{*clock + fraction->value, true, std::nullopt};
    if (text == "Z" || text == "z") {
        return time;
    }
    if (text.empty()) {
        time.has_zone = false;
        return time;
    }
    const auto offset = text[0] == '+' || text[0] == '-' ? read_offset(text) : std::nullopt;
    if (!offset) {
        return std::nullopt;
    }
    time.moment -= *offset;
    if (offset->count() != 0) {
        time.offset = offset;
    }
    return time;
}

bool is_plausible(std::chrono::sys_time<std::chrono::milliseconds> moment) {
    using namespace std::chrono;
    return moment >= sys_days(year(1980) / 1 / 1) && moment < sys_days(year(2100) / 1 / 1);
}

std::string clean_words(std::string_view text) {
    return mend_utf8(trim(text));
}

} // namespace harrier::formats
