// SPDX-License-Identifier: MIT
#include "analysis/splits.hpp"

#include "analysis/average.hpp"

#include <algorithm>
#include <cmath>

namespace harrier::analysis {

namespace {

constexpr double hair_of_border = 1e-6; // m: differences of decimals are off by less
constexpr double most_parts = 100'000;
constexpr double longest_first_way = 200; // m before the first sample; more is of an activity before

// Missing values read off the line through the known ones; beyond them the next known one.
std::vector<double> filled(std::span<const double> time, std::span<const double> values) {
    std::vector<double> line(time.size(), 0);
    if (values.size() != time.size()) {
        return line;
    }
    std::optional<std::size_t> known;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            line[i] = known ? values[*known] : 0;
            continue;
        }
        line[i] = values[i];
        for (std::size_t j = known ? *known + 1 : 0; j < i; ++j) {
            const double span = known ? time[i] - time[*known] : 0;
            const double share = span > 0 ? (time[j] - time[*known]) / span : 1;
            line[j] = known ? values[*known] + share * (values[i] - values[*known]) : values[i];
        }
        known = i;
    }
    return line;
}

std::optional<double> ratio(double value, double by) {
    return by > 0 ? std::optional(value / by) : std::nullopt;
}

} // namespace

std::optional<double> Split::speed() const {
    return ratio(metres, moving);
}

std::optional<double> Split::race_speed() const {
    return ratio(metres, elapsed());
}

std::optional<double> Split::grade_adjusted_speed() const {
    return grade_adjusted_metres ? ratio(*grade_adjusted_metres, moving) : std::nullopt;
}

Splitter::Splitter(const SplitSamples& samples) : m_sums(samples.time.size()) {
    const auto size = samples.time.size();
    const auto metres = filled(samples.time, samples.metres);
    const auto heights = filled(samples.time, samples.altitude);
    const auto adjusted = filled(samples.time, samples.adjusted_metres);
    m_has_adjusted = size > 0 && samples.adjusted_metres.size() == size;
    const bool has_climb = samples.climbed.size() == size;
    double moving = 0;
    for (std::size_t i = 0; i < size; ++i) {
        if (i > 0 && (samples.resting == nullptr || !(*samples.resting)[i])) {
            moving += samples.time[i] - samples.time[i - 1];
        }
        auto& sums = m_sums[i];
        sums.time = samples.time[i];
        sums.metres = metres[i];
        sums.moving = moving;
        sums.height = heights[i];
        sums.adjusted = adjusted[i];
        if (has_climb) {
            sums.ascent = samples.climbed[i].ascent;
            sums.descent = samples.climbed[i].descent;
        }
    }
    if (size > 0 && samples.heartrate.size() == size) {
        sum_heartrate(samples);
    }
}

// A value holds until the next sample; the last one's time counts, too, as in all means.
void Splitter::sum_heartrate(const SplitSamples& samples) {
    const auto seconds = held_seconds(samples.time);
    Integral sum;
    for (std::size_t i = 0; i < m_sums.size(); ++i) {
        m_sums[i].beats = sum.sum;
        m_sums[i].beat_seconds = sum.seconds;
        const auto here =
            integrate(samples.heartrate.subspan(i, 1), std::span(seconds).subspan(i, 1), Zeros::skip);
        sum.sum += here.sum;
        sum.seconds += here.seconds;
    }
    m_sums.back().beats = sum.sum;
    m_sums.back().beat_seconds = sum.seconds;
}

Splitter::Sums Splitter::between(std::size_t before, double share) const {
    if (before + 1 >= m_sums.size() || share <= 0) {
        return m_sums[std::min(before, m_sums.size() - 1)];
    }
    const auto& a = m_sums[before];
    const auto& b = m_sums[before + 1];
    Sums sums;
    for (const auto column : {&Sums::time, &Sums::metres, &Sums::moving, &Sums::ascent, &Sums::descent,
                              &Sums::height, &Sums::adjusted, &Sums::beats, &Sums::beat_seconds}) {
        sums.*column = a.*column + share * (b.*column - a.*column);
    }
    return sums;
}

