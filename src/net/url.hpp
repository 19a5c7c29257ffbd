// SPDX-License-Identifier: MIT
#pragma once

// URLs, query strings and form bodies (RFC 3986, WHATWG form encoding). Pure.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harrier::net {

// Names and values in order; a name may occur twice.
using Parameters = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::string percent_encode(std::string_view text); // everything but unreserved characters
[[nodiscard]] std::string percent_decode(std::string_view text); // a broken escape stays as it is; '+' stays

[[nodiscard]] std::string encode_form(const Parameters& parameters); // "a=1&b=x%20y"
[[nodiscard]] Parameters decode_form(std::string_view text);         // '+' is a space
[[nodiscard]] std::optional<std::string> find(const Parameters& parameters,
                                              std::string_view name); // the first
[[nodiscard]] std::size_t count(const Parameters& parameters, std::string_view name);

struct Url {
    std::string scheme;   // lower case
    std::string host;     // lower case, without brackets
    std::string port;     // "" when not given
    std::string path;     // still encoded; "/" at least
    std::string query;    // without '?', still encoded
    std::string fragment; // without '#'
};

// Absolute http and https URLs; nothing for anything else, for credentials in the URL and for control
// characters.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);
[[nodiscard]] std::string format_url(const Url& url);

// "localhost", ::1 and 127.0.0.0/8 as they stand in a URL.
[[nodiscard]] bool is_loopback(std::string_view host);

// The parts of a multipart/form-data body (RFC 7578): field name -> value. Nothing when it is malformed.
[[nodiscard]] std::optional<Parameters> decode_multipart(std::string_view content_type,
                                                         std::string_view body);

} // namespace harrier::net
