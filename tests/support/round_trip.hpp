// SPDX-License-Identifier: MIT
#pragma once

// What a recording has to be after it was written in a format and read back: the same to half the resolution,
// and missing where the format cannot hold it. The limits are told here once more, apart from the writers.

#include "formats/fit/decode.hpp"
#include "formats/fit/encode.hpp"
#include "formats/gpx.hpp"
#include "formats/gpx_writer.hpp"
#include "formats/tcx.hpp"
#include "formats/tcx_writer.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harrier::tests {

enum class Format { gpx, tcx, fit };
inline constexpr Format all_formats[] = {Format::gpx, Format::tcx, Format::fit};

inline const char* name_of(Format format) {
    return format == Format::gpx ? "gpx" : format == Format::tcx ? "tcx" : "fit";
}

inline std::string write(Format format, const model::Recording& recording) {
    return format == Format::gpx   ? formats::write_gpx(recording)
           : format == Format::tcx ? formats::write_tcx(recording)
                                   : formats::fit::encode(recording);
}

inline model::DecodedFile read(Format format, const std::string& file) {
    const auto bytes = std::as_bytes(std::span(file));
    return format == Format::gpx   ? formats::gpx::decode(bytes)
           : format == Format::tcx ? formats::tcx::decode(bytes)
                                   : formats::fit::decode(bytes);
}

// How a format holds a figure: in steps (0 = any double), from `least` to `most`, or not at all.
struct Held {
    double step = 0;
    double least = -999'999'999;
    double most = 999'999'999;
};
using MaybeHeld = std::optional<Held>;

inline constexpr Held exactly{};

struct ColumnHeld {
    const char* name;
    std::vector<double> model::Streams::*column;
    MaybeHeld gpx, tcx, fit;
};
inline const ColumnHeld columns_held[] = {
    {"latitude", &model::Streams::latitude, exactly, exactly, Held{180 / 2147483648.0, -90, 90}},
    {"longitude", &model::Streams::longitude, exactly, exactly, Held{180 / 2147483648.0, -180, 180}},
    {"distance", &model::Streams::distance, {}, exactly, Held{0.01, 0, 42949672.94}},
    {"altitude", &model::Streams::altitude, exactly, exactly, Held{0.2, -500, 858993458.8}},
    {"speed", &model::Streams::velocity_smooth, exactly, exactly, Held{0.001, 0, 4294967.294}},
    {"heart rate", &model::Streams::heartrate, Held{1, 1, 255}, Held{1, 1, 255}, Held{1, 0, 254}},
    {"cadence", &model::Streams::cadence, Held{1, 0, 254}, Held{1, 0, 254}, Held{1 / 128.0, 0, 254.99}},
    {"watts", &model::Streams::watts, Held{0, 0, 65535}, Held{1, 0, 65535}, Held{1, 0, 65534}},
    {"temperature", &model::Streams::temp, exactly, {}, Held{1, -128, 126}},
    {"grade", &model::Streams::grade_smooth, {}, {}, Held{0.01, -327.68, 327.66}},
};
inline const MaybeHeld& held_in(Format format, const ColumnHeld& column) {
    return format == Format::gpx ? column.gpx : format == Format::tcx ? column.tcx : column.fit;
}

inline bool agrees(double before, double after, const Held& held) {
    const bool fits = before >= held.least - held.step / 2 && before <= held.most + held.step / 2;
    if (!fits || model::is_missing(after)) {
        return !fits && model::is_missing(after);
    }
    return held.step == 0 ? before == after
                          : std::abs(before - after) <= held.step / 2 + 1e-9 * std::abs(before);
}

inline double at(const std::vector<double>& column, std::size_t row) {
    return row < column.size() ? column[row] : model::missing;
}

// A position is one thing: both or none.
inline bool has_good_position(const model::Streams& streams, std::size_t row) {
    return std::abs(at(streams.latitude, row)) <= 90 && std::abs(at(streams.longitude, row)) <= 180;
}

// The samples that the format has a place for.
inline std::vector<std::size_t> rows_held(Format format, const model::Recording& recording) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < recording.streams.size(); ++row) {
        if (format != Format::gpx || has_good_position(recording.streams, row)) {
            rows.push_back(row);
        }
    }
    return rows;
}

