// SPDX-License-Identifier: MIT
#include "archive/streams/crc32c.hpp"
#include "archive/streams/distance_guide.hpp"
#include "archive/streams/integer_codec.hpp"
#include "tests/support/stream_samples.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace harrier::archive {
namespace {

using Numbers = std::vector<std::int64_t>;

std::string encoded(const Numbers& numbers, const GuideSteps& guides = {}) {
    ByteWriter out;
    IntegerEncoder().encode(numbers, guides, out);
    return out.take();
}

Numbers decoded(std::string_view bytes, std::size_t count, std::size_t piece_size,
                const GuideSteps& guides = {}) {
    ByteReader in(bytes);
    IntegerDecoder decoder(in, count);
    Numbers numbers(count);
    const auto steps = guides.of(decoder.guide());
    for (std::size_t first = 0; first < count; first += piece_size) {
        const auto size = std::min(piece_size, count - first);
        decoder.next(std::span(numbers).subspan(first, size),
                     steps.empty() ? steps : steps.subspan(first, size));
    }
    decoder.finish();
    EXPECT_TRUE(in.rest().empty());
    return numbers;
}

template <typename Make>
Numbers numbers_of(std::size_t count, Make make) {
    Numbers numbers;
    for (std::size_t i = 0; i < count; ++i) {
        numbers.push_back(static_cast<std::int64_t>(make(i)));
    }
    return numbers;
}

TEST(IntegerCodec, GivesBackAnySequenceInPiecesOfAnySize) {
    tests::SampleRandom random(5);
    const Numbers sequences[] = {
        {},
        {0},
        {std::numeric_limits<std::int64_t>::min()},
        {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(), 0, -1, 1},
        numbers_of(2000, [](std::size_t) { return 7; }),
        numbers_of(2000, [](std::size_t i) { return i * i; }),
        numbers_of(2000, [](std::size_t i) { return i % 2; }),
        numbers_of(2000, [&](std::size_t) { return random.bits(); }),
        numbers_of(2000, [&](std::size_t) { return random.bits() >> random.below(64); }),
        numbers_of(5000, [&](std::size_t i) { return i * 300 + random.below(40); }),
        numbers_of(5000, [&](std::size_t i) { return i < 4000 ? 0 : random.below(1'000'000); }),
    };
    for (const auto& numbers : sequences) {
        const auto bytes = encoded(numbers);
        for (const std::size_t piece : {1U, 7U, 1024U, 10'000U}) {
            EXPECT_EQ(decoded(bytes, numbers.size(), piece), numbers);
        }
    }
}

TEST(IntegerCodec, TakesWhatTheEntropyAsksForAndLittleMore) {
    tests::SampleRandom random(6);
    const auto centred = [&](std::int64_t limit) {
        return static_cast<std::int64_t>(random.below(static_cast<std::size_t>(limit))) - limit / 2;
    };
    EXPECT_LE(encoded(numbers_of(100'000, [](std::size_t i) { return 3 * i; })).size(), 24U);
    // Ten values, equally likely and in no order: 3.322 bits each.
    const auto ten = encoded(numbers_of(100'000, [&](std::size_t) { return centred(10); }));
    EXPECT_LE(ten.size(), 1.005 * 100'000 * 3.322 / 8);
    const auto any = encoded(numbers_of(100'000, [&](std::size_t) { return random.bits(); }));
    EXPECT_LE(any.size(), 1.005 * 8 * 100'000);
    // Quiet for a while, then wild, again and again: the one does not pay for the other.
    const auto waves =
        encoded(numbers_of(100'000, [&](std::size_t i) { return centred(i % 2000 < 1000 ? 2 : 1'000'000); }));
    EXPECT_LE(waves.size(), 1.02 * 100'000 * (1 + 19.93) / 2 / 8);
}

TEST(IntegerCodec, EachPredictorIsTakenWhereItIsTheBest) {
    tests::SampleRandom random(8);
    const auto predictor_of = [](const Numbers& numbers) { return int{encoded(numbers)[0]}; };
    const auto noise = [&] { return static_cast<std::int64_t>(random.below(101)) - 50; };
    std::int64_t sum = 0;
    std::int64_t step = 0;
    EXPECT_EQ(predictor_of(numbers_of(3000, [&](std::size_t) { return noise(); })), 0);
    EXPECT_EQ(predictor_of(numbers_of(3000, [&](std::size_t) { return sum += noise(); })), 1);
    EXPECT_EQ(predictor_of(numbers_of(3000, [&](std::size_t) { return sum += step += noise(); })), 2);
}

TEST(IntegerCodec, AGuideIsFollowedWhereItLeads) {
    tests::SampleRandom random(9);
    const auto steps = numbers_of(3000, [&](std::size_t) { return random.below(1000); });
    const auto noise = numbers_of(3000, [&](std::size_t) { return random.below(1000); });
    Numbers numbers;
    std::int64_t sum = 0;
    for (const auto step : steps) {
        numbers.push_back(sum += step + static_cast<std::int64_t>(random.below(3)));
    }
    for (const GuideSteps guides : {GuideSteps{steps, noise}, GuideSteps{noise, steps}}) {
        const auto bytes = encoded(numbers, guides);
        EXPECT_LT(bytes.size(), 700U);
        EXPECT_EQ(decoded(bytes, numbers.size(), 1000, guides), numbers);
    }
}

TEST(DistanceGuide, FollowsSpeedAndPosition) {
    using std::numbers::pi;
    const double missing = model::missing;
    for (const double latitude : {-89.0, -33.5, 0.0, 47.25, 60.0, 89.9}) {
        // Lengths of a degree from the axes of WGS 84.
        const double squared_sine = std::pow(std::sin(latitude * pi / 180), 2);
        const double w = 1 - 0.00669437999014 * squared_sine;
        const double north = 6378137 * pi / 180 * (1 - 0.00669437999014) / (w * std::sqrt(w));
        const double east = 6378137 * pi / 180 * std::cos(latitude * pi / 180) / std::sqrt(w);
        const std::vector<double> latitudes = {latitude, latitude, latitude + 1e-4, missing, latitude + 1e-4};
        const std::vector<double> longitudes = {179, 179.001, 179.001, missing, -179};
        std::vector<std::int64_t> steps(5);
        DistanceGuide{{}, {}, latitudes, longitudes}.steps_by_position(100, {}, 0, steps);
        EXPECT_EQ(steps[0], 0);
        EXPECT_NEAR(static_cast<double>(steps[1]), 0.1 * east, 2 + 2e-4 * 0.1 * east) << latitude;
        EXPECT_NEAR(static_cast<double>(steps[2]), 0.01 * north, 2) << latitude;
        EXPECT_EQ(steps[3], 0) << "missing";
        EXPECT_EQ(steps[4], 0) << "nothing before it";
    }
    const std::vector<double> times = {0, 1, 3, missing, 4};
    const std::vector<double> speeds = {5, 2.5, 3.333, 4, missing};
    std::vector<std::int64_t> steps(4);
    const std::vector<std::uint32_t> rows = {0, 1, 2, 4};
    DistanceGuide{times, speeds, {}, {}}.steps_by_speed(10, {&rows}, 0, steps);
    EXPECT_EQ(steps, (std::vector<std::int64_t>{0, 25, 67, 0}));
}

TEST(Crc32c, HasItsCheckValue) {
    EXPECT_EQ(crc32c("123456789"), 0xE3069283U); // "Catalogue of parametrised CRC algorithms", G. Cook
    EXPECT_EQ(crc32c(""), 0U);
    const std::string zeros(32, '\0');
    EXPECT_EQ(crc32c(zeros), 0x8A9136AAU); // RFC 3720, B.4
}

} // namespace
} // namespace harrier::archive
