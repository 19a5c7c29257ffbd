// SPDX-License-Identifier: MIT
#pragma once

// The page of `harrier report`, put together from its sections.

#include "cli/report_sections.hpp"

#include <string>
#include <vector>

namespace harrier::cli {

struct ReportPage {
    std::string html;
    std::vector<NamedPicture> pictures; // all that the page shows, but legends
};

// `with_map`: the map shows where somebody lives.
[[nodiscard]] ReportPage make_report_page(const ReportValues& values, bool with_map);

} // namespace harrier::cli
