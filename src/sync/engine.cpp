// SPDX-License-Identifier: MIT
#include "sync/engine.hpp"

#include "base/error.hpp"
#include "base/kill_point.hpp"
#include "sync/listing_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <vector>

namespace harrier::sync {

namespace {

using namespace std::chrono;

constexpr int page_size = 200; // Strava's largest
constexpr int most_pages_without_new = 10;
constexpr const char* private_scope = "activity:read_all";

// Where the next request begins.
struct Cursor {
    std::optional<Instant> before;
    int page = 1;
};

bool is_used_up(const std::optional<net::RatePair>& pair) {
    const auto used_up = [](const net::RateWindow& window) {
        return window.limit > 0 && window.usage >= window.limit;
    };
    return pair && (used_up(pair->quarter_hour) || used_up(pair->day));
}

std::optional<Instant> oldest_start(const std::vector<model::ActivityRecord>& records) {
    std::optional<Instant> oldest;
    for (const auto& record : records) {
        if (const auto start = record.activity.start_date) {
            oldest = std::min(oldest.value_or(*start), *start);
        }
    }
    return oldest;
}

// One run of the engine.
class Pass {
public:
    Pass(Remote& remote, archive::Archive& archive, Clock& clock, AthleteId athlete,
         const SyncOptions& options)
        : m_remote(remote), m_archive(archive), m_clock(clock), m_athlete(athlete), m_options(options),
          m_state(archive.listing_state(athlete)), m_open(open_stretch(m_state)), m_plan(make_plan()) {}

    SyncResult run(const std::function<void(const SyncProgress&)>& progress, const std::stop_token& stop) {
        for (std::size_t i = 0; i < m_plan.stretches.size(); ++i) {
            if (!walk(i, progress, stop)) {
                return {.counts = m_progress.counts, .requests = m_progress.requests, .complete = false};
            }
        }
        return {.counts = m_progress.counts, .requests = m_progress.requests, .complete = true};
    }

private:
    [[nodiscard]] Instant now() { return floor<seconds>(m_clock.now()); }

    ListingPlan make_plan();
    // False when the run has to end before the stretch does.
    bool walk(std::size_t index, const std::function<void(const SyncProgress&)>& progress,
              const std::stop_token& stop);
    [[nodiscard]] bool may_ask(const std::stop_token& stop);
    // Nothing at the end of the stretch.
    [[nodiscard]] std::optional<Cursor> next(const Stretch& stretch, const Cursor& cursor,
                                             const std::vector<model::ActivityRecord>& records);
    void require_progress(const std::vector<model::ActivityRecord>& records);
    [[nodiscard]] bool is_new(const model::ActivityRecord& record) const; // in this run
    [[nodiscard]] bool is_second_settled(const std::vector<model::ActivityRecord>& records, Instant start);
    void store(std::vector<model::ActivityRecord> records, std::size_t index,
               const std::optional<Cursor>& next);
    [[nodiscard]] std::optional<Stretch> remaining(std::size_t index,
                                                   const std::optional<Cursor>& next) const;

