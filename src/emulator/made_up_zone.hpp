// SPDX-License-Identifier: MIT
#pragma once

// The clocks of the places where the made-up athlete trains. Own rules instead of the machine's zone
// database, so that a database of another year cannot change a byte. Pure.

#include "base/time.hpp"

#include <chrono>
#include <string_view>

namespace harrier::emulator {

enum class Zone { berlin, denver, factory };

// As Strava writes it, with the offset of standard time: "(GMT+01:00) Europe/Berlin".
[[nodiscard]] std::string_view strava_timezone(Zone zone);

// What is added to UTC at that moment, summer time included (rules of the EU since 1996, of the USA since
// 2007).
[[nodiscard]] std::chrono::seconds utc_offset(Zone zone, Instant time);

[[nodiscard]] WallTime wall_time(Zone zone, Instant time);

// The moment when the zone's clock shows `time`; for an hour that comes twice, the second one.
[[nodiscard]] Instant moment(Zone zone, WallTime time);

} // namespace harrier::emulator
