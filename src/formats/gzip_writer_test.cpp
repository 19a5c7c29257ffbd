// SPDX-License-Identifier: MIT
#include "formats/gzip.hpp"
#include "formats/gzip_writer.hpp"

#include <gtest/gtest.h>

#include <span>

namespace harrier::formats {
namespace {

TEST(GzipWriter, WhatItPacksComesBackAsItWas) {
    for (const auto& text : {std::string(), std::string("text"), std::string(100'000, 'a')}) {
        for (const int level : {1, 6, 12}) {
            const auto packed = gzip(text, level);
            EXPECT_EQ(gunzip(std::as_bytes(std::span(packed))), text);
        }
    }
    EXPECT_LT(gzip(std::string(100'000, 'a')).size(), 500U);
}

} // namespace
} // namespace harrier::formats
