// SPDX-License-Identifier: MIT
#include "analysis/summary.hpp"

#include "analysis/average.hpp"
#include "analysis/cleaning.hpp"
#include "analysis/distance.hpp"
#include "analysis/totals.hpp"
#include "analysis/track.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

namespace harrier::analysis {

namespace {

// A recording with its samples in order, mended where they need it.
class Samples {
public:
    explicit Samples(const model::Recording& recording)
        : m_recording(recording), m_mended(mend(recording.streams, recording.breaks)) {}

    [[nodiscard]] const model::Streams& streams() const {
        return m_mended ? m_mended->streams : m_recording.streams;
    }
    [[nodiscard]] std::span<const std::size_t> breaks() const {
        return m_mended ? m_mended->breaks : m_recording.breaks;
    }

private:
    const model::Recording& m_recording;
    std::optional<Cleaned> m_mended;
};

std::optional<double> above_zero(std::optional<double> value) {
    return value && std::isfinite(*value) && *value > 0 ? value : std::nullopt;
}

std::optional<Instant> instant_of(const model::Recording& recording, double begin) {
    if (!recording.start) {
        return std::nullopt;
    }
    return std::chrono::floor<std::chrono::seconds>(*recording.start +
                                                    std::chrono::milliseconds(std::llround(begin * 1000)));
}

bool is_indoors(std::string_view original_sport) {
    constexpr std::string_view words[] = {"treadmill", "indoor", "/spin"};
    return std::any_of(std::begin(words), std::end(words),
                       [&](auto word) { return original_sport.find(word) != std::string_view::npos; });
}

void add_description(const model::Recording& recording, double begin, model::Activity& activity) {
    activity.sport_type = recording.sport_type.empty() ? "Workout" : recording.sport_type;
    activity.name = recording.name;
    if (!recording.description.empty()) {
        activity.description = recording.description;
    }
    activity.start_date = instant_of(recording, begin);
    if (recording.utc_offset) {
        activity.utc_offset = static_cast<double>(recording.utc_offset->count());
        if (activity.start_date) {
            activity.start_date_local =
                WallTime(activity.start_date->time_since_epoch() + *recording.utc_offset);
        }
    }
    if (!recording.devices.empty() && !recording.devices.front().name.empty()) {
        activity.device_name = recording.devices.front().name;
    }
}

void add_totals(const MeasuredTotals& totals, model::Activity& activity) {
    const auto whole_seconds = [](std::optional<double> seconds) {
        constexpr double longest = 1e12; // far more than any file holds; beyond it no whole number is sure
        return seconds ? std::optional<std::int64_t>(std::llround(std::min(*seconds, longest)))
                       : std::nullopt;
    };
    activity.distance = totals.distance;
    activity.elapsed_time = whole_seconds(totals.elapsed_time);
    activity.moving_time = whole_seconds(totals.moving_time);
    if (totals.ascent.method != AscentMethod::none) {
        activity.total_elevation_gain = totals.ascent.climb.ascent;
    }
    if (totals.distance && activity.moving_time.value_or(0) > 0) {
        activity.average_speed = *totals.distance / static_cast<double>(*activity.moving_time);
    }
}

void add_place(const model::Recording& recording, const model::Streams& streams, model::Activity& activity) {
    activity.elev_high = greatest(streams.altitude);
    activity.elev_low = least(streams.altitude);
    const auto rows = believable_positions(streams.time, streams.latitude, streams.longitude,
                                           fastest_speed(recording.sport_type));
    if (!rows.empty()) {
        activity.start_latlng = {streams.latitude[rows.front()], streams.longitude[rows.front()]};
        activity.end_latlng = {streams.latitude[rows.back()], streams.longitude[rows.back()]};
    }
    if (is_indoors(recording.original_sport)) {
        activity.trainer = true;
    } else if (!rows.empty()) {
        activity.trainer = false;
    }
}

// The device's own, if it is possible and not below the mean; else the highest sample; else over 5 s.
std::optional<double> max_speed_of(const model::Recording& recording, const model::Streams& streams,
                                   const DistanceLine& line, std::optional<double> average) {
    constexpr double stretch = 5;
    const double fastest = fastest_speed(recording.sport_type);
    const auto told = above_zero(recording.totals.max_speed);
    if (told && *told <= fastest && *told >= average.value_or(0)) {
        return told;
    }
    std::optional<double> highest;
    for (const double speed : streams.velocity_smooth) {
        if (speed <= fastest && speed > highest.value_or(0)) {
            highest = speed;
        }
    }
    return highest ? highest : highest_speed(streams.time, line.metres, stretch, fastest);
}

// Means and maxima of the sensors. Where samples are missing at the end or there are none, the device's.
class SensorFigures {
public:
    SensorFigures(const model::Recording& recording, const model::Streams& streams, bool samples_are_whole)
        : m_device(recording.totals), m_streams(streams), m_samples_first(samples_are_whole),
          m_seconds(held_seconds(streams.time)) {}

