// SPDX-License-Identifier: MIT

// harrier status: who is logged in, what is allowed, what is stored. Works offline and changes nothing.

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/login_report.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"
#include "cli/todo.hpp"
#include "report/format.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::cli {

namespace {

using nlohmann::ordered_json;
using report::format_number;

struct ArchiveStatus {
    archive::Summary summary;
    archive::ListingState listing;
    Todo todo;
};

struct Status {
    Instant now;
    std::optional<strava::Login> login;
    std::optional<net::SeenRate> rate;
    std::optional<ArchiveStatus> archive; // empty when there is none, or it cannot be read
    std::optional<Error> archive_problem; // why it cannot be read
};

ArchiveStatus read_archive(const Settings& settings, const std::optional<strava::Login>& login, Instant now) {
    const auto store = open_archive(settings, archive::Access::read);
    const auto athletes = store->athletes();
    if (athletes.empty()) {
        return {};
    }
    const auto own = std::find_if(athletes.begin(), athletes.end(), [&](const model::Athlete& one) {
        return login && one.athlete_id == login->athlete.athlete_id;
    });
    const auto id = (own == athletes.end() ? athletes.front() : *own).athlete_id;
    return {store->summary(id), store->listing_state(id), read_todo(*store, id, {}, now)};
}

Status read_status(const Invocation& invocation) {
    const auto& settings = invocation.settings;
    Status status{.now = std::chrono::floor<std::chrono::seconds>(invocation.clock.now()),
                  .login = make_vault(settings).load(),
                  .rate = std::nullopt,
                  .archive = std::nullopt,
                  .archive_problem = std::nullopt};
    status.rate =
        open_rate_account(settings, status.login ? &*status.login : nullptr, invocation.clock).look();
    try {
        status.archive = read_archive(settings, status.login, status.now);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::no_archive) {
            status.archive_problem = error;
        }
    }
    return status;
}

// The scopes that harrier would use and does not have.
strava::Scopes missing_scopes(const strava::Login& login) {
    return strava::default_scopes().without(login.granted);
}

std::string next_step(const Status& status) {
    if (!status.login || status.login->needs_login) {
        return "harrier login";
    }
    if (!status.login->granted.allows("activity:read")) {
        return fmt::format("harrier login --scope {}", strava::default_scopes().join());
    }
    const bool is_listed = status.archive && status.archive->listing.complete_at;
    return is_listed ? "harrier runs, or harrier sync for what is new" : "harrier sync";
}

