// SPDX-License-Identifier: MIT
#pragma once

// The samples of a recording as the archive keeps them: columns, compressed without any loss. docs/streams.md
// describes the bytes, with what was measured. Pure; any thread.

#include "model/recording.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::archive {

// All samples of one recording. A column is empty, or as long as all others that are not.
struct StoredStreams {
    model::Streams streams;
    std::vector<model::ExtraColumn> extra;
    std::vector<std::size_t> breaks; // each below the number of samples
    std::vector<model::Pause> pauses;

    // To the last bit, so that -0.0 is not 0.0; only one missing sample is as good as another.
    friend bool operator==(const StoredStreams& a, const StoredStreams& b);
};

// What can be stored, and what decoding takes at most, whatever the bytes say: 160 MB for values, and 40 MB
// while it works. A day of seconds in 20 columns is 1.7 million values.
constexpr std::uint64_t largest_sample_count = 10'000'000; // of a column
constexpr std::uint64_t largest_value_count =
    20'000'000; // of all columns; a break counts as two, a pause as four
constexpr std::uint64_t largest_extra_count = 1'000;

// The same streams always give the same bytes. Throws Error{data} beyond the limits above, Error{internal}
// where columns differ in length or a break lies behind the end.
[[nodiscard]] std::string encode_streams(const StoredStreams& streams);

// Gives what was encoded: every number to the last bit, a missing sample as model::missing. Throws
// Error{data} when the bytes are damaged, of another version, or go beyond the limits.
[[nodiscard]] StoredStreams decode_streams(std::string_view bytes);

// The bytes with their checksum behind them: what remains for those who make encoded streams by hand.
[[nodiscard]] std::string seal_streams(std::string_view unsealed);

} // namespace harrier::archive
