// SPDX-License-Identifier: MIT
#pragma once

// Where harrier keeps things and whom it talks to, from flags, environment and defaults, decided once per
// run.

#include "base/secret.hpp"
#include "base/units.hpp"
#include "strava/oauth.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::cli {

// The process environment as a value. An empty variable counts as not set.
class Environment {
public:
    Environment() = default;
    explicit Environment(std::map<std::string, std::string, std::less<>> variables)
        : m_variables(std::move(variables)) {}
    // From `environ`.
    explicit Environment(const char* const* entries);

    [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
    // The same environment but for this variable.
    [[nodiscard]] Environment with(std::string name, std::string value) const;

private:
    std::map<std::string, std::string, std::less<>> m_variables;
};

// The flags that every command takes.
struct GlobalFlags {
    std::string home;    // --home
    std::string archive; // --archive
    std::string units;   // --units, "" = not given
};

struct Settings {
    Environment environment;
    std::filesystem::path archive_path;  // $XDG_DATA_HOME/harrier/archive.db
    std::filesystem::path state_folder;  // $XDG_STATE_HOME/harrier
    std::filesystem::path config_folder; // $XDG_CONFIG_HOME/harrier
    strava::Endpoints endpoints;
    std::optional<std::string> client_id; // HARRIER_CLIENT_ID
    std::optional<Secret> client_secret;  // HARRIER_CLIENT_SECRET
    std::optional<Units> units;           // --units; else the athlete's preference, else the locale
    bool plain_home = false; // --home or HARRIER_HOME: keep the key in a file there, not in the keyring
};

// Throws Error{usage} when no home can be found or a URL is not http(s).
[[nodiscard]] Settings make_settings(const GlobalFlags& flags, const Environment& environment);

} // namespace harrier::cli
