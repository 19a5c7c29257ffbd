// SPDX-License-Identifier: MIT
#include "cli/picture_files.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/child_program.hpp"
#include "report/svg.hpp"

namespace harrier::cli {

namespace {

// Twice as many pixels as the drawing has units: sharp on screens and on paper.
bool convert(const std::string& converter, const std::filesystem::path& svg, const Environment& environment) {
    auto part = svg;
    part.replace_extension(".png.part");
    const auto code = run_program(
        converter, {"--format=png", "--zoom=2", "--output=" + part.string(), svg.string()}, environment);
    std::error_code ignored;
    if (code != 0) {
        std::filesystem::remove(part, ignored);
        return false;
    }
    auto png = svg;
    std::filesystem::rename(part, png.replace_extension(".png"));
    return true;
}

} // namespace

WrittenPictures write_pictures(const std::filesystem::path& folder, const std::vector<NamedPicture>& pictures,
                               const Environment& environment, const std::stop_token& stop) {
    make_folders(folder);
    const auto converter = find_program("rsvg-convert", environment);
    WrittenPictures written{.has_converter = !converter.empty()};
    for (const auto& picture : pictures) {
        if (stop.stop_requested()) {
            throw Error(ErrorKind::interrupted, "interrupted; some pictures are not written", "");
        }
        const auto svg = std::filesystem::absolute(folder) / (picture.name + ".svg");
        write_file_atomically(svg, report::picture_file(picture.picture, picture.title));
        ++written.svg;
        if (!converter.empty() && convert(converter, svg, environment)) {
            ++written.png;
        }
    }
    return written;
}

} // namespace harrier::cli
