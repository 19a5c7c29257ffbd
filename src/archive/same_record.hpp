// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace harrier::archive {

// True when two records of the API's listing say the same: equal as JSON values (order of keys, white space
// and 0 against 0.0 aside) without `athlete_count`, which Strava gives differently from one listing to the
// next. Whatever cannot be read as JSON is the same only byte for byte.
[[nodiscard]] bool is_same_record(std::string_view left, std::string_view right);

} // namespace harrier::archive
