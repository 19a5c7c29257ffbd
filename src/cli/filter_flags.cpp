// SPDX-License-Identifier: MIT
#include "cli/filter_flags.hpp"

#include "cli/options.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

namespace harrier::cli {

void FilterFlags::declare(CLI::App& app) {
    add_text(app, "--sport", sport, "SPORT",
             "run, ride, swim, hike … or one of Strava's sport types; several with commas");
    declare_days(app);
    add_text(app, "--where", where, "EXPR", "an SQL condition over the columns, as \"distance > 20000\"");
}

void FilterFlags::declare_days(CLI::App& app) {
    add_text(app, "--since", since, "DAY",
             "from this day on: 2026-11-01, 2026-11, 2026, today, 7d, 4w, 6m, 1y");
    add_text(app, "--until", until, "DAY", "up to this day, or the end of this month or year");
}

void say_nothing_matches(const Invocation& invocation, archive::Archive& archive, AthleteId athlete) {
    const auto summary = archive.summary(athlete);
    if (summary.activities == 0) {
        invocation.console.say("The archive holds no activities yet.");
        invocation.console.say("To fetch them, run:  harrier sync");
        return;
    }
    invocation.console.say("No activities match.");
    invocation.console.say(fmt::format("The archive holds {} activities, from {} to {}.",
                                       report::format_number(static_cast<double>(summary.activities)),
                                       report::format_local_day(summary.first),
                                       report::format_local_day(summary.last)));
}

} // namespace harrier::cli
