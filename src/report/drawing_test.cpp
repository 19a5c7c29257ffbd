// SPDX-License-Identifier: MIT
#include "report/drawing.hpp"
#include "report/table.hpp"

#include <gmock/gmock.h>

namespace harrier::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Bar, FillsItsWidthInEighths) {
    EXPECT_EQ(bar(1, 3), "███");
    EXPECT_EQ(bar(0.5, 3), "█▌");
    EXPECT_EQ(bar(0.125, 1), "▏");
}

TEST(Bar, ShowsTheSmallestShareAndHidesNone) {
    EXPECT_EQ(bar(0.000001, 20), "▏");
    EXPECT_EQ(bar(0, 20), "");
    EXPECT_EQ(bar(-1, 20), "");
}

TEST(Bar, NeverLeavesItsWidth) {
    EXPECT_EQ(display_width(bar(7.5, 20)), 20);
}

TEST(Track, DrawsASquareAsASquareAtTheEquator) {
    const std::vector<model::LatLng> square{{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}};
    EXPECT_THAT(draw_track(square, 4, 2), ElementsAre("⡏⠉⠉⢹", "⣇⣀⣀⣸"));
}

TEST(Track, IsNarrowerInTheNorthWhereDegreesAreShorter) {
    const std::vector<model::LatLng> square{{59.5, 0}, {59.5, 1}, {60.5, 1}, {60.5, 0}, {59.5, 0}};
    const auto drawn = draw_track(square, 40, 10);
    ASSERT_EQ(drawn.size(), 10U);
    EXPECT_EQ(display_width(drawn.front()), 11); // 20 dots and the last one
}

TEST(Track, StaysInOnePieceAcrossThe180thMeridian) {
    const std::vector<model::LatLng> line{{0, 179.5}, {0, -179.5}};
    EXPECT_THAT(draw_track(line, 3, 3), ElementsAre("⠉⠉⠉"));
}

TEST(Track, DrawsAStraightWayNorth) {
    const std::vector<model::LatLng> line{{50, 8}, {51, 8}};
    EXPECT_THAT(draw_track(line, 10, 2), ElementsAre("⡇", "⡇"));
}

TEST(Track, IsEmptyWithoutTwoDifferentPoints) {
    EXPECT_THAT(draw_track({}, 10, 10), IsEmpty());
    const std::vector<model::LatLng> still{{1, 1}, {1, 1}, {1, 1}};
    EXPECT_THAT(draw_track(still, 10, 10), IsEmpty());
}

TEST(Track, LeavesOutPointsThatAreNoPlace) {
    const std::vector<model::LatLng> line{{0, 0}, {5000, 3}, {0, 1}};
    EXPECT_THAT(draw_track(line, 3, 3), ElementsAre("⠉⠉⠉"));
}

} // namespace
} // namespace harrier::report