template <typename Value>
ordered_json or_null(const std::optional<Value>& value) {
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json time_or_null(const std::optional<Instant>& time) {
    return time ? ordered_json(format_instant(*time)) : ordered_json();
}

ordered_json athlete_json(const model::Athlete& athlete) {
    ordered_json object;
    object["id"] = athlete.athlete_id.value;
    object["username"] = or_null(athlete.username);
    object["firstname"] = athlete.firstname;
    object["lastname"] = athlete.lastname;
    object["measurement_preference"] = or_null(athlete.measurement_preference);
    return object;
}

ordered_json pair_json(const std::optional<net::RatePair>& pair) {
    if (!pair) {
        return {};
    }
    const auto window = [](const net::RateWindow& one) {
        return ordered_json{{"limit", one.limit}, {"usage", one.usage}};
    };
    return {{"quarter_hour", window(pair->quarter_hour)}, {"day", window(pair->day)}};
}

ordered_json rate_json(const Status& status) {
    if (!status.rate) {
        return {};
    }
    ordered_json object;
    object["overall"] = pair_json(status.rate->usage.overall);
    object["read"] = pair_json(status.rate->usage.read);
    object["seen_at"] = format_instant(status.rate->seen_at);
    object["resets_at"] = format_instant(net::next_reset(status.rate->usage, status.now));
    return object;
}

ordered_json archive_json(const std::optional<ArchiveStatus>& archive) {
    if (!archive) {
        return {};
    }
    const auto day = [](const std::optional<WallTime>& time) {
        return time ? ordered_json(format_wall_time(*time)) : ordered_json();
    };
    ordered_json object;
    object["activities"] = archive->summary.activities;
    object["with_streams"] = archive->summary.with_streams;
    object["first"] = day(archive->summary.first);
    object["last"] = day(archive->summary.last);
    object["listed_at"] = time_or_null(archive->listing.listed_at);
    object["complete_at"] = time_or_null(archive->listing.complete_at);
    return object;
}

sync::Allowance allowance_of(const Status& status) {
    return sync::allowance(status.rate ? status.rate->usage : net::RateUsage{});
}

// Requests for single activities. How many there will be is not known before all are listed.
ordered_json todo_json(const Status& status) {
    const bool is_listed = status.archive && status.archive->todo.listing;
    const auto todo = status.archive ? status.archive->todo : Todo{};
    const auto done = sync::completion(todo.items(), allowance_of(status), status.now);
    ordered_json object;
    object["requests"] = is_listed ? ordered_json(todo.items()) : ordered_json();
    // Null, too, for what the next sync does at once.
    object["done_at"] = is_listed && done > status.now ? ordered_json(format_instant(done)) : ordered_json();
    object["streams"] = todo.streams;
    object["waiting"] = todo.waiting;
    object["set_aside"] = todo.set_aside;
    return object;
}

std::string todo_text(const Status& status) {
    const auto& todo = status.archive->todo;
    std::string text;
    if (todo.streams > 0) {
        const auto done = sync::completion(todo.streams, allowance_of(status), status.now);
        text += fmt::format("\n{:<10}the samples of {} are still to be fetched; done {}", "",
                            format_number(static_cast<double>(todo.streams)),
                            done == status.now ? "by the next harrier sync" : moment_text(done, status.now));
    }
    if (todo.waiting > 0) {
        text += fmt::format("\n{:<10}{} failed and will be tried again", "",
                            format_number(static_cast<double>(todo.waiting)));
    }
    if (todo.set_aside > 0) {
        text += fmt::format("\n{:<10}{} failed too often; to try again:  harrier sync --full", "",
                            format_number(static_cast<double>(todo.set_aside)));
    }
    return text;
}

std::string to_json(const Status& status) {
    const auto& login = status.login;
    ordered_json object;
    object["athlete"] = login ? athlete_json(login->athlete) : ordered_json();
    object["scopes"] = login ? login->granted.names() : std::vector<std::string>();
    object["missing_scopes"] = login ? missing_scopes(*login).names() : strava::default_scopes().names();
    object["token_expires_at"] =
        login ? ordered_json(format_instant(login->token.expires_at)) : ordered_json();
    object["rate"] = rate_json(status);
    object["archive"] = archive_json(status.archive);
    object["todo"] = todo_json(status);
    object["next"] = next_step(status);
    return object.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string line(std::string_view title, std::string_view text) {
    return fmt::format("{:<10}{}\n", title, text);
}

// "Mon 2026-11-23 18:00"
std::string local_moment(Instant time) {
    const auto wall = to_machine_wall_time(time);
    return fmt::format("{} {}", report::format_local_day(wall), format_wall_time(wall).substr(11, 5));
}

std::string token_text(const strava::Login& login, Instant now) {
    const auto expires_at = login.token.expires_at;
    if (login.needs_login) {
        return "Strava no longer takes the refresh token; log in again";
    }
    if (expires_at <= now) {
        return fmt::format("ended at {}; the next call gets a new one", local_moment(expires_at));
    }
    return fmt::format("valid until {} (in {}), renewed by itself", local_moment(expires_at),
                       format_span(expires_at - now));
}

std::string rate_text(const Status& status) {
    const auto& rate = status.rate;
    if (!rate) {
        return "the rate limit is not known yet; any call to Strava tells it";
    }
    const auto& pair = rate->usage.read ? rate->usage.read : rate->usage.overall;
    const auto left = [](const net::RateWindow& window) {
        return format_number(static_cast<double>(std::max(window.limit - window.usage, 0L)));
    };
    const auto reset = net::next_reset(rate->usage, status.now);
    return fmt::format("{} of {} left in this quarter of an hour, {} of {} today\n{:<10}"
                       "as of {}; resets at {}",
                       left(pair->quarter_hour), format_number(static_cast<double>(pair->quarter_hour.limit)),
                       left(pair->day), format_number(static_cast<double>(pair->day.limit)), "",
                       local_moment(rate->seen_at), local_moment(reset));
}

std::string archive_text(const Status& status) {
    if (status.archive_problem) {
        return fmt::format("{}\n{:<10}{}", status.archive_problem->message(), "",
                           status.archive_problem->hint());
    }
    if (!status.archive || status.archive->summary.activities == 0) {
        return "nothing stored yet";
    }
    const auto& summary = status.archive->summary;
    std::string text = fmt::format("{} {}", format_number(static_cast<double>(summary.activities)),
                                   summary.activities == 1 ? "activity" : "activities");
    if (summary.first && summary.last) {
        text += fmt::format(", {} to {}", format_wall_time(*summary.first).substr(0, 10),
                            format_wall_time(*summary.last).substr(0, 10));
    }
    if (summary.with_streams > 0) {
        text += fmt::format("\n{:<10}{} with samples", "",
                            format_number(static_cast<double>(summary.with_streams)));
    }
    const auto& listing = status.archive->listing;
    if (listing == archive::ListingState{}) {
        text += fmt::format("\n{:<10}imported only; Strava was not asked yet", "");
    } else if (!listing.complete_at) {
        text += fmt::format("\n{:<10}older ones are still to be listed", "");
    }
    return listing == archive::ListingState{} ? text : text + todo_text(status);
}

std::string to_text(const Status& status, const Settings& settings) {
    std::string text;
    if (status.login) {
        text += describe_grant(*status.login) + describe_missing(*status.login);
        text += "\n" + line("Token", token_text(*status.login, status.now));
        text += line("Requests", rate_text(status));
    } else {
        text += "Nobody is logged in.\n\n";
    }
    text += line("Archive", archive_text(status));
    text += line("", escape_terminal(settings.archive_path.string()));
    return text + line("Next", next_step(status));
}

class StatusCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_flag(app, "--json", m_json,
                 "print an object: athlete, scopes, token_expires_at, rate, archive …");
        set_examples(app, "  harrier status\n"
                          "  harrier status --json\n"
                          "Asks Strava nothing. Exit code 4 when a login is needed.");
    }

    int run(Invocation& invocation) override {
        const auto status = read_status(invocation);
        invocation.console.print_foreign(m_json ? to_json(status) : to_text(status, invocation.settings));
        return status.login && !status.login->needs_login ? exit_done : exit_login_needed;
    }

private:
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_status_command() {
    return std::make_unique<StatusCommand>();
}

} // namespace harrier::cli
