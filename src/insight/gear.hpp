// SPDX-License-Identifier: MIT
#pragma once

// How far each pair of shoes and each bike has gone, by the activities that name it.

#include "archive/archive.hpp"
#include "report/rows.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace harrier::insight {

struct UsedGear {
    std::optional<std::string> id;
    std::optional<std::string> name;
    std::int64_t activities = 0;
    double distance = 0; // m
    std::int64_t moving_time = 0;
    std::string first;
    std::string last;
};

// The longest way first. Throws Error{interrupted} when stopped.
[[nodiscard]] std::vector<UsedGear> read_gear(archive::Archive& archive, AthleteId athlete,
                                              const std::stop_token& stop);

// gear_id, gear_name, count, distance (m), moving_time (s), first_used, last_used
[[nodiscard]] report::Rows gear_rows(const std::vector<UsedGear>& gear);

} // namespace harrier::insight
