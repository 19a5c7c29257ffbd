// SPDX-License-Identifier: MIT
#pragma once

// The messages of a FIT file beside its records, as values: sessions, laps, lengths, timer events, heart-rate
// and beat-to-beat messages, devices, the user, and the descriptions of developer fields. Field numbers and
// scales are facts of the format, typed by hand.

#include "formats/fit/reader.hpp"
#include "model/recording.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats::fit {

namespace global {
constexpr std::uint16_t file_id = 0;
constexpr std::uint16_t user_profile = 3;
constexpr std::uint16_t zones_target = 7;
constexpr std::uint16_t sport = 12;
constexpr std::uint16_t session = 18;
constexpr std::uint16_t lap = 19;
constexpr std::uint16_t record = 20;
constexpr std::uint16_t event = 21;
constexpr std::uint16_t device_info = 23;
constexpr std::uint16_t activity = 34;
constexpr std::uint16_t hrv = 78;
constexpr std::uint16_t length = 101;
constexpr std::uint16_t hr = 132;
constexpr std::uint16_t field_description = 206;
} // namespace global

// Seconds since 1989-12-31T00:00:00Z; below this a time is relative to the device's start.
constexpr std::uint32_t first_absolute_time = 0x10000000U;
[[nodiscard]] model::Moment to_moment(std::uint32_t fit_time);

struct Session {
    std::optional<std::uint32_t> start_time;
    std::optional<std::uint32_t> timestamp; // its end
    std::optional<int> sport;
    std::optional<int> sub_sport;
    std::optional<double> pool_length;
    model::Totals totals;
};
[[nodiscard]] Session read_session(const Message& message);
[[nodiscard]] model::Lap read_lap(const Message& message);
[[nodiscard]] model::PoolLength read_length(const Message& message);

// The kind of file that `file_id` says, when it is one that is no activity though it may hold records:
// "course", "monitoring", …; "" = an activity, or not said.
[[nodiscard]] std::string_view other_kind_of_file(const Message& file_id);

enum class TimerChange { none, start, stop };
struct TimerEvent {
    TimerChange change = TimerChange::none;
    std::uint32_t timestamp = 0;
};
[[nodiscard]] TimerEvent read_timer_event(const Message& message);

// What our own files say in the place of a device that made them: it tells of none.
constexpr std::string_view our_product_name = "harrier";
constexpr int no_manufacturer = 255; // FIT's number for what no company makes

struct DeviceInfo {
    std::optional<int> index; // 0 = the device that recorded
    model::Device device;
};
[[nodiscard]] DeviceInfo read_device(const Message& message);
void read_user(const Message& message, model::UserProfile& user); // user_profile and zones_target

// Local wall time minus UTC, of the `activity` message; nothing when it is no quarter of an hour between -12
// and +14 h, give or take a minute.
[[nodiscard]] std::optional<std::chrono::seconds> read_utc_offset(const Message& message);

struct FieldDescription {
    std::uint8_t developer = 0;
    std::uint8_t number = 0;
    BaseType type = BaseType::bytes;
    std::string name;
    std::string units;
    double scale = 1;
    double offset = 0;
    std::optional<int> native_message;
    std::optional<int> native_field;

    friend bool operator==(const FieldDescription&, const FieldDescription&) = default;
};
[[nodiscard]] std::optional<FieldDescription> read_field_description(const Message& message);

// Heart rate that travels apart from the records (a strap that stores while under water). Its own clock runs
// in 1/1024 s; the first message tells what time it was then.
struct HeartRateSample {
    double time; // s since 1989-12-31T00:00:00Z
    double bpm;
};
class HeartRateMessages {
public:
    void add(const Message& message);
    [[nodiscard]] const std::vector<HeartRateSample>& samples() const { return m_samples; }
    // Appends the samples of a later file of the chain.
    void append(const HeartRateMessages& later);

private:
    std::vector<HeartRateSample> m_samples;
    std::optional<double> m_offset;  // what to add to an event time to get an absolute one
    std::uint32_t m_accumulated = 0; // event time, 1/1024 s
};

} // namespace harrier::formats::fit
