// SPDX-License-Identifier: MIT
#include "formats/fit/recordings.hpp"

#include "formats/fit/sport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace harrier::formats::fit {

namespace {

constexpr std::uint32_t no_time = RecordTable::no_timestamp;

bool is_absolute(std::uint32_t time) {
    return time >= first_absolute_time && time != no_time;
}

// All columns but the time.
constexpr std::vector<double> model::Streams::*columns[] = {
    &model::Streams::latitude,     &model::Streams::longitude,       &model::Streams::distance,
    &model::Streams::altitude,     &model::Streams::velocity_smooth, &model::Streams::heartrate,
    &model::Streams::cadence,      &model::Streams::watts,           &model::Streams::temp,
    &model::Streams::grade_smooth,
};

struct Table {
    std::vector<std::uint32_t> times;
    model::Streams streams; // without `time`
    std::vector<model::ExtraColumn> extra;
};

bool holds_anything(const std::vector<double>& column, std::size_t begin, std::size_t end) {
    return !column.empty() && std::any_of(column.begin() + static_cast<std::ptrdiff_t>(begin),
                                          column.begin() + static_cast<std::ptrdiff_t>(end),
                                          [](double value) { return !model::is_missing(value); });
}

// Records without a time of their own take that of the one before; the first ones that of the first with a
// time. Where some times are absolute, those relative to the device's start count as none.
std::vector<std::uint32_t> take_times(Contents& contents) {
    auto times = contents.records.take_timestamps();
    const bool any_absolute = std::any_of(times.begin(), times.end(), is_absolute);
    const auto is_usable = [&](std::uint32_t time) {
        return time != no_time && (!any_absolute || is_absolute(time));
    };
    const auto first = std::find_if(times.begin(), times.end(), is_usable);
    std::uint32_t last = first == times.end() ? 0 : *first;
    std::size_t without = 0;
    for (auto& time : times) {
        const bool usable = is_usable(time);
        without += usable ? 0 : 1;
        time = usable ? time : last;
        last = time;
    }
    if (without > 0) {
        contents.findings.push_back(
            {0, 0, fmt::format("{} records without a time: the time before them was taken", without)});
    }
    return times;
}

// Both coordinates or none.
void pair_positions(model::Streams& streams) {
    if (streams.latitude.empty() || streams.longitude.empty()) {
        streams.latitude.clear();
        streams.longitude.clear();
        return;
    }
    bool any = false;
    for (std::size_t row = 0; row < streams.latitude.size(); ++row) {
        const bool missing =
            model::is_missing(streams.latitude[row]) || model::is_missing(streams.longitude[row]);
        streams.latitude[row] = missing ? model::missing : streams.latitude[row];
        streams.longitude[row] = missing ? model::missing : streams.longitude[row];
        any |= !missing;
    }
    if (!any) {
        streams.latitude.clear();
        streams.longitude.clear();
    }
}

// Heart rate from `hr` messages, where the records have none: the newest sample that is not older than 10 s.
void merge_heart_rate(std::vector<HeartRateSample> samples, const std::vector<std::uint32_t>& times,
                      std::vector<double>& heartrate) {
    constexpr double oldest = 10;
    const auto earlier = [](const HeartRateSample& a, const HeartRateSample& b) { return a.time < b.time; };
    if (!std::is_sorted(samples.begin(), samples.end(), earlier)) {
        std::stable_sort(samples.begin(), samples.end(), earlier);
    }
    heartrate.resize(times.size(), model::missing);
    std::size_t next = 0; // the first sample after this row
    for (std::size_t row = 0; row < times.size(); ++row) {
        const double until = static_cast<double>(times[row]) + 1;
        if (row > 0 && times[row] < times[row - 1]) {
            next = static_cast<std::size_t>(
                std::lower_bound(samples.begin(), samples.end(), until,
                                 [](const HeartRateSample& one, double time) { return one.time < time; }) -
                samples.begin());
        }
        while (next < samples.size() && samples[next].time < until) {
            ++next;
        }
        if (next > 0 && model::is_missing(heartrate[row]) && times[row] - samples[next - 1].time <= oldest) {
            heartrate[row] = samples[next - 1].bpm;
        }
    }
    if (!holds_anything(heartrate, 0, heartrate.size())) {
        heartrate.clear();
    }
}

// The column of a native field. Distances and speeds only where the units are ours.
std::vector<double>* native_column(model::Streams& streams, const DeveloperColumn& developer) {
    std::string units = developer.column.units;
    std::transform(units.begin(), units.end(), units.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    switch (developer.native_field.value_or(-1)) {
    case 3:
        return &streams.heartrate;
    case 4:
        return &streams.cadence;
    case 5:
        return units == "m" || units == "meters" ? &streams.distance : nullptr;
    case 6:
    case 73:
        return units == "m/s" ? &streams.velocity_smooth : nullptr;
    case 7:
        return &streams.watts;
    default:
        return nullptr;
    }
}

// The device's own field wins, unless it has nothing but zeros to say.
void add_developer_columns(std::vector<DeveloperColumn> developers, Table& table) {
    for (auto& developer : developers) {
        auto* native = native_column(table.streams, developer);
        if (native != nullptr && std::all_of(native->begin(), native->end(), [](double value) {
                return model::is_missing(value) || value == 0;
            })) {
            *native = developer.column.values;
        }
        table.extra.push_back(std::move(developer.column));
    }
}

Table take_table(Contents& contents) {
    Table table;
    auto& records = contents.records;
    auto developers = records.take_developer_columns();
    auto& streams = table.streams;
    streams.latitude = records.take(RecordColumn::latitude);
    streams.longitude = records.take(RecordColumn::longitude);
    pair_positions(streams);
    streams.distance = records.take(RecordColumn::distance);
    streams.altitude = records.take(RecordColumn::altitude);
    streams.velocity_smooth = records.take(RecordColumn::speed);
    streams.heartrate = records.take(RecordColumn::heartrate);
    streams.cadence = records.take(RecordColumn::cadence);
    streams.watts = records.take(RecordColumn::watts);
    streams.temp = records.take(RecordColumn::temperature);
    streams.grade_smooth = records.take(RecordColumn::grade);
    const auto fraction = records.take(RecordColumn::fractional_cadence);
    for (std::size_t row = 0; row < std::min(fraction.size(), streams.cadence.size()); ++row) {
        streams.cadence[row] += model::is_missing(fraction[row]) ? 0 : fraction[row];
    }
    table.times = take_times(contents); // last: it empties the table
    if (!contents.heart_rate.samples().empty()) {
        merge_heart_rate(contents.heart_rate.samples(), table.times, streams.heartrate);
    }
    add_developer_columns(std::move(developers), table);
    return table;
}

// The rows and times of one session. Events and laps in [from, until) are its own.
struct Part {
    const Session* session = nullptr;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::uint32_t from = 0;
    std::uint32_t until = no_time;
};

// From a session's start on, records belong to it; the last one is open, and the first one takes what comes
// before.
std::vector<Part> find_parts(const std::vector<Session>& sessions, const std::vector<std::uint32_t>& times) {
    std::vector<Part> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        Part part{&sessions[i], begin, times.size(), 0, no_time};
        if (i > 0) {
            part.from = sessions[i].start_time.value_or(0);
        }
        if (i + 1 < sessions.size()) {
            part.until = sessions[i + 1].start_time.value_or(0);
            const auto end = std::find_if(times.begin() + static_cast<std::ptrdiff_t>(begin), times.end(),
                                          [&](auto time) { return time >= part.until; });
            part.end = static_cast<std::size_t>(end - times.begin());
        }
        begin = part.end;
        parts.push_back(part);
    }
    return parts;
}

bool is_within(const std::optional<model::Moment>& moment, const Part& part) {
    return moment && *moment >= to_moment(part.from) && *moment < to_moment(part.until);
}

// When the recording begins, in FIT time: the session's start, unless a record comes before it or only a day
// later (some devices write nonsense there).
std::uint32_t start_of(const Part& part, const std::vector<std::uint32_t>& times) {
    constexpr std::uint32_t longest_wait = 86'400;
    const auto session_start = part.session->start_time;
    if (part.begin == part.end) {
        return session_start.value_or(0);
    }
    const std::uint32_t first = times[part.begin];
    const bool plausible = session_start && *session_start <= first && first - *session_start <= longest_wait;
    return plausible ? *session_start : first;
}

std::vector<model::Pause> pauses_within(const std::vector<TimerEvent>& events, const Part& part) {
    std::vector<model::Pause> pauses;
    std::optional<std::uint32_t> stopped;
    for (const auto& event : events) {
        if (event.timestamp < part.from || event.timestamp >= part.until || !is_absolute(event.timestamp)) {
            continue;
        }
        if (event.change == TimerChange::stop) {
            stopped = stopped ? stopped : event.timestamp;
        } else if (stopped) {
            if (event.timestamp > *stopped) {
                pauses.push_back({to_moment(*stopped), to_moment(event.timestamp)});
            }
            stopped.reset();
        }
    }
    return pauses;
}

model::Recording describe(const Contents& contents, const Part& part,
                          const std::vector<std::uint32_t>& times) {
    model::Recording recording;
    const auto& session = *part.session;
    const auto sport = describe_sport(session.sport ? session.sport : contents.sport,
                                      session.sport ? session.sub_sport : contents.sub_sport);
    recording.sport_type = sport.sport_type;
    recording.original_sport = sport.original;
    const auto start = start_of(part, times);
    if (is_absolute(start)) {
        recording.start = to_moment(start);
    }
    recording.utc_offset = contents.utc_offset;
    recording.streams.time.reserve(part.end - part.begin);
    for (std::size_t row = part.begin; row < part.end; ++row) {
        recording.streams.time.push_back(static_cast<double>(times[row]) - static_cast<double>(start));
    }
    recording.pauses = pauses_within(contents.timer_events, part);
    recording.totals = session.totals;
    recording.pool_length = session.pool_length;
    recording.devices = contents.devices;
    recording.user = contents.user;
    return recording;
}

std::vector<double> slice(const std::vector<double>& column, const Part& part) {
    return holds_anything(column, part.begin, part.end)
               ? std::vector<double>(column.begin() + static_cast<std::ptrdiff_t>(part.begin),
                                     column.begin() + static_cast<std::ptrdiff_t>(part.end))
               : std::vector<double>{};
}

void move_all(Contents& contents, Table& table, model::Recording& recording) {
    for (const auto column : columns) {
        recording.streams.*column = std::move(table.streams.*column);
    }
    recording.extra = std::move(table.extra);
    recording.laps = std::move(contents.laps);
    recording.lengths = std::move(contents.lengths);
    recording.rr_intervals = std::move(contents.rr_intervals);
}

// Column after column, so that what was shared out is freed at once. Heart beats have no time of their own
// and stay with the first recording.
void share_out(Contents& contents, Table& table, const std::vector<Part>& parts,
               std::vector<model::Recording>& recordings) {
    for (const auto column : columns) {
        const auto values = std::move(table.streams.*column);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            recordings[i].streams.*column = slice(values, parts[i]);
        }
    }
    for (auto& extra : table.extra) {
        const auto values = std::move(extra.values);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (auto part = slice(values, parts[i]); !part.empty()) {
                recordings[i].extra.push_back({extra.name, extra.units, std::move(part)});
            }
        }
    }
    const auto owner = [&](const std::optional<model::Moment>& moment) {
        const auto found = std::find_if(parts.begin(), parts.end(),
                                        [&](const Part& part) { return is_within(moment, part); });
        return found == parts.end() ? std::size_t{0} : static_cast<std::size_t>(found - parts.begin());
    };
    for (auto& lap : contents.laps) {
        recordings[owner(lap.start ? lap.start : lap.end)].laps.push_back(std::move(lap));
    }
    for (auto& length : contents.lengths) {
        recordings[owner(length.start)].lengths.push_back(std::move(length));
    }
    recordings.front().rr_intervals = std::move(contents.rr_intervals);
}

} // namespace

std::vector<model::Recording> make_recordings(Contents& contents) {
    if (!contents.has_recording()) {
        return {};
    }
    if (!contents.other_kind.empty()) {
        contents.findings.push_back({0, 0, fmt::format("a {}, not an activity", contents.other_kind)});
        return {};
    }
    Table table = take_table(contents);
    auto& sessions = contents.sessions;
    if (sessions.empty()) {
        sessions.emplace_back(); // the device never got to write it
    }
    std::stable_sort(sessions.begin(), sessions.end(), [](const Session& a, const Session& b) {
        return a.start_time.value_or(0) < b.start_time.value_or(0);
    });
    const auto parts = find_parts(sessions, table.times);
    std::vector<model::Recording> recordings;
    for (const auto& part : parts) {
        recordings.push_back(describe(contents, part, table.times));
    }
    if (parts.size() == 1) {
        move_all(contents, table, recordings.front());
    } else {
        share_out(contents, table, parts, recordings);
    }
    return recordings;
}

} // namespace harrier::formats::fit
