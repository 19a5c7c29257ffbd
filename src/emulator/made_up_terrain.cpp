// SPDX-License-Identifier: MIT
#include "emulator/made_up_terrain.hpp"

#include "emulator/repeatable_random.hpp"

#include <array>
#include <cmath>
#include <cstdint>

namespace harrier::emulator {

namespace {

constexpr double pi = 3.14159265358979323846;

struct Point {
    double x; // m to the east of the place
    double y; // m to the north
};

// Sine of `turns` whole circles. Own series, because the last bit of the library's differs between machines.
double wave(double turns) {
    double x = turns - std::floor(turns);
    x = x > 0.75 ? x - 1.0 : (x > 0.25 ? 0.5 - x : x);
    const double y = x * 2.0 * pi;
    const double q = y * y;
    return y * (1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0 * (1.0 - q / 72.0 * (1.0 - q / 110.0)))));
}

double cowave(double turns) {
    return wave(turns + 0.25);
}

// Hills as a sum of plane waves, flattened along a river that runs east to west through the place.
struct Ripple {
    double height_m;
    double east_per_m; // waves per metre
    double north_per_m;
    double phase;
};

struct Land {
    double lat;
    double lng;
    double base_m;
    double hilliness;
    double valley_m; // half of the valley's width
    Zone zone;
};

enum Where : std::size_t { erlenbrueck, cottonwood, skerry };

constexpr std::array<Land, 3> lands{{
    {50.7312, 10.0418, 268.0, 1.0, 1400.0, Zone::berlin},    // Erlenbrück on the Lauter
    {40.0481, -105.2917, 1672.0, 1.1, 1800.0, Zone::denver}, // Cottonwood Ford
    {-20.1046, 170.2208, 12.0, 0.5, 300.0, Zone::berlin},    // Skerry, an island of a trainer's game
}};

constexpr std::array<Ripple, 8> ripples{{
    {58.0, 1.0 / 9100, 1.0 / 7300, 0.15},
    {41.0, -1.0 / 6100, 1.0 / 5200, 0.62},
    {14.0, 1.0 / 2900, -1.0 / 2300, 0.33},
    {8.0, 1.0 / 1700, 1.0 / 2100, 0.91},
    {5.0, -1.0 / 1250, 1.0 / 1900, 0.48},
    {2.0, 1.0 / 610, 1.0 / 540, 0.07},
    {1.2, -1.0 / 380, 1.0 / 450, 0.71},
    {0.5, 1.0 / 170, 1.0 / 230, 0.26},
}};

double height(const Land& land, Point p) {
    double sum = 0;
    for (const Ripple& ripple : ripples) {
        sum += ripple.height_m * wave(p.x * ripple.east_per_m + p.y * ripple.north_per_m + ripple.phase);
    }
    const double away = p.y * p.y / (land.valley_m * land.valley_m);
    const double valley = away / (1.0 + away);
    const double river_falls = -p.x * 0.0012;
    return land.base_m + river_falls + land.hilliness * (0.06 + 0.94 * valley) * (sum + 70.0 * valley);
}

enum class Shape { loop, out_and_back, oval };

struct RouteSpec {
    std::string_view name;
    RouteUse use;
    Where where;
    Shape shape;
    double bearing_turns; // 0 = east, 0.25 = north
    double length_m;
    double slimness; // of a loop: 1 = round, small = along its bearing
};

