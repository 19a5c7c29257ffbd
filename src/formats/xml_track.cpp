// SPDX-License-Identifier: MIT
#include "formats/xml_track.hpp"

#include "formats/xml_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace harrier::formats {

namespace {

using std::chrono::milliseconds;

model::Moment to_moment(std::int64_t ms) {
    return model::Moment(milliseconds(ms));
}

struct Target {
    Column column;
    std::vector<double> model::Streams::*stream;
};

constexpr Target targets[] = {
    {Column::latitude, &model::Streams::latitude},
    {Column::longitude, &model::Streams::longitude},
    {Column::distance, &model::Streams::distance},
    {Column::altitude, &model::Streams::altitude},
    {Column::velocity, &model::Streams::velocity_smooth},
    {Column::heartrate, &model::Streams::heartrate},
    {Column::cadence, &model::Streams::cadence},
    {Column::watts, &model::Streams::watts},
    {Column::temp, &model::Streams::temp},
};

} // namespace

PointTable::PointTable(std::size_t points, std::size_t first_point)
    : m_points(points), m_first_point(first_point) {
    m_times.reserve(points);
}

void PointTable::begin_point(std::size_t offset) {
    end_point();
    if (m_at_segment && m_size > 0) {
        m_breaks.push_back(m_size);
    }
    m_at_segment = false;
    m_offset = offset;
    m_times.push_back(no_time);
    ++m_size;
}

void PointTable::end_point() {
    if (m_size > 0 && m_times.back() == no_time) {
        m_without_time.add(m_offset, m_first_point + m_size - 1);
    }
}

double& PointTable::cell(Column column) {
    auto& values = m_columns[static_cast<std::size_t>(column)];
    if (values.empty()) {
        values.assign(m_points, model::missing);
    }
    return values[m_size - 1];
}

void PointTable::set(Column column, std::string_view text) {
    const auto value = read_sensor_value(text);
    if (!value) {
        if (!trim(text).empty()) {
            m_bad_values.add(m_offset, m_first_point + m_size - 1);
        }
        return;
    }
    auto& here = cell(column);
    if (model::is_missing(here)) {
        here = *value;
    }
}

void PointTable::set_position(std::string_view latitude, std::string_view longitude) {
    const auto lat = read_number(latitude);
    const auto lon = read_number(longitude);
    if (!lat || !lon || std::abs(*lat) > 90 || std::abs(*lon) > 180) {
        m_bad_positions.add(m_offset, m_first_point + m_size - 1);
        return;
    }
    cell(Column::latitude) = *lat;
    cell(Column::longitude) = *lon;
}

void PointTable::set_time(std::string_view text) {
    const auto time = read_time(text);
    if (!time) {
        if (!trim(text).empty()) {
            m_bad_times.add(m_offset, m_first_point + m_size - 1);
        }
        return;
    }
    const auto ms = time->moment.time_since_epoch().count();
    m_times.back() = ms;
    if (!is_plausible(time->moment)) {
        m_implausible_times.add(m_offset, m_first_point + m_size - 1);
    } else {
        if (ms < m_last_plausible) {
            m_steps_back.add(m_offset, m_first_point + m_size - 1);
        }
        m_last_plausible = ms;
    }
    if (!time->has_zone) {
        m_without_zone.add(m_offset, m_first_point + m_size - 1);
    }
    if (!m_utc_offset) {
        m_utc_offset = time->offset;
    }
}

std::optional<model::Moment> PointTable::last_time() const {
    const auto found =
        std::find_if(m_times.rbegin(), m_times.rend(), [](std::int64_t time) { return time != no_time; });
    if (found == m_times.rend() || !is_plausible(to_moment(*found))) {
        return std::nullopt;
    }
    return to_moment(*found);
}

