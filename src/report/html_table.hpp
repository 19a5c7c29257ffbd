// SPDX-License-Identifier: MIT
#pragma once

// Tables of a page. A number that was rounded for reading keeps its exact value beside it, in <data value>,
// for programs that read the page. Pure.

#include "base/time.hpp"
#include "report/markup.hpp"
#include "report/table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::report {

struct HtmlColumn {
    std::string title;
    Align align = Align::left;
    bool is_optional = false; // goes first where the screen is narrow
};

// Cells. Texts are foreign and escaped here.
[[nodiscard]] Markup text_cell(std::string_view text);
[[nodiscard]] Markup number_cell(std::string_view shown, double value);
[[nodiscard]] Markup optional_cell(std::string_view shown, std::optional<double> value);
[[nodiscard]] Markup day_cell(std::optional<WallTime> time); // "2026-11-22"

// The first column stands out as the name of its row. A cell that begins with a picture is a bar.
[[nodiscard]] Markup html_table(const std::vector<HtmlColumn>& columns,
                                const std::vector<std::vector<Markup>>& rows);

} // namespace harrier::report
