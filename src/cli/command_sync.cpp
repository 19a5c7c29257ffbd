// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/rate_memory.hpp"
#include "cli/session.hpp"
#include "report/format.hpp"
#include "strava/json.hpp"
#include "sync/engine.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::cli {

namespace {

using report::format_number;

std::string count_of(std::int64_t number, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", format_number(static_cast<double>(number)), number == 1 ? one : many);
}

// The moment when a local day begins on this machine.
Instant begin_of(std::chrono::local_days day) {
    const Instant as_utc{day.time_since_epoch()};
    return as_utc - (to_machine_wall_time(as_utc).time_since_epoch() - as_utc.time_since_epoch());
}

// ", limit 12/100, day 240/1,000": requests used of this quarter hour's and of today's; short, so that the
// whole line fits 80 columns.
std::string budget_text(const net::RateUsage& rate) {
    const auto& pair = rate.read ? rate.read : rate.overall;
    if (!pair) {
        return {};
    }
    const auto window = [](const net::RateWindow& one) {
        return fmt::format("{}/{}", format_number(static_cast<double>(one.usage)),
                           format_number(static_cast<double>(one.limit)));
    };
    return fmt::format(", limit {}, day {}", window(pair->quarter_hour), window(pair->day));
}

std::string progress_text(const sync::SyncProgress& progress) {
    const auto back_to =
        progress.reached ? fmt::format(", back to {}", format_instant(*progress.reached).substr(0, 10)) : "";
    return fmt::format("{}, {}{}{}", count_of(progress.activities, "activity", "activities"),
                       count_of(progress.requests, "page", "pages"), back_to, budget_text(progress.rate));
}

class SyncCommand final : public Command {
public:
    void declare(CLI::App& app) override;
    [[nodiscard]] int run(Invocation& invocation) override;

private:
    [[nodiscard]] sync::SyncOptions options(Clock& clock, int spent) const;
    [[nodiscard]] sync::SyncResult list(Invocation& invocation, Session& session, archive::Archive& archive,
                                        const strava::Login& login);
    void print_result(const Invocation& invocation, const sync::SyncResult& result,
                      std::chrono::milliseconds duration) const;

