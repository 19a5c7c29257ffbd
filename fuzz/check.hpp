// SPDX-License-Identifier: MIT
#pragma once

// What a fuzzer says when something that must hold does not.

#include <cstdlib>

namespace harrier::fuzz {

inline void check(bool holds) {
    if (!holds) {
        std::abort();
    }
}

} // namespace harrier::fuzz
