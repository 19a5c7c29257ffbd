// SPDX-License-Identifier: MIT
#include "base/time.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

namespace harrier {

namespace {

using namespace std::chrono;

// Reads digits of a text from the left; every step fails quietly.
class Reader {
public:
    explicit Reader(std::string_view text) : m_rest(text) {}

    bool number(std::size_t digits, int& value) {
        if (m_rest.size() < digits) {
            return false;
        }
        const auto [end, error] = std::from_chars(m_rest.data(), m_rest.data() + digits, value);
        if (error != std::errc{} || end != m_rest.data() + digits || m_rest.front() == '-') {
            return false;
        }
        m_rest.remove_prefix(digits);
        return true;
    }

    bool character(std::string_view any_of) {
        if (m_rest.empty() || any_of.find(m_rest.front()) == std::string_view::npos) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }

    void skip_digits() {
        while (character("0123456789")) {
        }
    }

    [[nodiscard]] char peek() const { return m_rest.empty() ? '\0' : m_rest.front(); }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

struct Parsed {
    local_seconds wall;
    seconds offset{0};
};

std::optional<local_days> make_day(int year_number, int month_number, int day_number) {
    const year_month_day date{year{year_number}, month{static_cast<unsigned>(month_number)},
                              day{static_cast<unsigned>(day_number)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    return local_days{date};
}

bool read_offset(Reader& reader, seconds& offset) {
    if (reader.at_end() || reader.character("Zz")) {
        return reader.at_end();
    }
    const int sign = reader.peek() == '-' ? -1 : 1;
    int offset_hours = 0;
    int offset_minutes = 0;
    if (!reader.character("+-") || !reader.number(2, offset_hours)) {
        return false;
    }
    reader.character(":");
    if (!reader.at_end() && !reader.number(2, offset_minutes)) {
        return false;
    }
    offset = sign * (hours{offset_hours} + minutes{offset_minutes});
    return reader.at_end() && offset_hours < 24 && offset_minutes < 60;
}

std::optional<Parsed> parse(std::string_view text) {
    Reader reader(text);
    int y = 0;
    int mo = 0;
    int d = 0;
    int h = 0;
    int mi = 0;
    int s = 0;
    const bool read = reader.number(4, y) && reader.character("-") && reader.number(2, mo) &&
                      reader.character("-") && reader.number(2, d) && reader.character("Tt ") &&
                      reader.number(2, h) && reader.character(":") && reader.number(2, mi) &&
                      reader.character(":") && reader.number(2, s);
    const bool end_of_day = h == 24 && mi == 0 && s == 0;
    if (!read || (h > 23 && !end_of_day) || mi > 59 || s > 60) {
        return std::nullopt;
    }
    if (reader.character(".,")) {
        reader.skip_digits();
    }
    const auto date = make_day(y, mo, d);
    Parsed parsed;
    if (!date || !read_offset(reader, parsed.offset)) {
        return std::nullopt;
    }
    parsed.wall = *date + hours{h} + minutes{mi} + seconds{s};
    return parsed;
}

std::optional<local_days> parse_span_back(std::string_view text, local_days today) {
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count < 0 || count > 100'000 || end + 1 != text.data() + text.size()) {
        return std::nullopt;
    }
    const year_month_day date{today};
    const auto back = [](year_month_day start, months span) {
        const auto moved = start - span;
        return local_days{moved.ok() ? moved : year_month_day{moved.year() / moved.month() / last}};
    };
    switch (*end) {
    case 'd':
        return today - days{count};
    case 'w':
        return today - weeks{count};
    case 'm':
        return back(date, months{count});
    case 'y':
        return back(date, months{12 * std::min(count, 5000)});
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<Instant> parse_instant(std::string_view text) {
    const auto parsed = parse(text);
    if (!parsed) {
        return std::nullopt;
    }
    return Instant{parsed->wall.time_since_epoch() - parsed->offset};
}

std::optional<WallTime> parse_wall_time(std::string_view text) {
    const auto parsed = parse(text);
    return parsed ? std::optional(parsed->wall) : std::nullopt;
}

std::optional<local_days> parse_day(std::string_view text, local_days today) {
    if (text == "today") {
        return today;
    }
    if (text == "yesterday") {
        return today - days{1};
    }
    Reader reader(text);
    int y = 0;
    int mo = 1;
    int d = 1;
    if (reader.number(4, y) && (reader.at_end() || reader.character("-"))) {
        const bool read =
            text.size() == 4 || (reader.number(2, mo) && (reader.at_end() || reader.character("-")) &&
                                 (text.size() == 7 || reader.number(2, d)));
        return read && reader.at_end() ? make_day(y, mo, d) : std::nullopt;
    }
    return parse_span_back(text, today);
}

std::string format_wall_time(WallTime time) {
    const auto date_part = floor<days>(time);
    const year_month_day date{date_part};
    const hh_mm_ss clock{time - date_part};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string format_instant(Instant time) {
    return format_wall_time(WallTime{time.time_since_epoch()});
}

std::string format_day(local_days day) {
    return format_wall_time(day).substr(0, 10);
}

std::string_view zone_name(std::string_view strava_timezone) {
    if (strava_timezone.starts_with('(')) {
        const auto close = strava_timezone.find(") ");
        if (close != std::string_view::npos) {
            return strava_timezone.substr(close + 2);
        }
    }
    return strava_timezone;
}

std::optional<WallTime> to_wall_time(Instant time, std::string_view iana_zone) {
    try {
        const auto* zone = date::locate_zone(std::string(iana_zone));
        const auto offset = zone->get_info(date::sys_seconds{time.time_since_epoch()}).offset;
        return WallTime{time.time_since_epoch() + offset};
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

WallTime to_machine_wall_time(Instant time) {
    const std::time_t count = system_clock::to_time_t(time);
    std::tm fields{};
    localtime_r(&count, &fields);
    return WallTime{time.time_since_epoch() + seconds{fields.tm_gmtoff}};
}

std::string format_span(seconds span) {
    const auto total = std::max(span.count(), seconds::rep{0});
    const auto two = [](auto large, std::string_view unit, auto small, std::string_view small_unit) {
        return small == 0 ? fmt::format("{} {}", large, unit)
                          : fmt::format("{} {} {} {}", large, unit, small, small_unit);
    };
    if (total >= 86400) {
        return two(total / 86400, "d", total % 86400 / 3600, "h");
    }
    if (total >= 3600) {
        return two(total / 3600, "h", total % 3600 / 60, "min");
    }
    return total >= 60 ? fmt::format("{} min", total / 60) : fmt::format("{} s", total);
}

} // namespace harrier
