// SPDX-License-Identifier: MIT
#include "analysis/activity_metrics.hpp"

#include "analysis/average.hpp"
#include "analysis/cleaning.hpp"
#include "analysis/efficiency.hpp"
#include "analysis/grade_adjusted_pace.hpp"
#include "analysis/mean_maximal.hpp"
#include "analysis/moving_time.hpp"
#include "analysis/normalized_power.hpp"
#include "analysis/second_grid.hpp"
#include "analysis/tiles.hpp"
#include "model/sport.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace harrier::analysis {

namespace {

using Values = std::vector<double>;

bool is_on_foot(std::string_view sport_type) {
    return model::measure_of(sport_type) == model::Measure::pace;
}

bool has_values(const Values& column) {
    return std::any_of(column.begin(), column.end(), [](double value) { return value > 0; });
}

// Samples in order, and the line of their distances.
struct Prepared {
    std::optional<Cleaned> mended;
    const model::Streams& streams;
    std::span<const std::size_t> breaks;
    std::string_view sport_type;
    DistanceLine line;
    DistanceTrust trust;

    Prepared(const model::Recording& recording, const ActivityContext& context)
        : mended(mend(recording.streams, recording.breaks)),
          streams(mended ? mended->streams : recording.streams),
          breaks(mended ? mended->breaks : recording.breaks),
          sport_type(context.sport_type.empty() ? std::string_view(recording.sport_type)
                                                : context.sport_type),
          line(distance_line(streams, breaks, sport_type)), trust(trust_distance(recording, line, context)) {}
    Prepared(const Prepared&) = delete; // it refers to itself
    Prepared& operator=(const Prepared&) = delete;
};

std::vector<TimeSpan> pauses_of(const model::Recording& recording) {
    std::vector<TimeSpan> spans;
    if (recording.start) {
        for (const auto& pause : recording.pauses) {
            const auto since_start = [&](model::Moment moment) {
                return std::chrono::duration<double>(moment - *recording.start).count();
            };
            spans.push_back({since_start(pause.from), since_start(pause.to)});
        }
        std::sort(spans.begin(), spans.end(),
                  [](const TimeSpan& a, const TimeSpan& b) { return a.begin < b.begin; });
    }
    return spans;
}

// So that the line lasts as long as the samples do.
Values with_ends(Values metres) {
    const auto is_there = [](double value) { return std::isfinite(value); };
    const auto first = std::find_if(metres.begin(), metres.end(), is_there);
    if (first != metres.end()) {
        std::fill(metres.begin(), first, *first);
        const auto last = std::find_if(metres.rbegin(), metres.rend(), is_there);
        std::fill(last.base(), metres.end(), *last);
    }
    return metres;
}

Course course_from(const Prepared& prepared, std::span<const TimeSpan> pauses) {
    CourseRules rules;
    rules.fastest = fastest_speed(prepared.sport_type);
    rules.longest_gap = model::measure_of(prepared.sport_type) == model::Measure::swim_pace ? 300 : 60;
    rules.scale = prepared.trust.scale;
    return make_course(prepared.streams.time, with_ends(prepared.line.metres), rules, prepared.breaks,
                       pauses);
}

// Whether the step that leads to each knot was rest: slow, across a break, or with the timer stopped.
std::vector<bool> resting_knots(const Course& course, std::span<const std::size_t> breaks,
                                std::span<const TimeSpan> pauses, double threshold) {
    std::vector<std::size_t> knot_breaks;
    for (const auto at : breaks) {
        const auto knot = std::lower_bound(course.sample.begin(), course.sample.end(), at);
        knot_breaks.push_back(static_cast<std::size_t>(knot - course.sample.begin()));
    }
    auto resting = resting_steps(course.time, course.recorded, knot_breaks, threshold);
    for (const auto& pause : pauses) {
        const auto begin = std::upper_bound(course.time.begin(), course.time.end(), pause.begin);
        for (auto knot = begin; knot != course.time.end() && *knot <= pause.end; ++knot) {
            resting[static_cast<std::size_t>(knot - course.time.begin())] = knot != course.time.begin();
        }
    }
    return resting;
}

class HistogramBuilder {
public:
    HistogramBuilder(double step, double most) : m_step(step), m_seconds(bins(step, most), 0) {}

