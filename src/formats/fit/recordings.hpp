// SPDX-License-Identifier: MIT
#pragma once

// From what a FIT file said to recordings: one per session, with its share of the samples. Pure.

#include "formats/fit/contents.hpp"
#include "model/recording.hpp"

#include <vector>

namespace harrier::formats::fit {

// What had to be repaired goes to `contents.findings`.
[[nodiscard]] std::vector<model::Recording> make_recordings(Contents& contents);

} // namespace harrier::formats::fit
