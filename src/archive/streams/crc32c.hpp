// SPDX-License-Identifier: MIT
#pragma once

// CRC-32C (Castagnoli; RFC 3720, appendix B.4), which finds every damage of up to 32 bits in a row. Pure.

#include <cstdint>
#include <string_view>

namespace harrier::archive {

[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

} // namespace harrier::archive
