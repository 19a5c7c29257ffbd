// SPDX-License-Identifier: MIT
#include "report/html_table.hpp"

#include <fmt/format.h>

namespace harrier::report {

namespace {

std::string classes_of(const HtmlColumn& column, bool is_first, bool is_bar) {
    std::string classes;
    const auto add = [&](std::string_view name) {
        classes += (classes.empty() ? "" : " ") + std::string(name);
    };
    if (is_first) {
        add("k");
    }
    if (column.align == Align::right) {
        add("r");
    }
    if (column.is_optional) {
        add("o");
    }
    if (is_bar) {
        add("bar");
    } else if (!is_first && column.align == Align::left) {
        add("wide");
    }
    return classes;
}

std::string cell_element(std::string_view name, const std::string& classes, const std::string& content) {
    return classes.empty() ? fmt::format("<{0}>{1}</{0}>", name, content)
                           : fmt::format("<{0} class=\"{1}\">{2}</{0}>", name, classes, content);
}

} // namespace

Markup text_cell(std::string_view text) {
    return escaped(text);
}

Markup number_cell(std::string_view shown, double value) {
    return {fmt::format("<data value=\"{}\">{}</data>", value, escaped(shown).text)};
}

Markup optional_cell(std::string_view shown, std::optional<double> value) {
    return value ? number_cell(shown, *value) : escaped(shown);
}

Markup day_cell(std::optional<WallTime> time) {
    if (!time) {
        return {"–"};
    }
    const auto moment = format_wall_time(*time);
    return {fmt::format("<time datetime=\"{}\">{}</time>", moment.substr(0, moment.find('Z')),
                        moment.substr(0, 10))};
}

Markup html_table(const std::vector<HtmlColumn>& columns, const std::vector<std::vector<Markup>>& rows) {
    std::string table = "<div class=\"scroll\"><table>\n<thead><tr>";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        table += cell_element("th", classes_of(columns[i], false, false), escaped(columns[i].title).text);
    }
    table += "</tr></thead>\n<tbody>\n";
    for (const auto& row : rows) {
        table += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool is_bar = row[i].text.starts_with("<svg");
            table += cell_element("td", classes_of(columns[i], i == 0, is_bar), row[i].text);
        }
        table += "</tr>\n";
    }
    return {table + "</tbody></table></div>\n"};
}

} // namespace harrier::report
