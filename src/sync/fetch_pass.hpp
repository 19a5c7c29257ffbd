// SPDX-License-Identifier: MIT
#pragma once

// The later parts of a run: one request for each activity. Only the engine's own sources include this.

#include "base/error.hpp"
#include "sync/run_state.hpp"

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace harrier::sync {

// An item that has failed so often is set aside.
constexpr int most_attempts = 5;
// So many items in a row without an answer, and the fault is not theirs: the run ends.
constexpr std::size_t most_unanswered = 3;

// How long an item rests after its n-th failure, n = 1, 2, …: nothing, 15 minutes, 1 h, 4 h, …
[[nodiscard]] std::chrono::seconds rest_after(int attempts);

class FetchPass {
public:
    explicit FetchPass(Run& run) : m_run(run) {}

    // Fetches what is due of one step; if so wished only what was fetched before and has changed since. False
    // when the run has to end before.
    [[nodiscard]] bool run(archive::Step step, bool only_again = false);

    // One request, and what comes of it.
    void fetch_item(const archive::WorkItem& item);

    [[nodiscard]] FetchCounts counts(archive::Step step) const {
        return m_counts.at(static_cast<std::size_t>(step));
    }
    [[nodiscard]] const std::vector<ItemFailure>& failures() const { return m_failures; }

private:
    using Answer = std::variant<model::Recording, model::ActivityDetail, strava::NotThere, strava::Refusal>;
    struct Unanswered {
        archive::WorkItem item;
        std::string message;
    };

    // True when the step's answers are to be asked for in this run.
    [[nodiscard]] bool is_wanted(const archive::WorkItem& item, bool sees_private) const;
    void fetch(const archive::WorkItem& item);
    [[nodiscard]] Answer ask(const archive::WorkItem& item);
    void store(const archive::WorkItem& item, model::Recording recording);
    void store(const archive::WorkItem& item, const model::ActivityDetail& detail);
    void note_absent(const archive::WorkItem& item);
    void note_failure(const archive::WorkItem& item, const std::string& message);
    // Somebody answered: those before who got no answer have failed by themselves.
    void blame_unanswered();
    [[nodiscard]] FetchCounts& counts_of(const archive::WorkItem& item) {
        return m_counts.at(static_cast<std::size_t>(item.step));
    }

    Run& m_run;
    std::array<FetchCounts, archive::step_words.size()> m_counts;
    std::vector<ItemFailure> m_failures;
    std::vector<Unanswered> m_unanswered; // the last ones, all in a row
};

} // namespace harrier::sync
