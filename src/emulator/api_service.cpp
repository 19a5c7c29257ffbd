// SPDX-License-Identifier: MIT
#include "emulator/api_service.hpp"

#include "base/text.hpp"
#include "emulator/activity_json.hpp"
#include "emulator/answers.hpp"
#include "emulator/request_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace harrier::emulator {

namespace {

constexpr std::int64_t default_page_size = 30;
constexpr std::int64_t max_page_size = 200;
constexpr std::int64_t max_page = 1'000'000'000;

// Numbers from 1 on; what cannot be read counts as not given.
std::int64_t positive(const net::Parameters& query, std::string_view name, std::int64_t fallback) {
    const auto number = parse_number(net::find(query, name).value_or(""));
    return number && *number >= 1 ? *number : fallback;
}

std::int64_t page_of(const net::Parameters& query) {
    return std::min(positive(query, "page", 1), max_page);
}

// Everything but a "no" is a "yes": clients in Python send "True".
bool is_true(const std::optional<std::string>& value) {
    const std::string word = to_lower(value.value_or("false"));
    return !word.empty() && word != "false" && word != "0";
}

net::ServerResponse status_fault(int status) {
    switch (status) {
    case 401:
        return fault_answer(fault::token_invalid);
    case 402:
        return fault_answer(fault::payment_required);
    case 403:
        return fault_answer(fault::forbidden);
    case 404:
        return fault_answer(fault::activity_not_found);
    case 429:
        return fault_answer(fault::overall_rate_limit);
    default:
        break;
    }
    auto answer = json_answer(status, fault::other(status));
    if (status >= 500) {
        answer.headers.front().value = "text/html; charset=utf-8";
    }
    return answer;
}

void append(std::vector<net::Header>& headers, const std::vector<net::Header>& more) {
    headers.insert(headers.end(), more.begin(), more.end());
}

std::string stream_json(const StreamColumn& column, std::string_view series_type, std::size_t size) {
    return fmt::format(R"("data":{},"series_type":"{}","original_size":{},"resolution":"high")",
                       column.data_json, series_type, size);
}

// `distance` comes along even if it was not asked for; `time` takes its place where there is none.
std::string streams_json(const StreamSet& set, const std::vector<std::string>& keys, bool key_by_type) {
    const auto has = [&](std::string_view type) {
        return std::any_of(set.columns.begin(), set.columns.end(),
                           [&](const StreamColumn& column) { return column.type == type; });
    };
    const std::string_view series_type = has("distance") ? "distance" : "time";
    std::string text;
    for (const auto& column : set.columns) {
        if (column.type != series_type && std::find(keys.begin(), keys.end(), column.type) == keys.end()) {
            continue;
        }
        const auto body = stream_json(column, series_type, set.original_size);
        text += text.empty() ? "" : ",";
        text += key_by_type ? fmt::format(R"("{}":{{{}}})", column.type, body)
                            : fmt::format(R"({{"type":"{}",{}}})", column.type, body);
    }
    return key_by_type ? "{" + text + "}" : "[" + text + "]";
}

} // namespace

std::optional<ApiService::Found> ApiService::find_route(std::string_view method, std::string_view path) {
    using Service = ApiService;
    static constexpr std::array<Route, 15> routes{{
        {"/athlete", "athlete", Gate::none, &Service::athlete},
        {"/athlete/activities", "activities", Gate::activities, &Service::activities},
        {"/athlete/zones", "athlete-zones", Gate::profile, &Service::athlete_zones},
        {"/athlete/clubs", "clubs", Gate::none, &Service::empty_list},
        {"/athletes/{}/stats", "stats", Gate::read, &Service::stats},
        {"/activities/{}", "activity", Gate::activities, &Service::activity},
        {"/activities/{}/streams", "streams", Gate::activities, &Service::streams, false},
        {"/activities/{}/laps", "laps", Gate::activities, &Service::laps},
        {"/activities/{}/zones", "activity-zones", Gate::activities, &Service::activity_zones},
        {"/activities/{}/comments", "comments", Gate::activities, &Service::nothing_of_activity},
        {"/activities/{}/kudos", "kudos", Gate::activities, &Service::nothing_of_activity},
        {"/activities/{}/photos", "photos", Gate::activities, &Service::nothing_of_activity},
        {"/gear/{}", "gear", Gate::read, &Service::gear},
        // Removed in September 2026; /clubs/{}/activities is not even known any more.
        {"/clubs/{}/members", "clubs", Gate::none, &Service::internal_only},
        {"/clubs/{}/admins", "clubs", Gate::none, &Service::internal_only},
    }};
    if (method != "GET" && method != "HEAD") {
        return std::nullopt;
    }
    for (const auto& route : routes) {
        if (auto values = match_path(route.pattern, path)) {
            return Found{&route, std::move(*values)};
        }
    }
    return std::nullopt;
}

