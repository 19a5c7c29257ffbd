// SPDX-License-Identifier: MIT
#pragma once

// What one file of a chain said, before it is cut into recordings. Each kind of message has a limit that only
// a hostile file reaches; what is beyond is left out and becomes one finding.

#include "formats/fit/messages.hpp"
#include "formats/fit/reader.hpp"
#include "formats/fit/records.hpp"
#include "model/recording.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace harrier::formats::fit {

struct Contents {
    explicit Contents(Room room) : records(room) {}

    // Takes in a run of messages; `bytes_left` from its start to the end of the bytes.
    void read(const Message& run, std::size_t bytes_left);
    // The file of the chain broke off: its last record goes as well if its time makes no sense.
    void end_damaged();
    // A later file of the chain that holds no recording of its own, but what belongs to this one.
    void append(Contents&& later);
    [[nodiscard]] bool has_recording() const { return records.size() > 0 || !sessions.empty(); }

    RecordTable records;
    std::vector<Session> sessions;
    std::vector<model::Lap> laps;
    std::vector<model::PoolLength> lengths;
    std::vector<TimerEvent> timer_events;
    std::vector<double> rr_intervals;
    HeartRateMessages heart_rate;
    std::vector<model::Device> devices;
    model::UserProfile user;
    std::optional<std::chrono::seconds> utc_offset;
    std::optional<int> sport;
    std::optional<int> sub_sport;
    std::string_view other_kind; // of file; "" = an activity
    std::vector<model::Finding> findings;
    bool is_rewritten = false; // by our own encoder

private:
    void read_one(const Message& message);
    void read_device(const Message& message);
    template <typename T>
    bool has_room(const std::vector<T>& kept, std::size_t most, std::string_view what,
                  const Message& message);
    void leave_out(std::string_view what, const Message& message);

    std::vector<std::string_view> m_left_out;
    std::size_t m_last_record_offset = 0;
    std::size_t m_last_record_index = 0;
};

} // namespace harrier::formats::fit
