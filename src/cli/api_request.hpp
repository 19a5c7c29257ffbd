// SPDX-License-Identifier: MIT
#pragma once

// What `harrier api` was asked to send, as a request of the client. Pure.

#include "strava/client.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace harrier::cli {

struct ApiArguments {
    std::string path;                // "/athlete", "athlete?x=1", or a whole URL below the API base
    std::string method = "GET";      // in any case
    std::vector<std::string> fields; // "key=value"
};

// Fields go into the query of a GET or DELETE and into the form of any other method; PUT /activities/ID gets
// them as JSON, since Strava ignores booleans of a form there. Throws Error{usage} for a field without "=",
// a method that is not a word, and an address of another host.
[[nodiscard]] strava::ApiRequest make_api_request(const ApiArguments& arguments, std::string_view api_base);

} // namespace harrier::cli
