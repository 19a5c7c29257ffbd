// SPDX-License-Identifier: MIT
#pragma once

// A FIT file as recordings. Lenient: every record that decodes is kept, what was damaged or repaired is a
// finding, and nothing throws. A multisport file gives one recording per session; transitions are left to the
// caller. Pure.

#include "model/recording.hpp"

#include <cstddef>
#include <span>

namespace harrier::formats::fit {

[[nodiscard]] model::DecodedFile decode(std::span<const std::byte> bytes);

} // namespace harrier::formats::fit