// Among plausible times they count as none. Alone they still tell how much time went by, as those of a device
// whose clock nobody set.
void PointTable::drop_implausible_times(std::vector<model::Finding>& findings) {
    if (m_implausible_times.count == 0) {
        return;
    }
    m_relative = m_last_plausible == no_time;
    const auto first = to_moment(m_times[m_implausible_times.point - m_first_point]);
    const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(first)).year();
    findings.push_back(
        {m_implausible_times.offset, m_implausible_times.point,
         fmt::format("{} {} with an implausible time (first: year {}); {}", m_implausible_times.count,
                     m_implausible_times.count == 1 ? "point" : "points", static_cast<int>(year),
                     m_relative ? "the recording has no date" : "they count as without a time")});
    if (m_relative) {
        return;
    }
    for (auto& time : m_times) {
        time = time != no_time && !is_plausible(to_moment(time)) ? no_time : time;
    }
}

// A point without a time takes that of the one before; the first ones that of the first with a time.
void PointTable::fill_missing_times() {
    const auto first =
        std::find_if(m_times.begin(), m_times.end(), [](std::int64_t time) { return time != no_time; });
    std::int64_t before = first == m_times.end() ? no_time : *first;
    for (auto& time : m_times) {
        time = time == no_time ? before : time;
        before = time;
    }
}

void PointTable::add_pauses(model::Recording& recording) const {
    for (const auto at : m_breaks) {
        if (at < m_size && m_times[at - 1] < m_times[at]) {
            recording.pauses.push_back({to_moment(m_times[at - 1]), to_moment(m_times[at])});
        }
    }
}

void PointTable::report(std::vector<model::Finding>& findings) const {
    const auto tell = [&](const Tally& tally, std::string_view one, std::string_view several) {
        if (tally.count > 0) {
            findings.push_back(
                {tally.offset, tally.point,
                 tally.count == 1 ? fmt::format("1 {}", one) : fmt::format("{} {}", tally.count, several)});
        }
    };
    tell(m_bad_positions, "point with an invalid position: it has none",
         "points with an invalid position: they have none");
    tell(m_bad_values, "value that is no number: left out", "values that are no number: left out");
    tell(m_bad_times, "time that cannot be read: left out", "times that cannot be read: left out");
    tell(m_without_zone, "time without a zone: read as UTC", "times without a zone: read as UTC");
    if (m_without_time.count == m_size) {
        tell(m_without_time, "point without a time, the only one: the recording has no date",
             "points without a time, none has one: the recording has no date");
    } else {
        tell(m_without_time, "point without a time: that of the point before was taken",
             "points without a time: that of the point before was taken");
    }
    tell(m_steps_back, "time steps back: kept in the order of the file",
         "times step back: kept in the order of the file");
}

void PointTable::move_into(model::Recording& recording, std::vector<model::Finding>& findings,
                           std::optional<model::Moment> stated) {
    end_point();
    drop_implausible_times(findings);
    fill_missing_times();
    report(findings);
    const bool has_times = m_size > 0 && m_times.front() != no_time;
    if (stated && !is_plausible(*stated)) {
        stated.reset();
    }
    std::int64_t start = has_times ? *std::min_element(m_times.begin(), m_times.end()) : 0;
    if (!has_times) {
        recording.start = stated;
    } else if (!m_relative) {
        const auto earliest = to_moment(start);
        const bool fits = stated && *stated <= earliest && earliest - *stated <= std::chrono::hours(24);
        recording.start = fits ? *stated : earliest;
        start = recording.start->time_since_epoch().count();
        add_pauses(recording);
    }
    recording.utc_offset = m_utc_offset;
    auto& streams = recording.streams;
    streams.time.reserve(m_size);
    for (const auto time : m_times) {
        streams.time.push_back(has_times ? static_cast<double>(time - start) / 1000 : 0.0);
    }
    const auto take = [&](Column column) {
        auto& values = m_columns[static_cast<std::size_t>(column)];
        if (!values.empty()) {
            values.resize(m_size);
        }
        return std::move(values);
    };
    for (const auto& target : targets) {
        streams.*target.stream = take(target.column);
    }
    for (const auto& [column, name, units] : {std::tuple{Column::water_temp, "water_temperature", "°C"},
                                              std::tuple{Column::course, "course", "°"}}) {
        if (auto values = take(column); !values.empty()) {
            recording.extra.push_back({name, units, std::move(values)});
        }
    }
    recording.breaks = std::move(m_breaks);
}

} // namespace harrier::formats
