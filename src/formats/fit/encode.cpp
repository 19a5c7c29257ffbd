// SPDX-License-Identifier: MIT
#include "formats/fit/encode.hpp"

#include "formats/fit/messages.hpp"
#include "formats/fit/sport.hpp"
#include "formats/fit/totals_fields.hpp"
#include "formats/fit/writer.hpp"
#include "formats/fit/written_records.hpp"
#include "formats/fit/written_times.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

namespace harrier::formats::fit {

namespace {

using Type = BaseType;

// One local type each for the many, one for the rest.
constexpr std::uint8_t record_type = 0;
constexpr std::uint8_t event_type = 1;
constexpr std::uint8_t other_type = 2;

template <std::size_t count>
std::optional<std::int64_t> number_of(const std::array<std::string_view, count>& words,
                                      std::string_view word) {
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt : std::optional<std::int64_t>(found - words.begin());
}

std::optional<std::int64_t> lap_intensity(std::string_view word) {
    return number_of(lap_intensities, word == "resting" ? "rest" : word);
}

void add_cadence(NewMessage& message, std::optional<double> cadence, std::uint8_t whole,
                 std::uint8_t fraction) {
    const auto in_128ths = cadence ? to_raw(*cadence, Type::uint16, {128, 0}) : std::nullopt;
    if (in_128ths) {
        message.integer(whole, Type::uint8, *in_128ths / 128);
        if (*in_128ths % 128 != 0) {
            message.integer(fraction, Type::uint8, *in_128ths % 128);
        }
    }
}

void add_totals(NewMessage& message, const model::Totals& totals, const TotalsFields& fields) {
    message.value(fields.elapsed, Type::uint32, totals.elapsed_time, {1000, 0});
    message.value(fields.timer, Type::uint32, totals.timer_time, {1000, 0});
    message.value(fields.distance, Type::uint32, totals.distance, {100, 0});
    message.value(fields.calories, Type::uint16, totals.calories);
    message.value(fields.enhanced_average_speed, Type::uint32, totals.average_speed, {1000, 0});
    message.value(fields.enhanced_max_speed, Type::uint32, totals.max_speed, {1000, 0});
    message.value(fields.average_hr, Type::uint8, totals.average_heartrate);
    message.value(fields.max_hr, Type::uint8, totals.max_heartrate);
    add_cadence(message, totals.average_cadence, fields.average_cadence, fields.average_cadence_fraction);
    add_cadence(message, totals.max_cadence, fields.max_cadence, fields.max_cadence_fraction);
    message.value(fields.average_power, Type::uint16, totals.average_watts);
    message.value(fields.max_power, Type::uint16, totals.max_watts);
    message.value(fields.ascent, Type::uint16, totals.ascent);
    message.value(fields.descent, Type::uint16, totals.descent);
    message.value(fields.normalized_power, Type::uint16, totals.normalized_watts);
    message.value(fields.work, Type::uint32, totals.work);
    message.value(fields.average_temp, Type::int8, totals.average_temp);
}

struct WrittenEvent {
    std::uint32_t time;
    std::int64_t type; // 0 start, 4 stop all
};
constexpr std::int64_t start_event = 0;
constexpr std::int64_t stop_event = 4;

class Encoder {
public:
    explicit Encoder(const model::Recording& recording)
        : m_recording(recording), m_times(written_times(recording)), m_records(recording, m_times.samples),
          m_writer(4096 + m_times.samples.size() * m_records.record_size() + recording.laps.size() * 100) {}

