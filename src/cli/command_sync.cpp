// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/retention.hpp"
#include "cli/session.hpp"
#include "cli/sync_report.hpp"
#include "cli/todo.hpp"
#include "strava/json.hpp"
#include "sync/engine.hpp"
#include "sync/mending.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

// Where nothing can be redrawn, a line from time to time is enough.
constexpr std::chrono::seconds time_between_lines{10};
constexpr std::chrono::minutes time_between_looks{15};

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
    [[nodiscard]] int reserve() const { return static_cast<int>(m_reserve.value_or(sync::usual_reserve)); }
    void check_flags(Clock& clock) const;
    [[nodiscard]] int sync_once(Invocation& invocation, const strava::Login& login);
    [[nodiscard]] int watch(Invocation& invocation, const strava::Login& login);
    [[nodiscard]] sync::SyncResult fetch(Invocation& invocation, Session& session, archive::Archive& archive,
                                         const strava::Login& login, ProgressLine& line);
    void print_plan(const Invocation& invocation, const strava::Login& login) const;
    void print_result(const Invocation& invocation, const sync::SyncResult& result,
                      std::chrono::milliseconds duration) const;

    bool m_full = false;
    bool m_streams = false;
    bool m_no_streams = false;
    bool m_details = false;
    bool m_allow_deletions = false;
    bool m_mend = false;
    bool m_dry_run = false;
    bool m_no_wait = false;
    bool m_watch = false;
    bool m_json = false;
    std::string m_since;
    std::optional<std::int64_t> m_max_requests;
    std::optional<std::int64_t> m_reserve;
};

void SyncCommand::declare(CLI::App& app) {
    add_text(app, "--since", m_since, "DATE", "only what started on that day or later: 2026-11-01, 2026, 6m");
    add_flag(app, "--full", m_full,
             "list everything again, to see old edits and back-dated uploads, and try again what failed");
    add_count(app, "--max-requests", m_max_requests, "stop after so many requests; the next run goes on");
    add_flag(app, "--streams", m_streams,
             "second-by-second data of each activity, too (as it is by default)");
    add_flag(app, "--no-streams", m_no_streams, "only the list of activities, no second-by-second data");
    add_flag(app, "--details", m_details,
             "then the details of each: description, laps, gear, Strava's own best efforts and splits");
    add_flag(app, "--mend", m_mend,
             "fetch again what verify finds damaged, short or set aside of what Strava gave");
    add_flag(app, "--allow-deletions", m_allow_deletions,
             "mark as deleted however many activities are gone at Strava");
    add_flag(app, "--no-wait", m_no_wait, "end with exit code 5 where Strava's limit is used up");
    add_flag(app, "--watch", m_watch, "keep running, and look for new activities every quarter of an hour");
    add_count(app, "--reserve", m_reserve,
              "per cent of Strava's limits to leave for other calls (default 10)");
    add_flag(app, "--dry-run", m_dry_run,
             "print the plan, ask Strava nothing: requests, days, when it is done");
    add_flag(app, "--json", m_json, "print what was done, or the plan, as an object");
    set_examples(app, "  harrier sync\n"
                      "  harrier sync --since 1y\n"
                      "  harrier sync --dry-run\n"
                      "  harrier sync --watch\n"
                      "  harrier sync --full --max-requests 50\n"
                      "Exit code 3 when single activities could not be fetched; they are listed.");
}

