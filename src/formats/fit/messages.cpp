// SPDX-License-Identifier: MIT
#include "formats/fit/messages.hpp"

#include "formats/fit/totals_fields.hpp"
#include "formats/fit/value.hpp"

#include <array>
#include <ratio>
#include <span>
#include <utility>

namespace harrier::formats::fit {

namespace {

using namespace std::chrono;

constexpr std::int64_t fit_epoch_unix = 631'065'600;

std::optional<std::uint32_t> time_field(const Message& message, std::uint8_t field) {
    const auto value = integer(message, field);
    return value ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

std::optional<int> small(const Message& message, std::uint8_t field) {
    const auto value = integer(message, field);
    return value && std::in_range<int>(*value) ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::optional<model::Moment> moment_field(const Message& message, std::uint8_t field) {
    const auto time = time_field(message, field);
    return time && *time >= first_absolute_time ? std::optional(to_moment(*time)) : std::nullopt;
}

std::optional<double> either(std::optional<double> first, std::optional<double> second) {
    return first ? first : second;
}

std::optional<double> with_fraction(std::optional<double> whole, std::optional<double> fraction) {
    return whole ? std::optional(*whole + fraction.value_or(0)) : std::nullopt;
}

model::Totals read_totals(const Message& message, const TotalsFields& fields) {
    model::Totals totals;
    totals.elapsed_time = scaled(message, fields.elapsed, 1000);
    totals.timer_time = scaled(message, fields.timer, 1000);
    totals.distance = scaled(message, fields.distance, 100);
    totals.average_speed = either(scaled(message, fields.enhanced_average_speed, 1000),
                                  scaled(message, fields.average_speed, 1000));
    totals.max_speed =
        either(scaled(message, fields.enhanced_max_speed, 1000), scaled(message, fields.max_speed, 1000));
    totals.average_heartrate = number(message, fields.average_hr);
    totals.max_heartrate = number(message, fields.max_hr);
    totals.average_cadence = with_fraction(number(message, fields.average_cadence),
                                           scaled(message, fields.average_cadence_fraction, 128));
    totals.max_cadence =
        with_fraction(number(message, fields.max_cadence), scaled(message, fields.max_cadence_fraction, 128));
    totals.average_watts = number(message, fields.average_power);
    totals.max_watts = number(message, fields.max_power);
    totals.ascent = number(message, fields.ascent);
    totals.descent = number(message, fields.descent);
    totals.normalized_watts = number(message, fields.normalized_power);
    totals.work = number(message, fields.work);
    totals.calories = number(message, fields.calories);
    totals.average_temp = number(message, fields.average_temp);
    return totals;
}

template <std::size_t count>
std::string word(const std::array<std::string_view, count>& words, std::optional<int> number) {
    return number && *number >= 0 && *number < static_cast<int>(count)
               ? std::string(words[static_cast<std::size_t>(*number)])
               : "";
}

// Calls `use` with each of the 12-bit numbers that are packed without gaps, the lowest bits first.
template <typename Use>
void for_each_12_bits(std::span<const std::byte> bytes, Use&& use) {
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const auto byte : bytes) {
        bits |= std::to_integer<std::uint32_t>(byte) << held;
        held += 8;
        if (held >= 12) {
            use(bits & 0xFFFU);
            bits >>= 12U;
            held -= 12;
        }
    }
}

} // namespace

model::Moment to_moment(std::uint32_t fit_time) {
    return model::Moment{seconds{fit_epoch_unix + static_cast<std::int64_t>(fit_time)}};
}

Session read_session(const Message& message) {
    Session session;
    session.start_time = time_field(message, 2);
    session.timestamp = time_field(message, timestamp_field);
    session.sport = small(message, 5);
    session.sub_sport = small(message, 6);
    session.pool_length = scaled(message, 44, 100);
    session.totals = read_totals(message, session_fields);
    return session;
}

model::Lap read_lap(const Message& message) {
    model::Lap lap;
    lap.start = moment_field(message, 2);
    lap.end = moment_field(message, timestamp_field);
    lap.trigger = word(lap_triggers, small(message, 24));
    lap.intensity = word(lap_intensities, small(message, 23));
    lap.totals = read_totals(message, lap_fields);
    return lap;
}

model::PoolLength read_length(const Message& message) {
    model::PoolLength length;
    length.start = moment_field(message, 2);
    length.elapsed_time = scaled(message, 3, 1000);
    length.strokes = small(message, 5);
    length.active = integer(message, 12).value_or(1) != 0;
    length.stroke = word(swim_strokes, small(message, 7));
    return length;
}

TimerEvent read_timer_event(const Message& message) {
    const auto event = integer(message, 0);
    const auto type = integer(message, 1);
    const auto time = time_field(message, timestamp_field);
    const auto timestamp = message.timestamp ? message.timestamp : time;
    if (event != 0 || !type || !timestamp) {
        return {};
    }
    switch (*type) {
    case 0:
        return {TimerChange::start, *timestamp};
    case 1:
    case 4:
    case 8:
    case 9:
        return {TimerChange::stop, *timestamp};
    default:
        return {};
    }
}

DeviceInfo read_device(const Message& message) {
    DeviceInfo info;
    info.index = small(message, 0);
    info.device.manufacturer = small(message, message.definition->global == global::file_id ? 1 : 2);
    info.device.product = small(message, message.definition->global == global::file_id ? 2 : 4);
    info.device.name = text(message, message.definition->global == global::file_id ? 8 : 27);
    if (message.definition->global == global::device_info) {
        info.device.software_version = scaled(message, 5, 100);
    }
    return info;
}

void read_user(const Message& message, model::UserProfile& user) {
    const auto keep = [](std::optional<double>& kept, std::optional<double> value) {
        if (value && *value > 0) {
            kept = value;
        }
    };
    if (message.definition->global == global::zones_target) {
        keep(user.max_heartrate, number(message, 1));
        keep(user.threshold_heartrate, number(message, 2));
        keep(user.threshold_power, number(message, 3));
        return;
    }
    if (const auto gender = integer(message, 1)) {
        user.is_female = *gender == 0;
    }
    keep(user.age, number(message, 2));
    keep(user.height, scaled(message, 3, 100));
    keep(user.weight, scaled(message, 4, 10));
    keep(user.resting_heartrate, number(message, 8));
    for (const auto field : {std::uint8_t{9}, std::uint8_t{10}, std::uint8_t{11}}) {
        keep(user.max_heartrate, number(message, field));
    }
}

std::string_view other_kind_of_file(const Message& file_id) {
    switch (integer(file_id, 0).value_or(4)) {
    case 5:
        return "workout";
    case 6:
        return "course";
    case 15:
    case 28:
    case 32:
        return "monitoring file";
    case 34:
        return "segment";
    default:
        return {};
    }
}

std::optional<seconds> read_utc_offset(const Message& message) {
    const auto local = time_field(message, 5);
    const auto utc = time_field(message, timestamp_field);
    if (!local || !utc || *local < first_absolute_time || *utc < first_absolute_time) {
        return std::nullopt;
    }
    const seconds offset{static_cast<std::int64_t>(*local) - static_cast<std::int64_t>(*utc)};
    const auto quarter = round<duration<std::int64_t, std::ratio<900>>>(offset);
    const bool plausible =
        abs(offset - quarter) <= minutes{1} && quarter >= hours{-12} && quarter <= hours{14};
    return plausible ? std::optional<seconds>(quarter) : std::nullopt;
}

std::optional<FieldDescription> read_field_description(const Message& message) {
    const auto developer = integer(message, 0);
    const auto field_number = integer(message, 1);
    const auto type = integer(message, 2);
    if (!developer || !field_number || !type || !std::in_range<std::uint8_t>(*developer) ||
        !std::in_range<std::uint8_t>(*field_number) || (*type & 0x1F) > static_cast<int>(BaseType::uint64z)) {
        return std::nullopt;
    }
    FieldDescription description;
    description.developer = static_cast<std::uint8_t>(*developer);
    description.number = static_cast<std::uint8_t>(*field_number);
    description.type = static_cast<BaseType>(*type & 0x1F);
    description.name = text(message, 3);
    description.units = text(message, 8);
    description.scale = number(message, 6).value_or(1);
    description.offset = number(message, 7).value_or(0);
    description.native_message = small(message, 14);
    description.native_field = small(message, 15);
    if (description.scale == 0) {
        description.scale = 1;
    }
    return description;
}

void HeartRateMessages::add(const Message& message) {
    constexpr double ticks_per_second = 1024;
    std::array<double, 512> times{}; // a field holds at most 255 values, and 170 of 12 bits
    std::size_t count = 0;
    const auto add_time = [&](std::uint32_t accumulated) {
        m_accumulated = accumulated;
        times[count++] = accumulated / ticks_per_second;
    };
    for_each_integer(message, 9, [&](auto event) {
        if (event) {
            add_time(static_cast<std::uint32_t>(*event));
        }
    });
    const auto timestamp = message.timestamp ? message.timestamp : time_field(message, timestamp_field);
    if (timestamp && count > 0) {
        m_offset = *timestamp + scaled(message, 0, 32768).value_or(0) - times.front();
    }
    if (const auto* packed = find_field(*message.definition, 10)) {
        for_each_12_bits(message.data.subspan(packed->offset, packed->size), [&](std::uint32_t event) {
            add_time(m_accumulated + ((event - m_accumulated) & 0xFFFU));
        });
    }
    std::size_t next = 0;
    for_each_integer(message, 6, [&](auto rate) {
        if (next < count && rate && *rate > 0 && m_offset) {
            m_samples.push_back({times[next] + *m_offset, static_cast<double>(*rate)});
        }
        ++next;
    });
}

void HeartRateMessages::append(const HeartRateMessages& later) {
    m_samples.insert(m_samples.end(), later.m_samples.begin(), later.m_samples.end());
    m_offset = later.m_offset ? later.m_offset : m_offset;
    m_accumulated = later.m_accumulated;
}

} // namespace harrier::formats::fit