constexpr std::array<RouteSpec, 35> route_specs{{
    {"Mill Round", RouteUse::run, erlenbrueck, Shape::loop, 0.52, 5180, 0.5},
    {"Allotments and Weir", RouteUse::run, erlenbrueck, Shape::loop, 0.97, 6840, 0.4},
    {"Lauter Path", RouteUse::run, erlenbrueck, Shape::out_and_back, 0.005, 8120, 1.0},
    {"Galgenberg", RouteUse::run, erlenbrueck, Shape::loop, 0.21, 9430, 0.7},
    {"Two Bridges", RouteUse::run, erlenbrueck, Shape::loop, 0.53, 10210, 0.35},
    {"Hohe Warte", RouteUse::run, erlenbrueck, Shape::loop, 0.28, 12360, 0.8},
    {"Railway Line", RouteUse::run, erlenbrueck, Shape::out_and_back, 0.49, 14080, 1.0},
    {"Buchental", RouteUse::run, erlenbrueck, Shape::loop, 0.70, 15720, 0.7},
    {"Three Villages", RouteUse::run, erlenbrueck, Shape::loop, 0.92, 18240, 0.6},
    {"Weir and Back", RouteUse::run, erlenbrueck, Shape::out_and_back, 0.50, 20130, 1.0},
    {"Ridge Road", RouteUse::run, erlenbrueck, Shape::loop, 0.32, 22480, 0.8},
    {"Far Mill", RouteUse::run, erlenbrueck, Shape::loop, 0.02, 25310, 0.4},
    {"Long Lauter", RouteUse::run, erlenbrueck, Shape::loop, 0.51, 28640, 0.12},
    {"Down to Steinau", RouteUse::run, erlenbrueck, Shape::loop, 0.48, 32150, 0.25},
    {"Jahn Stadium", RouteUse::track, erlenbrueck, Shape::oval, 0.10, 400, 1.0},
    {"Erlenbrück 5K", RouteUse::race, erlenbrueck, Shape::loop, 0.51, 5016, 0.4},
    {"Lauter 10K", RouteUse::race, erlenbrueck, Shape::loop, 0.01, 10034, 0.2},
    {"Talquell Half", RouteUse::race, erlenbrueck, Shape::loop, 0.49, 21176, 0.08},
    {"Werrastein Marathon", RouteUse::race, erlenbrueck, Shape::loop, 0.50, 42331, 0.05},
    {"Hohe Warte Trails", RouteUse::trail, erlenbrueck, Shape::loop, 0.27, 13900, 1.0},
    {"Nine Peaks", RouteUse::trail, erlenbrueck, Shape::loop, 0.24, 21700, 0.9},
    {"Reservoir Spin", RouteUse::ride, erlenbrueck, Shape::loop, 0.75, 26300, 0.6},
    {"Lauter and Hills", RouteUse::ride, erlenbrueck, Shape::loop, 0.35, 43800, 0.7},
    {"Seven Villages", RouteUse::ride, erlenbrueck, Shape::loop, 0.60, 64200, 0.7},
    {"Big Northern", RouteUse::ride, erlenbrueck, Shape::loop, 0.25, 96700, 0.8},
    {"To the Office", RouteUse::ride, erlenbrueck, Shape::out_and_back, 0.98, 5300, 1.0},
    {"Hohe Warte on Foot", RouteUse::hike, erlenbrueck, Shape::loop, 0.26, 11800, 0.6},
    {"Quarry Lake", RouteUse::swim, erlenbrueck, Shape::loop, 0.10, 1850, 0.4},
    {"Creek Path", RouteUse::run, cottonwood, Shape::out_and_back, 0.02, 8060, 1.0},
    {"Mesa Loop", RouteUse::run, cottonwood, Shape::loop, 0.45, 12900, 0.6},
    {"Reservoir", RouteUse::run, cottonwood, Shape::loop, 0.10, 18700, 0.5},
    {"Mesa Trail", RouteUse::trail, cottonwood, Shape::loop, 0.40, 14600, 0.8},
    {"Canyon Rim", RouteUse::hike, cottonwood, Shape::loop, 0.36, 13200, 0.8},
    {"Canyon Road", RouteUse::ride, cottonwood, Shape::loop, 0.42, 47500, 0.6},
    {"Skerry Lighthouse", RouteUse::virtual_ride, skerry, Shape::loop, 0.30, 30400, 0.8},
}};

// How often the k-th bend comes on a loop; on short ones the tightest are left out.
constexpr double shortest_bend_m = 420;
double bends_of(std::size_t k) {
    return static_cast<double>(k * k / 2 + k + 2);
}

