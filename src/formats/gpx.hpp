// SPDX-License-Identifier: MIT
#pragma once

// A GPX file (1.0, 1.1, and what calls itself so) as one recording: all tracks together, in the order of the
// file, named and typed by the first. Each segment begins with a break, and with a pause where its times tell
// one. Lenient: what was damaged, repaired or left out is a finding, and nothing throws. Elements are told by
// local name; sensors also in any case, those in extensions before bare ones. A file of routes or waypoints
// only gives a finding and no recording. At most 64 elements deep; memory within 16 MB and 25 times the file. Pure.
// docs/xml-files.md tells what is decided where a file is in doubt.

#include "model/recording.hpp"

#include <cstddef>
#include <span>

namespace harrier::formats::gpx {

[[nodiscard]] model::DecodedFile decode(std::span<const std::byte> bytes);

} // namespace harrier::formats::gpx
