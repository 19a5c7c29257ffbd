// SPDX-License-Identifier: MIT
#include "sync/deletion_pass.hpp"

#include "base/error.hpp"
#include "base/kill_point.hpp"

#include <algorithm>

namespace harrier::sync {

std::int64_t most_deletions(std::int64_t listed) {
    constexpr std::int64_t always = 20;
    constexpr std::int64_t share = 20; // one in so many
    return std::max(always, listed / share);
}

bool DeletionPass::run() {
    const bool sees_private = m_run.remote.granted().allows("activity:read_all");
    const auto unlisted = m_run.archive.unlisted(m_run.athlete, sees_private);
    const auto count = static_cast<std::int64_t>(unlisted.gone.size());
    m_counts.listed = unlisted.listed;
    if (count > most_deletions(unlisted.listed) && !m_run.options.allow_deletions) {
        m_counts.refused = count;
        return true;
    }
    for (const auto& item : unlisted.gone) {
        if (!m_run.may_ask()) {
            return false;
        }
        look_at(item);
    }
    return true;
}

void DeletionPass::look_at(const archive::WorkItem& item) {
    strava::DetailAnswer answer;
    try {
        answer = m_run.remote.detail(item.strava_id, m_run.stop);
        m_run.note_request();
    } catch (const Error& error) {
        m_run.note_request();
        if (error.kind() != ErrorKind::data) {
            throw;
        }
        return; // a broken answer proves nothing; the next run asks again
    }
    const auto now = m_run.now();
    if (std::holds_alternative<strava::NotThere>(answer)) {
        HARRIER_KILL_POINT("sync: before a tombstone is stored");
        m_run.archive.store_tombstone(m_run.athlete, item.activity_id, now);
        ++m_counts.deleted;
        return;
    }
    m_run.archive.note_listed(m_run.athlete, item.strava_id, now);
}

} // namespace harrier::sync
