// SPDX-License-Identifier: MIT
#pragma once

// Histograms and curves as bytes. Only the archive's own sources include this.

#include "model/metrics.hpp"

#include <string>
#include <string_view>

namespace harrier::archive {

// Little-endian: the step as a 64-bit float, `first` as a 32-bit number, then the seconds as 32-bit floats.
// An empty histogram has no bytes.
[[nodiscard]] std::string encode_histogram(const model::Histogram& histogram);
// Throws Error{data} for a length that cannot be.
[[nodiscard]] model::Histogram decode_histogram(std::string_view bytes);

// 32-bit floats; missing values are NaN.
[[nodiscard]] std::string encode_curve(const model::MeanMaximalCurve& curve);
[[nodiscard]] model::MeanMaximalCurve decode_curve(std::string_view bytes);

} // namespace harrier::archive
