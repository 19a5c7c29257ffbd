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
            const bool is_seen = !unlisted_ones.contains(id) &&
                                 (!private_ones.contains(id) || scopes.allows("activity:read_all"));
            if (is_seen && (is_deaf || !window.before || start < *window.before)) {
                rows.emplace_back(start, id);
            }
        }
        std::sort(rows.rbegin(), rows.rend());
        const int page_number = is_deaf ? 1 : window.page;
        const auto first = std::min(rows.size(), page_size * static_cast<std::size_t>(page_number - 1));
        const auto last = std::min(rows.size(), first + page_size);
        strava::ListingPage page;
        for (std::size_t i = first; i < last; ++i) {
            page.activities.push_back(record(rows[i].second, rows[i].first));
        }
        if (windows.size() == short_page && !page.activities.empty()) {
            page.activities.erase(page.activities.begin());
        }
        page.rate = rate_usage;
        return page;
    }
    strava::StreamsAnswer streams(StravaId id, std::stop_token /*stop*/) override {
        streams_asked.push_back(id.value);
        if (streams_of) {
            return streams_of(id.value);
        }
        return samples_of(id.value);
    }
    strava::DetailAnswer detail(StravaId id, std::stop_token /*stop*/) override {
        details_asked.push_back(id.value);
        if (!activities.contains(id.value)) {
            return strava::NotThere{};
        }
        if (detail_of) {
            return detail_of(id.value);
        }
        return full_detail(id.value);
    }
    strava::Scopes granted() override { return scopes; }
    net::RateUsage rate() override { return rate_usage; }

    // Some samples, others for each activity.
    static model::Recording samples_of(std::int64_t id) {
        model::Recording recording;
        recording.streams.time = {0, 1, 2};
        recording.streams.distance = {0, 2.5, static_cast<double>(id)};
        return recording;
    }
    [[nodiscard]] model::ActivityDetail full_detail(std::int64_t id) const {
        model::ActivityDetail detail{.record = record(id, activities.at(id))};
        detail.record.activity.description = "of " + std::to_string(id);
        detail.efforts = {{.name = "400m", .distance = 400, .elapsed_time = static_cast<double>(id) / 10}};
        return detail;
    }
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

    std::map<std::int64_t, Instant> activities;  // start by Strava's id
    std::map<std::int64_t, std::string> names{}; // of those that have one
    std::size_t page_size = 200;
    bool is_deaf = false;       // gives the first page whatever is asked for
    std::size_t short_page = 0; // this answer lacks an activity; 0 = none
    std::function<void(int request)> before_answer;
    strava::Scopes scopes{"read", "activity:read_all"};
    net::RateUsage rate_usage;
    std::function<strava::StreamsAnswer(std::int64_t id)> streams_of; // may throw
    std::function<strava::DetailAnswer(std::int64_t id)> detail_of;   // may throw
    std::set<std::int64_t> private_ones;                              // listed only with activity:read_all
    std::set<std::int64_t> unlisted_ones{};                           // there, and in no list
    std::vector<std::int64_t> streams_asked;
    std::vector<std::int64_t> details_asked;
    std::vector<strava::ListingWindow> windows; // as they were asked for

private:
    [[nodiscard]] model::ActivityRecord record(std::int64_t id, Instant start) const {
        model::ActivityRecord result;
        result.activity.strava_id = StravaId{id};
        result.activity.sport_type = "Run";
        result.activity.start_date = start;
        result.activity.is_private = private_ones.contains(id);
        const auto name = names.find(id);
        result.activity.name = name == names.end() ? "" : name->second;
        result.raw = R"({"id":)" + std::to_string(id) + R"(,"name":")" + result.activity.name +
                     R"(","private":)" + (private_ones.contains(id) ? "true}" : "false}");
        return result;
    }
};

} // namespace harrier::test
