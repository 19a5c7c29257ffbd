// SPDX-License-Identifier: MIT
#pragma once

// Makes due again whatever came from the API and is damaged, short or set aside, so that a sync mends it.

#include "archive/archive.hpp"

#include <cstdint>
#include <stop_token>

namespace harrier::sync {

struct Mending {
    std::int64_t activities = 0; // whose samples or details are due again
    bool needs_listing = false;  // a record of the list is damaged: all of it has to be listed again
};

[[nodiscard]] Mending make_damaged_due(archive::Archive& archive, AthleteId athlete, Instant now,
                                       const std::stop_token& stop = {});

} // namespace harrier::sync
