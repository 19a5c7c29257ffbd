// SPDX-License-Identifier: MIT
#pragma once

// Places where a crash matters. In builds with HARRIER_KILLPOINTS the process kills itself (SIGKILL) at the
// n-th kill point it passes when it was armed; in every other build a kill point is nothing at all.

namespace harrier {

#ifdef HARRIER_KILLPOINTS
// Kills this process at the n-th kill point from now (n = 1 is the next one). 0 disarms. Any thread.
// A child process is armed from the variable HARRIER_KILL_AT at its first kill point.
void arm_kill_points(int n);
void pass_kill_point(const char* name);
#define HARRIER_KILL_POINT(name) ::harrier::pass_kill_point(name)
#else
#define HARRIER_KILL_POINT(name) static_cast<void>(0)
#endif

} // namespace harrier