sync::SyncOptions SyncCommand::options(Clock& clock, int spent) const {
    sync::SyncOptions options{
        .full = m_full, .streams = !m_no_streams, .details = m_details, .allow_deletions = m_allow_deletions};
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
                                    const strava::Login& login, ProgressLine& line) {
    const int spent = store_athlete(session, archive, login, invocation.stop);
    auto wishes = options(invocation.clock, spent);
    if (m_mend) {
        const auto now = std::chrono::floor<std::chrono::seconds>(invocation.clock.now());
        const auto mending = sync::make_damaged_due(archive, login.athlete.athlete_id, now, invocation.stop);
        wishes.full = wishes.full || mending.needs_listing;
    }
    sync::StravaRemote remote(session.client, session.tokens);
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
    try {
        auto result = sync::Engine(remote, archive, invocation.clock)
                          .run(login.athlete.athlete_id, wishes, show, invocation.stop);
        result.requests += spent;
        if (!result.complete && invocation.stop.stop_requested()) {
            throw Error(ErrorKind::interrupted, "interrupted", "Go on with:  harrier sync");
        }
        return result;
    } catch (const Error& error) {
        line.clear();
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
void SyncCommand::print_plan(const Invocation& invocation, const strava::Login& login) const {
    const auto now = std::chrono::floor<std::chrono::seconds>(invocation.clock.now());
    const TodoWishes wishes{.full = m_full, .streams = !m_no_streams, .details = m_details};
    Todo todo;
    try {
        const auto archive = open_archive(invocation.settings, archive::Access::read);
        todo = read_todo(*archive, login.athlete.athlete_id, wishes, now);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::no_archive) {
            throw;
        }
    }
    const auto rate = open_rate_account(invocation.settings, &login, invocation.clock).look();
    const auto allowance = sync::allowance(rate ? rate->usage : net::RateUsage{}, reserve());
    invocation.console.print(m_json ? plan_json(todo, allowance, now) : plan_text(todo, allowance, now));
}

int SyncCommand::sync_once(Invocation& invocation, const strava::Login& login) {
    Session session(invocation.settings, invocation.clock);
    session.budgeted.keep_reserve(reserve());
    ProgressLine line(invocation.console);
    if (!m_no_wait) {
        session.budgeted.wait_with([&](const net::Denial& denial, const std::stop_token& stop) {
            return wait_for_limit(invocation.console, line, invocation.clock, denial, stop);
        });
    }
    const auto begin = invocation.clock.steady();
    const auto archive = open_archive(invocation.settings, archive::Access::write);
    expire(invocation, *archive, login.athlete.athlete_id);
    const auto result = fetch(invocation, session, *archive, login, line);
    measure_all(invocation, *archive, login.athlete.athlete_id);
    print_result(invocation, result, invocation.clock.steady() - begin);
    if (result.deletions.refused > 0) {
        throw too_many_deletions(result.deletions);
    }
    return result.failures.empty() ? exit_done : exit_some_failed;
}

// The archive is open only while there is something to do, so that others can write, too.
int SyncCommand::watch(Invocation& invocation, const strava::Login& login) {
    for (;;) {
        try {
            (void)sync_once(invocation, login);
        } catch (const Error& error) {
            const auto kind = error.kind();
            const bool may_pass = kind == ErrorKind::network || kind == ErrorKind::remote ||
                                  kind == ErrorKind::locked || kind == ErrorKind::rate_limited;
            if (!may_pass) {
                throw;
            }
            invocation.console.say(fmt::format("harrier: {}", error.message()));
        }
        if (!invocation.clock.sleep(time_between_looks, invocation.stop)) {
            throw Error(ErrorKind::interrupted, "interrupted", "Go on with:  harrier sync --watch");
        }
    }
}

void SyncCommand::check_flags(Clock& clock) const {
    if (m_streams && m_no_streams) {
        throw Error(ErrorKind::usage, "--streams and --no-streams exclude each other",
                    "Without either, streams are fetched");
    }
    if (m_reserve && *m_reserve > 90) {
        throw Error(ErrorKind::usage, fmt::format("--reserve {} leaves nothing to sync with", *m_reserve),
                    "Give 0 to 90 per cent");
    }
    (void)options(clock, 0); // --since
}

int SyncCommand::run(Invocation& invocation) {
    check_flags(invocation.clock); // before anything is asked or created
    const auto login = require_login(make_vault(invocation.settings));
    if (m_dry_run) {
        print_plan(invocation, login);
        return exit_done;
    }
    return m_watch ? watch(invocation, login) : sync_once(invocation, login);
}

} // namespace

std::unique_ptr<Command> make_sync_command() {
    return std::make_unique<SyncCommand>();
}

} // namespace harrier::cli
