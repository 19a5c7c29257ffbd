// SPDX-License-Identifier: MIT
#pragma once

// The points of an XML recording on their way into columns. Missing stays missing: neither zero nor the value
// before it is ever put in its place.

#include "model/recording.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace harrier::formats {

enum class Column : std::uint8_t {
    latitude,
    longitude,
    distance,
    altitude,
    velocity,
    heartrate,
    cadence,
    watts,
    temp,
    water_temp,
    course,
};
constexpr std::size_t column_count = 11;

// Something that happened to several points: how often, and where first.
struct Tally {
    std::size_t count = 0;
    std::size_t offset = 0;
    std::size_t point = 0;

    void add(std::size_t at_offset, std::size_t at_point) {
        if (count++ == 0) {
            offset = at_offset;
            point = at_point;
        }
    }
};

class PointTable {
public:
    // Columns are as long as `points`; first_point is the number of the first one in the file.
    PointTable(std::size_t points, std::size_t first_point);

    // A point whose parts are at `offset` in the file. At most `points` times.
    void begin_point(std::size_t offset);
    // The next point begins a new segment, or track: not joined with the one before.
    void begin_segment() { m_at_segment = true; }

    // The text of a value. Empty is missing; what is no number is missing and noted. The first value of a
    // point wins.
    void set(Column column, std::string_view text);
    void set_position(std::string_view latitude, std::string_view longitude);
    void set_time(std::string_view text);

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::optional<model::Moment> last_time() const; // of the newest point that has one

    // Streams, breaks, pauses, start and offset of the recording, and the findings. The start is `stated`
    // where no point is before it and the first one within a day; else the earliest point.
    void move_into(model::Recording& recording, std::vector<model::Finding>& findings,
                   std::optional<model::Moment> stated);

private:
    static constexpr std::int64_t no_time = INT64_MIN; // ms since 1970

    double& cell(Column column);
    void end_point();
    void drop_implausible_times(std::vector<model::Finding>& findings);
    void fill_missing_times();
    void add_pauses(model::Recording& recording) const;
    void report(std::vector<model::Finding>& findings) const;

    std::size_t m_points;
    std::size_t m_first_point;
    std::size_t m_size = 0;
    std::size_t m_offset = 0; // of the point at hand
    bool m_at_segment = false;
    std::array<std::vector<double>, column_count> m_columns;
    std::vector<std::int64_t> m_times;
    std::int64_t m_last_plausible = no_time;
    std::vector<std::size_t> m_breaks;
    std::optional<std::chrono::seconds> m_utc_offset;
    bool m_relative = false; // no time is one that an activity can have
    Tally m_bad_positions;
    Tally m_bad_values;
    Tally m_bad_times;
    Tally m_implausible_times;
    Tally m_without_zone;
    Tally m_without_time;
    Tally m_steps_back;
};

} // namespace harrier::formats
