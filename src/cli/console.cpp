// SPDX-License-Identifier: MIT
#include "cli/console.hpp"

#include "base/text.hpp"
#include "report/table.hpp"

#include <chrono>

namespace harrier::cli {

std::string safe_lines(std::string_view text) {
    std::string safe;
    while (true) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        line.remove_suffix(line.ends_with('\r') ? 1 : 0); // of CSV
        safe += escape_terminal(line);
        if (end == std::string_view::npos) {
            return safe;
        }
        safe += '\n';
        text.remove_prefix(end + 1);
    }
}

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
