// SPDX-License-Identifier: MIT
#pragma once

// Lines that a user pastes while a login waits: which of them is Strava's redirect.

#include "strava/callback_listener.hpp"

#include <string>
#include <string_view>

namespace harrier::cli {

struct PasteOutcome {
    bool taken = false;
    std::string note; // what to tell the user, "" = nothing
};

// Hands a redirect to the listener. An address with a state must carry ours; one without any (an authorize
// URL made by hand) is taken with a note; a bare code only when `bare_code_allowed`; everything else is
// refused with a note, and the login goes on waiting.
[[nodiscard]] PasteOutcome take_pasted_line(strava::CallbackListener& listener, std::string_view line,
                                            bool bare_code_allowed);

} // namespace harrier::cli
