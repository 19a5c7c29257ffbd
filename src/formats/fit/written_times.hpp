// SPDX-License-Identifier: MIT
#pragma once

// Moments as the whole seconds of FIT. Pure.

#include "model/recording.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace harrier::formats::fit {

// The nearest second, halves up, since 1989-12-31T00:00:00Z; nothing for no moment, and for those before July
// 1998 and after 2126, which FIT takes for something else.
[[nodiscard]] std::optional<std::uint32_t> to_fit_time(std::optional<model::Moment> moment);

struct WrittenTimes {
    static constexpr std::uint32_t none = 0xFFFFFFFFU;

    std::uint32_t start = 0;
    std::uint32_t end = 0;              // the latest of start, samples and pauses
    std::vector<std::uint32_t> samples; // `none` where the sample's moment cannot be written
};

// Of a recording without a start that FIT can hold: relative to the device's start, and none is negative.
[[nodiscard]] WrittenTimes written_times(const model::Recording& recording);

} // namespace harrier::formats::fit
