// SPDX-License-Identifier: MIT

// Where it was: the tracks, a map for each region.

#include "cli/report_sections.hpp"
#include "formats/polyline.hpp"
#include "model/sport.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace harrier::cli {

using report::HtmlSection;
using report::Markup;

namespace {

std::string count_of_tracks(std::size_t count) {
    return fmt::format("{} {}", report::format_number(static_cast<double>(count)),
                       count == 1 ? "track" : "tracks");
}

int tone_of(std::string_view sport_type) {
    const auto family = model::family_of(sport_type);
    return family == "run" ? 0 : family == "ride" ? 1 : 2;
}

std::vector<report::MapTrack> tracks_of(const ReportValues& values) {
    std::vector<report::MapTrack> tracks;
    for (const auto& activity : values.activities) {
        auto points =
            activity.summary_polyline ? formats::decode_polyline(*activity.summary_polyline) : std::nullopt;
        if (!points) {
            continue;
        }
        std::erase_if(*points, [](const model::LatLng& place) {
            return std::abs(place.lat) > 90 || std::abs(place.lng) > 180;
        });
        if (points->size() > 1) {
            tracks.push_back({std::move(*points), tone_of(activity.sport_type)});
        }
    }
    return tracks;
}

std::vector<report::LegendEntry> map_legend(const std::vector<report::MapTrack>& tracks) {
    constexpr std::array<std::string_view, 3> names{"Running", "Cycling", "Other sports"};
    std::vector<report::LegendEntry> entries;
    for (int tone = 0; tone < 3; ++tone) {
        if (std::any_of(tracks.begin(), tracks.end(), [&](const auto& one) { return one.tone == tone; })) {
            entries.push_back(
                {std::string(names.at(static_cast<std::size_t>(tone))), fmt::format("f{}", tone)});
        }
    }
    return entries;
}

} // namespace

HtmlSection map_section(const ReportValues& values, PictureShelf& shelf) {
    HtmlSection section{"map", "Map", {}};
    const auto tracks = tracks_of(values);
    const auto regions = report::find_regions(tracks);
    if (regions.empty()) {
        return section;
    }
    constexpr std::size_t most_regions = 9;
    constexpr std::size_t bytes_for_all = 560'000;
    Markup small;
    std::size_t elsewhere = 0;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const auto& region = regions[i];
        if (i >= most_regions) {
            elsewhere += region.tracks.size();
            continue;
        }
        report::MapOptions options{.units = values.question.units};
        options.most_bytes = bytes_for_all * region.tracks.size() / tracks.size() + 4000;
        if (i == 0) {
            options.legend = map_legend(tracks);
        } else {
            options.width = 330;
            options.least_height = options.most_height = 210;
        }
        const auto place = report::format_place(region.centre);
        auto figure = shelf.show(fmt::format("map-{}", i + 1), "Tracks around " + place,
                                 report::draw_map(tracks, region, options),
                                 fmt::format("{} around {}", count_of_tracks(region.tracks.size()), place));
        (i == 0 ? section.body : small) += figure;
    }
    if (!small.text.empty()) {
        section.body += report::pair(small);
    }
    const auto others = elsewhere == 0 ? "" : fmt::format(" {} lie elsewhere.", count_of_tracks(elsewhere));
    section.body += report::paragraph("Each map has a scale of its own, north up." + others, "quiet");
    return section;
}

} // namespace harrier::cli
