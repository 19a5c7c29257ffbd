// SPDX-License-Identifier: MIT
#include "cli/console.hpp"

#include "report/table.hpp"

#include <chrono>

namespace harrier::cli {

void ProgressLine::update(std::string_view text) {
    if (!m_console.err.is_terminal) {
        return;
    }
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                         std::chrono::steady_clock::now().time_since_epoch())
                         .count();
    if (m_shown && now - m_last_ms < 100) {
        return;
    }
    m_last_ms = now;
    m_shown = true;
    m_console.err.write("\r\x1b[K" + report::fit(text, m_console.width - 1));
}

void ProgressLine::clear() {
    if (m_shown) {
        m_console.err.write("\r\x1b[K");
        m_shown = false;
    }
}

} // namespace harrier::cli
