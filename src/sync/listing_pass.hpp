// SPDX-License-Identifier: MIT
#pragma once

// The first part of a run: the list of activities. Only the engine's own sources include this.

#include "sync/listing_plan.hpp"
#include "sync/run_state.hpp"

#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

namespace harrier::sync {

class ListingPass {
public:
    explicit ListingPass(Run& run)
        : m_run(run), m_state(run.archive.listing_state(run.athlete)), m_open(open_stretch(m_state)),
          m_plan(make_plan()), m_begun_at(run.now()) {}

    // Lists what is to be listed. False when the run has to end before.
    [[nodiscard]] bool run();

private:
    // Where the next request begins.
    struct Cursor {
        std::optional<Instant> before;
        int page = 1;
    };

    [[nodiscard]] ListingPlan make_plan();
    [[nodiscard]] bool walk(std::size_t index);
    // Nothing at the end of the stretch.
    [[nodiscard]] std::optional<Cursor> next(const Stretch& stretch, const Cursor& cursor,
                                             const std::vector<model::ActivityRecord>& records);
    void require_progress(const std::vector<model::ActivityRecord>& records);
    [[nodiscard]] bool is_new(const model::ActivityRecord& record) const; // in this run
    [[nodiscard]] bool is_second_settled(const std::vector<model::ActivityRecord>& records, Instant start);
    void store(std::vector<model::ActivityRecord> records, std::size_t index,
               const std::optional<Cursor>& next);
    void note_whole_pass();
    [[nodiscard]] std::optional<Stretch> remaining(std::size_t index,
                                                   const std::optional<Cursor>& next) const;

    Run& m_run;
    archive::ListingState m_state;
    std::optional<Stretch> m_open; // as the last run left it
    ListingPlan m_plan;
    Instant m_begun_at;                      // before the first request
    std::unordered_set<std::int64_t> m_seen; // Strava ids of this run
    int m_pages_without_new = 0;
};

} // namespace harrier::sync
