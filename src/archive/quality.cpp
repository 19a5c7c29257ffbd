// SPDX-License-Identifier: MIT
#include "archive/quality.hpp"

#include <algorithm>
#include <string_view>

namespace harrier::archive {

namespace {

constexpr std::int64_t per_column = 10'000; // above the laps
constexpr std::int64_t per_format = 1'000 * per_column;
constexpr std::int64_t per_origin = 10 * per_format;

std::int64_t rank_of_format(std::string_view format) {
    return format == "fit" ? 3 : format == "tcx" ? 2 : format == "gpx" ? 1 : 0;
}

// `most` keeps a hostile file from reaching the next rank.
std::int64_t count_up_to(std::size_t count, std::int64_t most) {
    return static_cast<std::int64_t>(std::min(count, static_cast<std::size_t>(most)));
}

} // namespace

std::int64_t quality_of(const ImportedFile& file, const ImportedRecording& recording) {
    const std::int64_t origin = recording.is_cut ? 0 : file.is_rewritten ? 1 : 2;
    return origin * per_origin + rank_of_format(file.format) * per_format +
           count_up_to(recording.columns, per_format / per_column - 1) * per_column +
           count_up_to(recording.laps.size(), per_column - 1);
}

} // namespace harrier::archive
