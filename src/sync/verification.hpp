// SPDX-License-Identifier: MIT
#pragma once

// Proves that an archive is whole: reads back every byte that it keeps, and looks for what is missing or odd.
// Changes nothing and asks Strava nothing.

#include "archive/archive.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::sync {

// Stable words, in the order of their weight.
enum class ProblemKind {
    damaged_store,   // the database itself
    damaged_record,  // what a source said cannot be read back
    damaged_file,    // the bytes of an imported file
    damaged_samples, // a stream
    open_listing,    // Strava's list was never read to its end, or the last pass was cut off
    missing_samples, // only the summary is here
    doubtful_pair,   // two activities that may be one
    tombstone,       // gone at Strava, kept here
};

[[nodiscard]] std::string_view word_of(ProblemKind kind);

// True for what only a look can settle, and what is no damage.
[[nodiscard]] bool is_notice(ProblemKind kind);

struct Problem {
    ProblemKind kind = ProblemKind::damaged_store;
    std::optional<ActivityId> activity{};
    std::optional<ActivityId> other{}; // of a doubtful pair
    std::string what;                  // one line
    std::string mend;                  // the command that mends it; may be empty
};

struct Verification {
    archive::Gaps gaps;
    std::int64_t checked = 0; // records, files and streams that were read back
    std::uint64_t bytes = 0;  // of them, as they are kept
    std::vector<Problem> problems{};
    bool complete = false; // false: `stop` ended it early
};

// `progress` gets how many of how many are done. Throws what the archive throws but for damage, which it
// reports.
[[nodiscard]] Verification verify(archive::Archive& archive, AthleteId athlete,
                                  const std::function<void(std::int64_t done, std::int64_t total)>& progress,
                                  const std::stop_token& stop = {});

} // namespace harrier::sync
