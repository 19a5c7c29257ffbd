// SPDX-License-Identifier: MIT
#pragma once

// The client of Strava's API v3: bearer header only, scopes checked before the call, a 401 refreshed once,
// every fault turned into an explained Error. It never waits for a rate limit and never retries a POST;
// pacing is the caller's.

#include "base/clock.hpp"
#include "model/activity.hpp"
#include "model/activity_detail.hpp"
#include "model/athlete.hpp"
#include "model/recording.hpp"
#include "net/http.hpp"
#include "net/rate_limit.hpp"
#include "net/url.hpp"
#include "strava/fault.hpp"
#include "strava/oauth.hpp"
#include "strava/token_source.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace harrier::strava {

struct ApiRequest {
    std::string method = "GET";
    std::string path; // below the API base: "/athlete/activities"
    net::Parameters query;
    std::string body; // sent as `content_type` when not empty
    std::string content_type = "application/json";
};

struct ListingWindow {
    std::optional<Instant> after;  // exclusive
    std::optional<Instant> before; // exclusive
    int page = 1;
    int per_page = 200;
};

struct ListingPage {
    std::vector<model::ActivityRecord>
        activities; // in the order of the answer; `raw` = the exact bytes of each
    net::RateUsage rate;
};

// Strava has no such thing for the activity (404): final.
struct NotThere {};
// Strava knows it, and does not give it to this athlete or app: private, forbidden, only for subscribers.
struct Refusal {
    std::string message;
};
using StreamsAnswer = std::variant<model::Recording, NotThere, Refusal>;
using DetailAnswer = std::variant<model::ActivityDetail, NotThere, Refusal>;

class Client {
public:
    // `http` should retry (net::RetryingTransport).
    Client(net::HttpTransport& http, TokenSource& tokens, Clock& clock, Endpoints endpoints);

    // The raw answer of any endpoint. A status of 400 or more is returned, not thrown. A 401 that a newer
    // token may mend is sent once more with one, whatever the method: what was refused was not done. Throws
    // Error{network} when a web page came instead (the sign-in page of a hotel's network).
    [[nodiscard]] net::Response send(const ApiRequest& request, std::stop_token stop = {});
    // The same, and every status but 2xx thrown as an explained Error; a scope that is missing is thrown
    // before anything is sent. `doing`: "list activities".
    [[nodiscard]] net::Response call(const ApiRequest& request, std::string_view doing,
                                     std::stop_token stop = {});

    [[nodiscard]] model::Athlete athlete(std::stop_token stop = {});
    [[nodiscard]] ListingPage list_activities(const ListingWindow& window, std::stop_token stop = {});

    // All samples of an activity (stream_json.hpp); without any it is NotThere. Throws for whatever else
    // Strava or the way to it does, as `call` does, and Error{data} for an answer that is not whole.
    [[nodiscard]] StreamsAnswer streams(StravaId id, std::stop_token stop = {});
    // Everything that Strava says of one activity.
    [[nodiscard]] DetailAnswer detail(StravaId id, std::stop_token stop = {});

    // From the last answer that carried the headers; a garbled or absent pair leaves the one before, with one
    // more request where an answer had none at all (streams have none).
    [[nodiscard]] const net::RateUsage& last_rate() const { return m_last_rate; }

    // What is known about an answer, for `explain`.
    [[nodiscard]] FaultContext fault_context(const ApiRequest& request, const net::Response& response);

private:
    // The answer of `call`, or why there is none for this activity.
    [[nodiscard]] std::variant<net::Response, NotThere, Refusal>
    ask(const ApiRequest& request, std::string_view doing, std::stop_token stop);
    void require_scopes(const ApiRequest& request, std::string_view doing);
    [[nodiscard]] net::Request prepare(const ApiRequest& request) const;
    [[nodiscard]] net::Response send_with(net::Request& request, const Secret& token, std::stop_token stop);
    void note_rate(const net::Response& response);

    net::HttpTransport& m_http;
    TokenSource& m_tokens;
    Clock& m_clock;
    Endpoints m_endpoints;
    net::RateUsage m_last_rate;
};

} // namespace harrier::strava
