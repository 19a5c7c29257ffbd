// SPDX-License-Identifier: MIT
#include "base/kill_point.hpp"

#ifdef HARRIER_KILLPOINTS

#include <atomic>
#include <csignal>
#include <cstdlib>

namespace harrier {

namespace {

// The one mutable global of the project, in test builds only: a crash has no caller who could pass it in.
std::atomic<int>& passes_left() {
    static std::atomic<int> left = [] {
        const char* text = std::getenv("HARRIER_KILL_AT");
        return text == nullptr ? 0 : std::atoi(text);
    }();
    return left;
}

} // namespace

void arm_kill_points(int n) {
    passes_left() = n;
}

void pass_kill_point(const char* /*name*/) {
    auto& left = passes_left();
    if (left > 0 && --left == 0) {
        std::raise(SIGKILL);
    }
}

} // namespace harrier

#endif
