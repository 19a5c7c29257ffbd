// SPDX-License-Identifier: MIT
#include "emulator/request_fields.hpp"

#include "base/text.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>

namespace harrier::emulator {

namespace {

net::Parameters json_fields(std::string_view body) {
    net::Parameters fields;
    const auto object = nlohmann::json::parse(body, nullptr, false);
    if (!object.is_object()) {
        return fields;
    }
    for (const auto& [name, value] : object.items()) {
        fields.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
    }
    return fields;
}

net::Parameters body_fields(const net::ServerRequest& request) {
    const std::string type = to_lower(request.header("Content-Type").value_or(""));
    if (request.body.empty()) {
        return {};
    }
    if (type.starts_with("application/json")) {
        return json_fields(request.body);
    }
    if (type.starts_with("multipart/form-data")) {
        // The boundary is case-sensitive, so the header goes in as it was sent.
        return net::decode_multipart(*request.header("Content-Type"), request.body)
            .value_or(net::Parameters{});
    }
    return net::decode_form(request.body);
}

// The rest of the Authorization header after its scheme; nothing for another scheme.
std::optional<std::string_view> authorization(const net::ServerRequest& request, std::string_view scheme) {
    const auto value = trim(request.header("Authorization").value_or(""));
    const auto space = value.find(' ');
    if (space == std::string_view::npos || !equal_ignoring_case(value.substr(0, space), scheme)) {
        return std::nullopt;
    }
    return trim(value.substr(space + 1));
}

std::optional<std::string> decode_base64(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while (text.ends_with('=')) {
        text.remove_suffix(1);
    }
    std::string bytes;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (const char letter : text) {
        const auto value = alphabet.find(letter);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        buffer = (buffer << 6U) | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>((buffer >> static_cast<unsigned>(bits)) & 0xFFU);
        }
    }
    return bytes;
}

} // namespace

net::Parameters request_fields(const net::ServerRequest& request) {
    auto fields = body_fields(request);
    const auto query = net::decode_form(request.query);
    fields.insert(fields.end(), query.begin(), query.end());
    return fields;
}

std::string access_token_of(const net::ServerRequest& request) {
    if (const auto bearer = authorization(request, "Bearer")) {
        return std::string(*bearer);
    }
    if (request.body.empty() && request.query.find("access_token") == std::string::npos) {
        return {};
    }
    return net::find(request_fields(request), "access_token").value_or("");
}

std::optional<std::pair<std::string, std::string>> basic_credentials_of(const net::ServerRequest& request) {
    const auto encoded = authorization(request, "Basic");
    const auto text = encoded ? decode_base64(*encoded) : std::nullopt;
    const auto colon = text ? text->find(':') : std::string::npos;
    if (colon == std::string::npos) {
        return std::nullopt;
    }
    return std::pair(text->substr(0, colon), text->substr(colon + 1));
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    text = trim(text);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) {
        value = text.starts_with('-') ? std::numeric_limits<std::int64_t>::min()
                                      : std::numeric_limits<std::int64_t>::max();
    } else if (error != std::errc{}) {
        return std::nullopt;
    }
    const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const bool fraction =
        rest.starts_with('.') && rest.find_first_not_of("0123456789", 1) == std::string_view::npos;
    return rest.empty() || fraction ? std::optional(value) : std::nullopt;
}

} // namespace harrier::emulator
