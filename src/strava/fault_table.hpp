// SPDX-License-Identifier: MIT
#pragma once

// The table behind fault.hpp: which answers mean which cause, and what is said about each cause. For
// fault.cpp alone. Sources of the bodies: developers.strava.com, and bodies that client libraries recorded or
// that users posted.

#include "base/error.hpp"

#include <span>
#include <string_view>

namespace harrier::strava {

// What is said about a cause. `message`, `why` and `hint` are the general words; fault.cpp makes some of them
// more exact.
struct Cause {
    std::string_view name;
    ErrorKind kind;
    std::string_view meaning; // for the list in the help
    std::string_view message;
    std::string_view why;
    std::string_view hint;
};

// An answer matches when every part does: 0 and "*" match anything, "*end" matches by ending, 5 stands for
// 500 to 599 (3 and 2 alike), letters' case never matters. Three "*" need no item at all. `text` is looked
// for in the fault's message.
struct FaultPattern {
    int status;
    std::string_view resource;
    std::string_view field;
    std::string_view code;
    std::string_view text;
    std::string_view cause;
};

[[nodiscard]] std::span<const Cause> cause_table();
// The first one that matches decides. Those with an item come first, then texts, then bare statuses.
[[nodiscard]] std::span<const FaultPattern> fault_patterns();

} // namespace harrier::strava
