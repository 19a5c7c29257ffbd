// SPDX-License-Identifier: MIT
#include "report/svg_map.hpp"

#include "analysis/geodesic.hpp"
#include "analysis/track.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace harrier::report {

namespace {

// Metres east and north of a centre.
class Plane {
public:
    explicit Plane(model::LatLng centre)
        : m_centre(centre), m_scale(analysis::metres_per_degree(centre.lat)) {}

    [[nodiscard]] Point operator()(model::LatLng place) const {
        return {analysis::wrapped_degrees(place.lng - m_centre.lng) * m_scale.lng,
                (place.lat - m_centre.lat) * m_scale.lat};
    }

private:
    model::LatLng m_centre;
    analysis::MetresPerDegree m_scale;
};

struct Extent {
    double low = 0;
    double high = 0;

    [[nodiscard]] double size() const { return high - low; }
    void widen(double size_wanted) {
        const double more = std::max(0.0, size_wanted - size()) / 2;
        low -= more;
        high += more;
    }
};

// All of the values, or most of them where the last few would take more than half as much room again.
Extent extent_of(std::vector<double> values) {
    constexpr double share_left_out = 0.01; // at each end
    constexpr double most_for_the_few = 1.5;
    std::sort(values.begin(), values.end());
    const auto few = static_cast<std::size_t>(static_cast<double>(values.size()) * share_left_out);
    const Extent all{values.front(), values.back()};
    const Extent most{values[few], values[values.size() - 1 - few]};
    return all.size() > most.size() * most_for_the_few && most.size() > 0 ? most : all;
}

struct MapFrame {
    Plane plane;
    Extent east;
    Extent north;
    double width; // of the drawing
    double height;
    double metres; // for one unit of the drawing

    [[nodiscard]] Point operator()(model::LatLng place) const {
        const auto at = plane(place);
        return {(at.x - east.low) / metres, (north.high - at.y) / metres};
    }
};

MapFrame frame_of(std::span<const MapTrack> tracks, const TrackRegion& region, const MapOptions& options) {
    constexpr double border = 1.08;
    constexpr double least_extent = 2000; // m
    const Plane plane(region.centre);
    std::vector<double> east;
    std::vector<double> north;
    for (const auto index : region.tracks) {
        for (const auto& place : tracks[index].points) {
            const auto at = plane(place);
            east.push_back(at.x);
            north.push_back(at.y);
        }
    }
    auto across = extent_of(std::move(east));
    auto up = extent_of(std::move(north));
    across.widen(std::max(across.size() * border, least_extent));
    up.widen(up.size() * border);
    double height = options.width * up.size() / across.size();
    if (height < options.least_height) {
        height = options.least_height;
        up.widen(across.size() * height / options.width);
    } else if (height > options.most_height) {
        height = options.most_height;
        across.widen(up.size() * options.width / height);
    }
    return {plane, across, up, options.width, height, across.size() / options.width};
}

// Each way between two whole kilometres (or miles) of the grid, m.
double grid_step(const MapFrame& frame, Units units) {
    const double unit = units == Units::metric ? metres_per_kilometre : metres_per_mile;
    constexpr double wanted_lines = 6;
    const double rough = frame.east.size() / unit / wanted_lines;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= rough) {
            return factor * power * unit;
        }
    }
    return 10 * power * unit;
}

Markup draw_grid(const MapFrame& frame, double step) {
    Markup grid = svg_rectangle({0, 0}, frame.width, frame.height, "b");
    for (double x = std::ceil(frame.east.low / step) * step; x < frame.east.high; x += step) {
        const double at = (x - frame.east.low) / frame.metres;
        grid += svg_line({at, 0}, {at, frame.height}, "g");
    }
    for (double y = std::ceil(frame.north.low / step) * step; y < frame.north.high; y += step) {
        const double at = (frame.north.high - y) / frame.metres;
        grid += svg_line({0, at}, {frame.width, at}, "g");
    }
    return grid;
}

// At the right end of the foot: so long is one step of the grid.
Markup draw_scale_bar(const MapFrame& frame, double step, Units units) {
    const double unit = units == Units::metric ? metres_per_kilometre : metres_per_mile;
    const double length = step / frame.metres;
    const double shown = step / unit;
    const double end = frame.width - (shown < 10 && shown >= 1 ? 34 : 46);
    const double y = frame.height + 15;
    Markup bar = svg_path(
        fmt::format("M{} {}v5h{}v-5", coordinate(end - length), coordinate(y - 5), coordinate(length)),
        "s2 w");
    bar += svg_text({frame.width, y + 2},
                    format_number(shown, shown < 1 ? 1 : 0) + (units == Units::metric ? " km" : " mi"), "t",
                    Anchor::end);
    return bar;
}

// The tracks of the region, each no further than `tolerance` from what it was, in units of the drawing.
void simplify_all(std::vector<MapTrack>& tracks, const MapFrame& frame, double tolerance) {
    constexpr std::size_t most_points = 400;
    for (auto& track : tracks) {
        track.points = analysis::simplify_track(
            track.points, {}, {.tolerance = tolerance * frame.metres, .points = most_points});
    }
}

// By colour, so that its name stands there once.
std::string draw_tracks(const std::vector<MapTrack>& tracks, const MapFrame& frame) {
    std::map<int, std::string> by_tone;
    std::vector<Point> points;
    for (const auto& track : tracks) {
        points.clear();
        for (const auto& place : track.points) {
            points.push_back(frame(place));
        }
        const auto path = path_through(points);
        if (path.find('l') != std::string::npos) {
            by_tone[track.tone] += "<path d=\"" + path + "\"/>";
        }
    }
    std::string drawing;
    for (const auto& [tone, paths] : by_tone) {
        drawing += fmt::format("<g class=\"s{} p\">{}</g>", tone, paths);
    }
    return drawing;
}

} // namespace

Picture draw_map(std::span<const MapTrack> tracks, const TrackRegion& region, const MapOptions& options) {
    const auto frame = frame_of(tracks, region, options);
    const double step = grid_step(frame, options.units);
    constexpr double finest = 0.5; // units of the drawing
    constexpr double coarsest = 20;
    std::vector<MapTrack> shown;
    for (const auto index : region.tracks) {
        shown.push_back(tracks[index]);
    }
    simplify_all(shown, frame, finest);
    auto drawing = draw_tracks(shown, frame);
    for (double tolerance = finest; drawing.size() > options.most_bytes && tolerance < coarsest;) {
        tolerance *= 1.6;
        simplify_all(shown, frame, tolerance);
        drawing = draw_tracks(shown, frame);
    }
    constexpr double foot = 24;
    Picture picture{frame.width, frame.height + foot,
                    "Map of the tracks around " + format_place(region.centre), draw_grid(frame, step)};
    // An element of its own cuts off what leaves the map.
    picture.body.text += fmt::format("<svg width=\"{}\" height=\"{}\">{}</svg>", coordinate(frame.width),
                                     coordinate(frame.height), drawing);
    picture.body += svg_legend({0, frame.height + 17}, options.legend);
    picture.body += draw_scale_bar(frame, step, options.units);
    return picture;
}

std::string format_place(model::LatLng place) {
    return fmt::format("{:.2f}° {}, {:.2f}° {}", std::abs(place.lat), place.lat < 0 ? "S" : "N",
                       std::abs(place.lng), place.lng < 0 ? "W" : "E");
}

} // namespace harrier::report
