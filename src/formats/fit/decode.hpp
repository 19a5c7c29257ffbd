// SPDX-License-Identifier: MIT
#pragma once

// A FIT file as recordings. Lenient: every record that decodes is kept, what was damaged, repaired or left
// out is a finding, and nothing throws. A multisport file gives one recording per session, transitions
// included (original_sport "transition"). Without a session the records still make a recording, with empty
// totals. A course or a monitoring file gives a finding and no recording. In memory: at most 96 MB plus 8
// bytes per byte of the file for samples. Pure. docs/fit.md tells what is decided where a file is in doubt.

#include "model/recording.hpp"

#include <cstddef>
#include <span>

namespace harrier::formats::fit {

[[nodiscard]] model::DecodedFile decode(std::span<const std::byte> bytes);

} // namespace harrier::formats::fit
