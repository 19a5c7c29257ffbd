// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/rate_memory.hpp"
#include "cli/session.hpp"
#include "cli/sync_report.hpp"
#include "cli/todo.hpp"
#include "strava/json.hpp"
#include "sync/engine.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

// Where nothing can be redrawn, a line from time to time is enough.
constexpr std::chrono::seconds time_between_lines{10};

// The moment when a local day begins on this machine.
Instant begin_of(std::chrono::local_days day) {
    const Instant as_utc{day.time_since_epoch()};
    return as_utc - (to_machine_wall_time(as_utc).time_since_epoch() - as_utc.time_since_epoch());
}

class SyncCommand final : public Command {
public:
    void declare(CLI::App& app) override;
    [[nodiscard]] int run(Invocation& invocation) override;

private:
    [[nodiscard]] sync::SyncOptions options(Clock& clock, int spent) const;
    [[nodiscard]] sync::SyncResult fetch(Invocation& invocation, Session& session, archive::Archive& archive,
                                         const strava::Login& login);
    void print_plan(const Invocation& invocation, AthleteId athlete) const;
    void print_result(const Invocation& invocation, const sync::SyncResult& result,
                      std::chrono::milliseconds duration) const;

    bool m_full = false;
    bool m_streams = false;
    bool m_no_streams = false;
    bool m_dry_run = false;
    bool m_json = false;
    std::string m_since;
    std::optional<std::int64_t> m_max_requests;
};

void SyncCommand::declare(CLI::App& app) {
    add_text(app, "--since", m_since, "DATE", "only what started on that day or later: 2026-11-01, 2026, 6m");
    add_flag(app, "--full", m_full,
             "list everything again, to see old edits and back-dated uploads, and try again what failed");
    add_count(app, "--max-requests", m_max_requests, "stop after so many requests; the next run goes on");
    add_flag(app, "--streams", m_streams,
             "second-by-second data of each activity, too (as it is by default)");
    add_flag(app, "--no-streams", m_no_streams, "only the list of activities, no second-by-second data");
    add_flag(app, "--dry-run", m_dry_run,
             "print the plan, ask Strava nothing: requests, days, when it is done");
    add_flag(app, "--json", m_json, "print what was done, or the plan, as an object");
    set_examples(app, "  harrier sync\n"
                      "  harrier sync --since 1y\n"
                      "  harrier sync --dry-run\n"
                      "  harrier sync --full --max-requests 50\n"
                      "Exit code 3 when single activities could not be fetched; they are listed.");
}

sync::SyncOptions SyncCommand::options(Clock& clock, int spent) const {
    if (m_streams && m_no_streams) {
        throw Error(ErrorKind::usage, "--streams and --no-streams exclude each other",
                    "Without either, streams are fetched");
    }
    sync::SyncOptions options{.full = m_full, .streams = !m_no_streams};
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

sync::SyncResult SyncCommand::fetch(Invocation& invocation, Session& session, archive::Archive& archive,
                                    const strava::Login& login) {
    const int spent = store_athlete(session, archive, login, invocation.stop);
    sync::StravaRemote remote(session.client, session.tokens);
    ProgressLine line(invocation.console);
    sync::SyncProgress reached;
    auto phase_begin = invocation.clock.steady();
    auto said_at = phase_begin;
    const auto show = [&](const sync::SyncProgress& progress) {
        const auto steady = invocation.clock.steady();
        if (progress.phase != reached.phase) {
            phase_begin = said_at = steady;
        }
        reached = progress;
        const auto now = std::chrono::floor<std::chrono::seconds>(invocation.clock.now());
        const auto text = sync_progress_text(progress, steady - phase_begin, now);
        const auto& fetched = progress.fetched;
        const bool is_last = fetched.stored + fetched.absent + fetched.failed == progress.total;
        if (invocation.console.err.is_terminal) {
            line.update(text);
        } else if (progress.phase == sync::Phase::listing || is_last ||
                   steady - said_at >= time_between_lines) {
            invocation.console.say(text);
            said_at = steady;
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
    if (m_json) {
        invocation.console.print(sync_json(result));
    } else {
        invocation.console.print(sync_summary_text(result, duration));
        invocation.console.print(result.complete ? "To see your newest runs:  harrier runs\n"
                                                 : "Stopped at --max-requests. To go on:  harrier sync\n");
    }
    say_sync_failures(invocation.console, result);
}

// From what the archive and the last answers know.
void SyncCommand::print_plan(const Invocation& invocation, AthleteId athlete) const {
    const auto now = std::chrono::floor<std::chrono::seconds>(invocation.clock.now());
    const TodoWishes wishes{.full = m_full, .streams = !m_no_streams};
    Todo todo;
    try {
        const auto archive = open_archive(invocation.settings, archive::Access::read);
        todo = read_todo(*archive, athlete, wishes, now);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::no_archive) {
            throw;
        }
    }
    const auto rate = recall_rate(invocation.settings, now);
    const auto allowance = sync::allowance(rate ? rate->usage : net::RateUsage{});
    invocation.console.print(m_json ? plan_json(todo, allowance, now) : plan_text(todo, allowance, now));
}

int SyncCommand::run(Invocation& invocation) {
    (void)options(invocation.clock, 0); // a wrong --since shows before anything is asked or created
    Session session(invocation.settings, invocation.clock);
    const auto login = require_login(session.vault);
    if (m_dry_run) {
        print_plan(invocation, login.athlete.athlete_id);
        return exit_done;
    }
    const auto begin = invocation.clock.steady();
    const auto archive = open_archive(invocation.settings, archive::Access::write);
    const auto result = fetch(invocation, session, *archive, login);
    measure_all(invocation, *archive, login.athlete.athlete_id);
    print_result(invocation, result, invocation.clock.steady() - begin);
    return result.failures.empty() ? exit_done : exit_some_failed;
}

} // namespace

std::unique_ptr<Command> make_sync_command() {
    return std::make_unique<SyncCommand>();
}

} // namespace harrier::cli
