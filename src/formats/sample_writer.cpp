// SPDX-License-Identifier: MIT
#include "formats/sample_writer.hpp"

#include "formats/written_track.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string_view>
#include <vector>

namespace harrier::formats {

namespace {

struct SampleColumn {
    std::string_view name;
    std::vector<double> model::Streams::*values;
};

// In the order of the SQL function streams().
constexpr std::array sample_columns{
    SampleColumn{"time", &model::Streams::time},
    SampleColumn{"lat", &model::Streams::latitude},
    SampleColumn{"lng", &model::Streams::longitude},
    SampleColumn{"distance", &model::Streams::distance},
    SampleColumn{"altitude", &model::Streams::altitude},
    SampleColumn{"velocity_smooth", &model::Streams::velocity_smooth},
    SampleColumn{"heartrate", &model::Streams::heartrate},
    SampleColumn{"cadence", &model::Streams::cadence},
    SampleColumn{"watts", &model::Streams::watts},
    SampleColumn{"temp", &model::Streams::temp},
    SampleColumn{"grade_smooth", &model::Streams::grade_smooth},
};

std::vector<SampleColumn> columns_of(const model::Streams& streams) {
    std::vector<SampleColumn> columns;
    std::copy_if(sample_columns.begin(), sample_columns.end(), std::back_inserter(columns),
                 [&](const SampleColumn& column) {
                     const auto& values = streams.*column.values;
                     return std::any_of(values.begin(), values.end(),
                                        [](double value) { return std::isfinite(value); });
                 });
    return columns;
}

void append(std::string& text, double value, std::string_view missing) {
    if (std::isfinite(value)) {
        fmt::format_to(std::back_inserter(text), "{}", value);
    } else {
        text += missing;
    }
}

// A stream whose samples `write` appends.
template <typename Write>
std::string stream_json(std::string_view type, std::size_t size, const Write& write) {
    auto text = fmt::format("\"{}\":{{\"data\":[", type);
    for (std::size_t row = 0; row < size; ++row) {
        text += row == 0 ? "" : ",";
        write(text, row);
    }
    return text +
           fmt::format("],\"series_type\":\"time\",\"original_size\":{},\"resolution\":\"high\"}}", size);
}

} // namespace

std::string write_samples_csv(const model::Recording& recording) {
    const auto& streams = recording.streams;
    const auto columns = columns_of(streams);
    std::string text;
    for (const auto& column : columns) {
        text += text.empty() ? "" : ",";
        text += column.name;
    }
    text += "\r\n";
    for (std::size_t row = 0; row < streams.size(); ++row) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            text += i == 0 ? "" : ",";
            append(text, sample_at(streams.*columns[i].values, row), "");
        }
        text += "\r\n";
    }
    return text;
}

std::string write_stream_set(const model::Recording& recording) {
    const auto& streams = recording.streams;
    std::string text = "{";
    for (const auto& column : columns_of(streams)) {
        if (column.name == "lng") { // goes with lat
            continue;
        }
        text += text.size() == 1 ? "\n" : ",\n";
        if (column.name == "lat") {
            text += stream_json("latlng", streams.size(), [&](std::string& out, std::size_t row) {
                if (!has_position(streams, row)) {
                    out += "null";
                    return;
                }
                fmt::format_to(std::back_inserter(out), "[{},{}]", streams.latitude[row],
                               streams.longitude[row]);
            });
        } else {
            text += stream_json(column.name, streams.size(), [&](std::string& out, std::size_t row) {
                append(out, sample_at(streams.*column.values, row), "null");
            });
        }
    }
    return text + "\n}";
}

} // namespace harrier::formats
