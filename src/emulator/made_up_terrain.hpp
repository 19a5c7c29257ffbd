// SPDX-License-Identifier: MIT
#pragma once

// The invented land where the made-up athlete trains, and the routes through it: tables of points at even
// distances, each with its height. Places are invented, their positions are plausible. Pure; once built, any
// thread may read it. Only +, -, *, / and square roots are used: the same points on every machine.

#include "emulator/made_up_zone.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace harrier::emulator {

enum class RouteUse { run, race, track, trail, ride, hike, swim, virtual_ride };

struct RoutePoint {
    double lat = 0; // degrees
    double lng = 0; // degrees
    double altitude_m = 0;
    double grade = 0; // rise over run to the next point
};

struct Route {
    std::string_view name;
    RouteUse use = RouteUse::run;
    Zone zone = Zone::berlin;
    double length_m = 0;
    double points_per_m = 0;
    std::vector<RoutePoint> points;

    // The point after `distance_m`; behind the end the route begins anew.
    [[nodiscard]] RoutePoint at(double distance_m) const;
};

class Terrain {
public:
    Terrain();

    [[nodiscard]] const Route& route(std::size_t index) const { return m_routes[index]; }

    // The index of the route of that use and zone whose length is nearest to `length_m`; the first route when
    // there is none.
    [[nodiscard]] std::size_t find_route(RouteUse use, Zone zone, double length_m) const;

private:
    std::vector<Route> m_routes;
};

// Metres per degree on the WGS84 ellipsoid at a latitude.
struct DegreeLengths {
    double lat_m;
    double lng_m;
};
[[nodiscard]] DegreeLengths degree_lengths(double lat);

} // namespace harrier::emulator
