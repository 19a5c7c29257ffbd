// SPDX-License-Identifier: MIT
#include "formats/written_track.hpp"

#include "formats/xml_values.hpp"
#include "formats/xml_writer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace harrier::formats {

namespace {

model::Moment moment_of(model::Moment base, double seconds) {
    constexpr double longest = 1e12;
    if (!(std::abs(seconds) < longest)) {
        return no_moment;
    }
    const auto moment = base + std::chrono::milliseconds(std::llround(seconds * 1000));
    return has_xml_time(moment) ? moment : no_moment;
}

// Pauses that their own breaks tell already.
std::vector<std::pair<model::Moment, model::Moment>>
told_by_breaks(const std::vector<std::size_t>& starts, const std::vector<std::size_t>& rows,
               const std::vector<model::Moment>& moments) {
    std::vector<std::pair<model::Moment, model::Moment>> told;
    told.reserve(starts.size());
    for (const auto at : starts) {
        told.emplace_back(moments[rows[at - 1]], moments[rows[at]]);
    }
    std::sort(told.begin(), told.end());
    return told;
}

void sort_out(std::vector<std::size_t>& starts) {
    std::sort(starts.begin(), starts.end());
    starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
}

} // namespace

bool has_position(const model::Streams& streams, std::size_t row) {
    return std::abs(sample_at(streams.latitude, row)) <= 90 &&
           std::abs(sample_at(streams.longitude, row)) <= 180;
}

std::vector<model::Moment> sample_moments(const model::Recording& recording) {
    const auto& times = recording.streams.time;
    std::vector<model::Moment> moments;
    moments.reserve(times.size());
    const model::Moment unset_clock{};
    const auto base = recording.start.value_or(unset_clock);
    const bool has_base = has_xml_time(base);
    for (const double time : times) {
        moments.push_back(has_base ? moment_of(base, time) : no_moment);
    }
    const bool says_nothing = std::all_of(times.begin(), times.end(), [](double time) { return time == 0; });
    if (!recording.start && (says_nothing || std::any_of(moments.begin(), moments.end(), is_plausible))) {
        std::fill(moments.begin(), moments.end(), no_moment);
    }
    return moments;
}

std::vector<std::size_t> segment_starts(const model::Recording& recording,
                                        const std::vector<std::size_t>& rows,
                                        const std::vector<model::Moment>& moments) {
    std::vector<std::size_t> starts;
    for (const auto at : recording.breaks) {
        const auto place = std::lower_bound(rows.begin(), rows.end(), at) - rows.begin();
        if (place > 0 && static_cast<std::size_t>(place) < rows.size()) {
            starts.push_back(static_cast<std::size_t>(place));
        }
    }
    sort_out(starts);
    if (!recording.start) {
        return starts;
    }
    const auto told = told_by_breaks(starts, rows, moments);
    auto pauses = recording.pauses;
    std::sort(pauses.begin(), pauses.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
    std::size_t place = 1;
    for (const auto& pause : pauses) {
        if (std::binary_search(told.begin(), told.end(), std::pair(pause.from, pause.to))) {
            continue;
        }
        while (place < rows.size() &&
               (moments[rows[place]] < pause.to || moments[rows[place - 1]] >= pause.to)) {
            ++place;
        }
        if (place < rows.size()) {
            starts.push_back(place);
        }
    }
    sort_out(starts);
    return starts;
}

} // namespace harrier::formats
