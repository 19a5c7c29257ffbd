// SPDX-License-Identifier: MIT
#include "cli/report_page.hpp"

#include "base/text.hpp"
#include "cli/version.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

std::string title_of(const ReportValues& values) {
    const auto name = std::string(trim(values.athlete.firstname + " " + values.athlete.lastname));
    const auto what = values.question.year ? fmt::to_string(*values.question.year) : std::string("All years");
    return name.empty() ? what : name + " · " + what;
}

} // namespace

ReportPage make_report_page(const ReportValues& values, bool with_map) {
    PictureShelf shelf;
    report::HtmlPage page{.title = title_of(values),
                          .lead = fmt::format("{} to {}", format_day(values.first), format_day(values.last)),
                          .head = report_head(values),
                          .sections = {},
                          .foot =
                              fmt::format("Made by harrier {} on {}. Everything is in this file; it loads "
                                          "nothing from anywhere.",
                                          version, format_day(values.today))};
    page.sections.push_back(totals_section(values, shelf));
    page.sections.push_back(records_section(values, shelf));
    page.sections.push_back(fitness_section(values, shelf));
    page.sections.push_back(calendar_section(values, shelf));
    page.sections.push_back(years_section(values, shelf));
    if (with_map) {
        page.sections.push_back(map_section(values, shelf));
    }
    page.sections.push_back(gear_section(values));
    page.sections.push_back(prediction_section(values));
    page.sections.push_back(eddington_section(values, shelf));
    std::erase_if(page.sections, [](const auto& section) { return section.body.text.empty(); });
    return {report::html_page(page), shelf.pictures()};
}

} // namespace harrier::cli
