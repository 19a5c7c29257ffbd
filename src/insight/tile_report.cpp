// SPDX-License-Identifier: MIT
#include "insight/tile_report.hpp"

#include "insight/total_rows.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace harrier::insight {

namespace {

nlohmann::ordered_json square_json(const TileHistory& history) {
    const auto square = history.explored.max_square();
    if (square.size == 0) {
        return nullptr;
    }
    const auto corner = analysis::tile_corner(square.corner, history.zoom);
    const auto end =
        analysis::tile_corner({square.corner.x + square.size, square.corner.y + square.size}, history.zoom);
    return {{"size", square.size}, {"x", square.corner.x}, {"y", square.corner.y}, {"north", corner.lat},
            {"west", corner.lng},  {"south", end.lat},     {"east", end.lng}};
}

} // namespace

report::Rows tile_rows(const TileHistory& history, std::string_view by, std::size_t limit) {
    return by == "activity" ? tile_step_rows(newest(history.steps, limit))
                            : tile_period_rows(newest(tile_periods(history, grouping_of(by)), limit));
}

std::string tile_json(const TileHistory& history, std::string_view by, std::size_t limit) {
    auto rows = report::to_json_array(tile_rows(history, by, limit));
    rows.pop_back(); // the line break
    return fmt::format("{{\n\"zoom\": {},\n\"tiles\": {},\n\"max_square\": {},\n\"max_cluster\": {},\n"
                       "\"activities\": {},\n\"without_positions\": {},\n\"by\": \"{}\",\n\"rows\": {}\n}}\n",
                       history.zoom, history.explored.count(), square_json(history).dump(),
                       history.explored.max_cluster(), history.steps.size(), history.without_positions, by,
                       rows);
}

} // namespace harrier::insight
