// SPDX-License-Identifier: MIT
#include "analysis/geodesic.hpp"

#include <cmath>
#include <numbers>

namespace harrier::analysis {

namespace {

constexpr double equatorial_radius = 6378137;    // m, WGS84
constexpr double flattening = 1 / 298.257223563; // WGS84
constexpr double mean_radius = 6371008.8;        // m
constexpr double eccentricity_squared = flattening * (2 - flattening);
constexpr double radians_per_degree = std::numbers::pi / 180;
constexpr double longest_flat_step = 20'000; // m
constexpr double highest_flat_latitude = 80; // degrees

double square(double value) {
    return value * value;
}

// Differences of degrees first: they are exact where those of radians are rounded.
double longitude_step(model::LatLng from, model::LatLng to) {
    return wrapped_degrees(to.lng - from.lng) * radians_per_degree;
}
double latitude_step(model::LatLng from, model::LatLng to) {
    return (to.lat - from.lat) * radians_per_degree;
}

// Latitude on the auxiliary sphere.
struct ReducedLatitude {
    double sine;
    double cosine;
    double scale; // of the two above: 1 / hypot
};

ReducedLatitude reduce(double latitude) {
    const double radians = latitude * radians_per_degree;
    const double sine = (1 - flattening) * std::sin(radians);
    const double cosine = std::cos(radians);
    const double scale = 1 / std::hypot(sine, cosine);
    return {sine * scale, cosine * scale, scale};
}

// Length of a geodesic from the arc on the auxiliary sphere: the last lines of Vincenty's inverse formula.
double arc_length(double cosine_squared_azimuth, double sigma, double sine, double cosine,
                  double cosine_middle) {
    const double u = cosine_squared_azimuth * eccentricity_squared / (1 - eccentricity_squared);
    const double a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)));
    const double b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
    const double middle = square(cosine_middle);
    const double correction =
        b * sine *
        (cosine_middle + b / 4 *
                             (cosine * (-1 + 2 * middle) -
                              b / 6 * cosine_middle * (-3 + 4 * square(sine)) * (-3 + 4 * middle)));
    return equatorial_radius * (1 - flattening) * a * (sigma - correction);
}

} // namespace

double wrapped_degrees(double degrees) {
    return degrees >= -180 && degrees <= 180 ? degrees : std::remainder(degrees, 360.0);
}

MetresPerDegree metres_per_degree(double latitude) {
    const double cosine = std::cos(latitude * radians_per_degree);
    const double w = 1 - eccentricity_squared * (1 - square(cosine));
    const double normal = equatorial_radius / std::sqrt(w);
    const double meridian = normal * (1 - eccentricity_squared) / w;
    return {meridian * radians_per_degree, normal * cosine * radians_per_degree};
}

double mid_latitude_distance(model::LatLng from, model::LatLng to) {
    const auto scale = metres_per_degree((from.lat + to.lat) / 2);
    const double north = scale.lat * (to.lat - from.lat);
    const double east = scale.lng * wrapped_degrees(to.lng - from.lng);
    return std::sqrt(north * north + east * east);
}

std::optional<double> vincenty_distance(model::LatLng from, model::LatLng to) {
    constexpr int most_rounds = 100;
    constexpr double enough = 1e-13; // of the difference in longitude
    if (from == to) {
        return 0.0;
    }
    const auto a = reduce(from.lat);
    const auto b = reduce(to.lat);
    const double step = longitude_step(from, to);
    // The sine of the difference of the reduced latitudes, without taking the difference of near equals.
    const double sine_difference = (1 - flattening) * std::sin(latitude_step(from, to)) * a.scale * b.scale;
    double lambda = step;
    for (int round = 0; round < most_rounds; ++round) {
        const double east = b.cosine * std::sin(lambda);
        const double north = sine_difference + 2 * a.sine * b.cosine * square(std::sin(lambda / 2));
        const double sine = std::hypot(east, north);
        if (sine == 0) {
            return lambda == 0 ? std::optional(0.0) : std::nullopt;
        }
        const double cosine = a.sine * b.sine + a.cosine * b.cosine * std::cos(lambda);
        const double sigma = std::atan2(sine, cosine);
        const double sine_azimuth = a.cosine * b.cosine * std::sin(lambda) / sine;
        const double cosine_squared = 1 - square(sine_azimuth);
        const double cosine_middle = cosine_squared > 0 ? cosine - 2 * a.sine * b.sine / cosine_squared : 0;
        const double c = flattening / 16 * cosine_squared * (4 + flattening * (4 - 3 * cosine_squared));
        const double before = lambda;
        lambda =
            step + (1 - c) * flattening * sine_azimuth *
                       (sigma + c * sine * (cosine_middle + c * cosine * (-1 + 2 * square(cosine_middle))));
        if (std::abs(lambda - before) <= enough * std::abs(lambda)) {
            return arc_length(cosine_squared, sigma, sine, cosine, cosine_middle);
        }
    }
    return std::nullopt;
}

double haversine_distance(model::LatLng from, model::LatLng to) {
    const double part = square(std::sin(latitude_step(from, to) / 2)) +
                        std::cos(from.lat * radians_per_degree) * std::cos(to.lat * radians_per_degree) *
                            square(std::sin(longitude_step(from, to) / 2));
    return 2 * mean_radius * std::asin(std::sqrt(part > 1 ? 1 : part));
}

double distance_between(model::LatLng from, model::LatLng to) {
    if (std::abs(from.lat) <= highest_flat_latitude && std::abs(to.lat) <= highest_flat_latitude) {
        const double flat = mid_latitude_distance(from, to);
        if (!(flat > longest_flat_step)) {
            return flat;
        }
    }
    const auto geodesic = vincenty_distance(from, to);
    return geodesic ? *geodesic : haversine_distance(from, to);
}

} // namespace harrier::analysis
