// SPDX-License-Identifier: MIT
#include "report/svg_map.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace harrier::report {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// A circle of a kilometre or so.
MapTrack round_track(double lat, double lng, double radius = 0.01, int points = 200) {
    MapTrack track;
    for (int i = 0; i <= points; ++i) {
        const double angle = 2 * 3.14159265358979 * i / points;
        track.points.push_back(
            {lat + radius * std::sin(angle), lng + radius * (std::cos(angle) - 1) / std::cos(lat / 57.3)});
    }
    return track;
}

TEST(TrackRegions, AreThePlacesThatHangTogether) {
    const std::vector<MapTrack> tracks{round_track(48.5, 9.0), round_track(40.0, -105.3),
                                       round_track(48.6, 9.4), round_track(48.8, 9.9), MapTrack{}};
    const auto regions = find_regions(tracks);
    ASSERT_EQ(regions.size(), 2U);
    EXPECT_THAT(regions[0].tracks, ElementsAre(0, 2, 3)); // each 40 km from the next
    EXPECT_THAT(regions[1].tracks, ElementsAre(1));
    EXPECT_NEAR(regions[0].centre.lat, 48.633, 0.001);
    EXPECT_TRUE(find_regions(std::vector<MapTrack>{}).empty());
}

TEST(TrackRegions, GoOnOverTheAntimeridian) {
    const std::vector<MapTrack> tracks{round_track(-17.0, 179.9), round_track(-17.0, -179.9)};
    const auto regions = find_regions(tracks);
    ASSERT_EQ(regions.size(), 1U);
    EXPECT_NEAR(std::abs(regions[0].centre.lng), 180, 0.01);
}

TEST(TrackMap, IsAsHighAsWideInTheSameMetres) {
    const std::vector<MapTrack> tracks{round_track(60, 10)};
    const auto picture = draw_map(tracks, find_regions(tracks).front(), {.width = 300, .least_height = 10});
    EXPECT_NEAR(picture.height - 24, 300, 6);
}

TEST(TrackMap, GetsCoarserUntilItFits) {
    std::vector<MapTrack> tracks;
    for (int i = 0; i < 300; ++i) {
        tracks.push_back(round_track(48.5 + i * 1e-4, 9, 0.01 + i * 1e-5));
    }
    const auto region = find_regions(tracks).front();
    const auto fine = draw_map(tracks, region, {}).body.text.size();
    const auto coarse = draw_map(tracks, region, {.most_bytes = 30'000}).body.text.size();
    EXPECT_GT(fine, 40'000U);
    EXPECT_LT(coarse, 32'000U); // the grid too
}

// One ride to the sea must not shrink the runs around the house.
TEST(TrackMap, AFewFarTracksLeaveItAtItsEdge) {
    std::vector<MapTrack> tracks;
    for (int i = 0; i < 200; ++i) {
        tracks.push_back(round_track(48.5, 9));
    }
    const auto near = draw_map(tracks, find_regions(tracks).front(), {}).body.text;
    tracks.push_back({{{48.5, 9.0}, {54.3, 10.1}}, 1});
    const auto far = draw_map(tracks, find_regions(tracks).front(), {}).body.text;
    EXPECT_EQ(near.substr(near.rfind("</svg>")).find(" km"), far.substr(far.rfind("</svg>")).find(" km"));
    EXPECT_THAT(far, HasSubstr("class=\"s1 p\""));
}

TEST(TrackMap, SaysItsPlaceScaleAndColours) {
    const std::vector<MapTrack> tracks{round_track(-33.9, 151.2)};
    const MapOptions options{.units = Units::imperial, .legend = {{"Running", "f0"}}};
    const auto picture = draw_map(tracks, find_regions(tracks).front(), options);
    EXPECT_THAT(picture.label, HasSubstr("33.90° S, 151.20° E"));
    EXPECT_THAT(picture.body.text, AllOf(HasSubstr(" mi</text>"), HasSubstr(">Running<")));
}

} // namespace
} // namespace harrier::report