inline void expect_same_columns(Format format, const model::Recording& before,
                                const std::vector<std::size_t>& rows, const model::Recording& after) {
    for (const auto& column : columns_held) {
        const auto& held = held_in(format, column);
        const auto& values = after.streams.*column.column;
        if (!held) {
            EXPECT_TRUE(values.empty()) << column.name;
            continue;
        }
        const bool is_position =
            column.column == &model::Streams::latitude || column.column == &model::Streams::longitude;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            double value = at(before.streams.*column.column, rows[i]);
            if (is_position && !has_good_position(before.streams, rows[i])) {
                value = model::missing;
            }
            // The last step before the antimeridian is no valid one.
            const bool is_edge = column.column == &model::Streams::longitude && value > 179.9999998;
            if (is_edge && format == Format::fit) {
                ASSERT_NEAR(at(values, i), value, 2e-7);
                continue;
            }
            ASSERT_TRUE(agrees(value, at(values, i), *held))
                << column.name << " of sample " << rows[i] << ": " << value << " became " << at(values, i);
        }
    }
}

inline double step_of_time(Format format) {
    return format == Format::fit ? 1 : 0.001;
}

inline double seconds_of(model::Moment moment) {
    return static_cast<double>(moment.time_since_epoch().count()) / 1000;
}

inline void expect_near(std::optional<model::Moment> before, std::optional<model::Moment> after,
                        Format format, const char* what) {
    ASSERT_EQ(before.has_value(), after.has_value()) << what;
    if (before) {
        ASSERT_NEAR(seconds_of(*before), seconds_of(*after), step_of_time(format) / 2) << what;
    }
}

// As moments, or counted from the earliest sample where there is no date.
inline void expect_same_times(Format format, const model::Recording& before,
                              const std::vector<std::size_t>& rows, const model::Recording& after) {
    ASSERT_EQ(after.streams.size(), rows.size());
    if (rows.empty()) {
        return;
    }
    ASSERT_EQ(before.start.has_value(), after.start.has_value());
    const auto zero = [&](const model::Recording& one, std::size_t first) {
        return one.start ? -seconds_of(*one.start) : one.streams.time[first];
    };
    const double zero_before = zero(before, rows.front());
    const double zero_after = zero(after, 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double time_before = before.streams.time[rows[i]] - zero_before;
        const double time_after = after.streams.time[i] - zero_after;
        // Two roundings where both ends of a relative time were rounded.
        const double tolerance = before.start ? 0.5 : 1;
        ASSERT_NEAR(time_before, time_after, tolerance * step_of_time(format) + 1e-6) << rows[i];
    }
}

struct TotalHeld {
    const char* name;
    std::optional<double> model::Totals::*total;
    MaybeHeld tcx, fit;
};
inline const TotalHeld totals_held[] = {
    {"elapsed", &model::Totals::elapsed_time, {}, Held{0.001, 0, 4294967.294}},
    {"timer", &model::Totals::timer_time, exactly, Held{0.001, 0, 4294967.294}},
    {"distance", &model::Totals::distance, exactly, Held{0.01, 0, 42949672.94}},
    {"ascent", &model::Totals::ascent, {}, Held{1, 0, 65534}},
    {"descent", &model::Totals::descent, {}, Held{1, 0, 65534}},
    {"speed", &model::Totals::average_speed, exactly, Held{0.001, 0, 4294967.294}},
    {"max speed", &model::Totals::max_speed, exactly, Held{0.001, 0, 4294967.294}},
    {"heart rate", &model::Totals::average_heartrate, Held{1, 1, 255}, Held{1, 0, 254}},
    {"max heart rate", &model::Totals::max_heartrate, Held{1, 1, 255}, Held{1, 0, 254}},
    {"cadence", &model::Totals::average_cadence, Held{1, 0, 254}, Held{1 / 128.0, 0, 254.99}},
    {"max cadence", &model::Totals::max_cadence, Held{1, 0, 254}, Held{1 / 128.0, 0, 254.99}},
    {"watts", &model::Totals::average_watts, Held{1, 0, 65535}, Held{1, 0, 65534}},
    {"max watts", &model::Totals::max_watts, Held{1, 0, 65535}, Held{1, 0, 65534}},
    {"normalized watts", &model::Totals::normalized_watts, {}, Held{1, 0, 65534}},
    {"work", &model::Totals::work, {}, Held{1, 0, 4294967294.0}},
    {"calories", &model::Totals::calories, Held{1, 0, 65535}, Held{1, 0, 65534}},
    {"temperature", &model::Totals::average_temp, {}, Held{1, -128, 126}},
};

inline void expect_same_totals(Format format, const model::Totals& before, const model::Totals& after) {
    for (const auto& one : totals_held) {
        const auto& held = format == Format::tcx ? one.tcx : one.fit;
        const double expected = (before.*one.total).value_or(model::missing);
        const double value = (after.*one.total).value_or(model::missing);
        if (!held) {
            EXPECT_TRUE(model::is_missing(value)) << one.name;
        } else {
            EXPECT_TRUE(agrees(expected, value, *held))
                << one.name << ": " << expected << " became " << value;
        }
    }
}

} // namespace harrier::tests
