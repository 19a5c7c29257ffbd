// SPDX-License-Identifier: MIT
#include "strava/client.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "strava/detail_json.hpp"
#include "strava/json.hpp"
#include "strava/stream_json.hpp"

#include <fmt/format.h>

namespace harrier::strava {

namespace {

bool is_success(int status) {
    return status >= 200 && status < 300;
}

// A newer token mends a rejected one, and a 401 without a reason may be one; a scope stays missing.
bool may_be_mended_by_refresh(const Explanation& explanation) {
    return explanation.cause == "invalid_access_token" || explanation.cause == "unauthorized";
}

void refuse_web_page(const net::Response& response, std::string_view url) {
    const auto type = to_lower(response.header("Content-Type").value_or(""));
    if (!is_success(response.status) || type.find("text/html") == std::string::npos) {
        return;
    }
    const auto explanation = explain(parse_fault(response.status, "<html>"), {});
    throw Error(explanation.kind, fmt::format("cannot read the answer from {}: {}", url, explanation.message),
                explanation.hint);
}

} // namespace

Client::Client(net::HttpTransport& http, TokenSource& tokens, Clock& clock, Endpoints endpoints)
    : m_http(http), m_tokens(tokens), m_clock(clock), m_endpoints(std::move(endpoints)) {}

FaultContext Client::fault_context(const ApiRequest& request, const net::Response& response) {
    FaultContext context;
    context.method = request.method;
    context.path = request.path;
    context.granted = m_tokens.granted();
    context.now = std::chrono::floor<std::chrono::seconds>(m_clock.now());
    context.headers = response.headers;
    context.authorize_base = m_endpoints.oauth_base;
    return context;
}

net::Request Client::prepare(const ApiRequest& request) const {
    net::Request prepared;
    prepared.method = request.method;
    prepared.url = m_endpoints.api_base + request.path;
    if (!request.query.empty()) {
        prepared.url += "?" + net::encode_form(request.query);
    }
    prepared.headers.push_back({"Accept", "application/json"});
    if (!request.body.empty()) {
        prepared.headers.push_back({"Content-Type", request.content_type});
        prepared.body = request.body;
    }
    return prepared;
}

net::Response Client::send_with(net::Request& request, const Secret& token, std::stop_token stop) {
    request.headers.push_back({"Authorization", "Bearer " + token.reveal()});
    const auto forget_token = [&] {
        wipe(request.headers.back().value);
        request.headers.pop_back();
    };
    try {
        auto response = m_http.send(request, std::move(stop));
        forget_token();
        note_rate(response);
        return response;
    } catch (...) {
        forget_token();
        throw;
    }
}

void Client::note_rate(const net::Response& response) {
    const auto usage = net::parse_rate_usage(response.headers);
    if (!response.header("X-RateLimit-Limit") && !response.header("X-ReadRateLimit-Limit")) {
        for (auto* pair : {&m_last_rate.overall, &m_last_rate.read}) {
            if (*pair) {
                ++(*pair)->quarter_hour.usage;
                ++(*pair)->day.usage;
            }
        }
    }
    if (usage.overall) {
        m_last_rate.overall = usage.overall;
    }
    if (usage.read) {
        m_last_rate.read = usage.read;
    }
}

net::Response Client::send(const ApiRequest& request, std::stop_token stop) {
    auto prepared = prepare(request);
    const Secret token = m_tokens.access_token();
    auto response = send_with(prepared, token, stop);
    if (response.status == 401 && may_be_mended_by_refresh(explain(parse_fault(401, response.body),
                                                                   fault_context(request, response)))) {
        if (const auto newer = m_tokens.replace_rejected(token)) {
            response = send_with(prepared, *newer, stop);
        }
    }
    refuse_web_page(response, prepared.url.substr(0, prepared.url.find('?')));
    return response;
}

void Client::require_scopes(const ApiRequest& request, std::string_view doing) {
    const auto missing = required_scopes(request.method, request.path).without(m_tokens.granted());
    if (!missing.empty()) {
        throw to_error(explain_missing(missing, fault_context(request, {})), doing);
    }
}

std::variant<net::Response, NotThere, Refusal> Client::ask(const ApiRequest& request, std::string_view doing,
                                                           std::stop_token stop) {
    require_scopes(request, doing);
    auto response = send(request, std::move(stop));
    if (is_success(response.status)) {
        return response;
    }
    const auto fault = parse_fault(response.status, response.body);
    const auto explanation = explain(fault, fault_context(request, response));
    // A 404 counts only in Strava's own words: that of a proxy must not become final.
    if (response.status == 404 && explanation.cause == "not_found" && trim(response.body).starts_with('{')) {
        return NotThere{};
    }
    if (explanation.cause == "private_activity" || explanation.cause == "forbidden" ||
        explanation.cause == "subscription_required") {
        return Refusal{explanation.message};
    }
    throw to_error(explanation, doing);
}

net::Response Client::call(const ApiRequest& request, std::string_view doing, std::stop_token stop) {
    require_scopes(request, doing);
    auto response = send(request, std::move(stop));
    if (!is_success(response.status)) {
        throw to_error(explain(parse_fault(response.status, response.body), fault_context(request, response)),
                       doing);
    }
    return response;
}

model::Athlete Client::athlete(std::stop_token stop) {
    ApiRequest request;
    request.path = "/athlete";
    return parse_athlete(call(request, "read the athlete", std::move(stop)).body);
}

ListingPage Client::list_activities(const ListingWindow& window, std::stop_token stop) {
    ApiRequest request;
    request.path = "/athlete/activities";
    const auto add_time = [&](const char* name, const std::optional<Instant>& time) {
        if (time) {
            request.query.emplace_back(name, std::to_string(time->time_since_epoch().count()));
        }
    };
    add_time("before", window.before);
    add_time("after", window.after);
    request.query.emplace_back("page", std::to_string(window.page));
    request.query.emplace_back("per_page", std::to_string(window.per_page));
    const auto response = call(request, "list activities", std::move(stop));
    return {parse_activities(response.body), m_last_rate};
}

StreamsAnswer Client::streams(StravaId id, std::stop_token stop) {
    ApiRequest request;
    request.path = fmt::format("/activities/{}/streams", id.value);
    request.query = {{"keys", std::string(all_stream_keys)}, {"key_by_type", "true"}};
    auto answer = ask(request, fmt::format("fetch the streams of activity {}", id.value), std::move(stop));
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        return *refusal;
    }
    const auto* response = std::get_if<net::Response>(&answer);
    auto recording = response != nullptr ? parse_streams(response->body) : model::Recording{};
    if (recording.streams.size() == 0) {
        return NotThere{};
    }
    return recording;
}

DetailAnswer Client::detail(StravaId id, std::stop_token stop) {
    ApiRequest request;
    request.path = fmt::format("/activities/{}", id.value);
    request.query = {{"include_all_efforts", "true"}};
    auto answer = ask(request, fmt::format("fetch the details of activity {}", id.value), std::move(stop));
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        return *refusal;
    }
    auto* response = std::get_if<net::Response>(&answer);
    if (response == nullptr) {
        return NotThere{};
    }
    return parse_detail(std::move(response->body));
}

} // namespace harrier::strava
