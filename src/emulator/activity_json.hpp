// SPDX-License-Identifier: MIT
#pragma once

// What the emulator does with activities as JSON texts: cut a captured array into its elements without
// touching a byte, read the few fields it sorts by, and make a detail out of a summary. Pure.

#include "emulator/activity_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace harrier::emulator {

// The elements of a JSON array, each exactly as written. Throws Error{data} with the byte offset when the
// text is not an array; the elements themselves are not checked.
[[nodiscard]] std::vector<std::string_view> split_json_array(std::string_view text);

// Reads `id`, `start_date` and `visibility` (or `private`) of a SummaryActivity and keeps its text.
// Throws Error{data}; `place` names it in the message ("activity 17, byte 40312").
[[nodiscard]] ListedActivity read_summary(std::string summary_json, std::string_view place);

// A DetailedActivity: the text of the summary with resource_state 3 and the keys that only a detail has.
[[nodiscard]] std::string detail_from_summary(std::string_view summary_json);

// One lap over the whole activity, as a device without a lap key gives it. A JSON array.
[[nodiscard]] std::string single_lap(std::string_view summary_json);

// The same activity with another id and another start; its wall time moves along.
[[nodiscard]] std::string with_identity(std::string_view summary_json, std::int64_t id, Instant start_date);

// `base` with the keys of `changes` laid over it, in the order of `base`. `id` stays; a detail also keeps its
// resource_state and its map.
[[nodiscard]] std::string overlay(std::string_view base, std::string_view changes, bool is_detail);

} // namespace harrier::emulator
