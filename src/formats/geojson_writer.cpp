// SPDX-License-Identifier: MIT
#include "formats/geojson_writer.hpp"

#include "formats/written_track.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace harrier::formats {

namespace {

struct Position {
    double longitude;
    double latitude;
    double altitude; // missing where it is
    model::Moment moment;
};

using Line = std::vector<Position>;

std::string moment_text(model::Moment moment) {
    if (moment == no_moment) {
        return "null";
    }
    const auto second = std::chrono::floor<std::chrono::seconds>(moment);
    const auto fraction = (moment - second).count();
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(second - day);
    return fmt::format("\"{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z\"", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       fraction > 0 ? fmt::format(".{:03}", fraction) : "");
}

std::string position_text(const Position& position) {
    return std::isfinite(position.altitude)
               ? fmt::format("[{},{},{}]", position.longitude, position.latitude, position.altitude)
               : fmt::format("[{},{}]", position.longitude, position.latitude);
}

model::Moment between(model::Moment from, model::Moment to, double share) {
    return from == no_moment || to == no_moment
               ? no_moment
               : from + std::chrono::milliseconds(
                            std::llround(static_cast<double>((to - from).count()) * share));
}

// Where the way from one position to the next crosses the antimeridian, seen from the first.
Position crossing(const Position& from, const Position& to) {
    const double border = from.longitude > 0 ? 180 : -180;
    const double way = to.longitude + 2 * border - from.longitude;
    const double share = way == 0 ? 0 : (border - from.longitude) / way;
    return {border, from.latitude + (to.latitude - from.latitude) * share,
            from.altitude + (to.altitude - from.altitude) * share, between(from.moment, to.moment, share)};
}

std::vector<Line> lines_of(const model::Recording& recording) {
    const auto& streams = recording.streams;
    const auto moments = sample_moments(recording);
    std::vector<Line> lines;
    auto next_break = recording.breaks.begin();
    bool begins = true;
    for (std::size_t row = 0; row < streams.size(); ++row) {
        for (; next_break != recording.breaks.end() && *next_break <= row; ++next_break) {
            begins = true;
        }
        if (!has_position(streams, row)) {
            continue;
        }
        const Position position{streams.longitude[row], streams.latitude[row],
                                sample_at(streams.altitude, row), moments[row]};
        if (begins) {
            lines.emplace_back();
        } else if (std::abs(position.longitude - lines.back().back().longitude) > 180) {
            auto border = crossing(lines.back().back(), position);
            lines.back().push_back(border);
            border.longitude = -border.longitude;
            lines.push_back({border});
        }
        lines.back().push_back(position);
        begins = false;
    }
    return lines;
}

template <typename Text>
std::string array_of(const Line& line, const Text& text) {
    std::string all = "[" + text(line.front());
    for (std::size_t i = 1; i < line.size(); ++i) {
        all += "," + text(line[i]);
    }
    return all + "]";
}

template <typename Text>
std::string nested(const std::vector<Line>& lines, const Text& text) {
    if (lines.size() == 1) {
        return array_of(lines.front(), text);
    }
    std::string all;
    for (const auto& line : lines) {
        all += (all.empty() ? "[" : ",") + array_of(line, text);
    }
    return all + "]";
}

} // namespace

std::optional<GeojsonTrack> write_geojson_track(const model::Recording& recording) {
    auto lines = lines_of(recording);
    if (lines.empty()) {
        return std::nullopt;
    }
    for (auto& line : lines) {
        if (line.size() == 1) { // a line has two ends
            line.push_back(line.front());
        }
    }
    return GeojsonTrack{.geometry = fmt::format("{{\"type\":\"{}\",\"coordinates\":{}}}",
                                                lines.size() == 1 ? "LineString" : "MultiLineString",
                                                nested(lines, position_text)),
                        .times = nested(lines, [](const Position& one) { return moment_text(one.moment); })};
}

} // namespace harrier::formats
