// SPDX-License-Identifier: MIT
#include "analysis/totals.hpp"

#include "analysis/cleaning.hpp"
#include "analysis/moving_time.hpp"

#include <algorithm>
#include <cmath>

namespace harrier::analysis {

namespace {

// A total that is a number and not below zero.
std::optional<double> sound(std::optional<double> total) {
    return total && std::isfinite(*total) && *total >= 0 ? total : std::nullopt;
}

double larger_of(double absolute, double relative, double value) {
    return std::max(absolute, relative * value);
}

class Weighing {
public:
    Weighing(const model::Recording& recording, const model::Streams& streams,
             std::span<const std::size_t> breaks, const DistanceLine& line)
        : m_recording(recording), m_streams(streams), m_breaks(breaks), m_line(line),
          m_fastest(fastest_speed(recording.sport_type)), m_elapsed(sound(recording.totals.elapsed_time)),
          m_timer(sound(recording.totals.timer_time)), m_distance(sound(recording.totals.distance)) {}

    MeasuredTotals weigh() {
        measure_elapsed();
        measure_distance();
        measure_moving();
        measure_climb();
        return m_result;
    }

private:
    // A start long before the first sample is believed only if the device's time reaches back to it.
    [[nodiscard]] double first_moment() const {
        constexpr double longest_wait = 60;
        const double first = m_streams.time.front();
        const bool waited =
            first <= longest_wait || m_elapsed.value_or(0) >= m_streams.time.back() - longest_wait;
        return waited ? std::min(first, 0.0) : first;
    }

    [[nodiscard]] bool hold_the_whole_distance() const {
        return m_distance && *m_distance > 0 && m_line.covered() >= 0.98 * *m_distance;
    }

    void measure_elapsed() {
        if (m_streams.time.empty()) {
            m_result.elapsed_time = m_elapsed ? m_elapsed : m_timer;
            m_result.elapsed_source = m_result.elapsed_time ? TotalSource::device : TotalSource::none;
            return;
        }
        m_result.begin = first_moment();
        const double span = m_streams.time.back() - m_result.begin;
        const auto told = m_elapsed ? m_elapsed : m_timer; // a timer that runs on when the samples end
        if (!told && span <= 0 && !m_recording.start) {
            return; // a line without times
        }
        const double latest = span + larger_of(60, 0.1, span);
        const bool too_long =
            told && *told > latest && m_timer.value_or(*told) > latest && hold_the_whole_distance();
        const bool too_short = told && *told < span - larger_of(2, 0.01, span);
        if (too_long) {
            m_timer.reset();
        }
        const bool believed = told && !too_long && !too_short && (m_elapsed || *told > span);
        m_result.elapsed_time = believed ? *told : span;
        m_result.elapsed_source = believed ? TotalSource::device : TotalSource::samples;
        m_result.samples_are_whole = span >= 0.9 * *m_result.elapsed_time;
    }

    void measure_distance() {
        const double covered = m_line.covered();
        const bool is_sure = m_line.source == DistanceSource::file;
        const bool too_short =
            m_distance && *m_distance < covered - larger_of(20, is_sure ? 0.02 : 0.2, covered);
        const bool too_long = m_distance && m_result.elapsed_time && m_line.source != DistanceSource::none &&
                              *m_distance > m_fastest * std::max(1.0, *m_result.elapsed_time);
        if (m_distance && !too_short && !too_long) {
            m_result.distance = m_distance;
            m_result.distance_source = TotalSource::device;
        } else if (m_line.source != DistanceSource::none) {
            m_result.distance = m_line.total();
            m_result.distance_source = TotalSource::samples;
        }
    }

    // Seconds of pauses that the file tells, within the recording. Those of its segments are among the
    // resting steps already.
    [[nodiscard]] double paused_seconds() const {
        if (!m_recording.start || !m_recording.breaks.empty()) {
            return 0;
        }
        const auto seconds = [&](model::Moment moment) {
            return std::chrono::duration<double>(moment - *m_recording.start).count();
        };
        const double begin = m_result.begin;
        const double end = begin + *m_result.elapsed_time;
        double sum = 0;
        double until = begin; // pauses may overlap
        for (const auto& pause : m_recording.pauses) {
            const double from = std::clamp(seconds(pause.from), until, std::max(until, end));
            const double to = std::clamp(seconds(pause.to), from, std::max(from, end));
            sum += to - from;
            until = to;
        }
        return sum;
    }

    [[nodiscard]] bool timer_is_believed() const {
        constexpr double rounding = 2;
        return m_timer && *m_timer > 0 && *m_timer <= *m_result.elapsed_time + rounding &&
               m_result.distance.value_or(0) <= m_fastest * std::max(1.0, *m_timer);
    }

    void measure_moving() {
        constexpr double shortest_stop = 1;
        if (!m_result.elapsed_time) {
            return;
        }
        const double elapsed = *m_result.elapsed_time;
        const double paused = paused_seconds();
        const double timer = timer_is_believed() ? *m_timer : elapsed - paused;
        if (timer <= elapsed - shortest_stop) {
            set_moving(timer, MovingSource::timer);
            return;
        }
        const double threshold = resting_speed(m_recording.sport_type);
        const bool speed_tells = threshold > 0 && m_line.source != DistanceSource::none;
        if (!speed_tells && m_breaks.empty()) {
            set_moving(elapsed, MovingSource::elapsed);
            return;
        }
        const auto& time = m_streams.time;
        const auto resting = resting_steps(time, m_line.metres, m_breaks, threshold);
        const double rested = time.empty() ? 0 : time.back() - time.front() - moving_seconds(time, resting);
        set_moving(elapsed - rested, MovingSource::speed);
    }

    void set_moving(double seconds, MovingSource source) {
        m_result.moving_time = std::clamp(seconds, 0.0, *m_result.elapsed_time);
        m_result.moving_source = source;
    }

    void measure_climb() {
        if (const auto ascent = sound(m_recording.totals.ascent)) {
            m_result.ascent = {AscentMethod::device,
                               {*ascent, sound(m_recording.totals.descent).value_or(0)}};
        } else {
            m_result.ascent =
                measure_ascent(m_streams.time, m_line.metres, m_streams.altitude, m_recording.sport_type);
        }
    }

    const model::Recording& m_recording;
    const model::Streams& m_streams;
    std::span<const std::size_t> m_breaks;
    const DistanceLine& m_line;
    double m_fastest;
    std::optional<double> m_elapsed; // the device's, as long as they are believed
    std::optional<double> m_timer;
    std::optional<double> m_distance;
    MeasuredTotals m_result;
};

} // namespace

MeasuredTotals measure_totals(const model::Recording& recording, const model::Streams& streams,
                              std::span<const std::size_t> breaks, const DistanceLine& line) {
    return Weighing(recording, streams, breaks, line).weigh();
}

} // namespace harrier::analysis