// A closed curve through the place, drawn out along the bearing, with bends that no two routes share.
std::vector<Point> draw_loop(const RouteSpec& spec, RepeatableRandom& random, std::size_t count) {
    const double ahead = cowave(spec.bearing_turns);
    const double aside = wave(spec.bearing_turns);
    std::array<double, 9> size{};
    std::array<double, 9> phase{};
    for (std::size_t k = 0; k < size.size(); ++k) {
        size[k] = random.between(0.2, 0.5) / static_cast<double>(k + 2);
        phase[k] = random.unit();
    }
    std::vector<Point> points(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double turn = static_cast<double>(i) / static_cast<double>(count);
        double radius = 1.0;
        for (std::size_t k = 0; k < size.size() && bends_of(k) * shortest_bend_m <= spec.length_m; ++k) {
            radius += 0.35 * size[k] * wave(bends_of(k) * turn + phase[k]);
        }
        const double along = 1.0 - radius * cowave(turn);
        const double across = radius * wave(turn) * spec.slimness;
        points[i] = {along * ahead - across * aside, along * aside + across * ahead};
    }
    return points;
}

std::vector<Point> draw_out_and_back(const RouteSpec& spec, RepeatableRandom& random, std::size_t count) {
    const double ahead = cowave(spec.bearing_turns);
    const double aside = wave(spec.bearing_turns);
    const double bend = random.unit();
    std::vector<Point> points(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double turn = static_cast<double>(i) / static_cast<double>(count);
        const double along = turn < 0.5 ? 2 * turn : 2 - 2 * turn;
        const double across = 0.05 * wave(2.3 * along + bend) + 0.012 * wave(9.1 * along + 2 * bend);
        points[i] = {along * ahead - across * aside, along * aside + across * ahead};
    }
    return points;
}

// The inner lane of a running track: straights of 84.39 m, bends of 36.8 m radius measured 0.3 m out.
std::vector<Point> draw_oval(std::size_t count) {
    constexpr double straight = 84.39 / 400.0;
    constexpr double bend = 0.5 - straight;
    constexpr double radius = bend / pi;
    std::vector<Point> points(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double s = static_cast<double>(i) / static_cast<double>(count);
        const bool second_half = s >= 0.5;
        const double h = second_half ? s - 0.5 : s;
        Point p{h, -radius};
        if (h > straight) {
            const double angle = (h - straight) / bend * 0.5 - 0.25;
            p = {straight + radius * cowave(angle), radius * wave(angle)};
        }
        points[i] = second_half ? Point{straight - p.x, -p.y} : p;
    }
    return points;
}

