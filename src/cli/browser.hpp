// SPDX-License-Identifier: MIT
#pragma once

// Opens a page in the user's own browser.

#include "cli/settings.hpp"

#include <string>

namespace harrier::cli {

// Whether there is a screen to show a browser on. Not over SSH: the browser would open on the wrong machine.
[[nodiscard]] bool can_open_browser(const Environment& environment);

// Starts $BROWSER, else xdg-open, with nothing of the environment but what a browser needs, its output thrown
// away, and does not wait for it. False when none could be started.
[[nodiscard]] bool open_browser(const std::string& url, const Environment& environment);

} // namespace harrier::cli
