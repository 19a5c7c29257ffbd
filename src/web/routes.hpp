// SPDX-License-Identifier: MIT
#pragma once

// Every endpoint of the dashboard. The one table: the server answers by it, the plain page and
// docs/dashboard.md list it.

#include "web/call.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::web {

struct Route {
    std::string_view method;
    std::string_view pattern; // "/api/activity/*/streams": a "*" stands for one part
    std::string_view what;
    // Null for what the dashboard answers itself: session, settings, sync, events.
    Endpoint endpoint = nullptr;
};

[[nodiscard]] std::span<const Route> routes();

// The parts of the path that stand where the pattern has a "*"; nothing when it does not match.
[[nodiscard]] std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path);

struct FoundRoute {
    const Route* route = nullptr; // null: no such path
    std::vector<std::string> parts{};
};

// The route of the path: with another method than asked for when only that is there.
[[nodiscard]] FoundRoute find_route(std::string_view method, std::string_view path);

} // namespace harrier::web
