// SPDX-License-Identifier: MIT
#include "base/text.hpp"
#include "strava/fault.hpp"

#include <fmt/format.h>
#include <simdjson.h>

namespace harrier::strava {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t longest_message = 200;

std::string text_at(const object& parent, std::string_view key) {
    std::string_view text;
    return parent.at_key(key).get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::optional<std::int64_t> number_at(const object& parent, std::string_view key) {
    std::int64_t number = 0;
    if (parent.at_key(key).get(number) == simdjson::SUCCESS) {
        return number;
    }
    return std::nullopt;
}

bool has(const object& parent, std::string_view key) {
    return parent.at_key(key).error() == simdjson::SUCCESS;
}

// The words of a page: tags, scripts and styles gone, white space run together.
std::string words_of_page(std::string_view html) {
    std::string words;
    while (!html.empty() && words.size() < longest_message) {
        const auto open = html.find('<');
        words += std::string(html.substr(0, open)) + ' ';
        if (open == std::string_view::npos) {
            break;
        }
        html.remove_prefix(open);
        const std::string name = to_lower(html.substr(0, 7));
        const std::string_view end =
            name.starts_with("<script") ? "</script>" : (name.starts_with("<style") ? "</style>" : ">");
        const auto close = html.find(end);
        html = close == std::string_view::npos ? std::string_view() : html.substr(close + end.size());
    }
    std::string single;
    for (const char c : words) {
        const bool is_space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!is_space) {
            single += c;
        } else if (!single.empty() && single.back() != ' ') {
            single += ' ';
        }
    }
    return single.substr(0, longest_message);
}

void add_items(Fault& fault, const object& body) {
    simdjson::dom::array list;
    if (body.at_key("errors").get(list) == simdjson::SUCCESS) {
        for (const element one : list) {
            object item;
            if (one.get(item) == simdjson::SUCCESS) {
                fault.items.push_back(
                    {text_at(item, "resource"), text_at(item, "field"), text_at(item, "code")});
            }
        }
    } else if (has(body, "resource") && has(body, "code")) { // one item alone, as some tools print it
        fault.items.push_back({text_at(body, "resource"), text_at(body, "field"), text_at(body, "code")});
    }
    const std::string errors = text_at(body, "errors"); // a string has been seen
    if (!errors.empty()) {
        fault.message += (fault.message.empty() ? "" : ": ") + errors;
    }
}

void read_object(Fault& fault, const object& body) {
    if (has(body, "access_token")) {
        const auto expires_at = number_at(body, "expires_at");
        fault.items.push_back({"Token", "expires_at", std::to_string(expires_at.value_or(0))});
        return;
    }
    const std::string error = text_at(body, "error");
    if (has(body, "activity_id") && has(body, "status")) { // an Upload
        if (!error.empty()) {
            fault.message = error;
            fault.items.push_back({"Upload", "error",
                                   error.find("duplicate of") == std::string::npos ? "failed" : "duplicate"});
        }
        return;
    }
    fault.message = text_at(body, "message");
    if (fault.message.empty()) {
        fault.message = error;
    }
    const auto status = number_at(body, "status");
    if (fault.status == 0 && status && *status >= 100 && *status < 600) {
        fault.status = static_cast<int>(*status);
    }
    add_items(fault, body);
}

} // namespace

Fault parse_fault(int status, std::string_view body) {
    Fault fault;
    fault.status = status;
    body = trim(body);
    if (body.starts_with('<')) {
        fault.message = words_of_page(body);
        fault.items.push_back({"Page", "html", std::to_string(status)});
        return fault;
    }
    simdjson::dom::parser parser;
    element document;
    if (body.empty() || parser.parse(body.data(), body.size()).get(document) != simdjson::SUCCESS) {
        fault.message = std::string(body.substr(0, longest_message));
        return fault;
    }
    object top;
    if (document.get(top) == simdjson::SUCCESS) {
        read_object(fault, top);
    }
    return fault;
}

} // namespace harrier::strava
