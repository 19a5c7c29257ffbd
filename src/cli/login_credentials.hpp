// SPDX-License-Identifier: MIT
#pragma once

// Where a login gets the client id and secret from: flags and environment, the last login, or questions.

#include "cli/command.hpp"
#include "strava/vault.hpp"

#include <optional>
#include <string>

namespace harrier::cli {

struct LoginCredentials {
    strava::ClientCredentials client;
    bool were_remembered = false; // the secret is the one of the last login
};

// `id_flag`: --client-id, "" when not given. Giving it makes a terminal ask for the secret again. Throws
// Error{usage} when something is missing and nobody can be asked.
[[nodiscard]] LoginCredentials find_credentials(const Invocation& invocation, const std::string& id_flag,
                                                const std::optional<strava::Login>& previous);

} // namespace harrier::cli
