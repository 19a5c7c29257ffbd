// SPDX-License-Identifier: MIT
#pragma once

// Files that gzip compressed (RFC 1952), as the export holds them: "activities/123.fit.gz". Pure.

#include "formats/inflate.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace harrier::formats {

[[nodiscard]] bool is_gzip(std::span<const std::byte> bytes);

// The size that the file claims to have inflated: of its last member, mostly the only one.
[[nodiscard]] std::uint64_t claimed_size(std::span<const std::byte> bytes);

// All members of the file, one after the other. Zeros after the last are padding.
// Throws Error{data} when it is no gzip file, is cut short or damaged, when a checksum or a size is wrong, or
// when it holds more than `limit` bytes or than max_inflated_ratio times its own. With a budget, what was
// inflated counts against it, and Error{data} when that is used up.
[[nodiscard]] std::string gunzip(std::span<const std::byte> bytes, std::uint64_t limit = max_inflated_size,
                                 InflateBudget* budget = nullptr);

} // namespace harrier::formats
