// SPDX-License-Identifier: MIT
#pragma once

// What a sync needs from Strava. Implemented over strava::Client, and by a fake in tests.

#include "strava/client.hpp"

#include <stop_token>
#include <utility>

namespace harrier::sync {

class Remote {
public:
    virtual ~Remote() = default;
    [[nodiscard]] virtual strava::ListingPage list_activities(const strava::ListingWindow& window,
                                                              std::stop_token stop) = 0;
    [[nodiscard]] virtual strava::StreamsAnswer streams(StravaId id, std::stop_token stop) = 0;
    [[nodiscard]] virtual strava::DetailAnswer detail(StravaId id, std::stop_token stop) = 0;
    [[nodiscard]] virtual strava::Scopes granted() = 0;
    // The requests used of the limits, as far as the last answers told.
    [[nodiscard]] virtual net::RateUsage rate() = 0;
};

class StravaRemote final : public Remote {
public:
    StravaRemote(strava::Client& client, strava::TokenSource& tokens) : m_client(client), m_tokens(tokens) {}

    [[nodiscard]] strava::ListingPage list_activities(const strava::ListingWindow& window,
                                                      std::stop_token stop) override {
        return m_client.list_activities(window, stop);
    }
    [[nodiscard]] strava::StreamsAnswer streams(StravaId id, std::stop_token stop) override {
        return m_client.streams(id, std::move(stop));
    }
    [[nodiscard]] strava::DetailAnswer detail(StravaId id, std::stop_token stop) override {
        return m_client.detail(id, std::move(stop));
    }
    [[nodiscard]] strava::Scopes granted() override { return m_tokens.granted(); }
    [[nodiscard]] net::RateUsage rate() override { return m_client.last_rate(); }

private:
    strava::Client& m_client;
    strava::TokenSource& m_tokens;
};

} // namespace harrier::sync