    Remote& m_remote;
    archive::Archive& m_archive;
    Clock& m_clock;
    AthleteId m_athlete;
    const SyncOptions& m_options;
    archive::ListingState m_state;
    std::optional<Stretch> m_open; // as the last run left it
    ListingPlan m_plan;
    SyncProgress m_progress;
    Instant m_rate_seen_at{};
    std::unordered_set<std::int64_t> m_seen; // Strava ids of this run
    int m_pages_without_new = 0;
};

ListingPlan Pass::make_plan() {
    const auto granted = m_remote.granted();
    const auto& used = m_open ? m_state.resume_scopes : m_state.complete_scopes;
    return plan_listing({.state = m_state,
                         .newest = m_archive.newest_start(m_athlete),
                         .now = now(),
                         .full = m_options.full,
                         .since = m_options.since,
                         .granted = granted.join(),
                         .sees_private = granted.allows(private_scope),
                         .used = used,
                         .saw_private = strava::Scopes::parse(used).allows(private_scope)});
}

bool Pass::walk(std::size_t index, const std::function<void(const SyncProgress&)>& progress,
                const std::stop_token& stop) {
    const Stretch& stretch = m_plan.stretches[index];
    std::optional<Cursor> cursor = Cursor{.before = stretch.before};
    while (cursor) {
        if (!may_ask(stop)) {
            return false;
        }
        // `after` is not sent: alone it turns the order round, in the future it is refused, and newest first
        // the page that reaches the bound shows by itself that the stretch has ended.
        auto page = m_remote.list_activities(
            {.after = std::nullopt, .before = cursor->before, .page = cursor->page, .per_page = page_size},
            stop);
        ++m_progress.requests;
        m_progress.rate = page.rate;
        m_rate_seen_at = now();
        m_progress.reached = oldest_start(page.activities);

        cursor = next(stretch, *cursor, page.activities);
        store(std::move(page.activities), index, cursor);
        if (progress) {
            progress(m_progress);
        }
    }
    return true;
}

bool Pass::may_ask(const std::stop_token& stop) {
    if (stop.stop_requested() || (m_options.max_requests && m_progress.requests >= *m_options.max_requests)) {
        return false;
    }
    // A request over the limit is refused, and still counts towards the day.
    if (is_used_up(m_progress.rate.overall) || is_used_up(m_progress.rate.read)) {
        const auto reset = net::next_reset(m_progress.rate, m_rate_seen_at);
        if (now() < reset) {
            throw Error(ErrorKind::rate_limited,
                        fmt::format("Strava's rate limit is used up until {} UTC",
                                    format_instant(reset).substr(11, 5)),
                        "What is stored stays. Go on then with:  harrier sync");
        }
    }
    return true;
}

// Pages are windows of start times that end just above the oldest start seen, so that of several activities
// that started in one second none is lost at the border; those that come twice are recognised. Only an empty
// page is the end, since Strava may give short ones before. 1,132 activities: 200, then 199 new ones per
// page, then the oldest alone, then nothing: 8 requests (7 when they are known already).
std::optional<Cursor> Pass::next(const Stretch& stretch, const Cursor& cursor,
                                 const std::vector<model::ActivityRecord>& records) {
    if (records.empty()) {
        return std::nullopt;
    }
    require_progress(records);
    const auto oldest = oldest_start(records);
    if (!oldest) {
        throw Error(ErrorKind::remote, "cannot list activities: Strava gave a page without start times");
    }
    if (stretch.after && *oldest <= *stretch.after) {
        return std::nullopt;
    }
    const Instant before = is_second_settled(records, *oldest) ? *oldest : *oldest + seconds{1};
    if (!cursor.before || before < *cursor.before) {
        return Cursor{.before = before};
    }
    // The whole page is of the last second of its window: go on inside it by number.
    return Cursor{.before = cursor.before, .page = cursor.page + 1};
}

// A server that does not heed `before` would be asked for ever.
void Pass::require_progress(const std::vector<model::ActivityRecord>& records) {
    const bool has_new =
        std::any_of(records.begin(), records.end(), [this](const auto& record) { return is_new(record); });
    m_pages_without_new = has_new ? 0 : m_pages_without_new + 1;
    if (m_pages_without_new > most_pages_without_new) {
        throw Error(ErrorKind::remote, "cannot list activities: Strava gives the same ones again and again");
    }
}

bool Pass::is_new(const model::ActivityRecord& record) const {
    return !record.activity.strava_id || !m_seen.contains(record.activity.strava_id->value);
}

// True when an earlier run stored an activity of that second, and did not end in the middle of it.
bool Pass::is_second_settled(const std::vector<model::ActivityRecord>& records, Instant start) {
    if (m_open && start < *m_open->before && (!m_open->after || start > *m_open->after)) {
        return false;
    }
    std::vector<StravaId> ids;
    for (const auto& record : records) {
        if (record.activity.start_date == start && record.activity.strava_id && is_new(record)) {
            ids.push_back(*record.activity.strava_id);
        }
    }
    return !ids.empty() && !m_archive.known(m_athlete, ids).empty();
}

void Pass::store(std::vector<model::ActivityRecord> records, std::size_t index,
                 const std::optional<Cursor>& next) {
    std::erase_if(records, [this](const model::ActivityRecord& record) {
        const auto& [activity, raw] = record;
        const bool too_old =
            m_options.since && activity.start_date && *activity.start_date < *m_options.since;
        return too_old || (activity.strava_id && !m_seen.insert(activity.strava_id->value).second);
    });
    const auto open = remaining(index, next);
    m_state.resume_before = open ? open->before : std::nullopt;
    m_state.resume_after = open ? open->after : std::nullopt;
    m_state.resume_scopes = open ? m_plan.scopes : "";
    const bool ended = !next && index + 1 == m_plan.stretches.size();
    if (ended) {
        m_state.listed_at = now();
    }
    if (ended && m_plan.whole) {
        m_state.complete_at = now();
        m_state.complete_scopes = m_plan.scopes;
    }
    HARRIER_KILL_POINT("sync: before a page is stored");
    m_progress.counts += m_archive.store_listing(m_athlete, records, m_state, now());
    HARRIER_KILL_POINT("sync: after a page was stored");
    m_progress.activities += static_cast<std::int64_t>(records.size());
}

std::optional<Stretch> Pass::remaining(std::size_t index, const std::optional<Cursor>& next) const {
    std::vector<Stretch> parts;
    if (next) {
        parts.push_back({.after = m_plan.stretches[index].after, .before = next->before});
    }
    for (std::size_t i = index + 1; i < m_plan.stretches.size(); ++i) {
        parts.push_back(m_plan.stretches[i]);
    }
    if (m_plan.left) {
        parts.push_back(*m_plan.left);
    }
    return hull(parts);
}

} // namespace

SyncResult Engine::run(AthleteId athlete, const SyncOptions& options,
                       const std::function<void(const SyncProgress&)>& progress, std::stop_token stop) {
    return Pass(m_remote, m_archive, m_clock, athlete, options).run(progress, stop);
}

} // namespace harrier::sync