    void add_to(model::Activity& activity) const {
        activity.average_heartrate =
            above_zero(chosen(mean(m_streams.heartrate, Zeros::skip), m_device.average_heartrate));
        activity.max_heartrate = above_zero(chosen(maximum(m_streams.heartrate), m_device.max_heartrate));
        activity.has_heartrate = activity.average_heartrate.has_value();
        activity.average_cadence =
            above_zero(chosen(mean(m_streams.cadence, Zeros::skip), m_device.average_cadence));
        activity.average_temp = chosen(mean(m_streams.temp, Zeros::count), m_device.average_temp);
        activity.calories = above_zero(m_device.calories);
        add_power(activity);
    }

private:
    using Column = std::vector<double>;

    [[nodiscard]] std::optional<double> chosen(std::optional<double> samples,
                                               std::optional<double> device) const {
        return samples && (m_samples_first || !device) ? samples : device;
    }
    [[nodiscard]] std::optional<double> mean(const Column& values, Zeros zeros) const {
        return integrate(values, m_seconds, zeros).mean();
    }
    [[nodiscard]] static std::optional<double> maximum(const Column& values) {
        return above_zero(greatest(values));
    }

    // A column of zeros is no power meter.
    void add_power(model::Activity& activity) const {
        const auto most = chosen(maximum(m_streams.watts), m_device.max_watts);
        activity.max_watts = above_zero(most);
        if (!activity.max_watts && !above_zero(m_device.average_watts)) {
            return;
        }
        const auto work = integrate(m_streams.watts, m_seconds, Zeros::count);
        activity.device_watts = true;
        activity.average_watts = chosen(work.mean(), above_zero(m_device.average_watts));
        activity.weighted_average_watts = above_zero(m_device.normalized_watts);
        const auto joules = chosen(above_zero(work.sum), above_zero(m_device.work));
        if (joules) {
            activity.kilojoules = *joules / 1000;
        }
    }

    const model::Totals& m_device;
    const model::Streams& m_streams;
    bool m_samples_first;
    std::vector<double> m_seconds;
};

} // namespace

model::Activity summarize(const model::Recording& recording) {
    const Samples samples(recording);
    const auto& streams = samples.streams();
    const auto line = distance_line(streams, samples.breaks(), recording.sport_type);
    const auto totals = measure_totals(recording, streams, samples.breaks(), line);
    model::Activity activity;
    add_description(recording, totals.begin, activity);
    add_totals(totals, activity);
    add_place(recording, streams, activity);
    activity.max_speed = max_speed_of(recording, streams, line, activity.average_speed);
    SensorFigures(recording, streams, totals.samples_are_whole).add_to(activity);
    return activity;
}

std::vector<model::LatLng> summary_track(const model::Recording& recording) {
    const Samples samples(recording);
    const auto& streams = samples.streams();
    const auto rows = believable_positions(streams.time, streams.latitude, streams.longitude,
                                           fastest_speed(recording.sport_type));
    std::vector<model::LatLng> points;
    std::vector<std::size_t> breaks;
    points.reserve(rows.size());
    auto next_break = samples.breaks().begin();
    for (const auto row : rows) {
        if (next_break != samples.breaks().end() && *next_break <= row) {
            next_break = std::find_if(next_break, samples.breaks().end(), [&](auto at) { return at > row; });
            breaks.push_back(points.size());
        }
        points.push_back({streams.latitude[row], streams.longitude[row]});
    }
    return simplify_track(points, breaks);
}

} // namespace harrier::analysis
