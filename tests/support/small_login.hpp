// SPDX-License-Identifier: MIT
#pragma once

// A stored login for tests, and a vault for it in a folder of the test's own.

#include "strava/vault.hpp"

#include <filesystem>
#include <string>

namespace harrier::test {

// `name` is in every secret: access-NAME, refresh-NAME.
inline strava::Login small_login(const std::string& name, Instant expires_at = {}) {
    strava::Login login;
    login.client = {"12345", Secret(std::string("5ec2e7"))};
    login.token = {Secret("access-" + name), Secret("refresh-" + name), expires_at};
    login.granted = {"read", "activity:read_all"};
    login.requested = {"read", "activity:read_all", "profile:read_all"};
    login.athlete.athlete_id = AthleteId{134815};
    login.athlete.firstname = "Ada";
    login.athlete.lastname = "Runner";
    login.athlete.weight = 61.5;
    return login;
}

inline strava::Vault file_vault(const std::filesystem::path& folder) {
    return {folder, strava::make_file_key_store(folder)};
}

} // namespace harrier::test
