// SPDX-License-Identifier: MIT
#include "net/answer_head.hpp"

#include "net/http_date.hpp"

#include <fmt/format.h>

namespace harrier::net {

namespace {

// RFC 9110 section 15, and the two that RFC 6585 adds. An unknown status goes without words.
std::string_view reason_phrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 307:
        return "Temporary Redirect";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 402:
        return "Payment Required";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "";
    }
}

bool breaks_line(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

} // namespace

bool well_formed(const ServerResponse& response) {
    for (const auto& header : response.headers) {
        if (header.name.empty() || header.name.find_first_of(": \t") != std::string::npos ||
            breaks_line(header.name) || breaks_line(header.value)) {
            return false;
        }
    }
    return response.status >= 200 && response.status <= 999;
}

bool may_have_body(int status) {
    return status != 204 && status != 304;
}

std::string format_answer_head(const ServerResponse& response, bool keep_alive, Instant now) {
    std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
    for (const auto& header : response.headers) {
        head += fmt::format("{}: {}\r\n", header.name, header.value);
    }
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!find_header(response.headers, name)) {
            head += fmt::format("{}: {}\r\n", name, value);
        }
    };
    if (may_have_body(response.status) && !find_header(response.headers, "Transfer-Encoding")) {
        add("Content-Length", std::to_string(response.body.size()));
    }
    add("Date", format_http_date(now));
    add("Connection", keep_alive ? "keep-alive" : "close");
    return head + "\r\n";
}

} // namespace harrier::net
