// SPDX-License-Identifier: MIT
#pragma once

// A login as the JSON inside the vault, and back. Pure.

#include "strava/vault.hpp"

#include <string>
#include <string_view>

namespace harrier::strava {

// Holds every secret: the caller wipes it.
[[nodiscard]] std::string login_to_json(const Login& login);
// Throws Error{data} without quoting the text.
[[nodiscard]] Login login_from_json(std::string_view json);

} // namespace harrier::strava
