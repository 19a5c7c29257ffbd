// SPDX-License-Identifier: MIT
#pragma once

// The flags that choose activities, shared by list, runs, stats and the commands of the history.

#include "cli/command.hpp"
#include "insight/activity_filter.hpp"

namespace harrier::cli {

using insight::make_query;

struct FilterFlags : insight::ActivityFilter {
    void declare(CLI::App& app);
    void declare_days(CLI::App& app); // --since and --until only
};

// Says on stderr that nothing matched, and what there is.
void say_nothing_matches(const Invocation& invocation, archive::Archive& archive, AthleteId athlete);

} // namespace harrier::cli
