// SPDX-License-Identifier: MIT
#pragma once

// A recording as a TCX v2 file of one activity that tcx.hpp reads back to the same. Samples lie in the lap
// that runs when they were taken; a break or a pause is a new Track of its lap (an empty one goes before
// where it falls on the beginning of a lap). Speed, watts and the cadence of a runner stand in the extension
// TPX, those of a lap in LX, the device in Creator. Positions, altitudes, distances, speeds and times of laps
// come back as the same doubles, moments to the millisecond; heart rates (1 to 255), cadences (0 to 254),
// watts and calories (to 65,535) as whole numbers, as the schema has them. What does not fit is left out,
// never clipped. Words are well-formed whatever they hold.
//
// What a lap does not know is left out, also TotalTimeSeconds, DistanceMeters and Calories, which a strict
// schema asks for: a zero would be a lie. Intensity and TriggerMethod are always there, "Active" and "Manual"
// where nothing is known. A recording without laps becomes one lap with its totals.
//
// TCX cannot hold: the name, sports but Running, Biking and Other, temperature, grade, columns of apps,
// lengths, heart beats, the user, all devices but the first, and the offset from UTC; of totals the elapsed
// time, ascent, descent, work, temperature and normalised watts; those of the recording are what its laps sum
// up to. The start is that of the first lap, its end that of its last sample. A pause lasts from the last
// sample before it to the first one behind it; a break is a pause where its times tell one. A recording
// without a start has times from 1970 on. Pure, linear in the samples.

#include "model/recording.hpp"

#include <string>

namespace harrier::formats {

[[nodiscard]] std::string write_tcx(const model::Recording& recording);

} // namespace harrier::formats
