// SPDX-License-Identifier: MIT
#include "formats/polyline.hpp"

#include <cmath>
#include <cstdint>

namespace harrier::formats {

namespace {

constexpr double units_per_degree = 1e5;
constexpr char first_character = 63; // '?' stands for 0
constexpr int bits_per_character = 5;
constexpr std::uint32_t more_follows = 0x20;

// Differences are written as a zigzag number (the sign in the lowest bit), five bits at a time, lowest first.
void append_difference(std::string& text, std::int32_t difference) {
    auto rest = static_cast<std::uint32_t>(difference) << 1U;
    if (difference < 0) {
        rest = ~rest;
    }
    while (rest >= more_follows) {
        text += static_cast<char>((more_follows | (rest & 0x1FU)) + first_character);
        rest >>= bits_per_character;
    }
    text += static_cast<char>(rest + first_character);
}

std::optional<std::int32_t> take_difference(std::string_view& text) {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 35; shift += bits_per_character) {
        if (text.empty() || text.front() < first_character || text.front() > first_character + 0x3F) {
            return std::nullopt;
        }
        const auto bits = static_cast<std::uint32_t>(text.front() - first_character);
        text.remove_prefix(1);
        value |= static_cast<std::uint64_t>(bits & 0x1FU) << static_cast<unsigned>(shift);
        if ((bits & more_follows) == 0) {
            const auto half = static_cast<std::int64_t>(value >> 1U);
            const std::int64_t difference = (value & 1U) != 0 ? ~half : half;
            return value <= 0xFFFF'FFFFU ? std::optional(static_cast<std::int32_t>(difference))
                                         : std::nullopt;
        }
    }
    return std::nullopt;
}

// A coordinate that is none (NaN, infinite) becomes one on the edge of the world rather than an overflow.
std::int32_t to_units(double degrees) {
    const double on_earth = std::fmin(std::fmax(degrees, -360.0), 360.0);
    return static_cast<std::int32_t>(std::lround(on_earth * units_per_degree));
}

} // namespace

std::string encode_polyline(std::span<const model::LatLng> points) {
    std::string text;
    std::int32_t lat = 0;
    std::int32_t lng = 0;
    for (const auto& point : points) {
        const auto next_lat = to_units(point.lat);
        const auto next_lng = to_units(point.lng);
        append_difference(text, next_lat - lat);
        append_difference(text, next_lng - lng);
        lat = next_lat;
        lng = next_lng;
    }
    return text;
}

std::optional<std::vector<model::LatLng>> decode_polyline(std::string_view text) {
    std::vector<model::LatLng> points;
    std::int64_t lat = 0; // wide, for a forged line may wander off
    std::int64_t lng = 0;
    while (!text.empty()) {
        const auto lat_difference = take_difference(text);
        const auto lng_difference = lat_difference ? take_difference(text) : std::nullopt;
        if (!lng_difference) {
            return std::nullopt;
        }
        lat += *lat_difference;
        lng += *lng_difference;
        points.push_back(
            {static_cast<double>(lat) / units_per_degree, static_cast<double>(lng) / units_per_degree});
    }
    return points;
}

} // namespace harrier::formats
