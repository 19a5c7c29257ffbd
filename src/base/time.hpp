// SPDX-License-Identifier: MIT
#pragma once

// Times as Strava writes them, and time zones (IANA, through Howard Hinnant's date). Pure but for the zone
// database.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace harrier {

using Instant = std::chrono::sys_seconds;    // a moment, UTC
using WallTime = std::chrono::local_seconds; // what a clock on the wall showed

// "2018-11-28T20:11:32Z", also with an offset (+01:00), a fraction (dropped) or without any zone (taken as
// UTC).
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

// The same text read as wall time: a final Z or offset is ignored, as `start_date_local` needs.
[[nodiscard]] std::optional<WallTime> parse_wall_time(std::string_view text);

// A day typed by a user: "2026-11-01", "2026-11" or "2026" (first day of it), "today", "yesterday",
// or a span back from `today`: "7d", "4w", "6m", "1y".
[[nodiscard]] std::optional<std::chrono::local_days> parse_day(std::string_view text,
                                                               std::chrono::local_days today);

[[nodiscard]] std::string format_instant(Instant time); // "2018-11-28T20:11:32Z"
[[nodiscard]] std::string
format_wall_time(WallTime time); // "2018-11-28T15:11:32Z": wall time the way Strava prints it
[[nodiscard]] std::string format_day(std::chrono::local_days day); // "2018-11-28"

// The IANA name in "(GMT-05:00) America/New_York"; the text itself when there is no bracket part.
[[nodiscard]] std::string_view zone_name(std::string_view strava_timezone);

// Wall time of `time` in an IANA zone; nothing when the zone is unknown ("Factory").
[[nodiscard]] std::optional<WallTime> to_wall_time(Instant time, std::string_view iana_zone);

// A span as people say it, in its two largest units: "5 h 12 min", "2 d 3 h", "7 min", "40 s"; never
// negative.
[[nodiscard]] std::string format_span(std::chrono::seconds span);

// Wall time of `time` on this machine (TZ, /etc/localtime).
[[nodiscard]] WallTime to_machine_wall_time(Instant time);

} // namespace harrier
