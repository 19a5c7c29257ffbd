// SPDX-License-Identifier: MIT
#pragma once

// Puts the rooms together for a command: the vault and client of the logged-in user, and the archive.

#include "archive/archive.hpp"
#include "archive/sqlite_archive.hpp"
#include "base/clock.hpp"
#include "cli/settings.hpp"
#include "net/budgeted_transport.hpp"
#include "net/curl_transport.hpp"
#include "net/rate_account.hpp"
#include "net/retry.hpp"
#include "strava/client.hpp"
#include "strava/token_source.hpp"
#include "strava/vault.hpp"

#include <memory>

namespace harrier::cli {

[[nodiscard]] std::string user_agent();

[[nodiscard]] strava::Vault make_vault(const Settings& settings);

// The account of the app's requests, shared by all processes; `login` may be null.
[[nodiscard]] net::RateAccount open_rate_account(const Settings& settings, const strava::Login* login,
                                                 Clock& clock);

// A client for the stored login. Parts refer to each other, so a session stays where it was made.
struct Session {
    Session(const Settings& settings, Clock& clock);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    strava::Vault vault;
    net::CurlTransport transport;
    net::RateAccount account; // of all processes
    net::BudgetedTransport budgeted;
    net::RetryingTransport retrying;
    strava::VaultTokenSource tokens;
    strava::Client client;
};

// The login, or Error{auth} with the hint to log in.
[[nodiscard]] strava::Login require_login(const strava::Vault& vault);

[[nodiscard]] std::unique_ptr<archive::Archive> open_archive(const Settings& settings,
                                                             archive::Access access);

// The athlete whose archive this is: the logged-in one if the archive holds them, else the only or oldest one
// in it. Error{no_archive} when it holds nobody.
[[nodiscard]] model::Athlete archive_athlete(const Settings& settings, archive::Archive& archive);

// --units, else the athlete's preference at Strava, else the locale (LC_ALL, LC_MEASUREMENT, LANG: US, LR,
// MM).
[[nodiscard]] Units choose_units(const Settings& settings, const model::Athlete& athlete);

} // namespace harrier::cli
