// SPDX-License-Identifier: MIT
#pragma once

// Small FIT files of our own making, for tests and as seeds of the fuzzer.

#include "tests/support/fit_builder.hpp"

#include <cstdint>

namespace harrier::tests {

// A bit of everything, twice in a chain.
inline Bytes chained_fit_sample() {
    constexpr std::int64_t start = 1'000'000'000;
    constexpr FitField time_field{253, 4, fit_type::u32};
    FitBuilder builder;
    builder.define(0, {0, {{0, 1, fit_type::enumeration}, {1, 2, fit_type::u16}}, {}}).data(0, {4, 1});
    builder.define(
        1,
        {20, {time_field, {0, 4, fit_type::s32}, {1, 4, fit_type::s32}, {3, 1, fit_type::u8}}, {{0, 2, 0}}});
    builder.define(2, {20, {{8, 3, fit_type::bytes}, {7, 2, fit_type::u16}}, {}, true});
    builder.define(
        3, {206,
            {{0, 1, fit_type::u8}, {1, 1, fit_type::u8}, {2, 1, fit_type::u8}, {3, 4, fit_type::string}},
            {}});
    builder.raw({3, 0, 0, fit_type::u16}).raw("Flow");
    for (std::int64_t i = 0; i < 6; ++i) {
        builder.data(1, {start + i, 500'000'000 + i, 90'000'000, 120 + i, 7});
    }
    builder.compressed(2, 7, {0x123456, 200}).compressed(2, 8, {0x223456, 201});
    builder.define(4, {21, {time_field, {0, 1, fit_type::enumeration}, {1, 1, fit_type::enumeration}}, {}});
    builder.data(4, {start + 3, 0, 4}).data(4, {start + 5, 0, 0});
    builder.define(
        5, {132, {time_field, {9, 4, fit_type::u32}, {6, 2, fit_type::u8}, {10, 3, fit_type::bytes}}, {}});
    builder.raw({5, 0, 0xCA, 0x9A, 0x3B, 1, 2, 3, 4, 70, 71, 5, 6, 7});
    builder.define(
        6,
        {18, {time_field, {2, 4, fit_type::u32}, {5, 1, fit_type::enumeration}, {9, 4, fit_type::u32}}, {}});
    builder.data(6, {start + 6, start, 1, 2000});
    auto bytes = builder.finish();
    const auto again = builder.finish({12});
    bytes.insert(bytes.end(), again.begin(), again.end());
    return bytes;
}

} // namespace harrier::tests
