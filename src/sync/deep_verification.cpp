// SPDX-License-Identifier: MIT
#include "archive/same_record.hpp"
#include "base/error.hpp"
#include "sync/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace harrier::sync {

namespace {

using namespace std::chrono;

constexpr const char* mend_listing = "harrier sync --full";
constexpr int list_page_size = 200; // Strava's largest

// Walks through Strava's list, newest first, by windows that end just above the oldest start seen.
class Comparison {
public:
    Comparison(archive::Archive& archive, AthleteId athlete) : m_archive(archive), m_athlete(athlete) {}

    // False when the page ends the list.
    [[nodiscard]] bool take(const std::vector<model::ActivityRecord>& page) {
        const auto before = m_seen.size();
        std::optional<Instant> oldest;
        for (const auto& record : page) {
            if (const auto start = record.activity.start_date) {
                oldest = std::min(oldest.value_or(*start), *start);
            }
            if (record.activity.strava_id && m_seen.insert(record.activity.strava_id->value).second) {
                compare(record);
            }
        }
        if (!oldest || (m_seen.size() == before && m_window.page > most_idle_pages)) {
            return false;
        }
        const Instant next = *oldest + seconds{1};
        if (!m_window.before || next < *m_window.before) {
            m_window.before = next;
            m_window.page = 1;
        } else {
            ++m_window.page; // more in one second than a page holds
        }
        return true;
    }

    [[nodiscard]] const strava::ListingWindow& window() const { return m_window; }
    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(m_seen.size()); }

    // What the archive has and the list has not; private ones may be out of sight.
    [[nodiscard]] std::vector<Problem> finish(bool sees_private) {
        archive::ActivityQuery query;
        query.where = "strava_id IS NOT NULL AND sources LIKE '%api_summary%'";
        for (const auto& activity : m_archive.activities(m_athlete, query)) {
            const bool is_out_of_sight = activity.is_private.value_or(false) && !sees_private;
            if (!is_out_of_sight && !m_seen.contains(activity.strava_id.value().value)) {
                m_problems.push_back({.kind = ProblemKind::not_listed,
                                      .activity = activity.activity_id,
                                      .what = "no longer in Strava's list",
                                      .mend = mend_listing});
            }
        }
        return std::move(m_problems);
    }

private:
    static constexpr int most_idle_pages = 10;

    void compare(const model::ActivityRecord& record) {
        const auto strava_id = record.activity.strava_id.value();
        const auto activity = m_archive.find_activity(m_athlete, strava_id);
        if (!activity) {
            m_problems.push_back(
                {.kind = ProblemKind::not_here,
                 .what = fmt::format("{} is not here: {}", strava_id.value, record.activity.name),
                 .mend = mend_listing});
            return;
        }
        const auto raw = find_raw(activity->activity_id);
        if (!raw || !archive::is_same_record(*raw, record.raw)) {
            m_problems.push_back({.kind = ProblemKind::outdated,
                                  .activity = activity->activity_id,
                                  .what = raw ? "Strava's list says something else by now"
                                              : "it did not come from Strava's list",
                                  .mend = mend_listing});
        }
    }

    // Damage is verify()'s to tell; here it only is not what the list says.
    [[nodiscard]] std::optional<std::string> find_raw(ActivityId id) {
        try {
            return m_archive.raw_summary(m_athlete, id);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::data) {
                throw;
            }
            return std::nullopt;
        }
    }

    archive::Archive& m_archive;
    AthleteId m_athlete;
    strava::ListingWindow m_window{
        .after = std::nullopt, .before = std::nullopt, .page = 1, .per_page = list_page_size};
    std::unordered_set<std::int64_t> m_seen; // Strava's ids
    std::vector<Problem> m_problems;
};

void check_window(const char* name, const net::RateWindow& window, std::vector<Problem>& problems) {
    if (window.limit > 0 && window.usage > window.limit) {
        problems.push_back(
            {.kind = ProblemKind::budget,
             .what = fmt::format("{} requests {}, and {} are allowed", window.usage, name, window.limit),
             .mend = "harrier status"});
    }
}

} // namespace

std::vector<Problem> compare_with_strava(archive::Archive& archive, AthleteId athlete, Remote& remote,
                                         const std::function<void(std::int64_t)>& progress,
                                         const std::stop_token& stop) {
    Comparison comparison(archive, athlete);
    bool goes_on = true;
    while (goes_on) {
        if (stop.stop_requested()) {
            throw Error(ErrorKind::interrupted, "interrupted", "Nothing was changed");
        }
        goes_on = comparison.take(remote.list_activities(comparison.window(), stop).activities);
        progress(comparison.count());
    }
    return comparison.finish(remote.granted().allows("activity:read_all"));
}

std::vector<Problem> find_budget_anomalies(const net::RateUsage& usage) {
    std::vector<Problem> problems;
    for (const auto* pair : {&usage.overall, &usage.read}) {
        if (*pair) {
            check_window("in this quarter of an hour", (*pair)->quarter_hour, problems);
            check_window("today", (*pair)->day, problems);
        }
    }
    return problems;
}

} // namespace harrier::sync
