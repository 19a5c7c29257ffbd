// SPDX-License-Identifier: MIT
#include "cli/measured_archive.hpp"

#include "base/error.hpp"
#include "cli/session.hpp"
#include "report/format.hpp"
#include "sync/measuring.hpp"

#include <fmt/format.h>

namespace harrier::cli {

void measure_all(Invocation& invocation, archive::Archive& archive, AthleteId athlete) {
    ProgressLine line(invocation.console);
    const auto begin = invocation.clock.steady();
    const auto number = [](std::size_t value) { return report::format_number(static_cast<double>(value)); };
    const auto result = sync::measure(
        archive, athlete,
        [&](std::size_t done, std::size_t total) {
            const auto elapsed = std::chrono::duration<double>(invocation.clock.steady() - begin).count();
            const auto left =
                done > 0 ? elapsed / static_cast<double>(done) * static_cast<double>(total - done) : 0;
            line.update(fmt::format("measuring: {} of {} activities, {:.0f} s left", number(done),
                                    number(total), left));
        },
        invocation.stop);
    line.clear();
    for (const auto& failure : result.failures) {
        invocation.console.say(
            fmt::format("activity {} cannot be measured: {}", failure.activity.value, failure.reason));
    }
    if (!result.complete) {
        throw Error(ErrorKind::interrupted, "interrupted; what is measured stays",
                    "To go on, run the same again");
    }
}

std::unique_ptr<archive::Archive> open_measured(Invocation& invocation) {
    auto archive = open_archive(invocation.settings, archive::Access::read);
    const auto athlete = archive_athlete(invocation.settings, *archive).athlete_id;
    if (archive->is_measured(athlete, sync::algorithm_version()) ||
        archive->unmeasured(athlete, sync::algorithm_version()).empty()) {
        return archive;
    }
    archive.reset();
    try {
        measure_all(invocation, *open_archive(invocation.settings, archive::Access::write), athlete);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::locked) {
            throw;
        }
        invocation.console.say("Another harrier is writing; some activities are not measured yet.");
    }
    return open_archive(invocation.settings, archive::Access::read);
}

} // namespace harrier::cli