    std::string encode() {
        write_file_id();
        write_devices();
        write_user();
        m_records.describe(m_writer);
        write_samples();
        write_heart_beats();
        write_lengths();
        write_laps();
        write_session();
        write_activity();
        return m_writer.finish();
    }

private:
    void write_file_id() {
        constexpr std::uint16_t file_creator = 49;
        constexpr std::int64_t activity_file = 4;
        const auto* device = m_recording.devices.empty() ? nullptr : &m_recording.devices.front();
        const bool is_made = device != nullptr && device->manufacturer;
        NewMessage file_id(global::file_id);
        file_id.integer(0, Type::enumeration, activity_file);
        file_id.integer(1, Type::uint16, is_made ? *device->manufacturer : no_manufacturer);
        file_id.integer(2, Type::uint16, is_made ? device->product : 0);
        file_id.integer(4, Type::uint32, m_times.start);
        file_id.text(8, our_product_name); // by which a copy is told from the original
        m_writer.write(other_type, file_id);
        m_writer.write(other_type, NewMessage(file_creator).integer(0, Type::uint16, 100));
    }

    void write_devices() {
        constexpr std::size_t most_devices = 64;
        const auto count = std::min(m_recording.devices.size(), most_devices);
        for (std::size_t i = 0; i < count; ++i) {
            const auto& device = m_recording.devices[i];
            m_writer.write(other_type, NewMessage(global::device_info)
                                           .integer(timestamp_field, Type::uint32, m_times.start)
                                           .integer(0, Type::uint8, static_cast<std::int64_t>(i))
                                           .integer(2, Type::uint16, device.manufacturer)
                                           .integer(4, Type::uint16, device.product)
                                           .value(5, Type::uint16, device.software_version, {100, 0})
                                           .text(27, device.name));
        }
    }

    void write_user() {
        const auto& user = m_recording.user;
        NewMessage profile(global::user_profile);
        if (user.is_female) {
            profile.integer(1, Type::enumeration, *user.is_female ? 0 : 1);
        }
        profile.value(2, Type::uint8, user.age).value(3, Type::uint8, user.height, {100, 0});
        profile.value(4, Type::uint16, user.weight, {10, 0}).value(8, Type::uint8, user.resting_heartrate);
        NewMessage zones(global::zones_target);
        zones.value(1, Type::uint8, user.max_heartrate).value(2, Type::uint8, user.threshold_heartrate);
        zones.value(3, Type::uint16, user.threshold_power);
        for (const auto& message : {profile, zones}) {
            if (!message.fields().empty()) {
                m_writer.write(other_type, message);
            }
        }
    }

    void write_event(const WrittenEvent& event) {
        m_writer.write(event_type, NewMessage(global::event)
                                       .integer(timestamp_field, Type::uint32, event.time)
                                       .integer(0, Type::enumeration, 0)
                                       .integer(1, Type::enumeration, event.type));
    }

    // Records, and the events of the timer at their place among them: a stop behind the records of its
    // second, a start before them.
    void write_samples() {
        write_event({m_times.start, start_event});
        m_records.define(m_writer, record_type);
        const auto& times = m_times.samples;
        std::size_t begin = 0;
        for (const auto& event : events_of_pauses()) {
            auto end = begin;
            while (end < times.size() &&
                   (times[end] < event.time || (times[end] == event.time && event.type == stop_event))) {
                ++end;
            }
            m_records.write(m_writer, record_type, begin, end);
            write_event(event);
            begin = end;
        }
        m_records.write(m_writer, record_type, begin, times.size());
        write_event({m_times.end, stop_event});
    }

    [[nodiscard]] std::vector<WrittenEvent> events_of_pauses() const {
        std::vector<WrittenEvent> events;
        for (const auto& pause : m_recording.pauses) {
            const auto from = to_fit_time(pause.from);
            const auto to = to_fit_time(pause.to);
            if (from && to && *from < *to) {
                events.push_back({*from, stop_event});
                events.push_back({*to, start_event});
            }
        }
        return events;
    }

    void write_heart_beats() {
        constexpr std::size_t at_once = 5;
        constexpr std::uint64_t none = 0xFFFF;
        std::vector<std::int64_t> beats;
        for (const double interval : m_recording.rr_intervals) {
            if (const auto raw = to_raw(interval, Type::uint16, {1000, 0})) {
                beats.push_back(*raw);
            }
        }
        for (std::size_t i = 0; i < beats.size(); i += at_once) {
            std::array<std::byte, 2 * at_once> bytes{};
            for (std::size_t j = 0; j < at_once; ++j) {
                store(bytes.data() + 2 * j,
                      i + j < beats.size() ? static_cast<std::uint64_t>(beats[i + j]) : none, 2);
            }
            m_writer.write(other_type, NewMessage(global::hrv).bytes(0, Type::uint16, bytes));
        }
    }

