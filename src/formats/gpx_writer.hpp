// SPDX-License-Identifier: MIT
#pragma once

// A recording as a GPX 1.1 file that gpx.hpp reads back to the same: one track, a segment at each break and
// behind each pause, sensors in Garmin's TrackPointExtension v2, power as a bare <power> beside it, creator
// "harrier". Positions, elevations, speeds, powers and temperatures come back as the same doubles, times to
// the millisecond, heart rate (1 to 255) and cadence (0 to 254) as whole numbers, as the extension's schema
// has them. What does not fit is left out, never clipped. Words are well-formed whatever they hold.
//
// GPX cannot hold: samples without a position (left out: the schema asks for one, and other readers refuse
// the whole file), distance, grade, columns of apps but `course` and `water_temperature`, laps, lengths,
// totals, heart beats, devices, the user, and the offset from UTC. The start is that of the first point. A
// pause lasts from the last point before it to the first one behind it; a break is a pause where its times
// tell one. A recording without a start has times from 1970 on. Pure, linear in the samples.

#include "model/recording.hpp"

#include <cstddef>
#include <string>

namespace harrier::formats {

[[nodiscard]] std::string write_gpx(const model::Recording& recording);

// How many of the samples become points: those with a position.
[[nodiscard]] std::size_t count_gpx_points(const model::Recording& recording);

} // namespace harrier::formats
