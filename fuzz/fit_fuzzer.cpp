// SPDX-License-Identifier: MIT

// Any bytes at all are decoded without a crash, and what comes out holds together.

#include "formats/fit/decode.hpp"

#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace {

using namespace harrier;

void check(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void check_columns(const model::Recording& recording) {
    const auto& s = recording.streams;
    for (const auto* column : {&s.latitude, &s.longitude, &s.distance, &s.altitude, &s.velocity_smooth,
                               &s.heartrate, &s.cadence, &s.watts, &s.temp, &s.grade_smooth}) {
        check(column->empty() || column->size() == s.size());
    }
    for (const auto& extra : recording.extra) {
        check(extra.values.size() == s.size());
    }
    check(s.latitude.size() == s.longitude.size());
    for (const double time : s.time) {
        check(!model::is_missing(time));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = formats::fit::decode(std::as_bytes(std::span(data, size)));
    for (const auto& recording : file.recordings) {
        check_columns(recording);
    }
    for (const auto& finding : file.findings) {
        check(finding.offset <= size);
    }
    return 0;
}
