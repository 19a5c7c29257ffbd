// SPDX-License-Identifier: MIT
#pragma once

// A page that is one file: style and drawings are in it, nothing is loaded, no script runs, and its policy
// (CSP) says so. Pure.

#include "report/markup.hpp"
#include "report/svg.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::report {

struct HtmlSection {
    std::string id; // ours: a word
    std::string title;
    Markup body;
};

struct HtmlPage {
    std::string title;
    std::string lead; // a sentence below the title
    Markup head;      // before the first section
    std::vector<HtmlSection> sections;
    std::string foot; // a sentence at the end
};

[[nodiscard]] std::string html_page(const HtmlPage& page);

[[nodiscard]] Markup paragraph(std::string_view text, std::string_view classes = {});
[[nodiscard]] Markup heading(std::string_view text); // within a section
[[nodiscard]] Markup figure(const Picture& picture, std::string_view caption = {});
// Two beside each other where there is room.
[[nodiscard]] Markup pair(const Markup& content);

// A figure that is looked at first: what it is, its number and unit, a note below.
struct KeyFigure {
    std::string name;
    std::string number;
    std::string unit{};
    std::vector<std::string> notes{}; // below, each unbroken where there is room
    std::optional<double> value{};    // exact, for programs (html_table.hpp)
};
[[nodiscard]] Markup key_figures(const std::vector<KeyFigure>& all);

} // namespace harrier::report
