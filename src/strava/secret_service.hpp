// SPDX-License-Identifier: MIT
#pragma once

// The desktop's secret service (GNOME Keyring, KWallet), one text per name. libsecret is loaded at the first
// call, so that commands which need no key pay nothing and a machine without it needs no package. A service
// that does not answer cannot hold anybody up: each call works on a thread of its own, which is left behind
// after `patience`.

#include "base/secret.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace harrier::strava {

// Each throws Error{io} when there is no service, it is locked, it refuses, or it does not answer in time.
[[nodiscard]] std::optional<Secret> find_in_secret_service(const std::string& name,
                                                           std::chrono::milliseconds patience);
void store_in_secret_service(const std::string& name, const Secret& text, std::chrono::milliseconds patience);
void remove_from_secret_service(const std::string& name, std::chrono::milliseconds patience);

} // namespace harrier::strava
