// SPDX-License-Identifier: MIT
#pragma once

// The part of a run that finds out what was deleted at Strava. What two whole passes over the list did not
// show is asked for by itself, and becomes a tombstone only when Strava has it no more. Only the engine's own
// sources include this.

#include "sync/run_state.hpp"

#include <cstdint>

namespace harrier::sync {

// So many may go in one run without a word of the user's: 20, or 5 % of what is listed.
[[nodiscard]] std::int64_t most_deletions(std::int64_t listed);

class DeletionPass {
public:
    explicit DeletionPass(Run& run) : m_run(run) {}

    // False when the run has to end before.
    [[nodiscard]] bool run();

    [[nodiscard]] const DeletionCounts& counts() const { return m_counts; }

private:
    void look_at(const archive::WorkItem& item);

    Run& m_run;
    DeletionCounts m_counts;
};

} // namespace harrier::sync
