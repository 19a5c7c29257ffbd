// SPDX-License-Identifier: MIT
#include "cli/retention.hpp"

#include "base/error.hpp"
#include "cli/activity_reference.hpp"
#include "cli/config_file.hpp"
#include "cli/session.hpp"
#include "report/format.hpp"
#include "sync/engine.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

// What Strava's API policy allows to be kept.
constexpr std::chrono::days policy_days{7};

std::optional<archive::WorkItem> find_expired(const Invocation& invocation, std::string_view reference) {
    const auto named = parse_activity_reference(reference);
    if (!named) {
        return std::nullopt; // who looks it up says so
    }
    const auto archive = open_archive(invocation.settings, archive::Access::read);
    const auto athlete = archive_athlete(invocation.settings, *archive).athlete_id;
    const bool is_here =
        (!named->is_strava_id && archive->find_activity(athlete, ActivityId{named->number})) ||
        archive->find_activity(athlete, StravaId{named->number});
    return is_here ? std::nullopt : archive->find_forgotten(athlete, named->number);
}

} // namespace

std::optional<Instant> expiry(const Settings& settings, Clock& clock) {
    const auto word = Config::load(settings.config_folder / "config.toml").find_text("retention");
    if (word != "7d") {
        return std::nullopt;
    }
    return std::chrono::floor<std::chrono::seconds>(clock.now()) - policy_days;
}

void expire(const Invocation& invocation, archive::Archive& archive, AthleteId athlete) {
    const auto before = expiry(invocation.settings, invocation.clock);
    if (!before) {
        return;
    }
    const auto forgotten = archive.forget_api(athlete, *before);
    if (forgotten.records + forgotten.streams > 0) {
        const auto number = [](std::int64_t value) {
            return report::format_number(static_cast<double>(value));
        };
        invocation.console.say(
            fmt::format("Older than 7 days, and removed: records of Strava's API ({}), sets "
                        "of samples ({}).",
                        number(forgotten.records), number(forgotten.streams)));
    }
}

void fetch_expired(Invocation& invocation, std::string_view reference) {
    const auto item = find_expired(invocation, reference);
    if (!item) {
        return;
    }
    const auto login = require_login(make_vault(invocation.settings));
    Session session(invocation.settings, invocation.clock);
    sync::StravaRemote remote(session.client, session.tokens);
    const auto archive = open_archive(invocation.settings, archive::Access::write);
    sync::Engine(remote, *archive, invocation.clock)
        .fetch_again(login.athlete.athlete_id, *item, invocation.stop);
}

} // namespace harrier::cli
