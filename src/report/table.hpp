// SPDX-License-Identifier: MIT
#pragma once

// Tables for people: aligned, fitted to the width, coloured only when asked. Pure: values in, text out.

#include <string>
#include <string_view>
#include <vector>

namespace harrier::report {

enum class Align { left, right };

struct Column {
    std::string title;
    Align align = Align::left;
    bool shrinks = false; // may be cut (with …) when the table is wider than the terminal
    // Whole columns go before a shrinking one gets too small to read: the highest number first, 0 never.
    int drop_order = 0;
};

struct TableStyle {
    int width = 80;      // columns; 0 = unlimited
    bool colour = false; // header dimmed
};

class Table {
public:
    explicit Table(std::vector<Column> columns);

    // As many cells as columns; foreign text is escaped for the terminal here.
    void add_row(std::vector<std::string> cells);
    [[nodiscard]] bool empty() const { return m_rows.empty(); }

    // The columns it takes when nothing is cut.
    [[nodiscard]] int natural_width() const;
    // Header and rows, each ended by a line break; no trailing spaces.
    [[nodiscard]] std::string render(const TableStyle& style) const;

private:
    struct Layout {
        std::vector<std::size_t> visible; // indices of columns
        std::vector<int> widths;          // of all columns
    };

    [[nodiscard]] std::vector<int> natural_widths() const;
    [[nodiscard]] Layout lay_out(int width) const;
    [[nodiscard]] std::string line(const Layout& layout, const std::vector<std::string>& cells) const;

    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

// Columns a text takes on a terminal: wide (East Asian, emoji) characters two, combining ones none.
[[nodiscard]] int display_width(std::string_view text);
// At most `width` columns, with … at the end when it was cut.
[[nodiscard]] std::string fit(std::string_view text, int width);
// `text` and spaces up to `width` columns; longer texts stay whole.
[[nodiscard]] std::string pad(std::string_view text, int width, Align align = Align::left);

} // namespace harrier::report
