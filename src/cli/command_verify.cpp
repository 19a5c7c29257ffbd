// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"
#include "cli/sync_report.hpp"
#include "insight/verification_report.hpp"
#include "report/format.hpp"
#include "sync/verification.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

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
    case ProblemKind::set_aside:
        return "Failed so often that they are not fetched any more; to try them again:";
    case ProblemKind::not_here:
        return "In Strava's list, and not here; to list everything again:";
    case ProblemKind::outdated:
        return "Strava says something else of these by now; to list everything again:";
    case ProblemKind::missing_samples:
        return "Only the summary is here; to fetch samples, or import them from files:";
    case ProblemKind::short_samples:
        return "Samples that end long before the activity; to fetch them again:";
    case ProblemKind::not_listed:
        return "Here, and no longer in Strava's list; two whole passes will tell:";
    case ProblemKind::budget:
        return "More requests than Strava allows; another program uses the same application:";
    case ProblemKind::doubtful_pair:
        return "These may be the same outing twice; to compare them:";
    case ProblemKind::expired:
        return "Removed, as the retention says; to fetch them again:";
    case ProblemKind::tombstone:
        return "Deleted at Strava:";
    }
    return {};
}

std::string to_text(const Verification& result) {
    constexpr double megabyte = 1e6;
    std::string text;
    for (const auto kind : sync::all_problem_kinds) {
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
        add_flag(app, "--deep", m_deep, "read Strava's whole list, too, and compare it: a request for 200");
        set_examples(
            app, "  harrier verify\n"
                 "  harrier verify --deep\n"
                 "  harrier verify --json\n"
                 "Reads back every byte that is kept, and looks for holes and doubles. Changes nothing, and\n"
                 "without --deep asks Strava nothing. Exit code 3 when something is damaged or missing.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto archive = open_archive(invocation.settings, archive::Access::read);
        const auto athlete = archive_athlete(invocation.settings, *archive).athlete_id;
        ProgressLine line(invocation.console);
        auto result = sync::verify(
            *archive, athlete,
            [&line](std::int64_t done, std::int64_t total) {
                line.update(fmt::format("{} of {} read back",
                                        report::format_number(static_cast<double>(done)),
                                        report::format_number(static_cast<double>(total))));
            },
            invocation.stop);
        if (!result.complete) {
            line.clear();
            throw Error(ErrorKind::interrupted, "interrupted", "Nothing was changed");
        }
        if (m_deep) {
            add(compare(invocation, *archive, line), result);
        }
        line.clear();
        add(budget_anomalies(invocation), result);
        invocation.console.print(m_json ? insight::verification_json(result) : to_text(result));
        return insight::is_sound(result) ? exit_done : exit_some_failed;
    }

private:
    static void add(std::vector<Problem> problems, Verification& result) {
        result.problems.insert(result.problems.end(), std::make_move_iterator(problems.begin()),
                               std::make_move_iterator(problems.end()));
    }

    static std::vector<Problem> compare(Invocation& invocation, archive::Archive& archive,
                                        ProgressLine& line) {
        const auto login = require_login(make_vault(invocation.settings));
        Session session(invocation.settings, invocation.clock);
        session.budgeted.wait_with([&](const net::Denial& denial, const std::stop_token& stop) {
            return wait_for_limit(invocation.console, line, invocation.clock, denial, stop);
        });
        sync::StravaRemote remote(session.client, session.tokens);
        return sync::compare_with_strava(
            archive, login.athlete.athlete_id, remote,
            [&line](std::int64_t count) {
                line.update(
                    fmt::format("{} of Strava's list compared", count_of(count, "activity", "activities")));
            },
            invocation.stop);
    }

    // As the last answers of Strava told.
    static std::vector<Problem> budget_anomalies(const Invocation& invocation) {
        std::optional<strava::Login> login;
        try {
            login = make_vault(invocation.settings).load();
        } catch (const Error&) {
            return {}; // doctor tells why it cannot be read
        }
        if (!login) {
            return {};
        }
        const auto rate = open_rate_account(invocation.settings, &*login, invocation.clock).look();
        return rate ? sync::find_budget_anomalies(rate->usage) : std::vector<Problem>{};
    }

    bool m_deep = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_verify_command() {
    return std::make_unique<VerifyCommand>();
}

} // namespace harrier::cli
