// SPDX-License-Identifier: MIT
#pragma once

// Randomness from the kernel, for secrets; never seeded, never repeatable.

#include <cstddef>
#include <cstdint>
#include <string>

namespace harrier {

// `bytes` random bytes as base64url without padding: 16 bytes give 22 characters.
[[nodiscard]] std::string random_token(std::size_t bytes);

// `bytes` random bytes.
[[nodiscard]] std::string random_bytes(std::size_t bytes);

// Uniform in [0, bound).
[[nodiscard]] std::uint32_t random_below(std::uint32_t bound);

} // namespace harrier
