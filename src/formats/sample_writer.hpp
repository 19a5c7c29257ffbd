// SPDX-License-Identifier: MIT
#pragma once

// The samples of a recording for programs, in the words and units of Strava's streams: time (s since the
// start), latlng (degrees), distance (m), altitude (m), velocity_smooth (m/s), heartrate (bpm), cadence
// (rpm), watts, temp (°C), grade_smooth (%). Numbers are the shortest that read back as the same double.
// Columns of apps have no word of Strava's and are left out. Pure, linear in the samples.

#include "model/recording.hpp"

#include <string>

namespace harrier::formats {

// RFC 4180: a header, then a line for each sample, ended by CR LF; `lat` and `lng` for latlng, nothing where
// a sample is missing. Columns that no sample has are left out.
[[nodiscard]] std::string write_samples_csv(const model::Recording& recording);

// A JSON object as the API answers with key_by_type
// (developers.strava.com/docs/reference/#api-models-StreamSet):
// {"time":{"data":[0,1],"series_type":"time","original_size":2,"resolution":"high"},…}. Missing samples are
// null.
[[nodiscard]] std::string write_stream_set(const model::Recording& recording);

} // namespace harrier::formats
