// SPDX-License-Identifier: MIT
#pragma once

// A Strava for sync::Engine, in memory.

#include "sync/remote.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace harrier::test {

// Where `FakeRemote::fill` begins.
constexpr Instant newest_day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};

// A Strava that lists newest first, and can change between two pages.
class FakeRemote final : public sync::Remote {
public:
    strava::ListingPage list_activities(const strava::ListingWindow& window,
                                        std::stop_token /*stop*/) override {
        windows.push_back(window);
        if (before_answer) {
            before_answer(static_cast<int>(windows.size()));
        }
        std::vector<std::pair<Instant, std::int64_t>> rows;
        for (const auto& [id, start] : activities) {
            if (!window.before || start < *window.before) {
                rows.emplace_back(start, id);
            }
        }
        std::sort(rows.rbegin(), rows.rend());
        const auto first = std::min(rows.size(), page_size * static_cast<std::size_t>(window.page - 1));
        const auto last = std::min(rows.size(), first + page_size);
        strava::ListingPage page;
        for (std::size_t i = first; i < last; ++i) {
            page.activities.push_back(record(rows[i].second, rows[i].first));
        }
        if (windows.size() == short_page && !page.activities.empty()) {
            page.activities.erase(page.activities.begin());
        }
        page.rate = rate;
        return page;
    }
    strava::Scopes granted() override { return scopes; }

    // `count` activities, one every `gap`, newest first from `newest_day` on.
    void fill(int count, std::chrono::seconds gap) {
        for (int i = 0; i < count; ++i) {
            activities[1000 + i] = newest_day - i * gap;
        }
    }
    [[nodiscard]] std::set<std::int64_t> ids() const {
        std::set<std::int64_t> result;
        for (const auto& [id, start] : activities) {
            result.insert(id);
        }
        return result;
    }

    std::map<std::int64_t, Instant> activities; // start by Strava's id
    std::size_t page_size = 200;
    std::size_t short_page = 0; // this answer lacks an activity; 0 = none
    std::function<void(int request)> before_answer;
    strava::Scopes scopes{"read", "activity:read_all"};
    net::RateUsage rate;
    std::vector<strava::ListingWindow> windows; // as they were asked for

private:
    static model::ActivityRecord record(std::int64_t id, Instant start) {
        model::ActivityRecord result;
        result.activity.strava_id = StravaId{id};
        result.activity.start_date = start;
        result.raw = R"({"id":)" + std::to_string(id) + "}";
        return result;
    }
};

} // namespace harrier::test
