// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"
#include "insight/verification_report.hpp"
#include "report/format.hpp"
#include "sync/verification.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

using sync::Problem;
using sync::ProblemKind;
using sync::Verification;

constexpr std::size_t shown_of_a_kind = 10;

std::string count_of(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", report::format_number(static_cast<double>(count)), count == 1 ? one : many);
}

std::string line_of(const Problem& problem) {
    const auto whose =
        problem.activity ? fmt::format("activity {}: ", problem.activity->value) : std::string();
    return escape_terminal(whose + problem.what);
}

// Those of one kind with the command that mends them, the first of many.
std::string section(const std::vector<Problem>& problems, ProblemKind kind) {
    std::string text;
    std::string mend;
    std::size_t count = 0;
    for (const auto& problem : problems) {
        if (problem.kind != kind) {
            continue;
        }
        if (++count <= shown_of_a_kind) {
            text += "  " + line_of(problem) + "\n";
            mend = mend.empty() ? problem.mend : mend;
        }
    }
    if (count > shown_of_a_kind) {
        text += fmt::format("  … and {} more; --json lists all\n", count - shown_of_a_kind);
    }
    return text + (mend.empty() ? "" : fmt::format("    {}\n", mend));
}

std::string title(ProblemKind kind) {
    switch (kind) {
    case ProblemKind::damaged_store:
        return "The database is damaged; take a backup back:";
    case ProblemKind::damaged_record:
        return "Damaged records; to fetch or import them again:";
    case ProblemKind::damaged_file:
        return "Damaged files; to import them again:";
    case ProblemKind::damaged_samples:
        return "Damaged samples; to get them again:";
    case ProblemKind::open_listing:
        return "Not everything is listed yet; to go on:";
    case ProblemKind::missing_samples:
        return "Only the summary is here; to fetch samples, or import them from files:";
    case ProblemKind::doubtful_pair:
        return "These may be the same outing twice; to compare them:";
    case ProblemKind::tombstone:
        return "Deleted at Strava:";
    }
    return {};
}

std::string to_text(const Verification& result) {
    constexpr double megabyte = 1e6;
    std::string text;
    for (const auto kind :
         {ProblemKind::damaged_store, ProblemKind::damaged_record, ProblemKind::damaged_file,
          ProblemKind::damaged_samples, ProblemKind::open_listing, ProblemKind::missing_samples,
          ProblemKind::doubtful_pair, ProblemKind::tombstone}) {
        if (const auto lines = section(result.problems, kind); !lines.empty()) {
            text += title(kind) + "\n" + lines;
        }
    }
    return text +
           fmt::format("{}: {} read back ({} MB), {}.\n",
                       count_of(result.gaps.activities, "activity", "activities"),
                       count_of(result.checked, "record, file or stream", "records, files and streams"),
                       report::format_number(static_cast<double>(result.bytes) / megabyte, 1),
                       insight::is_sound(result) ? "all sound" : "not all sound");
}

class VerifyCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_flag(app, "--json", m_json,
                 "print an object: sound, counts, and every problem with what mends it");
        set_examples(
            app, "  harrier verify\n"
                 "  harrier verify --json\n"
                 "Reads back every byte that is kept, and looks for holes and doubles. Asks Strava nothing,\n"
                 "changes nothing. Exit code 3 when something is damaged or missing.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto archive = open_archive(invocation.settings, archive::Access::read);
        const auto athlete = archive_athlete(invocation.settings, *archive).athlete_id;
        ProgressLine line(invocation.console);
        const auto result = sync::verify(
            *archive, athlete,
            [&line](std::int64_t done, std::int64_t total) {
                line.update(fmt::format("{} of {} read back",
                                        report::format_number(static_cast<double>(done)),
                                        report::format_number(static_cast<double>(total))));
            },
            invocation.stop);
        line.clear();
        if (!result.complete) {
            throw Error(ErrorKind::interrupted, "interrupted", "Nothing was changed");
        }
        invocation.console.print(m_json ? insight::verification_json(result) : to_text(result));
        return insight::is_sound(result) ? exit_done : exit_some_failed;
    }

private:
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_verify_command() {
    return std::make_unique<VerifyCommand>();
}

} // namespace harrier::cli
