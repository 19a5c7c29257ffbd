// SPDX-License-Identifier: MIT
#include "formats/fit/contents.hpp"

#include "formats/fit/value.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::formats::fit {

namespace {

constexpr std::size_t most_sessions = 256;
constexpr std::size_t most_laps = 20'000;
constexpr std::size_t most_lengths = 100'000;
constexpr std::size_t most_devices = 64;
constexpr std::size_t most_samples =
    4'000'000; // of timer events, heart beats, and heart rate outside records

bool says_anything(const Session& session) {
    return session.start_time || session.timestamp || session.sport || session.totals.elapsed_time;
}

template <typename T>
void move_behind(std::vector<T>& all, std::vector<T>& later) {
    all.insert(all.end(), std::make_move_iterator(later.begin()), std::make_move_iterator(later.end()));
}

} // namespace

void Contents::leave_out(std::string_view what, const Message& message) {
    if (std::find(m_left_out.begin(), m_left_out.end(), what) == m_left_out.end()) {
        m_left_out.push_back(what);
        findings.push_back(
            {message.offset, message.index, fmt::format("too many {}: the rest is left out", what)});
    }
}

template <typename T>
bool Contents::has_room(const std::vector<T>& kept, std::size_t most, std::string_view what,
                        const Message& message) {
    if (kept.size() < most) {
        return true;
    }
    leave_out(what, message);
    return false;
}

void Contents::read(const Message& run, std::size_t bytes_left) {
    const bool is_empty = run.data.empty() && !run.timestamp;
    if (is_empty) {
        return;
    }
    if (run.definition->global == global::record) {
        if (records.add(run, bytes_left)) {
            m_last_record_offset = run.offset + (run.count - 1) * run.stride();
            m_last_record_index = run.index + run.count - 1;
        } else {
            leave_out("records", run);
        }
        return;
    }
    switch (run.definition->global) {
    case global::session:
    case global::lap:
    case global::length:
    case global::event:
    case global::hr:
    case global::hrv:
    case global::field_description:
    case global::file_id:
    case global::device_info:
    case global::user_profile:
    case global::zones_target:
    case global::activity:
    case global::sport:
        for (std::size_t i = 0; i < run.count; ++i) {
            read_one(run.nth(i));
        }
        break;
    default:
        break;
    }
}

void Contents::read_one(const Message& message) {
    switch (message.definition->global) {
    case global::session:
        if (has_room(sessions, most_sessions, "sessions", message)) {
            if (auto session = read_session(message); says_anything(session)) {
                sessions.push_back(std::move(session));
            }
        }
        break;
    case global::lap:
        if (has_room(laps, most_laps, "laps", message)) {
            laps.push_back(read_lap(message));
        }
        break;
    case global::length:
        if (has_room(lengths, most_lengths, "lengths", message)) {
            lengths.push_back(read_length(message));
        }
        break;
    case global::event:
        if (const auto event = read_timer_event(message);
            event.change != TimerChange::none && has_room(timer_events, most_samples, "events", message)) {
            timer_events.push_back(event);
        }
        break;
    case global::hr:
        if (has_room(heart_rate.samples(), most_samples, "heart rates", message)) {
            heart_rate.add(message);
        }
        break;
    case global::hrv:
        if (has_room(rr_intervals, most_samples, "heart beats", message)) {
            for_each_integer(message, 0, [&](auto interval) {
                if (interval) {
                    rr_intervals.push_back(static_cast<double>(*interval) / 1000);
                }
            });
        }
        break;
    case global::field_description:
        if (auto description = read_field_description(message)) {
            records.describe(*std::move(description));
        }
        break;
    case global::file_id:
        other_kind = other_kind_of_file(message);
        read_device(message);
        break;
    case global::device_info:
        read_device(message);
        break;
    case global::user_profile:
    case global::zones_target:
        read_user(message, user);
        break;
    case global::activity:
        if (const auto offset = read_utc_offset(message)) {
            utc_offset = offset;
        }
        break;
    case global::sport:
        if (!sport) {
            sport = static_cast<int>(integer(message, 0).value_or(0));
            sub_sport = static_cast<int>(integer(message, 1).value_or(0));
        }
        break;
    default:
        break;
    }
}

void Contents::read_device(const Message& message) {
    auto info = fit::read_device(message);
    if (!info.device.manufacturer && info.device.name.empty()) {
        return;
    }
    const bool is_file_id = message.definition->global == global::file_id;
    if (is_file_id && info.device.name == our_product_name) {
        is_rewritten = true;
        if (info.device.manufacturer == no_manufacturer) {
            return;
        }
        info.device.name.clear();
    }
    const bool creator = is_file_id || info.index == 0;
    const auto same = [&](const model::Device& one) {
        return one.manufacturer == info.device.manufacturer && one.product == info.device.product;
    };
    const auto found = std::find_if(devices.begin(), devices.end(), same);
    if (found != devices.end()) {
        found->name = found->name.empty() ? info.device.name : found->name;
        found->software_version =
            found->software_version ? found->software_version : info.device.software_version;
    } else if (has_room(devices, most_devices, "devices", message)) {
        devices.insert(creator ? devices.begin() : devices.end(), std::move(info.device));
    }
}

void Contents::end_damaged() {
    constexpr std::uint32_t longest_gap = 86'400;
    const auto& times = records.timestamps();
    if (times.size() < 2) {
        return;
    }
    const std::uint32_t last = times.back();
    const std::uint32_t before = times[times.size() - 2];
    const std::uint32_t gap = last > before ? last - before : before - last;
    if (last != RecordTable::no_timestamp && before != RecordTable::no_timestamp && gap > longest_gap) {
        records.drop_last();
        findings.push_back({m_last_record_offset, m_last_record_index,
                            "the last record before the damage has an impossible time: left out"});
    }
}

void Contents::append(Contents&& later) {
    move_behind(sessions, later.sessions);
    move_behind(laps, later.laps);
    move_behind(lengths, later.lengths);
    move_behind(timer_events, later.timer_events);
    move_behind(rr_intervals, later.rr_intervals);
    move_behind(findings, later.findings);
    heart_rate.append(later.heart_rate);
    utc_offset = utc_offset ? utc_offset : later.utc_offset;
    sport = sport ? sport : later.sport;
    sub_sport = sub_sport ? sub_sport : later.sub_sport;
}

} // namespace harrier::formats::fit
