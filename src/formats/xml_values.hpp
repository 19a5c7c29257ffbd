// SPDX-License-Identifier: MIT
#pragma once

// Numbers, times and words as GPX and TCX files write them, whatever the locale of this machine. White space
// around a value does not count. Pure.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::formats {

// Who wrote a file of ours, as its creator (GPX) or author (TCX).
constexpr std::string_view our_creator = "harrier";

[[nodiscard]] constexpr bool is_xml_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

[[nodiscard]] std::string_view trim(std::string_view text);

// A finite decimal number, and nothing else: "12 bpm", "nan" and "" are none.
[[nodiscard]] std::optional<double> read_number(std::string_view text);

// A number that a sensor can have given: |value| below a thousand million.
[[nodiscard]] std::optional<double> read_sensor_value(std::string_view text);

struct XmlTime {
    std::chrono::sys_time<std::chrono::milliseconds> moment; // finer fractions are cut off
    bool has_zone = false;                                   // without one it is taken as UTC
    std::optional<std::chrono::seconds> offset; // "+01:00"; not for Z and +00:00, which tell no place
};

// "2020-04-18T11:10:44Z", with a fraction, with ±hh:mm, ±hhmm or ±hh, or without a zone. A day that no
// calendar has is no time; a leap second is the second after.
[[nodiscard]] std::optional<XmlTime> read_time(std::string_view text);

// Whether an activity can have been recorded then: 1980 to 2099.
[[nodiscard]] bool is_plausible(std::chrono::sys_time<std::chrono::milliseconds> moment);

// Trimmed, and bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string clean_words(std::string_view text);

} // namespace harrier::formats