    void add(double value, double seconds) {
        if (value >= 0 && seconds > 0) {
            const double bin = std::min(value / m_step + 1e-9, static_cast<double>(m_seconds.size() - 1));
            m_seconds[static_cast<std::size_t>(bin)] += seconds;
        }
    }
    // Without the empty bins at both ends.
    [[nodiscard]] model::Histogram histogram() const {
        const auto is_used = [](double seconds) { return seconds > 0; };
        const auto first = std::find_if(m_seconds.begin(), m_seconds.end(), is_used);
        if (first == m_seconds.end()) {
            return {m_step, 0, {}};
        }
        const auto last = std::find_if(m_seconds.rbegin(), m_seconds.rend(), is_used).base();
        return {m_step, static_cast<std::size_t>(first - m_seconds.begin()), std::vector<float>(first, last)};
    }

private:
    static std::size_t bins(double step, double most) {
        return static_cast<std::size_t>(std::ceil(most / step)) + 1;
    }
    double m_step;
    Values m_seconds;
};

model::MeanMaximalCurve curve_of(const Values& values) {
    model::MeanMaximalCurve curve;
    const auto peaks = mean_maximal(values, curve_durations());
    if (peaks.empty()) {
        return curve;
    }
    curve.assign(curve_durations().size(), std::numeric_limits<float>::quiet_NaN());
    auto peak = peaks.begin();
    for (std::size_t i = 0; i < curve.size() && peak != peaks.end(); ++i) {
        if (peak->seconds == curve_durations()[i]) {
            curve[i] = static_cast<float>(peak->mean);
            ++peak;
        }
    }
    return curve;
}

// The seconds that samples hold: stops with the timer running, but no pauses and gaps.
Values where_recorded(const Values& values, const Values& recorded) {
    Values kept(std::min(values.size(), recorded.size()));
    auto next = kept.begin();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (recorded[i] >= 0.5) {
            *next++ = values[i];
        }
    }
    kept.erase(next, kept.end());
    return kept;
}

model::BestEffort stored(const BestEffort& effort, model::EffortMode mode) {
    return {mode,
            effort.target,
            effort.seconds,
            effort.begin,
            effort.metres,
            effort.first_sample,
            effort.last_sample,
            effort.largest_gap,
            reason_of(effort)};
}

// Fills the metrics of one recording, a family of figures at a time.
class Measurer {
public:
    Measurer(const model::Recording& recording, const ActivityContext& context)
        : m_prepared(recording, context), m_pauses(pauses_of(recording)),
          m_course(course_from(m_prepared, m_pauses)), m_on_foot(is_on_foot(m_prepared.sport_type)),
          m_held(held_seconds(m_prepared.streams.time)),
          m_recorded(second_grid(m_prepared.streams.time, Values(m_held.size(), 1), m_held, Zeros::count)) {}

    [[nodiscard]] model::Metrics metrics() {
        measure_heartrate();
        measure_power();
        if (m_course.length() > 0) {
            measure_speed();
            if (m_on_foot) {
                measure_efforts(model::EffortMode::exact);
                measure_efforts(model::EffortMode::strava);
            }
        }
        measure_efficiency();
        measure_tiles();
        return std::move(m_metrics);
    }

private:
    [[nodiscard]] const model::Streams& streams() const { return m_prepared.streams; }

    void measure_heartrate() {
        if (!has_values(streams().heartrate)) {
            return;
        }
        constexpr double highest = 300; // bpm
        HistogramBuilder histogram(m_metrics.heartrate.step, highest);
        for (std::size_t i = 0; i < m_held.size(); ++i) {
            if (streams().heartrate[i] > 0) {
                histogram.add(streams().heartrate[i], m_held[i]);
            }
        }
        m_metrics.heartrate = histogram.histogram();
        m_heartrate = second_grid(streams().time, streams().heartrate, m_held, Zeros::skip);
        m_metrics.heartrate_curve = curve_of(m_heartrate);
    }

