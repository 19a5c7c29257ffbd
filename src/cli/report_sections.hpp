// SPDX-License-Identifier: MIT
#pragma once

// The parts of `harrier report`: the values of a report as sections of a page. Numbers read as in the
// commands' tables; exact values stand beside them.

#include "insight/report_values.hpp"
#include "report/html_page.hpp"
#include "report/svg_map.hpp"

#include <string>
#include <vector>

namespace harrier::cli {

// A drawing of the report that can also be a file.
struct NamedPicture {
    std::string name; // of the file, without extension: "calendar-2026"
    std::string title;
    report::Picture picture;
};

// Keeps the drawings that a page shows.
class PictureShelf {
public:
    // The figure for the page.
    report::Markup show(std::string name, std::string title, report::Picture picture,
                        std::string_view caption = {});

    [[nodiscard]] const std::vector<NamedPicture>& pictures() const { return m_pictures; }

private:
    std::vector<NamedPicture> m_pictures;
};

using insight::ReportValues;

[[nodiscard]] report::Markup report_head(const ReportValues& values);
// A section without a body has nothing to tell.
[[nodiscard]] report::HtmlSection totals_section(const ReportValues& values, PictureShelf& shelf);
[[nodiscard]] report::HtmlSection records_section(const ReportValues& values, PictureShelf& shelf);
[[nodiscard]] report::HtmlSection fitness_section(const ReportValues& values, PictureShelf& shelf);
[[nodiscard]] report::HtmlSection calendar_section(const ReportValues& values, PictureShelf& shelf);
[[nodiscard]] report::HtmlSection years_section(const ReportValues& values, PictureShelf& shelf);
[[nodiscard]] report::HtmlSection map_section(const ReportValues& values, PictureShelf& shelf);
[[nodiscard]] report::HtmlSection gear_section(const ReportValues& values);
[[nodiscard]] report::HtmlSection prediction_section(const ReportValues& values);
[[nodiscard]] report::HtmlSection eddington_section(const ReportValues& values, PictureShelf& shelf);

// "1,234.5", km or miles.
[[nodiscard]] std::string long_distance(double metres, Units units);
[[nodiscard]] std::string_view long_unit(Units units); // "km"
[[nodiscard]] double long_metres(Units units);         // of one of them
// A race's time: whole seconds, rounded up (World Athletics, rule 19.24.5).
[[nodiscard]] std::string race_clock(std::optional<double> seconds);
// "Running", "Cycling" … for a family of sports.
[[nodiscard]] std::string sport_title(std::string_view family);

} // namespace harrier::cli
