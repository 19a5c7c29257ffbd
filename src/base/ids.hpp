// SPDX-License-Identifier: MIT
#pragma once

// Strong 64-bit ids: an athlete's id cannot be passed where an activity's is meant. Strava's effort and route
// ids exceed 2^53, so an id never travels through a double.

#include <compare>
#include <cstdint>
#include <functional>

namespace harrier {

template <typename Tag>
struct StrongId {
    std::int64_t value = 0;

    friend constexpr auto operator<=>(StrongId, StrongId) = default;
};

// Strava's number of an athlete; the first part of every key in the archive.
using AthleteId = StrongId<struct AthleteTag>;
// The archive's own small number of an activity, per athlete, never reused.
using ActivityId = StrongId<struct ActivityTag>;
// Strava's number of an activity.
using StravaId = StrongId<struct StravaTag>;

} // namespace harrier

template <typename Tag>
struct std::hash<harrier::StrongId<Tag>> {
    std::size_t operator()(harrier::StrongId<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
