// SPDX-License-Identifier: MIT
#pragma once

// Proves that an archive is whole: reads back every byte that it keeps, and looks for what is missing or odd.
// Changes nothing. verify() asks Strava nothing; compare_with_strava() reads its whole list.

#include "archive/archive.hpp"
#include "sync/remote.hpp"

#include <array>
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
    set_aside,       // failed so often that it is not fetched any more
    not_here,        // in Strava's list, and not in the archive
    outdated,        // Strava's list says something else of it
    missing_samples, // only the summary is here
    short_samples,   // the API's samples end long before the activity does
    not_listed,      // here, and no longer in Strava's list
    budget,          // Strava counts more requests than its limits allow
    doubtful_pair,   // two activities that may be one
    expired,         // removed as the retention says
    tombstone,       // gone at Strava, kept here
};

[[nodiscard]] std::string_view word_of(ProblemKind kind);

// True for what only a look can settle, and what is no damage.
[[nodiscard]] bool is_notice(ProblemKind kind);

inline constexpr std::array all_problem_kinds{
    ProblemKind::damaged_store,   ProblemKind::damaged_record, ProblemKind::damaged_file,
    ProblemKind::damaged_samples, ProblemKind::open_listing,   ProblemKind::set_aside,
    ProblemKind::not_here,        ProblemKind::outdated,       ProblemKind::missing_samples,
    ProblemKind::short_samples,   ProblemKind::not_listed,     ProblemKind::budget,
    ProblemKind::doubtful_pair,   ProblemKind::expired,        ProblemKind::tombstone};

// The command that mends what came from the API.
inline constexpr const char* mend_fetched = "harrier sync --mend";

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

// Reads Strava's whole list, 200 activities a request, and tells what of it is not here, or is otherwise. One
// request after the other is noted to `progress` with the activities so far. Throws what the remote throws.
[[nodiscard]] std::vector<Problem> compare_with_strava(archive::Archive& archive, AthleteId athlete,
                                                       Remote& remote,
                                                       const std::function<void(std::int64_t)>& progress,
                                                       const std::stop_token& stop = {});

// Where Strava has counted more requests than a limit allows.
[[nodiscard]] std::vector<Problem> find_budget_anomalies(const net::RateUsage& usage);

} // namespace harrier::sync