    void measure_power() {
        if (!has_values(streams().watts)) {
            return;
        }
        constexpr double highest = 3000; // W
        constexpr double bin = 5;        // W
        HistogramBuilder histogram(bin, highest);
        for (std::size_t i = 0; i < m_held.size(); ++i) {
            histogram.add(streams().watts[i], m_held[i]);
        }
        m_metrics.watts = histogram.histogram();
        m_watts = second_grid(streams().time, streams().watts, m_held, Zeros::count);
        m_metrics.power_curve = curve_of(m_watts);
        const auto recorded = where_recorded(m_watts, m_recorded);
        m_metrics.normalized_power = normalized_power(recorded);
        m_metrics.xpower = xpower(recorded);
    }

    void measure_speed() {
        const auto resting =
            resting_knots(m_course, m_prepared.breaks, m_pauses, resting_speed(m_prepared.sport_type));
        Values moving(m_course.time.size(), 0);
        for (std::size_t i = 1; i < moving.size(); ++i) {
            moving[i] = moving[i - 1] + (resting[i] ? 0 : m_course.time[i] - m_course.time[i - 1]);
        }
        m_moving = metres_per_second(m_course.time, moving);
        const auto plain = metres_per_second(m_course.time, m_course.metres);
        m_metrics.speed_curve = curve_of(plain);
        m_speed = m_on_foot ? measure_grade_adjusted(moving.back()) : plain;
        HistogramBuilder histogram(m_metrics.speed.step, fastest_speed(m_prepared.sport_type));
        for (std::size_t i = 0; i < std::min(m_speed.size(), m_recorded.size()); ++i) {
            histogram.add(m_speed[i], m_recorded[i]);
        }
        m_metrics.speed = histogram.histogram();
    }

    // Speeds by second, as on the flat.
    Values measure_grade_adjusted(double moving_seconds) {
        const auto at_knots = [&](const Values& column) {
            Values values(m_course.sample.size(), model::missing);
            if (!column.empty()) {
                std::transform(m_course.sample.begin(), m_course.sample.end(), values.begin(),
                               [&](std::size_t row) { return column[row]; });
            }
            return values;
        };
        auto grades = at_knots(streams().grade_smooth);
        const bool has_altitude = std::any_of(streams().altitude.begin(), streams().altitude.end(),
                                              [](double height) { return std::isfinite(height); });
        if (has_altitude) {
            grades = grades_of(m_course.metres, at_knots(streams().altitude));
        } else {
            std::for_each(grades.begin(), grades.end(), [](double& grade) { grade /= 100; });
        }
        const auto adjusted = grade_adjusted_metres(m_course.metres, grades);
        if (moving_seconds > 0) {
            m_metrics.grade_adjusted_speed = adjusted.back() / moving_seconds;
        }
        auto speeds = metres_per_second(m_course.time, adjusted);
        m_metrics.normalized_graded_speed = normalized_power(where_recorded(speeds, m_recorded));
        Values scaled = m_prepared.line.metres;
        std::for_each(scaled.begin(), scaled.end(), [&](double& way) { way *= m_prepared.trust.scale; });
        m_metrics.step_length = mean_step_length(streams().time, scaled, streams().cadence);
        return speeds;
    }

    void measure_efforts(model::EffortMode mode) {
        for (auto effort : best_efforts(m_course, mode, m_prepared.sport_type)) {
            if (!m_prepared.trust.is_confirmed && effort.refused == Refusal::none) {
                effort.refused = Refusal::treadmill;
            }
            m_metrics.best_efforts.push_back(stored(effort, mode));
        }
    }