net::ServerResponse ApiService::handle(const net::ServerRequest& request, std::string_view path) {
    const auto found = find_route(request.method, path);
    if (!found) {
        return fault_answer(fault::unknown_path);
    }
    FaultTarget target{found->route->endpoint, std::nullopt, true};
    if (target.endpoint == "activities") {
        target.page = page_of(net::decode_form(request.query));
    }
    const Strike strike = m_parts.faults.strike(target);
    auto answer = serve(request, *found, strike);
    answer.delay += strike.delay;
    answer.drop = strike.drop;
    if (strike.truncate) {
        answer.truncate_after = answer.body.size() / 2;
    }
    return answer;
}

net::ServerResponse ApiService::serve(const net::ServerRequest& request, const Found& found,
                                      const Strike& strike) {
    auto scopes = m_parts.tokens.scopes_of(access_token_of(request));
    if (!scopes) {
        return fault_answer(fault::token_invalid);
    }
    const auto taken = m_parts.limiter.take(false);
    if (taken.verdict != RateVerdict::allowed) {
        const bool overall = taken.verdict == RateVerdict::overall_exceeded;
        auto refusal = fault_answer(overall ? fault::overall_rate_limit : fault::read_rate_limit);
        append(refusal.headers, m_parts.limiter.headers(taken.usage));
        return refusal;
    }
    const Call call{net::decode_form(request.query), std::move(*scopes), found.values};
    auto reply = answer(*found.route, call, strike);
    if (strike.status == 429) {
        append(reply.headers, m_parts.limiter.spent_headers(taken.usage));
    } else if (found.route->has_rate_headers || reply.status >= 400) {
        append(reply.headers, m_parts.limiter.headers(taken.usage));
    }
    return reply;
}

net::ServerResponse ApiService::answer(const Route& route, const Call& call, const Strike& strike) {
    if (strike.status) {
        return strike.body ? fault_answer(*strike.body) : status_fault(*strike.status);
    }
    if (m_parts.is_inactive) {
        return fault_answer(fault::application_inactive);
    }
    const bool reads_profile = has_scope(call.scopes, "profile:read_all");
    if (route.gate == Gate::profile && !reads_profile) {
        return json_answer(401, fault::scope_missing("profile:read_all"));
    }
    if (route.gate == Gate::activities && !may_read_activities(call.scopes)) {
        return json_answer(401, fault::scope_missing("activity:read"));
    }
    if (route.gate == Gate::read && !reads_profile && !has_scope(call.scopes, "read") &&
        !has_scope(call.scopes, "read_all")) {
        return json_answer(401, fault::scope_missing("read"));
    }
    if (strike.insert) {
        m_parts.shelf.insert_newest();
    }
    if (strike.erase) {
        m_parts.shelf.remove_newest();
    }
    return (this->*route.answer)(call);
}

net::ServerResponse ApiService::athlete(const Call& call) const {
    const bool detailed = has_scope(call.scopes, "profile:read_all");
    return json_answer(200, detailed ? m_parts.source.athlete_json() : m_parts.source.athlete_summary_json());
}

net::ServerResponse ApiService::athlete_zones(const Call& /*call*/) const {
    return json_answer(200, m_parts.source.zones_json());
}

net::ServerResponse ApiService::stats(const Call& call) const {
    if (parse_number(call.values.front()) != m_parts.source.athlete_id()) {
        return fault_answer(fault::forbidden);
    }
    return json_answer(200, m_parts.source.stats_json());
}

