// SPDX-License-Identifier: MIT
#include "sync/listing_pass.hpp"

#include "base/error.hpp"
#include "base/kill_point.hpp"

#include <algorithm>
#include <utility>

namespace harrier::sync {

namespace {

using namespace std::chrono;

constexpr int page_size = 200; // Strava's largest
constexpr int most_pages_without_new = 10;
constexpr const char* private_scope = "activity:read_all";

std::optional<Instant> oldest_start(const std::vector<model::ActivityRecord>& records) {
    std::optional<Instant> oldest;
    for (const auto& record : records) {
        if (const auto start = record.activity.start_date) {
            oldest = std::min(oldest.value_or(*start), *start);
        }
    }
    return oldest;
}

} // namespace

bool ListingPass::run() {
    for (std::size_t i = 0; i < m_plan.stretches.size(); ++i) {
        if (!walk(i)) {
            return false;
        }
    }
    return true;
}

ListingPlan ListingPass::make_plan() {
    const auto granted = m_run.remote.granted();
    const bool sees_private = granted.allows(private_scope);
    const auto& used = m_open ? m_state.resume_scopes : m_state.complete_scopes;
    return plan_listing({.state = m_state,
                         .newest = m_run.archive.newest_start(m_run.athlete),
                         .now = m_run.now(),
                         .full = m_run.options.full,
                         .has_suspects = m_run.archive.unlisted(m_run.athlete, sees_private).suspects > 0,
                         .since = m_run.options.since,
                         .granted = granted.join(),
                         .sees_private = sees_private,
                         .used = used,
                         .saw_private = strava::Scopes::parse(used).allows(private_scope)});
}

bool ListingPass::walk(std::size_t index) {
    const Stretch& stretch = m_plan.stretches[index];
    std::optional<Cursor> cursor = Cursor{.before = stretch.before};
    while (cursor) {
        if (!m_run.may_ask()) {
            return false;
        }
        // `after` is not sent: alone it turns the order round, in the future it is refused, and newest first
        // the page that reaches the bound shows by itself that the stretch has ended.
        auto page = m_run.remote.list_activities(
            {.after = std::nullopt, .before = cursor->before, .page = cursor->page, .per_page = page_size},
            m_run.stop);
        m_run.note_request();
        m_run.progress.reached = oldest_start(page.activities);

        cursor = next(stretch, *cursor, page.activities);
        store(std::move(page.activities), index, cursor);
        m_run.show();
    }
    return true;
}

// Pages are windows of start times that end just above the oldest start seen, so that of several activities
// that started in one second none is lost at the border; those that come twice are recognised. Only an empty
// page is the end, since Strava may give short ones before. 1,132 activities: 200, then 199 new ones per
// page, then the oldest alone, then nothing: 8 requests (7 when they are known already).
std::optional<ListingPass::Cursor> ListingPass::next(const Stretch& stretch, const Cursor& cursor,
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
void ListingPass::require_progress(const std::vector<model::ActivityRecord>& records) {
    const bool has_new =
        std::any_of(records.begin(), records.end(), [this](const auto& record) { return is_new(record); });
    m_pages_without_new = has_new ? 0 : m_pages_without_new + 1;
    if (m_pages_without_new > most_pages_without_new) {
        throw Error(ErrorKind::remote, "cannot list activities: Strava gives the same ones again and again");
    }
}

bool ListingPass::is_new(const model::ActivityRecord& record) const {
    return !record.activity.strava_id || !m_seen.contains(record.activity.strava_id->value);
}

// True when an earlier run stored an activity of that second, and did not end in the middle of it.
bool ListingPass::is_second_settled(const std::vector<model::ActivityRecord>& records, Instant start) {
    if (m_open && start < *m_open->before && (!m_open->after || start > *m_open->after)) {
        return false;
    }
    std::vector<StravaId> ids;
    for (const auto& record : records) {
        if (record.activity.start_date == start && record.activity.strava_id && is_new(record)) {
            ids.push_back(*record.activity.strava_id);
        }
    }
    return !ids.empty() && !m_run.archive.known(m_run.athlete, ids).empty();
}

void ListingPass::store(std::vector<model::ActivityRecord> records, std::size_t index,
                        const std::optional<Cursor>& next) {
    std::erase_if(records, [this](const model::ActivityRecord& record) {
        const auto& [activity, raw] = record;
        const bool too_old =
            m_run.options.since && activity.start_date && *activity.start_date < *m_run.options.since;
        return too_old || (activity.strava_id && !m_seen.insert(activity.strava_id->value).second);
    });
    const auto open = remaining(index, next);
    m_state.resume_before = open ? open->before : std::nullopt;
    m_state.resume_after = open ? open->after : std::nullopt;
    m_state.resume_scopes = open ? m_plan.scopes : "";
    if (m_plan.begins_whole) {
        m_state.begun_at = m_begun_at;
    }
    const bool ended = !next && index + 1 == m_plan.stretches.size();
    if (ended) {
        m_state.listed_at = m_run.now();
    }
    if (ended && m_plan.whole) {
        note_whole_pass();
    }
    HARRIER_KILL_POINT("sync: before a page is stored");
    m_run.progress.counts += m_run.archive.store_listing(m_run.athlete, records, m_state, m_run.now());
    HARRIER_KILL_POINT("sync: after a page was stored");
    m_run.progress.activities += static_cast<std::int64_t>(records.size());
}

// What is missing in two passes is missing only if both could see it.
void ListingPass::note_whole_pass() {
    const auto saw_private = [](const std::string& scopes) {
        return strava::Scopes::parse(scopes).allows(private_scope);
    };
    const bool same_eyes = saw_private(m_plan.scopes) == saw_private(m_state.complete_scopes);
    m_state.previous_begun_at =
        same_eyes && m_state.begun_at ? m_state.complete_begun_at : std::optional<Instant>();
    m_state.complete_begun_at = std::exchange(m_state.begun_at, std::nullopt);
    m_state.complete_at = m_run.now();
    m_state.complete_scopes = m_plan.scopes;
}

std::optional<Stretch> ListingPass::remaining(std::size_t index, const std::optional<Cursor>& next) const {
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

} // namespace harrier::sync
