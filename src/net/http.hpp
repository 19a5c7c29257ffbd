// SPDX-License-Identifier: MIT
#pragma once

// HTTP as values, and the one interface through which harrier talks to the outside. Pure declarations.

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::net {

struct Header {
    std::string name;
    std::string value;
};

// The first header of that name, compared without regard to case.
[[nodiscard]] std::optional<std::string_view> find_header(const std::vector<Header>& headers,
                                                          std::string_view name);

struct Request {
    std::string method = "GET";
    std::string url;
    std::vector<Header> headers;
    std::string body;
    std::chrono::milliseconds total_timeout{120'000}; // from connecting to the last byte received
    std::chrono::milliseconds connect_timeout{15'000};
    // Next to no bytes (16 a second) for so long = broken off. Rounded up to full seconds.
    std::chrono::milliseconds stall_timeout{30'000};
};

struct Response {
    int status = 0;
    std::vector<Header> headers;
    std::string body;

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
        return find_header(headers, name);
    }
};

// Sends a request once and returns whatever the server answered, faults included.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;

    // Throws Error{network} when there was no whole answer (DNS, connect, TLS, time-out, broken off,
    // truncated), and Error{interrupted} when `stop` was asked for. Never follows a redirect, never retries.
    [[nodiscard]] virtual Response send(const Request& request, std::stop_token stop = {}) = 0;
};

} // namespace harrier::net
