// SPDX-License-Identifier: MIT
#pragma once

// The time in HTTP's headers: "Mon, 23 Nov 2026 00:00:00 GMT" (RFC 9110 section 5.6.7). Pure.

#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace harrier::net {

[[nodiscard]] std::string format_http_date(Instant time);

// Nothing for whatever is not of that form; the name of the weekday is not looked at.
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);

} // namespace harrier::net
