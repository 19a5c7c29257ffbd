// SPDX-License-Identifier: MIT
#pragma once

// What must hold of a decoded file, whatever bytes it was made from, and of what our writers make of it;
// aborts where it does not.

#include "formats/fit/decode.hpp"
#include "formats/fit/encode.hpp"
#include "formats/gpx.hpp"
#include "formats/gpx_writer.hpp"
#include "formats/tcx.hpp"
#include "formats/tcx_writer.hpp"
#include "fuzz/check.hpp"
#include "model/recording.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <string>

namespace harrier::fuzz {

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

// Whether each sample has a moment that all three formats hold: FIT begins in 1998, and what lies beyond 2099
// no reader of XML believes.
inline bool has_common_times(const model::Recording& recording) {
    using namespace std::chrono;
    const auto is_common = [](model::Moment moment) {
        return moment >= sys_days(year(1999) / 1 / 1) && moment < sys_days(year(2099) / 1 / 1);
    };
    return recording.start && is_common(*recording.start) &&
           std::all_of(recording.streams.time.begin(), recording.streams.time.end(), [&](double time) {
               constexpr double longest = 1e10;
               return time > -longest && time < longest &&
                      is_common(*recording.start + milliseconds(static_cast<std::int64_t>(time * 1000)));
           });
}

// Our own file: one recording with as many samples, and nothing to find fault with but what the recording
// itself brings along.
inline void check_written(const model::Recording& before, std::size_t samples,
                          const model::DecodedFile& file) {
    check(file.recordings.size() == 1 && file.recordings[0].streams.size() == samples);
    check_columns(file.recordings[0]);
    for (const auto& finding : file.findings) {
        check(finding.what.find("times step back") != std::string::npos || !has_common_times(before));
    }
}

inline void check_writers(const model::Recording& recording) {
    const auto bytes = [](const std::string& text) { return std::as_bytes(std::span(text)); };
    const auto samples = recording.streams.size();
    const auto fit = formats::fit::encode(recording);
    check_written(recording, samples, formats::fit::decode(bytes(fit)));
    const auto tcx = formats::write_tcx(recording);
    check_written(recording, samples, formats::tcx::decode(bytes(tcx)));
    const auto gpx = formats::write_gpx(recording);
    if (const auto points = formats::count_gpx_points(recording); points > 0) {
        check_written(recording, points, formats::gpx::decode(bytes(gpx)));
    }
}

inline void check_file(const model::DecodedFile& file, std::size_t size) {
    constexpr std::size_t most_written = 2; // of hundreds of empty sessions, which would only take time
    for (std::size_t i = 0; i < file.recordings.size(); ++i) {
        check_columns(file.recordings[i]);
        if (i < most_written) {
            check_writers(file.recordings[i]);
        }
    }
    for (const auto& finding : file.findings) {
        check(finding.offset <= size);
    }
}

} // namespace harrier::fuzz
