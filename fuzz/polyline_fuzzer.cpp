// SPDX-License-Identifier: MIT

// Any text is decoded as a polyline, and what was decoded stays the same when it is written and read again.
// Points that a forged line has beyond the edge of the world are moved onto it, once.

#include "formats/polyline.hpp"
#include "fuzz/check.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace harrier;
    const auto points = formats::decode_polyline({reinterpret_cast<const char*>(data), size});
    if (points) {
        fuzz::check(points->size() <= size / 2);
        const auto again = formats::decode_polyline(formats::encode_polyline(*points));
        fuzz::check(again.has_value() && again->size() == points->size());
        const bool is_on_earth = std::all_of(points->begin(), points->end(), [](const model::LatLng& point) {
            return std::abs(point.lat) <= 360 && std::abs(point.lng) <= 360;
        });
        fuzz::check(!is_on_earth || again == points);
        fuzz::check(formats::decode_polyline(formats::encode_polyline(*again)) == again);
    }
    return 0;
}
