// SPDX-License-Identifier: MIT
#include "cli/login_report.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

constexpr std::string_view unknown_scope = "(harrier does not know this scope)";

std::string scope_line(const std::string& name, std::string_view words) {
    return fmt::format("  {:<18} {}\n", escape_terminal(name), words);
}

} // namespace

std::string athlete_label(const model::Athlete& athlete) {
    std::string name(trim(athlete.firstname + " " + athlete.lastname));
    if (name.empty()) {
        name = athlete.username.value_or("somebody without a name");
    }
    return fmt::format("{} (athlete {})", escape_terminal(name), athlete.athlete_id.value);
}

std::string describe_grant(const strava::Login& login) {
    std::string text = fmt::format("Logged in as {}\n", athlete_label(login.athlete));
    if (!login.granted.empty()) {
        text += "Granted:\n";
    }
    for (const auto& name : login.granted.names()) {
        const auto* info = strava::find_scope(name);
        text += scope_line(name, info == nullptr ? unknown_scope : info->allows);
    }
    return text;
}

std::string describe_missing(const strava::Login& login) {
    auto wanted = login.requested;
    if (!wanted.allows("activity:read")) {
        wanted.add("activity:read_all"); // what the whole tool is about, also when nobody asked for it
    }
    const auto missing = wanted.without(login.granted);
    if (missing.empty()) {
        return {};
    }
    std::string text = "Not granted, so this will be missing:\n";
    for (const auto& name : missing.names()) {
        const auto* info = strava::find_scope(name);
        std::string_view cost = info == nullptr ? unknown_scope : info->without;
        if (name == "activity:read_all" && !login.granted.allows("activity:read")) {
            cost = "no activities at all";
        } else if (cost.empty()) {
            cost = "nothing that harrier does by itself";
        }
        text += scope_line(name, cost);
    }
    text += fmt::format("To add it, run:  harrier login --scope {}\n", wanted.join());
    return text;
}

} // namespace harrier::cli
