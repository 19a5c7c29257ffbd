// SPDX-License-Identifier: MIT
#include "cli/welcome.hpp"

#include "base/error.hpp"
#include "cli/command.hpp"
#include "cli/session.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

bool archive_has_activities(const Settings& settings) {
    try {
        const auto archive = open_archive(settings, archive::Access::read);
        for (const auto& athlete : archive->athletes()) {
            if (archive->summary(athlete.athlete_id).activities > 0) {
                return true;
            }
        }
    } catch (const Error&) {
        return false; // the command that is suggested next will say what is wrong
    }
    return false;
}

// A login that works; one that does not is no login here.
std::optional<strava::Login> find_login(const Settings& settings) {
    try {
        auto login = make_vault(settings).load();
        return login && !login->needs_login ? std::move(login) : std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

std::string next_step(const Settings& settings) {
    if (archive_has_activities(settings)) {
        return "Next:  harrier runs      your newest runs (harrier sync brings the archive up to date)";
    }
    const auto login = find_login(settings);
    if (login && login->granted.allows("activity:read")) {
        return "Next:  harrier sync      fetch all your activities";
    }
    if (login) {
        return "Next:  harrier login     once more: this login may not see your activities";
    }
    return "Next:  harrier login     connect to Strava (or harrier demo, without an account)";
}

std::string command_lines() {
    std::string lines;
    for (const auto& entry : commands()) {
        lines += fmt::format("  {:<11} {}\n", entry.name, entry.summary);
    }
    return lines;
}

} // namespace

std::string welcome(const Settings& settings) {
    return fmt::format("{}\n\nharrier keeps your whole running history in one archive that you own.\n\n{}\n"
                       "More: harrier COMMAND --help\n",
                       next_step(settings), command_lines());
}

std::string full_help() {
    return fmt::format(
        "harrier: your whole running history, out of Strava, in one archive that you own\n\n"
        "Usage: harrier COMMAND [FLAGS]\n\nCommands:\n{}\n"
        "Everywhere:\n"
        "  --home DIR              keep archive, login and settings in this folder\n"
        "  --archive FILE          use this archive file\n"
        "  --units metric|imperial\n"
        "  --help, --version\n\n"
        "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some items failed, 4 login or\n"
        "scope needed, 5 try again later, 10 no archive, 11 archive locked, 130 interrupted\n\n"
        "First steps:\n"
        "  harrier demo            the whole story on a made-up athlete\n"
        "  harrier login           connect to your own Strava account\n"
        "  harrier sync            fetch all your activities\n"
        "  harrier runs            look at them\n",
        command_lines());
}

} // namespace harrier::cli
