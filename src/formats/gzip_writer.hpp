// SPDX-License-Identifier: MIT
#pragma once

// Bytes as gzip (RFC 1952). Pure.

#include <string>
#include <string_view>

namespace harrier::formats {

// One member that holds the bytes; `level` from 1 (quick) to 12 (small).
[[nodiscard]] std::string gzip(std::string_view bytes, int level = 6);

} // namespace harrier::formats
