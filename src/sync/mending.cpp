// SPDX-License-Identifier: MIT
#include "sync/mending.hpp"

#include "sync/verification.hpp"

#include <set>
#include <utility>

namespace harrier::sync {

Mending make_damaged_due(archive::Archive& archive, AthleteId athlete, Instant now,
                         const std::stop_token& stop) {
    Mending mending;
    std::set<std::pair<std::int64_t, archive::Step>> due;
    const auto found = verify(
        archive, athlete, [](std::int64_t, std::int64_t) {}, stop);
    for (const auto& problem : found.problems) {
        if (problem.mend != mend_fetched || !problem.activity) {
            continue;
        }
        const bool is_record = problem.kind == ProblemKind::damaged_record;
        mending.needs_listing = mending.needs_listing || is_record;
        if (problem.kind != ProblemKind::set_aside) { // that one retry_work() knows
            due.emplace(problem.activity->value, is_record ? archive::Step::details : archive::Step::streams);
        }
    }
    archive.together([&] {
        for (const auto& [id, step] : due) {
            archive.make_due(athlete, ActivityId{id}, step, now);
        }
        archive.retry_work(athlete, now);
    });
    mending.activities = static_cast<std::int64_t>(due.size());
    return mending;
}

} // namespace harrier::sync
