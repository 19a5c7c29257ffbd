// SPDX-License-Identifier: MIT
#include "formats/fit/crc.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

namespace harrier::formats::fit {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

// The definition, bit by bit.
std::uint16_t slow_crc(std::span<const std::byte> bytes, unsigned crc) {
    for (const auto byte : bytes) {
        crc ^= std::to_integer<unsigned>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc & 1U) != 0 ? crc >> 1U ^ 0xA001U : crc >> 1U;
        }
    }
    return static_cast<std::uint16_t>(crc);
}

TEST(FitCrc, GivesTheCheckValueOfCrc16Arc) {
    EXPECT_EQ(crc16(bytes_of("123456789")), 0xBB3D);
    EXPECT_EQ(crc16({}), 0);
}

TEST(FitCrc, GivesThePublishedChecksumOfAHeader) {
    constexpr std::string_view header("\x0e\x10\x1e\x08\xce\xf0\x06\x00.FIT", 12);
    EXPECT_EQ(crc16(bytes_of(header)), 0x9019);
}

TEST(FitCrc, FoldingAndTableAgreeWithTheDefinitionAtEveryLengthAndStart) {
    std::mt19937 random(20);
    std::vector<std::byte> bytes(1000);
    for (auto& byte : bytes) {
        byte = static_cast<std::byte>(random());
    }
    for (std::size_t length = 0; length < 700; ++length) {
        const auto part = std::span(bytes).subspan(length % 17, length);
        const auto begin = static_cast<std::uint16_t>(random());
        const auto expected = slow_crc(part, begin);
        ASSERT_EQ(crc16(part, begin), expected) << length << " bytes";
        ASSERT_EQ(detail::crc16_by_table(part, begin), expected) << length << " bytes";
    }
}

TEST(FitCrc, CanBeTakenInPartsAndEndsAtZeroOverItsOwnChecksum) {
    std::vector<std::byte> bytes(777);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::byte>(i * 31 % 251);
    }
    const auto all = crc16(bytes);
    EXPECT_EQ(crc16(std::span(bytes).subspan(300), crc16(std::span(bytes).first(300))), all);
    bytes.push_back(static_cast<std::byte>(all & 0xFFU));
    bytes.push_back(static_cast<std::byte>(all >> 8U));
    EXPECT_EQ(crc16(bytes), 0);
}

} // namespace
} // namespace harrier::formats::fit
