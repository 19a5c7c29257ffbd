// SPDX-License-Identifier: MIT
#pragma once

// The API side of the emulator: which paths there are, what scope each needs, and what it answers. Faults and
// rate limits strike here, in the order of the real thing: token, limits, application, scope, answer.
// Any thread.

#include "emulator/activity_shelf.hpp"
#include "emulator/fault_plan.hpp"
#include "emulator/rate_limiter.hpp"
#include "emulator/token_store.hpp"
#include "net/server.hpp"
#include "net/url.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::emulator {

// What the service works with; everything outlives it.
struct ApiParts {
    const ActivitySource& source;
    ActivityShelf& shelf;
    TokenStore& tokens;
    RateLimiter& limiter;
    FaultPlan& faults;
    Clock& clock;
    bool is_inactive = false;
};

class ApiService {
public:
    explicit ApiService(ApiParts parts) : m_parts(parts) {}

    // `path` is the request's path without "/api/v3".
    [[nodiscard]] net::ServerResponse handle(const net::ServerRequest& request, std::string_view path);

private:
    struct Call {
        net::Parameters query;
        ScopeList scopes;
        std::vector<std::string> values; // of the path's {}
    };
    enum class Gate { none, read, profile, activities };
    struct Route {
        std::string_view pattern;
        std::string_view endpoint; // as `--fault` names it
        Gate gate;
        net::ServerResponse (ApiService::*answer)(const Call&) const;
        bool has_rate_headers = true;
    };
    struct Found {
        const Route* route;
        std::vector<std::string> values;
    };

    [[nodiscard]] static std::optional<Found> find_route(std::string_view method, std::string_view path);
    [[nodiscard]] net::ServerResponse serve(const net::ServerRequest& request, const Found& found,
                                            const Strike& strike);
    [[nodiscard]] net::ServerResponse answer(const Route& route, const Call& call, const Strike& strike);

    [[nodiscard]] net::ServerResponse athlete(const Call& call) const;
    [[nodiscard]] net::ServerResponse athlete_zones(const Call& call) const;
    [[nodiscard]] net::ServerResponse stats(const Call& call) const;
    [[nodiscard]] net::ServerResponse activities(const Call& call) const;
    [[nodiscard]] net::ServerResponse activity(const Call& call) const;
    [[nodiscard]] net::ServerResponse streams(const Call& call) const;
    [[nodiscard]] net::ServerResponse laps(const Call& call) const;
    [[nodiscard]] net::ServerResponse activity_zones(const Call& call) const;
    [[nodiscard]] net::ServerResponse nothing_of_activity(const Call& call) const;
    [[nodiscard]] net::ServerResponse gear(const Call& call) const;
    [[nodiscard]] net::ServerResponse empty_list(const Call& call) const;
    [[nodiscard]] net::ServerResponse internal_only(const Call& call) const;

    // The activity named by the path, if this token may see it.
    [[nodiscard]] std::shared_ptr<const ListedActivity> visible_activity(const Call& call) const;

    ApiParts m_parts;
};

// The values of the pattern's "{}" when the path fits it: "/activities/{}/laps" and "/activities/7/laps"
// give "7".
[[nodiscard]] std::optional<std::vector<std::string>> match_path(std::string_view pattern,
                                                                 std::string_view path);

} // namespace harrier::emulator
