// SPDX-License-Identifier: MIT
#include "base/error.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace harrier {
namespace {

TEST(Error, CarriesKindMessageAndHint) {
    const Error error(ErrorKind::auth, "not logged in", "To log in, run:  harrier login");
    EXPECT_EQ(error.kind(), ErrorKind::auth);
    EXPECT_EQ(error.message(), "not logged in");
    EXPECT_EQ(error.hint(), "To log in, run:  harrier login");
    EXPECT_STREQ(error.what(), "not logged in");
}

TEST(Error, SaysWhatTheSystemSaid) {
    const auto error = errno_error("write /x", ENOSPC, "Make room");
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_EQ(error.message(), "cannot write /x: No space left on device");
    EXPECT_EQ(error.hint(), "Make room");
}

TEST(Error, HasAStableWordForEachKind) {
    EXPECT_EQ(name(ErrorKind::usage), "usage");
    EXPECT_EQ(name(ErrorKind::rate_limited), "rate_limited");
    EXPECT_EQ(name(ErrorKind::no_archive), "no_archive");
    EXPECT_EQ(name(ErrorKind::internal), "internal");
}

} // namespace
} // namespace harrier
