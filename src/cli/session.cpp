// SPDX-License-Identifier: MIT
#include "cli/session.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "cli/version.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

// Where no session bus is, there is no keyring, and looking for one would only take time.
bool has_session_bus(const Environment& environment) {
    const auto runtime_folder = environment.find("XDG_RUNTIME_DIR");
    std::error_code ignored;
    return environment.find("DBUS_SESSION_BUS_ADDRESS") ||
           (runtime_folder &&
            std::filesystem::exists(std::filesystem::path(*runtime_folder) / "bus", ignored));
}

// A login that cannot be read shows where it is used.
net::RateAccount open_own_account(const strava::Vault& vault, const Settings& settings, Clock& clock) {
    std::optional<strava::Login> login;
    try {
        login = vault.load();
    } catch (const Error&) {
        login.reset();
    }
    return open_rate_account(settings, login ? &*login : nullptr, clock);
}

} // namespace

net::RateAccount open_rate_account(const Settings& settings, const strava::Login* login, Clock& clock) {
    return {
        settings.state_folder / "rate.json",
        fmt::format("{} {}", settings.endpoints.api_base, login != nullptr ? login->client.client_id : ""),
        clock, [](std::uint32_t bound) { return random_below(bound + 1); }};
}

std::string user_agent() {
    return fmt::format("harrier/{}", version);
}

strava::Vault make_vault(const Settings& settings) {
    std::unique_ptr<strava::KeyStore> keys;
    if (!settings.plain_home && has_session_bus(settings.environment)) {
        keys = strava::make_keyring_key_store(settings.state_folder);
    }
    if (!keys) {
        keys = strava::make_file_key_store(settings.state_folder);
    }
    return strava::Vault(settings.state_folder, std::move(keys));
}

Session::Session(const Settings& settings, Clock& clock)
    : vault(make_vault(settings)), transport(user_agent()), account(open_own_account(vault, settings, clock)),
      budgeted(transport, account), retrying(budgeted, clock, net::RetryPolicy{},
                                             [](std::chrono::milliseconds bound) {
                                                 return std::chrono::milliseconds{random_below(
                                                     static_cast<std::uint32_t>(bound.count() + 1))};
                                             }),
      tokens(vault, transport, clock, settings.endpoints),
      client(retrying, tokens, clock, settings.endpoints) {}

strava::Login require_login(const strava::Vault& vault) {
    auto login = vault.load();
    if (!login) {
        throw Error(ErrorKind::auth, "nobody is logged in", "To log in, run:  harrier login");
    }
    return *std::move(login);
}

std::unique_ptr<archive::Archive> open_archive(const Settings& settings, archive::Access access) {
    return archive::open_sqlite_archive(settings.archive_path, access);
}

model::Athlete archive_athlete(const Settings& settings, archive::Archive& archive) {
    const auto athletes = archive.athletes();
    if (athletes.empty()) {
        throw Error(ErrorKind::no_archive,
                    fmt::format("the archive {} holds nothing yet", settings.archive_path.string()),
                    "To fill it, run:  harrier sync   or:  harrier import EXPORT.zip");
    }
    if (athletes.size() > 1) {
        const auto login = make_vault(settings).load();
        const auto same = [&](const model::Athlete& one) {
            return login && one.athlete_id == login->athlete.athlete_id;
        };
        const auto found = std::find_if(athletes.begin(), athletes.end(), same);
        if (found != athletes.end()) {
            return *found;
        }
    }
    return athletes.front();
}

Units choose_units(const Settings& settings, const model::Athlete& athlete) {
    if (settings.units) {
        return *settings.units;
    }
    if (athlete.measurement_preference) {
        return *athlete.measurement_preference == "feet" ? Units::imperial : Units::metric;
    }
    for (const auto* variable : {"LC_ALL", "LC_MEASUREMENT", "LANG"}) {
        if (const auto locale = settings.environment.find(variable)) {
            const auto country =
                locale->size() >= 5 ? std::string_view(*locale).substr(3, 2) : std::string_view();
            return country == "US" || country == "LR" || country == "MM" ? Units::imperial : Units::metric;
        }
    }
    return Units::metric;
}

} // namespace harrier::cli
