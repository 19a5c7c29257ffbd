// SPDX-License-Identifier: MIT
#include "formats/polyline.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace harrier::formats {
namespace {

using model::LatLng;

// The example of Google's description of the format.
const std::vector<LatLng> google_points = {{38.5, -120.2}, {40.7, -120.95}, {43.252, -126.453}};
constexpr std::string_view google_line = "_p~iF~ps|U_ulLnnqC_mqNvxq`@";

TEST(Polyline, EncodesGooglesExample) {
    EXPECT_EQ(encode_polyline(google_points), google_line);
    EXPECT_EQ(encode_polyline(std::vector<LatLng>{{0.0, -179.9832104}}), "?`~oia@");
}

TEST(Polyline, DecodesGooglesExample) {
    EXPECT_EQ(decode_polyline(google_line), google_points);
}

TEST(Polyline, TakesAnEmptyTextForNoPoints) {
    EXPECT_EQ(encode_polyline({}), "");
    EXPECT_EQ(decode_polyline(""), std::vector<LatLng>{});
}

TEST(Polyline, KeepsFiveDecimalsEverywhereOnEarth) {
    std::vector<LatLng> points;
    for (int i = 0; i <= 2000; ++i) {
        points.push_back({-90 + i * 0.09001, 180 - i * 0.18003});
    }
    points.insert(points.end(), {{90, -180}, {-90, 180}, {0, 0}, {-0.00001, 0.00001}, {-0.00001, 0.00001}});
    const auto decoded = decode_polyline(encode_polyline(points));
    ASSERT_TRUE(decoded);
    ASSERT_EQ(decoded->size(), points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        EXPECT_NEAR((*decoded)[i].lat, points[i].lat, 0.5001e-5) << i;
        EXPECT_NEAR((*decoded)[i].lng, points[i].lng, 0.5001e-5) << i;
    }
    EXPECT_EQ(encode_polyline(*decoded), encode_polyline(points));
}

TEST(Polyline, RefusesALineThatEndsInTheMiddleOfAPoint) {
    std::size_t whole = 0;
    for (std::size_t cut = 0; cut <= google_line.size(); ++cut) {
        whole += decode_polyline(google_line.substr(0, cut)) ? 1U : 0U;
    }
    EXPECT_EQ(whole, 4U); // after 0, 1, 2 and 3 points
}

TEST(Polyline, RefusesForeignCharactersAndEndlessNumbers) {
    EXPECT_FALSE(decode_polyline("_p~iF ps|U"));
    EXPECT_FALSE(decode_polyline("_p~iF\x7f"));
    EXPECT_FALSE(decode_polyline("\xff\xff"));
    EXPECT_FALSE(decode_polyline("~~~~~~~~~~~~~~?"));
    EXPECT_FALSE(decode_polyline("~~~~~~^?")); // 33 bits
}

TEST(Polyline, SurvivesALineThatWandersOffTheEarth) {
    std::string line;
    for (int i = 0; i < 1000; ++i) {
        line += "}~~~~~B?"; // + 2^31 - 1 units of latitude
    }
    const auto points = decode_polyline(line);
    ASSERT_TRUE(points);
    EXPECT_GT(points->back().lat, 1e6);
}

TEST(Polyline, EncodesWhatIsNoCoordinateWithoutOverflow) {
    const double infinite = std::numeric_limits<double>::infinity();
    const std::vector<LatLng> odd = {{infinite, -infinite}, {std::nan(""), 1e300}, {-1e300, 0}};
    const auto decoded = decode_polyline(encode_polyline(odd));
    ASSERT_TRUE(decoded);
    for (const auto& point : *decoded) {
        EXPECT_LE(std::abs(point.lat), 360.0);
        EXPECT_LE(std::abs(point.lng), 360.0);
    }
}

} // namespace
} // namespace harrier::formats
