// SPDX-License-Identifier: MIT
#include "report/table.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace harrier::report {

namespace {

constexpr int gap = 2;
// A name of so many columns can still be told from another.
constexpr int readable_width = 16;
constexpr int smallest_width = 4;
// Also where no terminal bounds the width: one name of 10 kB would push every row's last column away.
constexpr int widest_cell = 200;

} // namespace

Table::Table(std::vector<Column> columns) : m_columns(std::move(columns)) {}

void Table::add_row(std::vector<std::string> cells) {
    if (cells.size() != m_columns.size()) {
        throw std::logic_error("a table row needs as many cells as columns");
    }
    for (auto& cell : cells) {
        cell = fit(escape_terminal(cell), widest_cell);
    }
    m_rows.push_back(std::move(cells));
}

std::vector<int> Table::natural_widths() const {
    std::vector<int> widths;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        int width = display_width(m_columns[i].title);
        for (const auto& row : m_rows) {
            width = std::max(width, display_width(row[i]));
        }
        widths.push_back(width);
    }
    return widths;
}

int Table::natural_width() const {
    const auto widths = natural_widths();
    return std::accumulate(widths.begin(), widths.end(), gap * (static_cast<int>(widths.size()) - 1));
}

Table::Layout Table::lay_out(int width) const {
    Layout layout{{}, natural_widths()};
    layout.visible.resize(m_columns.size());
    std::iota(layout.visible.begin(), layout.visible.end(), 0U);
    if (width <= 0) {
        return layout;
    }
    const auto total = [&](int most_of_shrinking) {
        int sum = -gap;
        for (const auto i : layout.visible) {
            sum += gap +
                   (m_columns[i].shrinks ? std::min(layout.widths[i], most_of_shrinking) : layout.widths[i]);
        }
        return sum;
    };
    while (total(readable_width) > width) {
        const auto least =
            std::max_element(layout.visible.begin(), layout.visible.end(), [&](auto a, auto b) {
                return m_columns[a].drop_order < m_columns[b].drop_order;
            });
        if (least == layout.visible.end() || m_columns[*least].drop_order == 0) {
            break;
        }
        layout.visible.erase(least);
    }
    constexpr int unlimited = 1 << 20;
    int most = unlimited;
    if (total(unlimited) > width) {
        most = width;
        while (most > smallest_width && total(most) > width) {
            --most;
        }
    }
    for (const auto i : layout.visible) {
        if (m_columns[i].shrinks) {
            layout.widths[i] = std::min(layout.widths[i], most);
        }
    }
    return layout;
}

std::string Table::line(const Layout& layout, const std::vector<std::string>& cells) const {
    std::string text;
    for (const auto i : layout.visible) {
        if (i != layout.visible.front()) {
            text.append(gap, ' ');
        }
        text += pad(fit(cells[i], layout.widths[i]), layout.widths[i], m_columns[i].align);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

std::string Table::render(const TableStyle& style) const {
    const auto layout = lay_out(style.width);
    std::vector<std::string> titles;
    for (const auto& column : m_columns) {
        titles.push_back(column.title);
    }
    const auto header = line(layout, titles);
    std::string text = style.colour ? "\x1b[2m" + header + "\x1b[0m\n" : header + "\n";
    for (const auto& row : m_rows) {
        text += line(layout, row);
        text += '\n';
    }
    return text;
}

} // namespace harrier::report
