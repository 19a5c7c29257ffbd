// SPDX-License-Identifier: MIT
#pragma once

// Which activities a command speaks of: the flags that list, runs and stats share, made into a query.

#include "archive/archive.hpp"
#include "cli/command.hpp"

#include <string>
#include <vector>

namespace harrier::cli {

struct FilterFlags {
    std::string sport; // words with commas; "" = all
    std::string since;
    std::string until;
    std::string where;

    void declare(CLI::App& app);
    void declare_days(CLI::App& app); // --since and --until only
    [[nodiscard]] bool any() const;
};

// The query for these flags, newest first, without a limit. Asks the archive only for sports that are not
// Strava's. Throws Error{usage}.
[[nodiscard]] archive::ActivityQuery make_query(const FilterFlags& flags, archive::Archive& archive,
                                                AthleteId athlete, Clock& clock);

// The sport types that words mean: families ("run": Run, TrailRun, VirtualRun) or single types in any
// spelling
// ("trail-run"), or else one of `stored`, which the archive holds. Throws Error{usage} with the nearest word.
[[nodiscard]] std::vector<std::string> resolve_sports(std::string_view words,
                                                      const std::vector<archive::Totals>& stored);

// A last day typed by a user: as parse_day, but a month or a year means its last day.
[[nodiscard]] std::optional<std::chrono::local_days> parse_last_day(std::string_view text,
                                                                    std::chrono::local_days today);

// Says on stderr that nothing matched, and what there is.
void say_nothing_matches(const Invocation& invocation, archive::Archive& archive, AthleteId athlete);

} // namespace harrier::cli
