// SPDX-License-Identifier: MIT
#pragma once

// The drawings of a report as files: SVG, and PNG where rsvg-convert (Debian: librsvg2-bin) is installed. It
// is run as a program of its own, so that its forty libraries are no part of every start of harrier, and
// only those who want PNG need it.

#include "cli/report_sections.hpp"
#include "cli/settings.hpp"

#include <filesystem>
#include <stop_token>
#include <vector>

namespace harrier::cli {

struct WrittenPictures {
    std::size_t svg = 0;
    std::size_t png = 0;
    bool has_converter = false;
};

// One NAME.svg and NAME.png for each. What cannot be converted is left out and counted so. Throws Error{io}
// when the folder takes no file, Error{interrupted}.
[[nodiscard]] WrittenPictures write_pictures(const std::filesystem::path& folder,
                                             const std::vector<NamedPicture>& pictures,
                                             const Environment& environment, const std::stop_token& stop);

} // namespace harrier::cli
