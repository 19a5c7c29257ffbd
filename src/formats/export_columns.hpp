// SPDX-License-Identifier: MIT
#pragma once

// The columns of the export's activities.csv. Names follow the language of the account and five of them are
// there twice: first as Strava shows the value (kilometres), later as it stores it (metres). So a column is
// known by its name and by how often the name came before. Pure.
//
// Seen: 10 columns in 2019 (before July in lower case, with ISO dates and metres), then 86, 87, 92, 94, 99,
// 103 and 105; new ones come before the last, "Media".

#include "formats/csv.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace harrier::formats {

// Those that harrier reads.
enum class ExportColumn {
    id,
    date,
    name,
    type,
    description,
    elapsed_time_shown,
    distance_shown,
    max_heartrate_shown,
    relative_effort_shown,
    commute_shown,
    private_note,
    gear,
    filename,
    elapsed_time,
    moving_time,
    distance,
    max_speed,
    average_speed,
    elevation_gain,
    elevation_low,
    elevation_high,
    average_cadence,
    max_heartrate,
    average_heartrate,
    max_watts,
    average_watts,
    calories,
    average_temperature,
    relative_effort,
    weighted_average_power,
    commute,
    flagged,
    media,
    count
};

struct ExportColumns {
    std::array<std::optional<std::size_t>, static_cast<std::size_t>(ExportColumn::count)> places;
    std::size_t width = 0;          // fields of the header
    bool shows_metres = false;      // the form before July 2019
    bool has_decimal_comma = false; // a language that writes 9,44 where English writes 9.44
    std::vector<std::string> notices;

    [[nodiscard]] std::optional<std::size_t> place(ExportColumn column) const {
        return places[static_cast<std::size_t>(column)];
    }
};

// By name in English, German and French. A header in another language is read by position, for the order is
// the same in all: whole where its repeated names stand where they should, else the first seven columns; a
// notice says so. Columns of other names are left alone.
[[nodiscard]] ExportColumns bind_export_columns(const CsvRecord& header);

// The English name, as notices use it.
[[nodiscard]] std::string_view name_of(ExportColumn column);

} // namespace harrier::formats
