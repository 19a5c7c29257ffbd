// SPDX-License-Identifier: MIT
#pragma once

// What a client sent, however it sent it: fields from the body (form, multipart or JSON) and the query, and
// credentials from the Authorization header. Pure.

#include "net/server.hpp"
#include "net/url.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace harrier::emulator {

// Body first, then query; a JSON body gives its top-level members, numbers as their text. A body without a
// Content-Type is read as a form. What cannot be read gives nothing.
[[nodiscard]] net::Parameters request_fields(const net::ServerRequest& request);

// From "Authorization: Bearer …", else from the field access_token (Strava takes it until June 2027); empty
// when there is none.
[[nodiscard]] std::string access_token_of(const net::ServerRequest& request);

// User name and password of "Authorization: Basic …".
[[nodiscard]] std::optional<std::pair<std::string, std::string>>
basic_credentials_of(const net::ServerRequest& request);

// A whole number, or one with a fraction that is dropped; too large ones become the nearest possible.
[[nodiscard]] std::optional<std::int64_t> parse_number(std::string_view text);

} // namespace harrier::emulator
