// SPDX-License-Identifier: MIT
#include "net/url.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace harrier::net {

namespace {

constexpr std::string_view crlf = "\r\n";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_unreserved(char c) {
    return is_alphanumeric(c) || std::string_view("-._~").find(c) != std::string_view::npos;
}

std::optional<std::uint8_t> hex_byte(std::string_view digits) {
    std::uint8_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 2 || error != std::errc{} || end != digits.data() + 2) {
        return std::nullopt;
    }
    return value;
}

// The text before the first `separator`, which is taken off `rest` together with it; all of it if there is
// none.
std::string_view take_until(std::string_view& rest, std::string_view separator) {
    const auto at = rest.find(separator);
    const auto head = rest.substr(0, at);
    rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + separator.size());
    return head;
}

std::string decode_form_part(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percent_decode(spaced);
}

bool valid_port(std::string_view port) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), value);
    return error == std::errc{} && end == port.data() + port.size() && is_digit(port.front()) && value >= 1 &&
           value <= 65535;
}

bool valid_host(std::string_view host, bool bracketed) {
    const auto allowed = [&](char c) {
        return bracketed ? std::string_view("0123456789abcdefABCDEF:.").find(c) != std::string_view::npos
                         : is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
    };
    return !host.empty() && std::all_of(host.begin(), host.end(), allowed);
}

// Fills host and port from "host", "host:port", "[v6]" or "[v6]:port".
bool parse_authority(std::string_view authority, Url& url) {
    const bool bracketed = authority.starts_with('[');
    std::string_view host;
    if (bracketed) {
        authority.remove_prefix(1);
        if (authority.find(']') == std::string_view::npos) {
            return false;
        }
        host = take_until(authority, "]");
        if (!authority.empty() && !authority.starts_with(':')) {
            return false;
        }
        authority.remove_prefix(authority.empty() ? 0 : 1);
    } else {
        host = take_until(authority, ":");
    }
    if (!valid_host(host, bracketed) || (!authority.empty() && !valid_port(authority))) {
        return false;
    }
    url.host = to_lower(host);
    url.port = authority;
    return true;
}

// The value of a parameter in a header such as `form-data; name="a"`, quoted or not.
std::optional<std::string> find_header_parameter(std::string_view header, std::string_view name) {
    static_cast<void>(take_until(header, ";"));
    while (!header.empty()) {
        const auto key = trim(header.substr(0, header.find_first_of("=;")));
        header.remove_prefix(std::min(header.find_first_of("=;"), header.size()));
        std::string value;
        if (header.starts_with('=')) {
            header.remove_prefix(1);
            header.remove_prefix(std::min(header.find_first_not_of(" \t"), header.size()));
            if (header.starts_with('"')) {
                header.remove_prefix(1);
                while (!header.empty() && header.front() != '"') {
                    header.remove_prefix(header.front() == '\\' && header.size() > 1 ? 1 : 0);
                    value += header.front();
                    header.remove_prefix(1);
                }
                static_cast<void>(take_until(header, ";"));
            } else {
                value = trim(take_until(header, ";"));
            }
        } else {
            static_cast<void>(take_until(header, ";"));
        }
        if (equal_ignoring_case(key, name)) {
            return value;
        }
    }
    return std::nullopt;
}

// One part between two delimiters: its head, an empty line, its value.
std::optional<std::pair<std::string, std::string>> parse_part(std::string_view part) {
    std::optional<std::string> name;
    while (!part.starts_with(crlf)) {
        if (part.find(crlf) == std::string_view::npos) {
            return std::nullopt;
        }
        std::string_view value = take_until(part, crlf);
        if (equal_ignoring_case(trim(take_until(value, ":")), "Content-Disposition")) {
            name = find_header_parameter(value, "name");
        }
    }
    part.remove_prefix(crlf.size());
    if (!name) {
        return std::nullopt;
    }
    return std::pair{*name, std::string(part)};
}

} // namespace

std::string percent_encode(std::string_view text) {
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<std::uint8_t>(c));
        }
    }
    return encoded;
}

