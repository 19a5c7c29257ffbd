// SPDX-License-Identifier: MIT
#pragma once

// A recording as a FIT file that decode.hpp reads back to the same, to the resolution of the format: whole
// seconds (each moment goes to the nearest, halves up), positions 8.4e-8°, altitude 0.2 m from -500 m on,
// distance 0.01 m, speed 0.001 m/s, heart rate and power 1, cadence 1/128 rpm, temperature 1 °C, grade
// 0.01 %; columns of apps as they are. Totals likewise; ascent and descent in whole metres. What does not fit
// is left out, never clipped or wrapped. Columns that the recording lacks are not in the file.
//
// FIT cannot hold: the name and the description, breaks that are no pause, moments before July 1998 (a
// recording that starts earlier keeps its times, but not its date), an offset from UTC that is no quarter of
// an hour, heart beats more than 65.5 s apart, columns of apps beyond the 128th, more than 64 devices, and
// triggers and intensities of laps but its own words. Pure, linear in the samples. Throws Error{data} beyond
// 4 GB.

#include "model/recording.hpp"

#include <string>

namespace harrier::formats::fit {

[[nodiscard]] std::string encode(const model::Recording& recording);

} // namespace harrier::formats::fit
