// SPDX-License-Identifier: MIT
#include "web/routes.hpp"

#include "net/url.hpp"
#include "web/endpoints.hpp"

#include <algorithm>
#include <array>

namespace harrier::web {

namespace {

constexpr std::array all_routes{
    Route{"GET", "/api/session", "who and what this is, and the token for changes"},
    Route{"GET", "/api/overview", "this week, month and year, the newest and the best", overview},
    Route{"GET", "/api/activities", "the activities, column by column", activities},
    Route{"GET", "/api/totals", "as stats --json", totals},
    Route{"GET", "/api/activity/*", "as show --json, and what is like it", activity},
    Route{"GET", "/api/activity/*/streams", "the samples of an activity", streams},
    Route{"GET", "/api/activity/*/split", "the numbers of a part of it", split_numbers},
    Route{"GET", "/api/tracks", "the tracks as polylines, simplified", tracks},
    Route{"GET", "/api/tiles", "as tiles --json", tiles},
    Route{"GET", "/api/tiles.geojson", "as tiles --geojson", tiles_geojson},
    Route{"GET", "/api/records", "as records --json", records},
    Route{"GET", "/api/curve", "the best pace, power or heart rate held for each duration", curve},
    Route{"GET", "/api/predict", "as predict --json", predict},
    Route{"GET", "/api/fitness", "as fitness --json", fitness},
    Route{"GET", "/api/zones", "as zones --json", zones},
    Route{"GET", "/api/calendar", "the days of a year", calendar},
    Route{"GET", "/api/year/*", "a year in review", year},
    Route{"GET", "/api/eddington", "as eddington --json", eddington},
    Route{"GET", "/api/gear", "as gear --json, and the months", gear},
    Route{"PUT", "/api/gear/*", "when to retire shoes or a bike"},
    Route{"GET", "/api/settings", "as config list --json"},
    Route{"PUT", "/api/settings", "as config set"},
    Route{"GET", "/api/verify", "as verify --json", verify},
    Route{"GET", "/api/sync", "whether a sync runs, and how far it is"},
    Route{"POST", "/api/sync", "starts a sync"},
    Route{"GET", "/api/events", "server-sent events: sync, archive"},
};

std::string_view take_part(std::string_view& path) {
    const auto part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(part.size() + 1, path.size()));
    return part;
}

} // namespace

std::span<const Route> routes() {
    return all_routes;
}

std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    if (std::count(pattern.begin(), pattern.end(), '/') != std::count(path.begin(), path.end(), '/')) {
        return std::nullopt;
    }
    std::vector<std::string> parts;
    while (!pattern.empty() || !path.empty()) {
        const auto wanted = take_part(pattern);
        const auto part = take_part(path);
        if (wanted == "*" && !part.empty()) {
            parts.push_back(net::percent_decode(part));
        } else if (wanted != part) {
            return std::nullopt;
        }
    }
    return parts;
}

FoundRoute find_route(std::string_view method, std::string_view path) {
    FoundRoute found;
    for (const auto& route : routes()) {
        if (auto parts = match(route.pattern, path)) {
            if (route.method == method) {
                return {&route, *std::move(parts)};
            }
            found = {&route, *std::move(parts)};
        }
    }
    return found;
}

} // namespace harrier::web