std::string percent_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    while (!text.empty()) {
        const auto byte = text.front() == '%' ? hex_byte(text.substr(1, 2)) : std::nullopt;
        decoded += byte ? static_cast<char>(*byte) : text.front();
        text.remove_prefix(byte ? 3 : 1);
    }
    return decoded;
}

std::string encode_form(const Parameters& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters) {
        text += text.empty() ? "" : "&";
        text += percent_encode(name) + '=' + percent_encode(value);
    }
    return text;
}

Parameters decode_form(std::string_view text) {
    Parameters parameters;
    while (!text.empty()) {
        std::string_view value = take_until(text, "&");
        if (value.empty()) {
            continue;
        }
        const auto name = take_until(value, "=");
        parameters.emplace_back(decode_form_part(name), decode_form_part(value));
    }
    return parameters;
}

std::optional<std::string> find(const Parameters& parameters, std::string_view name) {
    for (const auto& parameter : parameters) {
        if (parameter.first == name) {
            return parameter.second;
        }
    }
    return std::nullopt;
}

std::size_t count(const Parameters& parameters, std::string_view name) {
    return static_cast<std::size_t>(
        std::count_if(parameters.begin(), parameters.end(),
                      [&](const auto& parameter) { return parameter.first == name; }));
}

std::optional<Url> parse_url(std::string_view text) {
    const auto unusable = [](char c) { return static_cast<std::uint8_t>(c) <= 0x20 || c == 0x7F; };
    const auto scheme_end = text.find("://");
    if (scheme_end == std::string_view::npos || std::any_of(text.begin(), text.end(), unusable)) {
        return std::nullopt;
    }
    Url url;
    url.scheme = to_lower(take_until(text, "://"));
    if (url.scheme != "http" && url.scheme != "https") {
        return std::nullopt;
    }
    const auto authority = text.substr(0, text.find_first_of("/?#"));
    text.remove_prefix(authority.size());
    if (!parse_authority(authority, url)) {
        return std::nullopt;
    }
    std::string_view before_fragment = take_until(text, "#");
    url.fragment = text;
    url.path = take_until(before_fragment, "?");
    url.query = before_fragment;
    if (url.path.empty()) {
        url.path = "/";
    }
    return url;
}

std::string format_url(const Url& url) {
    const bool v6 = url.host.find(':') != std::string::npos;
    std::string text = url.scheme + "://" + (v6 ? '[' + url.host + ']' : url.host);
    text += url.port.empty() ? "" : ':' + url.port;
    text += url.path.empty() ? "/" : url.path;
    text += url.query.empty() ? "" : '?' + url.query;
    text += url.fragment.empty() ? "" : '#' + url.fragment;
    return text;
}

bool is_loopback(std::string_view host) {
    // 127.0.0.1, and not 127.example.com.
    const bool is_v4 = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "::1" || (is_v4 && host.starts_with("127."));
}

std::optional<Parameters> decode_multipart(std::string_view content_type, std::string_view body) {
    const auto kind = trim(content_type.substr(0, content_type.find(';')));
    const auto boundary = find_header_parameter(content_type, "boundary");
    if (!equal_ignoring_case(kind, "multipart/form-data") || !boundary || boundary->empty() ||
        boundary->size() > 70) {
        return std::nullopt;
    }
    const std::string delimiter = "\r\n--" + *boundary;
    // The first delimiter may stand at the very start, without the line break before it.
    const std::string whole = std::string(crlf).append(body);
    std::string_view rest = whole;
    Parameters parameters;
    static_cast<void>(take_until(rest, delimiter));
    while (!rest.starts_with("--")) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        if (!rest.starts_with(crlf) || rest.find(delimiter) == std::string_view::npos) {
            return std::nullopt;
        }
        rest.remove_prefix(crlf.size());
        auto part = parse_part(take_until(rest, delimiter));
        if (!part) {
            return std::nullopt;
        }
        parameters.push_back(*std::move(part));
    }
    return parameters;
}

} // namespace harrier::net