net::ServerResponse ApiService::activities(const Call& call) const {
    ListQuery query;
    query.include_private = may_read_private_activities(call.scopes);
    for (const std::string_view name : {"after", "before"}) {
        const auto text = net::find(call.query, name).value_or("");
        const auto moment = parse_number(text);
        if (!text.empty() && !moment) {
            return json_answer(400, fault::parameter_invalid(name));
        }
        (name == "after" ? query.after : query.before) = moment;
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(m_parts.clock.now());
    if (query.after && *query.after > now.time_since_epoch().count()) {
        return fault_answer(fault::after_in_the_future);
    }
    const auto page = page_of(call.query);
    const auto size = std::min(positive(call.query, "per_page", default_page_size), max_page_size);
    // A short page ends half-way, and the next page goes on from there: nothing is lost.
    const auto short_pages = m_parts.faults.short_pages(page);
    query.skip = static_cast<std::size_t>((page - 1) * size - short_pages.before * (size / 2));
    query.limit = static_cast<std::size_t>(short_pages.here ? size - size / 2 : size);
    return json_answer(200, m_parts.shelf.list(query));
}

std::shared_ptr<const ListedActivity> ApiService::visible_activity(const Call& call) const {
    const auto id = parse_number(call.values.front());
    auto found = id ? m_parts.shelf.find(*id) : nullptr;
    if (found && found->only_me && !may_read_private_activities(call.scopes)) {
        return nullptr;
    }
    return found;
}

net::ServerResponse ApiService::activity(const Call& call) const {
    const auto found = visible_activity(call);
    auto detail = found ? m_parts.shelf.detail_json(found->id) : std::nullopt;
    return detail ? json_answer(200, std::move(*detail)) : fault_answer(fault::activity_not_found);
}

net::ServerResponse ApiService::streams(const Call& call) const {
    const auto found = visible_activity(call);
    const auto set = found ? m_parts.source.streams(found->id) : std::nullopt;
    if (!set || set->columns.empty()) {
        return fault_answer(fault::activity_not_found);
    }
    const auto keys = split(net::find(call.query, "keys").value_or(""), ',');
    return stream_answer(streams_json(*set, keys, is_true(net::find(call.query, "key_by_type"))));
}

net::ServerResponse ApiService::laps(const Call& call) const {
    const auto found = visible_activity(call);
    if (!found) {
        return fault_answer(fault::activity_not_found);
    }
    auto laps = m_parts.source.laps_json(found->id);
    return json_answer(200, laps ? std::move(*laps) : single_lap(found->summary_json));
}

net::ServerResponse ApiService::activity_zones(const Call& call) const {
    // For subscribers only; the emulator's athlete is none.
    return fault_answer(visible_activity(call) ? fault::payment_required : fault::activity_not_found);
}

net::ServerResponse ApiService::nothing_of_activity(const Call& call) const {
    return visible_activity(call) ? json_answer(200, "[]") : fault_answer(fault::activity_not_found);
}

net::ServerResponse ApiService::gear(const Call& call) const {
    auto gear = m_parts.source.gear_json(call.values.front());
    return gear ? json_answer(200, std::move(*gear)) : fault_answer(fault::gear_not_found);
}

net::ServerResponse ApiService::empty_list(const Call& /*call*/) const {
    return json_answer(200, "[]");
}

net::ServerResponse ApiService::internal_only(const Call& /*call*/) const {
    return fault_answer(fault::internal_only);
}

std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path) {
    std::vector<std::string> values;
    while (!pattern.empty() && !path.empty()) {
        const auto pattern_end = std::min(pattern.find('/', 1), pattern.size());
        const auto path_end = std::min(path.find('/', 1), path.size());
        const auto expected = pattern.substr(0, pattern_end);
        const auto segment = path.substr(0, path_end);
        if (expected == "/{}" && segment.size() > 1) {
            values.push_back(net::percent_decode(segment.substr(1)));
        } else if (expected != segment) {
            return std::nullopt;
        }
        pattern.remove_prefix(pattern_end);
        path.remove_prefix(path_end);
    }
    return pattern.empty() && path.empty() ? std::optional(std::move(values)) : std::nullopt;
}

} // namespace harrier::emulator