    void write_lengths() {
        for (std::size_t i = 0; i < m_recording.lengths.size(); ++i) {
            const auto& length = m_recording.lengths[i];
            m_writer.write(other_type,
                           NewMessage(global::length)
                               .integer(timestamp_field, Type::uint32, end_of(length))
                               .integer(index_field, Type::uint16, static_cast<std::int64_t>(i))
                               .integer(0, Type::enumeration, 28)
                               .integer(1, Type::enumeration, 1)
                               .integer(2, Type::uint32, to_fit_time(length.start))
                               .value(3, Type::uint32, length.elapsed_time, {1000, 0})
                               .integer(5, Type::uint16, length.strokes)
                               .integer(7, Type::enumeration, number_of(swim_strokes, length.stroke))
                               .integer(12, Type::enumeration, length.active ? 1 : 0));
        }
    }

    static std::optional<std::int64_t> end_of(const model::PoolLength& length) {
        const auto start = to_fit_time(length.start);
        const auto elapsed = length.elapsed_time ? to_raw(*length.elapsed_time, Type::uint32) : std::nullopt;
        return start && elapsed ? std::optional(*start + *elapsed) : std::nullopt;
    }

    void write_laps() {
        for (std::size_t i = 0; i < m_recording.laps.size(); ++i) {
            const auto& lap = m_recording.laps[i];
            NewMessage message(global::lap);
            message.integer(timestamp_field, Type::uint32, to_fit_time(lap.end));
            message.integer(index_field, Type::uint16, static_cast<std::int64_t>(i));
            message.integer(0, Type::enumeration, 9).integer(1, Type::enumeration, 1);
            message.integer(2, Type::uint32, to_fit_time(lap.start));
            message.integer(23, Type::enumeration, lap_intensity(lap.intensity));
            message.integer(24, Type::enumeration, number_of(lap_triggers, lap.trigger));
            add_totals(message, lap.totals, lap_fields);
            m_writer.write(other_type, message);
        }
    }

    void write_session() {
        const auto sport = find_sport_numbers(m_recording.original_sport, m_recording.sport_type);
        NewMessage message(global::session);
        message.integer(timestamp_field, Type::uint32, m_times.end);
        message.integer(index_field, Type::uint16, 0);
        message.integer(0, Type::enumeration, 8).integer(1, Type::enumeration, 1);
        message.integer(2, Type::uint32, m_times.start);
        message.integer(5, Type::enumeration, sport.sport).integer(6, Type::enumeration, sport.sub_sport);
        message.integer(25, Type::uint16, 0);
        message.integer(26, Type::uint16, static_cast<std::int64_t>(m_recording.laps.size()));
        message.value(44, Type::uint16, m_recording.pool_length, {100, 0});
        add_totals(message, m_recording.totals, session_fields);
        m_writer.write(other_type, message);
    }

    void write_activity() {
        NewMessage message(global::activity);
        message.integer(timestamp_field, Type::uint32, m_times.end);
        message.value(0, Type::uint32, m_recording.totals.timer_time, {1000, 0});
        message.integer(1, Type::uint16, 1).integer(2, Type::enumeration, 0);
        message.integer(3, Type::enumeration, 26).integer(4, Type::enumeration, 1);
        if (m_recording.utc_offset) {
            message.integer(5, Type::uint32, m_times.end + m_recording.utc_offset->count());
        }
        m_writer.write(other_type, message);
    }

    const model::Recording& m_recording;
    WrittenTimes m_times;
    WrittenRecords m_records;
    Writer m_writer;
};

} // namespace

std::string encode(const model::Recording& recording) {
    return Encoder(recording).encode();
}

} // namespace harrier::formats::fit
