// SPDX-License-Identifier: MIT
#pragma once

// Distances on the WGS84 ellipsoid, in metres. Pure. Longitudes wrap: the shorter way over the antimeridian
// counts. A coordinate that is not finite gives NaN.

#include "model/activity.hpp"

#include <optional>

namespace harrier::analysis {

// The one to use: the mid-latitude step where it is exact to 4e-6 (up to 20 km, within 80° of latitude),
// else Vincenty's, else (nearly antipodal points) the sphere's.
[[nodiscard]] double distance_between(model::LatLng from, model::LatLng to);

// One cosine and two square roots: the local radii of curvature at the middle latitude. Relative error below
// 1e-9 for steps up to 100 m, 5e-8 at 1 km, 5e-6 at 10 km, for |latitude| < 80°.
[[nodiscard]] double mid_latitude_distance(model::LatLng from, model::LatLng to);

// The geodesic (Vincenty 1975, Survey Review 23:176, inverse formula), with differences of angles in place of
// differences of products, so that steps of a metre keep their digits. Nothing where it does not converge.
[[nodiscard]] std::optional<double> vincenty_distance(model::LatLng from, model::LatLng to);

// On a sphere of the earth's mean radius; up to 0.56 % off. What many other tools show.
[[nodiscard]] double haversine_distance(model::LatLng from, model::LatLng to);

// Longitudes as a difference within ±180°.
[[nodiscard]] double wrapped_degrees(double degrees);

// Metres per degree of latitude and of longitude around a latitude, for flat drawings of a small region.
struct MetresPerDegree {
    double lat;
    double lng;
};
[[nodiscard]] MetresPerDegree metres_per_degree(double latitude);

} // namespace harrier::analysis
