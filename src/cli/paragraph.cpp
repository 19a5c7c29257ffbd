// SPDX-License-Identifier: MIT
#include "cli/paragraph.hpp"

#include "base/text.hpp"
#include "report/table.hpp"

#include <fmt/format.h>

namespace harrier::cli {

std::string paragraph(std::string_view text, int width, std::string_view indent) {
    std::string lines;
    std::string line;
    const auto end_line = [&] {
        lines += fmt::format("{}{}\n", indent, line);
        line.clear();
    };
    for (const auto& word : split(text, ' ')) {
        const int needed =
            report::display_width(indent) + report::display_width(line) + 1 + report::display_width(word);
        if (!line.empty() && needed > width) {
            end_line();
        }
        line += (line.empty() ? "" : " ") + word;
    }
    if (!line.empty()) {
        end_line();
    }
    return lines;
}

std::string sentence(std::string_view message) {
    std::string text(message);
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    }
    return text.ends_with('.') ? text : text + ".";
}

std::string hint_lines(std::string_view hint, int width, std::string_view indent) {
    const auto command = hint.find(":  ");
    if (command == std::string_view::npos) {
        return paragraph(hint, width, indent);
    }
    return paragraph(hint.substr(0, command + 1), width, indent) +
           fmt::format("{}  {}\n", indent, hint.substr(command + 3));
}

} // namespace harrier::cli
