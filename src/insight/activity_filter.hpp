// SPDX-License-Identifier: MIT
#pragma once

// Which activities a question is about: the words of a user made into a query.

#include "archive/archive.hpp"
#include "base/clock.hpp"

#include <string>
#include <vector>

namespace harrier::insight {

struct ActivityFilter {
    std::string sport; // words with commas; "" = all
    std::string since;
    std::string until;
    std::string where; // an SQL condition over the columns of v_activity

    [[nodiscard]] bool any() const;
};

// The query for these words, newest first, without a limit. Asks the archive only for sports that are not
// Strava's. Throws Error{usage}.
[[nodiscard]] archive::ActivityQuery make_query(const ActivityFilter& filter, archive::Archive& archive,
                                                AthleteId athlete, Clock& clock);

// Today by the clock and time zone of this machine.
[[nodiscard]] std::chrono::local_days today(Clock& clock);

// The sport types that words mean: families ("run": Run, TrailRun, VirtualRun) or single types in any
// spelling ("trail-run"), or else one of `stored`, which the archive holds. Throws Error{usage} with the
// nearest word.
[[nodiscard]] std::vector<std::string> resolve_sports(std::string_view words,
                                                      const std::vector<archive::Totals>& stored);

// A last day typed by a user: as parse_day, but a month or a year means its last day.
[[nodiscard]] std::optional<std::chrono::local_days> parse_last_day(std::string_view text,
                                                                    std::chrono::local_days today);

} // namespace harrier::insight
