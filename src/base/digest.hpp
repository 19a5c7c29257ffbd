// SPDX-License-Identifier: MIT
#pragma once

// The fingerprint by which a file is known again.

#include <cstddef>
#include <span>
#include <string>

namespace harrier {

// SHA-256 (FIPS 180-4) as 64 hexadecimal digits in lower case.
[[nodiscard]] std::string sha256_hex(std::span<const std::byte> bytes);

} // namespace harrier
