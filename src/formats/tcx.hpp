// SPDX-License-Identifier: MIT
#pragma once

// A TCX file as recordings, one per Activity (also those of a multisport session). Lenient: what was damaged,
// repaired or left out is a finding, and nothing throws. Courses give a finding and no recording. Elements
// are told by local name, extensions (Speed, Watts, RunCadence) also where they carry any prefix or their own
// xmlns.
//
// Lap totals are kept as the device wrote them; the recording's are their sums and maxima where every lap has
// them. A further Track within a lap is a break, and a pause where its times tell one. A heart rate that is
// missing at a point stays missing: other readers hold the last one, but a held value is an invented one.
// At most 64 elements deep; memory within 16 MB and 25 times the file. Pure.
// docs/xml-files.md tells what is decided where a file is in doubt.

#include "model/recording.hpp"

#include <cstddef>
#include <span>

namespace harrier::formats::tcx {

[[nodiscard]] model::DecodedFile decode(std::span<const std::byte> bytes);

} // namespace harrier::formats::tcx