double distance(Point a, Point b) {
    return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

// Scales a closed curve to `length_m`, begins it at the place, and puts points at even distances.
std::vector<Point> even_out(const std::vector<Point>& curve, double length_m, std::size_t count) {
    double drawn = 0;
    for (std::size_t i = 0; i < curve.size(); ++i) {
        drawn += distance(curve[i], curve[(i + 1) % curve.size()]);
    }
    const double scale = length_m / drawn;
    const double step = drawn / static_cast<double>(count);
    std::vector<Point> even;
    even.reserve(count);
    double passed = 0;
    for (std::size_t i = 0; i < curve.size() && even.size() < count; ++i) {
        const Point from = curve[i];
        const Point to = curve[(i + 1) % curve.size()];
        const double part = distance(from, to);
        while (even.size() < count && static_cast<double>(even.size()) * step < passed + part) {
            const double f = (static_cast<double>(even.size()) * step - passed) / part;
            even.push_back({(from.x + (to.x - from.x) * f - curve[0].x) * scale,
                            (from.y + (to.y - from.y) * f - curve[0].y) * scale});
        }
        passed += part;
    }
    while (even.size() < count) { // rounding can lose the last point
        even.push_back(even.back());
    }
    return even;
}

std::vector<Point> draw(const RouteSpec& spec, RepeatableRandom& random, std::size_t count) {
    switch (spec.shape) {
    case Shape::loop:
        return draw_loop(spec, random, count);
    case Shape::out_and_back:
        return draw_out_and_back(spec, random, count);
    case Shape::oval:
        break;
    }
    return draw_oval(count);
}

// Roads are cut into the land: heights become the mean of those within `reach` points.
void build_road(std::vector<RoutePoint>& points, std::size_t reach) {
    const std::size_t count = points.size();
    std::vector<double> heights(count);
    for (std::size_t i = 0; i < count; ++i) {
        heights[i] = points[i].altitude_m;
    }
    double sum = 0;
    for (std::size_t i = 0; i < 2 * reach + 1; ++i) {
        sum += heights[(i + count - reach) % count];
    }
    for (std::size_t i = 0; i < count; ++i) {
        points[i].altitude_m = sum / static_cast<double>(2 * reach + 1);
        sum += heights[(i + reach + 1) % count] - heights[(i + count - reach) % count];
    }
}

double road_reach_m(RouteUse use) {
    switch (use) {
    case RouteUse::ride:
    case RouteUse::virtual_ride:
    case RouteUse::race:
        return 250;
    case RouteUse::run:
        return 90;
    case RouteUse::track:
    case RouteUse::trail:
    case RouteUse::hike:
    case RouteUse::swim:
        break;
    }
    return 0;
}

Route build_route(const RouteSpec& spec, std::uint64_t seed) {
    const Land& land = lands[spec.where];
    RepeatableRandom random(seed);
    const double wanted_step = spec.length_m > 23000 ? 20.0 : (spec.length_m > 1000 ? 10.0 : 4.0);
    const auto count = static_cast<std::size_t>(spec.length_m / wanted_step);
    const double step = spec.length_m / static_cast<double>(count);
    const std::vector<Point> track = even_out(draw(spec, random, count), spec.length_m, count);
    const double lat_m = degree_lengths(land.lat).lat_m;
    const bool is_level = spec.shape == Shape::oval || spec.use == RouteUse::swim;
    Route route{spec.name, spec.use, land.zone, spec.length_m, 1.0 / step, {}};
    route.points.reserve(count);
    for (const Point p : track) {
        const double lat = land.lat + p.y / lat_m;
        const double altitude = is_level ? land.base_m + 4.0 : height(land, p);
        route.points.push_back({lat, land.lng + p.x / degree_lengths(lat).lng_m, altitude, 0});
    }
    build_road(route.points, static_cast<std::size_t>(road_reach_m(spec.use) / step));
    for (std::size_t i = 0; i < count; ++i) {
        route.points[i].grade =
            (route.points[(i + 1) % count].altitude_m - route.points[i].altitude_m) / step;
    }
    return route;
}

} // namespace

DegreeLengths degree_lengths(double lat) {
    constexpr double a = 6378137.0;
    constexpr double f = 1.0 / 298.257223563;
    constexpr double e2 = f * (2.0 - f);
    const double sine = wave(lat / 360.0);
    const double w = 1.0 - e2 * sine * sine;
    const double n = a / std::sqrt(w);
    const double m = a * (1.0 - e2) / (w * std::sqrt(w));
    return {m * pi / 180.0, n * cowave(lat / 360.0) * pi / 180.0};
}

RoutePoint Route::at(double distance_m) const {
    const double place = distance_m * points_per_m;
    const auto whole = static_cast<std::size_t>(place);
    const double f = place - static_cast<double>(whole);
    const std::size_t here = whole < points.size() ? whole : whole % points.size();
    const RoutePoint& from = points[here];
    const RoutePoint& to = points[here + 1 < points.size() ? here + 1 : 0];
    return {from.lat + (to.lat - from.lat) * f, from.lng + (to.lng - from.lng) * f,
            from.altitude_m + (to.altitude_m - from.altitude_m) * f, from.grade};
}

Terrain::Terrain() {
    m_routes.reserve(route_specs.size());
    for (const RouteSpec& spec : route_specs) {
        m_routes.push_back(build_route(spec, seed_of(0x4861727269657221U, m_routes.size())));
    }
}

std::size_t Terrain::find_route(RouteUse use, Zone zone, double length_m) const {
    std::size_t best = 0;
    double best_miss = 1e12;
    for (std::size_t i = 0; i < m_routes.size(); ++i) {
        const Route& route = m_routes[i];
        if (route.use != use || (route.zone != zone && use != RouteUse::virtual_ride)) {
            continue;
        }
        const double miss = route.length_m > length_m ? route.length_m - length_m : length_m - route.length_m;
        if (miss < best_miss) {
            best_miss = miss;
            best = i;
        }
    }
    return best;
}

} // namespace harrier::emulator