    bool m_full = false;
    bool m_no_streams = false;
    bool m_json = false;
    std::string m_since;
    std::optional<std::int64_t> m_max_requests;
};

void SyncCommand::declare(CLI::App& app) {
    add_text(app, "--since", m_since, "DATE", "only what started on that day or later: 2026-11-01, 2026, 6m");
    add_flag(app, "--full", m_full, "list everything again, to see old edits and back-dated uploads");
    add_count(app, "--max-requests", m_max_requests, "stop after so many requests; the next run goes on");
    add_flag(app, "--no-streams", m_no_streams, "only the list of activities, no second-by-second data");
    add_flag(app, "--json", m_json, "print what was done as an object");
    set_examples(app, "  harrier sync\n"
                      "  harrier sync --since 1y\n"
                      "  harrier sync --full --max-requests 50");
}

sync::SyncOptions SyncCommand::options(Clock& clock, int spent) const {
    sync::SyncOptions options{.full = m_full, .since = std::nullopt, .max_requests = std::nullopt};
    if (!m_since.empty()) {
        const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
        const auto day = parse_day(m_since, std::chrono::floor<std::chrono::days>(to_machine_wall_time(now)));
        if (!day) {
            throw Error(ErrorKind::usage, fmt::format("--since {} is not a day", m_since),
                        "Write it like 2026-11-01, 2026-11, 2026, yesterday, 30d, 6m or 2y");
        }
        options.since = begin_of(*day);
    }
    if (m_max_requests) {
        options.max_requests = static_cast<int>(std::max<std::int64_t>(*m_max_requests - spent, 0));
    }
    return options;
}

// Stores who the athlete is. The login tells the name; units and weight take a request of their own, once.
// Returns the requests that it took.
int store_athlete(Session& session, archive::Archive& archive, const strava::Login& login,
                  const std::stop_token& stop) {
    const auto athletes = archive.athletes();
    const auto stored = std::find_if(athletes.begin(), athletes.end(), [&](const model::Athlete& athlete) {
        return athlete.athlete_id == login.athlete.athlete_id;
    });
    if (stored != athletes.end() && stored->measurement_preference) {
        return 0;
    }
    if (login.athlete.measurement_preference || !login.granted.allows("profile:read_all")) {
        if (stored == athletes.end() || *stored != login.athlete) {
            archive.store_athlete(login.athlete, "");
        }
        return 0;
    }
    strava::ApiRequest request;
    request.path = "/athlete";
    const auto answer = session.client.call(request, "read the athlete", stop);
    archive.store_athlete(strava::parse_athlete(answer.body), answer.body);
    return 1;
}

// The same error, and what the run has stored before it.
Error with_stored(const Error& error, const sync::SyncProgress& progress) {
    if (progress.activities == 0 || error.kind() == ErrorKind::internal) {
        return error;
    }
    return {error.kind(),
            fmt::format("{}\n{} of this run {} stored; the next one goes on from there", error.message(),
                        count_of(progress.activities, "activity", "activities"),
                        progress.activities == 1 ? "is" : "are"),
            error.hint().empty() ? "Go on with:  harrier sync" : error.hint()};
}

sync::SyncResult SyncCommand::list(Invocation& invocation, Session& session, archive::Archive& archive,
                                   const strava::Login& login) {
    const int spent = store_athlete(session, archive, login, invocation.stop);
    sync::StravaRemote remote(session.client, session.tokens);
    ProgressLine line(invocation.console);
    sync::SyncProgress reached;
    const auto show = [&](const sync::SyncProgress& progress) {
        reached = progress;
        if (invocation.console.err.is_terminal) {
            line.update(progress_text(progress));
        } else {
            invocation.console.say(progress_text(progress));
        }
    };
    const auto remember = [&] { // once a run, since it waits for the disk
        remember_rate(invocation.settings, session.client.last_rate(),
                      std::chrono::floor<std::chrono::seconds>(invocation.clock.now()));
    };
    try {
        auto result =
            sync::Engine(remote, archive, invocation.clock)
                .run(login.athlete.athlete_id, options(invocation.clock, spent), show, invocation.stop);
        remember();
        result.requests += spent;
        if (!result.complete && invocation.stop.stop_requested()) {
            throw Error(ErrorKind::interrupted, "interrupted", "Go on with:  harrier sync");
        }
        return result;
    } catch (const Error& error) {
        line.clear();
        remember();
        throw with_stored(error, reached);
    }
}

void SyncCommand::print_result(const Invocation& invocation, const sync::SyncResult& result,
                               std::chrono::milliseconds duration) const {
    const auto& counts = result.counts;
    if (m_json) {
        const nlohmann::ordered_json object{{"new", counts.added},
                                            {"updated", counts.updated},
                                            {"unchanged", counts.unchanged},
                                            {"failed", 0},
                                            {"requests", result.requests}};
        invocation.console.print(object.dump() + "\n");
        return;
    }
    const auto number = [](std::int64_t value) { return format_number(static_cast<double>(value)); };
    invocation.console.print(fmt::format(
        "{} new, {} updated, {} unchanged; {}, {:.1f} s.\n", number(counts.added), number(counts.updated),
        number(counts.unchanged), count_of(result.requests, "request", "requests"),
        static_cast<double>(duration.count()) / 1000.0));
    invocation.console.print(result.complete ? "To see your newest runs:  harrier runs\n"
                                             : "Stopped at --max-requests. To go on:  harrier sync\n");
}

int SyncCommand::run(Invocation& invocation) {
    (void)options(invocation.clock, 0); // a wrong --since shows before anything is asked or created
    Session session(invocation.settings, invocation.clock);
    const auto login = require_login(session.vault);
    const auto begin = invocation.clock.steady();
    const auto archive = open_archive(invocation.settings, archive::Access::write);
    const auto result = list(invocation, session, *archive, login);
    print_result(invocation, result, invocation.clock.steady() - begin);
    return exit_done;
}

} // namespace

std::unique_ptr<Command> make_sync_command() {
    return std::make_unique<SyncCommand>();
}

} // namespace harrier::cli
