// SPDX-License-Identifier: MIT
#pragma once

// Samples as integers: most columns hold n/10^k, or what a device counted in units of its own. A form is kept
// only where it gives back every number of a column bit for bit. Pure.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace harrier::archive {

// The number that stands in the file.
enum class NumberForm : std::uint8_t {
    decimal_0 = 0,      // n / 10^k, k = 0 … 15: whatever was written with that many decimals
    decimal_15 = 15,    //
    semicircles = 16,   // n · (180 / 2^31): a FIT position, in degrees
    fit_altitude = 17,  // n / 5 - 500: a FIT altitude, in m
    sixteenths = 18,    // n / 16: FIT's packed distance
    parts_of_128 = 19,  // n / 128: FIT's fractional cadence
    parts_of_256 = 20,  // n / 256
    parts_of_2_16 = 21, // n / 65536
    float_32 = 22,      // the bits of a float, made to grow with the number
    float_64 = 23,      // the bits of a double, made to grow with the number: anything
};
constexpr std::uint8_t number_form_count = 24;

// The first form, in an order that puts the likeliest and shortest ones first, that holds all of `values`
// exactly; none of them is missing. `numbers` gets the integers.
[[nodiscard]] NumberForm find_form(std::span<const double> values, std::vector<std::int64_t>& numbers);

// The inverse; `values` is as long as `numbers`. Every integer gives some value.
void from_numbers(NumberForm form, std::span<const std::int64_t> numbers, std::span<double> values);

// 1 / the value of one unit; nothing where the form is no plain fraction.
[[nodiscard]] std::optional<double> units_per_one(NumberForm form);

} // namespace harrier::archive
