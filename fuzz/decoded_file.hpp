// SPDX-License-Identifier: MIT
#pragma once

// What must hold of a decoded file, whatever bytes it was made from; aborts where it does not.

#include "model/recording.hpp"

#include <cstdlib>

namespace harrier::fuzz {

inline void check(bool holds) {
    if (!holds) {
        std::abort();
    }
}

inline void check_columns(const model::Recording& recording) {
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
    for (const auto at : recording.breaks) {
        check(at > 0 && at < s.size());
    }
}

inline void check_file(const model::DecodedFile& file, std::size_t size) {
    for (const auto& recording : file.recordings) {
        check_columns(recording);
    }
    for (const auto& finding : file.findings) {
        check(finding.offset <= size);
    }
}

} // namespace harrier::fuzz
