// SPDX-License-Identifier: MIT
#include "archive/streams/number_form.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace harrier::archive {

namespace {

// As formats/fit computes them: the same operations, hence the same bits.
constexpr double degrees_per_semicircle = 180.0 / 2147483648.0;
constexpr double fit_altitude_scale = 5;
constexpr double fit_altitude_shift = 500;

constexpr std::array<double, 16> powers_of_ten = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

constexpr NumberForm decimal(int k) {
    return static_cast<NumberForm>(k);
}

constexpr NumberForm order_of_trial[] = {
    decimal(0),
    decimal(1),
    NumberForm::fit_altitude,
    decimal(2),
    decimal(3),
    NumberForm::sixteenths,
    NumberForm::parts_of_128,
    NumberForm::semicircles,
    decimal(4),
    decimal(5),
    NumberForm::parts_of_256,
    decimal(6),
    decimal(7),
    decimal(8),
    NumberForm::parts_of_2_16,
    decimal(9),
    decimal(10),
    decimal(11),
    decimal(12),
    decimal(13),
    decimal(14),
    decimal(15),
    NumberForm::float_32,
};

struct Fraction {
    double divisor;
    [[nodiscard]] double nearest(double value) const { return value * divisor; }
    [[nodiscard]] double value(double number) const { return number / divisor; }
};

struct Semicircles {
    [[nodiscard]] double nearest(double value) const { return value / degrees_per_semicircle; }
    [[nodiscard]] double value(double number) const { return number * degrees_per_semicircle; }
};

struct FitAltitude {
    [[nodiscard]] double nearest(double value) const {
        return (value + fit_altitude_shift) * fit_altitude_scale;
    }
    [[nodiscard]] double value(double number) const {
        return number / fit_altitude_scale - fit_altitude_shift;
    }
};

// Calls `use` with the arithmetic of a form that is no bit pattern.
template <typename Use>
auto with_arithmetic(NumberForm form, Use use) {
    switch (form) {
    case NumberForm::semicircles:
        return use(Semicircles{});
    case NumberForm::fit_altitude:
        return use(FitAltitude{});
    default:
        return use(Fraction{*units_per_one(form)});
    }
}

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

// The first block is small, as most forms that fail do so at once.
template <typename Arithmetic>
bool to_numbers(Arithmetic arithmetic, std::span<const double> values, std::int64_t* numbers) {
    constexpr double rounding = 0x1.8p52; // adding and taking it away rounds what is below 2^51
    std::size_t block_end = 16;
    bool holds = true;
    for (std::size_t i = 0; i < values.size() && holds; block_end = i + 512) {
        const std::size_t end = std::min(block_end, values.size());
        for (; i < end; ++i) {
            const double exact = arithmetic.nearest(values[i]);
            // An infinity must not reach the integer.
            const double bounded = std::abs(exact) < 0x1p51 ? exact : 0;
            const double number = (bounded + rounding) - rounding;
            numbers[i] = static_cast<std::int64_t>(number);
            holds &= same_bits(arithmetic.value(number), values[i]);
        }
    }
    return holds;
}

// Bit patterns of floating point grow with positive numbers and fall with negative ones; these always grow.
template <typename Signed>
Signed growing(Signed bits) {
    return bits < 0 ? bits ^ std::numeric_limits<Signed>::max() : bits;
}

bool to_floats(std::span<const double> values, std::int64_t* numbers) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::abs(values[i]) > std::numeric_limits<float>::max() && !std::isinf(values[i])) {
            return false;
        }
        const auto narrow = static_cast<float>(values[i]);
        if (!same_bits(narrow, values[i])) {
            return false;
        }
        numbers[i] = growing(std::bit_cast<std::int32_t>(narrow));
    }
    return true;
}

} // namespace

std::optional<double> units_per_one(NumberForm form) {
    switch (form) {
    case NumberForm::semicircles:
    case NumberForm::fit_altitude:
    case NumberForm::float_32:
    case NumberForm::float_64:
        return std::nullopt;
    case NumberForm::sixteenths:
        return 16;
    case NumberForm::parts_of_128:
        return 128;
    case NumberForm::parts_of_256:
        return 256;
    case NumberForm::parts_of_2_16:
        return 65536;
    default:
        return powers_of_ten[static_cast<std::size_t>(form)];
    }
}

NumberForm find_form(std::span<const double> values, std::vector<std::int64_t>& numbers) {
    numbers.resize(values.size());
    for (const NumberForm form : order_of_trial) {
        const bool holds = form == NumberForm::float_32
                               ? to_floats(values, numbers.data())
                               : with_arithmetic(form, [&](auto arithmetic) {
                                     return to_numbers(arithmetic, values, numbers.data());
                                 });
        if (holds) {
            return form;
        }
    }
    std::transform(values.begin(), values.end(), numbers.begin(),
                   [](double value) { return growing(std::bit_cast<std::int64_t>(value)); });
    return NumberForm::float_64;
}

void from_numbers(NumberForm form, std::span<const std::int64_t> numbers, std::span<double> values) {
    if (form == NumberForm::float_64) {
        std::transform(numbers.begin(), numbers.end(), values.begin(),
                       [](std::int64_t number) { return std::bit_cast<double>(growing(number)); });
    } else if (form == NumberForm::float_32) {
        std::transform(numbers.begin(), numbers.end(), values.begin(), [](std::int64_t number) {
            return static_cast<double>(std::bit_cast<float>(growing(static_cast<std::int32_t>(number))));
        });
    } else {
        with_arithmetic(form, [&](auto arithmetic) {
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                values[i] = arithmetic.value(static_cast<double>(numbers[i]));
            }
        });
    }
}

} // namespace harrier::archive
