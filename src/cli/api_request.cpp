// SPDX-License-Identifier: MIT
#include "cli/api_request.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "net/url.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::cli {

namespace {

constexpr std::string_view version_prefix = "api/v3/";

// Path and query below the base, without a leading slash.
std::string_view below_base(std::string_view path, std::string_view api_base) {
    if (path.find("://") < path.find_first_of("/?#")) {
        if (path != api_base && !path.starts_with(std::string(api_base) + "/")) {
            throw Error(ErrorKind::usage,
                        fmt::format("the token is for {} only, not for {}", api_base, escape_terminal(path)),
                        "Give the path alone, for example:  harrier api /athlete");
        }
        path.remove_prefix(api_base.size());
    }
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    if (api_base.ends_with("/api/v3") && path.starts_with(version_prefix)) {
        path.remove_prefix(version_prefix.size());
    }
    return path;
}

std::string checked_method(const std::string& method) {
    std::string upper;
    for (const char c : method) {
        const bool is_small = c >= 'a' && c <= 'z';
        if (!is_small && (c < 'A' || c > 'Z')) {
            throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a method", escape_terminal(method)),
                        "Use GET, POST, PUT or DELETE");
        }
        upper += is_small ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return upper;
}

net::Parameters parse_fields(const std::vector<std::string>& fields) {
    net::Parameters parameters;
    for (const auto& field : fields) {
        const auto equals = field.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw Error(ErrorKind::usage, fmt::format("-f \"{}\" has no value", escape_terminal(field)),
                        "Write it as  -f key=value");
        }
        parameters.emplace_back(field.substr(0, equals), field.substr(equals + 1));
    }
    return parameters;
}

// true, false, null and numbers as such, everything else as a text.
nlohmann::json json_value(const std::string& text) {
    auto value = nlohmann::json::parse(text, nullptr, false);
    return value.is_boolean() || value.is_number() || value.is_null() ? value : nlohmann::json(text);
}

void set_body(strava::ApiRequest& request, const net::Parameters& fields) {
    if (request.method == "PUT" && request.path.starts_with("/activities/")) {
        auto object = nlohmann::json::object();
        for (const auto& [name, value] : fields) {
            object[name] = json_value(value);
        }
        request.body = object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return;
    }
    request.content_type = "application/x-www-form-urlencoded";
    request.body = net::encode_form(fields);
}

} // namespace

strava::ApiRequest make_api_request(const ApiArguments& arguments, std::string_view api_base) {
    const auto target = below_base(arguments.path, api_base);
    const auto path = target.substr(0, target.find_first_of("?#"));
    strava::ApiRequest request;
    request.method = checked_method(arguments.method);
    request.path = fmt::format("/{}", path);
    if (path.size() < target.size() && target[path.size()] == '?') {
        const auto query = target.substr(path.size() + 1);
        request.query = net::decode_form(query.substr(0, query.find('#')));
    }
    if (path.empty() || !net::parse_url(fmt::format("{}{}", api_base, request.path))) {
        throw Error(ErrorKind::usage, fmt::format("\"{}\" is not a path", escape_terminal(arguments.path)),
                    "Give a path of the API, for example:  harrier api /athlete");
    }
    const auto fields = parse_fields(arguments.fields);
    if (request.method == "GET" || request.method == "DELETE" || request.method == "HEAD") {
        request.query.insert(request.query.end(), fields.begin(), fields.end());
    } else if (!fields.empty()) {
        set_body(request, fields);
    }
    return request;
}

} // namespace harrier::cli
