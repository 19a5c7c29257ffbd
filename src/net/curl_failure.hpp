// SPDX-License-Identifier: MIT
#pragma once

// What a failed transfer means: from libcurl's number to a sentence that names the host and the cause, and a
// cure. Never shows a URL, whose query may hold a secret. Pure.

#include "base/error.hpp"
#include "net/http.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace harrier::net {

struct CurlFailure {
    int code = 0; // a CURLcode
    std::string host;
    std::string detail; // libcurl's own words for the code
    int os_error = 0;   // errno of a failed connect; 0 = unknown
    bool connected = false;
    std::chrono::microseconds elapsed{0};
};

[[nodiscard]] Error explain_failure(const CurlFailure& failure, const Request& request);

} // namespace harrier::net
