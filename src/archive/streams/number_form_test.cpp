// SPDX-License-Identifier: MIT
#include "archive/streams/number_form.hpp"
#include "tests/support/stream_samples.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

namespace harrier::archive {
namespace {

// The form of the column, once it gave back every bit.
NumberForm exact_form(const std::vector<double>& values) {
    std::vector<std::int64_t> numbers;
    const auto form = find_form(values, numbers);
    std::vector<double> back(values.size());
    from_numbers(form, numbers, back);
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(std::bit_cast<std::uint64_t>(back[i]), std::bit_cast<std::uint64_t>(values[i])) << i;
    }
    return form;
}

// 3,000 values, so that more than one block is looked at.
template <typename Make>
std::vector<double> column_of(Make make) {
    tests::SampleRandom random(11);
    std::vector<double> values;
    for (std::size_t i = 0; i < 3000; ++i) {
        values.push_back(make(static_cast<std::int64_t>(random.below(4'000'000)) - 2'000'000));
    }
    return values;
}

TEST(NumberForm, FindsTheDecimalsThatANumberWasWrittenWith) {
    double scale = 1;
    for (unsigned k = 0; k <= 9; ++k, scale *= 10) {
        const auto values = column_of([&](std::int64_t n) { return static_cast<double>(n) / scale; });
        EXPECT_EQ(exact_form(values), static_cast<NumberForm>(k));
    }
    EXPECT_EQ(exact_form({8.1234567890123, 8.1, -3.25}), static_cast<NumberForm>(13));
}

TEST(NumberForm, FindsTheUnitsOfFitFiles) {
    const auto of = [](auto make) { return exact_form(column_of(make)); };
    EXPECT_EQ(of([](std::int64_t n) { return static_cast<double>(n * 1000) * (180.0 / 2147483648.0); }),
              NumberForm::semicircles);
    EXPECT_EQ(of([](std::int64_t n) { return static_cast<double>(n) / 5.0 - 500; }),
              NumberForm::fit_altitude);
    EXPECT_EQ(of([](std::int64_t n) { return static_cast<double>(n) / 16; }), NumberForm::sixteenths);
    EXPECT_EQ(of([](std::int64_t n) { return static_cast<double>(n) / 128; }), NumberForm::parts_of_128);
    EXPECT_EQ(of([](std::int64_t n) { return static_cast<double>(n) / 256; }), NumberForm::parts_of_256);
    EXPECT_EQ(of([](std::int64_t n) { return static_cast<double>(n) / 65536; }), NumberForm::parts_of_2_16);
    EXPECT_EQ(of([](std::int64_t n) { return static_cast<float>(n) / 3e6F; }), NumberForm::float_32);
}

TEST(NumberForm, OneOddValueAtTheEndDecides) {
    auto values = column_of([](std::int64_t n) { return static_cast<double>(n); });
    values.back() = 0.5;
    EXPECT_EQ(exact_form(values), static_cast<NumberForm>(1));
    values.back() = 1.0 / 3;
    EXPECT_EQ(exact_form(values), NumberForm::float_64);
}

TEST(NumberForm, KeepsWhatNoFractionHolds) {
    using limits = std::numeric_limits<double>;
    EXPECT_EQ(exact_form({1, -0.0, 2}), NumberForm::float_32);
    EXPECT_EQ(exact_form({1, limits::infinity(), -limits::infinity()}), NumberForm::float_32);
    EXPECT_EQ(exact_form({1, limits::denorm_min(), -limits::denorm_min(), limits::max(), limits::lowest(),
                          limits::min(), limits::epsilon()}),
              NumberForm::float_64);
    EXPECT_EQ(exact_form({9007199254740993.0, 1e18, -1e300}), NumberForm::float_64);
}

TEST(NumberForm, AnyIntegerGivesSomeValue) {
    const std::vector<std::int64_t> numbers = {std::numeric_limits<std::int64_t>::min(), -1, 0, 1,
                                               std::numeric_limits<std::int64_t>::max()};
    for (unsigned form = 0; form < number_form_count; ++form) {
        std::vector<double> values(numbers.size());
        from_numbers(static_cast<NumberForm>(form), numbers, values);
    }
}

} // namespace
} // namespace harrier::archive
