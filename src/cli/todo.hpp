// SPDX-License-Identifier: MIT
#pragma once

// What a sync would still fetch, and when it will be done at the limits as they are known.

#include "archive/archive.hpp"
#include "sync/allowance.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace harrier::cli {

struct Todo {
    // Requests. The list is unknown until Strava's list has been read to its end once: nobody knows how long
    // it is, nor how many activities are on it.
    std::optional<std::int64_t> listing;
    std::int64_t streams = 0;
    std::int64_t details = 0; // 0 unless they are wanted
    // Activities that failed and rest, and those that were set aside.
    std::int64_t waiting = 0;
    std::int64_t set_aside = 0;

    [[nodiscard]] std::int64_t requests() const { return listing.value_or(0) + streams + details; }
    // Of activities, without the list that every sync begins with.
    [[nodiscard]] std::int64_t items() const { return streams + details; }
};

struct TodoWishes {
    bool full = false;
    bool streams = true;
    bool details = false;
};

[[nodiscard]] Todo read_todo(archive::Archive& archive, AthleteId athlete, const TodoWishes& wishes,
                             Instant now);

// "today at 14:15", "Sat 2026-11-28 at 01:15": local time; "now" within the window that runs.
[[nodiscard]] std::string moment_text(Instant moment, Instant now);

// The plan as `sync --dry-run` prints it: requests of each kind, and when the last one goes out.
[[nodiscard]] std::string plan_text(const Todo& todo, const sync::Allowance& allowance, Instant now);
[[nodiscard]] std::string plan_json(const Todo& todo, const sync::Allowance& allowance, Instant now);

} // namespace harrier::cli
