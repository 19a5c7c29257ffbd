// SPDX-License-Identifier: MIT
#include "cli/settings.hpp"

#include "base/error.hpp"
#include "net/url.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

std::filesystem::path xdg_folder(const Environment& environment, std::string_view variable,
                                 std::string_view below_home) {
    if (const auto folder = environment.find(variable); folder && folder->starts_with('/')) {
        return std::filesystem::path(*folder) / "harrier";
    }
    const auto home = environment.find("HOME");
    if (!home) {
        throw Error(ErrorKind::usage, "cannot tell where to keep things: HOME is not set",
                    "Name a folder with --home DIR or HARRIER_HOME");
    }
    return std::filesystem::path(*home) / below_home / "harrier";
}

std::string base_url(const Environment& environment, std::string_view variable, const std::string& fallback) {
    auto text = environment.find(variable).value_or(fallback);
    const auto url = net::parse_url(text);
    const auto hint = fmt::format("Leave it unset for Strava itself ({})", fallback);
    if (!url) {
        throw Error(ErrorKind::usage, fmt::format("{} is not an http or https URL: {}", variable, text),
                    hint);
    }
    if (url->scheme == "http" && !net::is_loopback(url->host)) {
        throw Error(
            ErrorKind::usage,
            fmt::format("{} is {}: over http anybody on the way could read your token", variable, text),
            hint);
    }
    while (text.ends_with('/')) {
        text.pop_back();
    }
    return text;
}

std::optional<Units> parse_units(const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    return text == "imperial" ? Units::imperial : Units::metric;
}

} // namespace

Environment::Environment(const char* const* entries) {
    for (; entries != nullptr && *entries != nullptr; ++entries) {
        const std::string_view entry = *entries;
        const auto equals = entry.find('=');
        if (equals != std::string_view::npos) {
            m_variables.emplace(entry.substr(0, equals), entry.substr(equals + 1));
        }
    }
}

std::optional<std::string> Environment::find(std::string_view name) const {
    const auto found = m_variables.find(name);
    if (found == m_variables.end() || found->second.empty()) {
        return std::nullopt;
    }
    return found->second;
}

Environment Environment::with(std::string name, std::string value) const {
    Environment changed = *this;
    changed.m_variables.insert_or_assign(std::move(name), std::move(value));
    return changed;
}

Settings make_settings(const GlobalFlags& flags, const Environment& environment) {
    Settings settings;
    settings.environment = environment;
    const auto home = flags.home.empty() ? environment.find("HARRIER_HOME") : std::optional(flags.home);
    if (home) {
        const std::filesystem::path folder = std::filesystem::absolute(*home).lexically_normal();
        settings.archive_path = folder / "archive.db";
        settings.state_folder = folder / "state";
        settings.config_folder = folder / "config";
        settings.plain_home = true;
    } else {
        settings.archive_path = xdg_folder(environment, "XDG_DATA_HOME", ".local/share") / "archive.db";
        settings.state_folder = xdg_folder(environment, "XDG_STATE_HOME", ".local/state");
        settings.config_folder = xdg_folder(environment, "XDG_CONFIG_HOME", ".config");
    }
    const auto archive =
        flags.archive.empty() ? environment.find("HARRIER_ARCHIVE") : std::optional(flags.archive);
    if (archive) {
        settings.archive_path = std::filesystem::absolute(*archive);
    }
    const strava::Endpoints defaults;
    settings.endpoints.api_base = base_url(environment, "HARRIER_API_BASE", defaults.api_base);
    settings.endpoints.oauth_base = base_url(environment, "HARRIER_OAUTH_BASE", defaults.oauth_base);
    settings.client_id = environment.find("HARRIER_CLIENT_ID");
    if (auto secret = environment.find("HARRIER_CLIENT_SECRET")) {
        settings.client_secret = Secret(std::move(*secret));
    }
    settings.units = parse_units(flags.units);
    return settings;
}

} // namespace harrier::cli
