// SPDX-License-Identifier: MIT
#include "formats/fit/decode.hpp"
#include "formats/fit/developer.hpp"
#include "tests/support/fit_builder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace harrier::formats::fit {
namespace {

using namespace tests;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::NanSensitiveDoubleEq;

constexpr std::int64_t start = 1'000'000'000;
constexpr FitField time_field{253, 4, fit_type::u32};
constexpr double gone = model::missing;

template <typename... Values>
auto columns(Values... values) {
    return ElementsAre(NanSensitiveDoubleEq(values)...);
}

struct Described {
    std::string name;
    std::uint8_t type = fit_type::u8;
    std::uint8_t number = 0;
    std::uint8_t scale = 255;
    std::uint8_t native = 255;
    std::string units = "u";
};

void describe(FitBuilder& builder, Described described) {
    described.name.resize(8);
    described.units.resize(4);
    builder.define(9, {206,
                       {{0, 1, fit_type::u8},
                        {1, 1, fit_type::u8},
                        {2, 1, fit_type::u8},
                        {6, 1, fit_type::u8},
                        {15, 1, fit_type::u8},
                        {3, 8, fit_type::string},
                        {8, 4, fit_type::string}},
                       {}});
    builder.raw({9, 0, described.number, described.type, described.scale, described.native});
    builder.raw(described.name).raw(described.units);
}

model::Recording only(const FitBuilder& builder) {
    auto file = decode(builder.finish());
    EXPECT_EQ(file.recordings.size(), 1U);
    EXPECT_THAT(file.findings, IsEmpty());
    return file.recordings.empty() ? model::Recording{} : std::move(file.recordings.front());
}

TEST(FitDeveloperFields, AreReadWhetherDescribedBeforeOrBehindTheirValues) {
    for (const bool before : {true, false}) {
        for (const bool big_endian : {true, false}) {
            FitBuilder builder;
            const Described described{.name = "Flow", .type = fit_type::s16, .scale = 10};
            if (before) {
                describe(builder, described);
            }
            builder.define(0, {20, {time_field}, {{0, 2, 0}}, big_endian});
            builder.data(0, {start, -15}).data(0, {start + 1, 0x7FFF}).data(0, {start + 2, 300});
            if (!before) {
                describe(builder, described);
            }
            const auto recording = only(builder);
            ASSERT_EQ(recording.extra.size(), 1U);
            EXPECT_EQ(recording.extra[0].name, "Flow");
            EXPECT_EQ(recording.extra[0].units, "u");
            EXPECT_THAT(recording.extra[0].values, columns(-1.5, gone, 30.0));
        }
    }
}

TEST(FitDeveloperFields, NeverDescribedMoveNothing) {
    FitBuilder builder;
    builder.define(0, {20, {time_field, {3, 1, fit_type::u8}}, {{0, 200, 0}, {1, 3, 7}}});
    builder.raw({0}).raw({0x00, 0xCA, 0x9A, 0x3B, 99}).raw(std::string(203, 'x')).data(0, {});
    builder.raw({0x00, 0xCA, 0x9A, 0x3B, 98}).raw(std::string(203, 'y'));
    const auto recording = only(builder);
    EXPECT_THAT(recording.streams.heartrate, columns(99.0, 98.0));
    EXPECT_THAT(recording.extra, IsEmpty());
}

TEST(FitDeveloperFields, KeepTheirMeaningWhenTheSameNumberIsDescribedAnew) {
    FitBuilder builder;
    describe(builder, {.name = "Flow"});
    builder.define(0, {20, {time_field}, {{0, 1, 0}}}).data(0, {start, 10});
    describe(builder, {.name = "Flow"}); // again the same: nothing changes
    builder.data(0, {start + 1, 11});
    describe(builder, {.name = "Grit"});
    builder.data(0, {start + 2, 12});
    const auto recording = only(builder);
    ASSERT_EQ(recording.extra.size(), 2U);
    EXPECT_THAT(recording.extra[0].values, columns(10.0, 11.0, gone));
    EXPECT_EQ(recording.extra[1].name, "Grit");
    EXPECT_THAT(recording.extra[1].values, columns(gone, gone, 12.0));
}

TEST(FitDeveloperFields, OfAnotherSizeOnTheWayStayOneColumn) {
    FitBuilder builder;
    describe(builder, {.name = "Flow"});
    builder.define(0, {20, {time_field}, {{0, 1, 0}}}).data(0, {start, 10});
    builder.define(0, {20, {time_field}, {{0, 2, 0}}}).data(0, {start + 1, 0x0B16}); // an array of two
    const auto recording = only(builder);
    ASSERT_EQ(recording.extra.size(), 1U);
    EXPECT_THAT(recording.extra[0].values, columns(10.0, 22.0));
}

TEST(FitDeveloperFields, StandInForANativeFieldThatIsMissingOrZeroThroughout) {
    constexpr std::uint8_t power = 7;
    const auto watts = [](std::int64_t native) {
        FitBuilder builder;
        describe(builder, {.name = "Power", .native = power});
        builder.define(0, {20, {time_field, {power, 2, fit_type::u16}}, {{0, 1, 0}}})
            .data(0, {start, native, 200});
        return only(builder).streams.watts;
    };
    EXPECT_THAT(watts(0xFFFF), columns(200.0));
    EXPECT_THAT(watts(0), columns(200.0));
    EXPECT_THAT(watts(190), columns(190.0)) << "the device's own wins";
}

TEST(FitDeveloperFields, StandInForADistanceOnlyInMetres) {
    constexpr std::uint8_t distance = 5;
    for (const auto& [units, stands_in] : {std::pair{"m", true}, {"M", true}, {"km", false}}) {
        FitBuilder builder;
        describe(builder, {.name = "Far", .native = distance, .units = units});
        builder.define(0, {20, {time_field}, {{0, 1, 0}}}).data(0, {start, 12});
        EXPECT_EQ(only(builder).streams.distance.size(), stands_in ? 1U : 0U) << units;
    }
}

} // namespace
} // namespace harrier::formats::fit