    void measure_efficiency() {
        const auto pulse = integrate(streams().heartrate, m_held, Zeros::skip).mean();
        if (!pulse) {
            return;
        }
        const Values always(m_heartrate.size(), 1);
        const auto& moving = m_moving.empty() ? always : m_moving;
        if (m_on_foot && m_metrics.normalized_graded_speed) {
            m_metrics.efficiency_factor = metres_per_beat(*m_metrics.normalized_graded_speed, *pulse);
            m_metrics.decoupling = aerobic_decoupling(m_speed, m_heartrate, moving);
        } else if (m_metrics.normalized_power) {
            m_metrics.efficiency_factor = watts_per_bpm(*m_metrics.normalized_power, *pulse);
            m_metrics.decoupling = aerobic_decoupling(m_watts, m_heartrate, moving);
        }
    }

    // Where the receiver jumped to, nobody has been.
    void measure_tiles() {
        const auto believed = believable_positions(streams().time, streams().latitude, streams().longitude,
                                                   fastest_speed(m_prepared.sport_type));
        if (believed.empty()) {
            return;
        }
        std::vector<model::LatLng> points(streams().size(), {model::missing, model::missing});
        for (const auto row : believed) {
            points[row] = {streams().latitude[row], streams().longitude[row]};
        }
        for (const int zoom : explorer_zooms) {
            m_metrics.explored.push_back({zoom, tiles_of_track(points, zoom, m_prepared.breaks)});
        }
    }

    Prepared m_prepared;
    std::vector<TimeSpan> m_pauses;
    Course m_course;
    bool m_on_foot;
    Values m_held;
    Values m_recorded; // share of each second that a sample holds
    Values m_moving;   // share of each second that was moved
    Values m_heartrate;
    Values m_watts;
    Values m_speed;
    model::Metrics m_metrics;
};

bool is_treadmill(const model::Recording& recording, std::string_view sport_type,
                  const ActivityContext& context) {
    const auto& streams = recording.streams;
    const bool has_positions = std::any_of(streams.latitude.begin(), streams.latitude.end(),
                                           [](double value) { return std::isfinite(value); });
    const bool says_so = recording.original_sport.find("treadmill") != std::string::npos ||
                         recording.original_sport.find("indoor") != std::string::npos;
    return is_on_foot(sport_type) && !has_positions && (context.trainer || says_so);
}

} // namespace

DistanceTrust trust_distance(const model::Recording& recording, const DistanceLine& line,
                             const ActivityContext& context) {
    constexpr double least_scale = 0.5;
    constexpr double most_scale = 2;
    constexpr double corrected = 0.005;
    constexpr double too_long = 0.02;
    const auto sport =
        context.sport_type.empty() ? std::string_view(recording.sport_type) : context.sport_type;
    const bool treadmill = is_treadmill(recording, sport, context);
    const auto believable = [&](double scale) { return scale >= least_scale && scale <= most_scale; };
    if (context.treadmill_scale && believable(*context.treadmill_scale)) {
        return {*context.treadmill_scale, true};
    }
    const double told = context.distance ? *context.distance : recording.totals.distance.value_or(0);
    const double scale = told > 0 && line.total() > 0 ? told / line.total() : 1;
    if (treadmill) {
        const bool is_confirmed = believable(scale) && std::abs(scale - 1) > corrected;
        return {is_confirmed ? scale : 1, is_confirmed};
    }
    return {believable(scale) && scale < 1 - too_long ? scale : 1, true};
}

Course course_of(const model::Recording& recording, const ActivityContext& context) {
    return course_from(Prepared(recording, context), pauses_of(recording));
}

std::string reason_of(const BestEffort& effort) {
    const auto metres = std::to_string(std::llround(effort.left_out)) + " m of it ";
    switch (effort.refused) {
    case Refusal::none:
        return "";
    case Refusal::jump:
        return metres + "are a jump of the receiver";
    case Refusal::vehicle:
        return metres + "were driven";
    case Refusal::pause:
        return metres + "lie in a pause";
    case Refusal::gap:
        return metres + "lie in a gap without samples";
    case Refusal::world_record:
        return "faster than the world record";
    case Refusal::treadmill:
        return "on a treadmill whose distance nobody has confirmed";
    }
    return "";
}

model::Metrics measure(const model::Recording& recording, const ActivityContext& context) {
    if (recording.streams.time.empty()) {
        return {};
    }
    return Measurer(recording, context).metrics();
}

} // namespace harrier::analysis