Split Splitter::part(const Sums& from, const Sums& to) const {
    Split split;
    split.begin = from.time;
    split.end = to.time;
    split.metres = to.metres - from.metres;
    split.moving = to.moving - from.moving;
    split.ascent = to.ascent - from.ascent;
    split.descent = to.descent - from.descent;
    split.elevation_difference = to.height - from.height;
    split.average_heartrate = ratio(to.beats - from.beats, to.beat_seconds - from.beat_seconds);
    if (m_has_adjusted) {
        split.grade_adjusted_metres = to.adjusted - from.adjusted;
    }
    return split;
}

std::optional<Split> Splitter::whole() const {
    return m_sums.empty() ? std::nullopt : std::optional(part(m_sums.front(), m_sums.back()));
}

// The sums where so many metres are reached first.
Splitter::Sums Splitter::when_reached(double metres) const {
    const auto at = std::lower_bound(m_sums.begin(), m_sums.end(), metres - hair_of_border,
                                     [](const Sums& sums, double goal) { return sums.metres < goal; });
    if (at == m_sums.begin() || at == m_sums.end()) {
        return at == m_sums.end() ? m_sums.back() : m_sums.front();
    }
    const auto& before = *(at - 1);
    const double share = std::min(1.0, (metres - before.metres) / (at->metres - before.metres));
    return between(static_cast<std::size_t>(at - m_sums.begin()) - 1, share);
}

std::vector<Split> Splitter::by_length(double metres, EffortMode mode) const {
    std::vector<Split> splits;
    if (!(metres >= 1) || m_sums.empty() || m_sums.back().metres <= m_sums.front().metres) {
        return splits;
    }
    const double first = m_sums.front().metres;
    const double zero = first >= 0 && first <= longest_first_way ? 0 : first;
    const double last = m_sums.back().metres;
    if ((last - zero) / metres > most_parts) {
        return splits;
    }
    auto from = m_sums.front();
    auto from_of_last = from;
    for (double number = std::floor((first - zero) / metres) + 1;; ++number) {
        const double border = zero + number * metres;
        if (border > last - hair_of_border) {
            break;
        }
        const auto at = std::lower_bound(m_sums.begin(), m_sums.end(), border - hair_of_border,
                                         [](const Sums& sums, double goal) { return sums.metres < goal; });
        const auto to = mode == EffortMode::strava ? *at : when_reached(border);
        // A step over two borders at once makes one part, where borders are samples.
        if (to.metres > from.metres) {
            splits.push_back(part(from, to));
            from_of_last = from;
            from = to;
        }
    }
    if (last > from.metres + hair_of_border || splits.empty()) {
        splits.push_back(part(from, m_sums.back()));
    } else { // a rest behind the last border belongs to the part before it
        splits.back() = part(from_of_last, m_sums.back());
    }
    return splits;
}

std::vector<Split> Splitter::by_times(std::span<const double> times) const {
    std::vector<Split> splits;
    if (m_sums.empty()) {
        return splits;
    }
    auto from = m_sums.front();
    for (const double time : times) {
        if (!(time > from.time) || !(time < m_sums.back().time)) {
            continue;
        }
        const auto at = std::lower_bound(m_sums.begin(), m_sums.end(), time,
                                         [](const Sums& sums, double goal) { return sums.time < goal; });
        const auto& before = *(at - 1);
        const auto to = between(static_cast<std::size_t>(at - m_sums.begin()) - 1,
                                (time - before.time) / (at->time - before.time));
        splits.push_back(part(from, to));
        from = to;
    }
    splits.push_back(part(from, m_sums.back()));
    return splits;
}

std::vector<double> lap_ends(const model::Recording& recording) {
    std::vector<double> ends;
    if (!recording.start || recording.laps.empty()) {
        return ends;
    }
    const auto since_start = [&](model::Moment moment) {
        return std::chrono::duration<double>(moment - *recording.start).count();
    };
    for (std::size_t i = 0; i + 1 < recording.laps.size(); ++i) {
        const auto& next = recording.laps[i + 1].start;
        const auto& end = recording.laps[i].end;
        if (next || end) {
            ends.push_back(since_start(next ? *next : *end));
        }
    }
    std::sort(ends.begin(), ends.end());
    return ends;
}

} // namespace harrier::analysis
