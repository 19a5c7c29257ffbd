// SPDX-License-Identifier: MIT
#include "net/http_date.hpp"

#include <gtest/gtest.h>

namespace harrier::net {
namespace {

TEST(HttpDate, IsReadAsItIsWritten) {
    for (const char* text : {"2026-11-23T00:00:00Z", "2028-02-29T23:59:59Z", "1999-01-05T07:08:09Z"}) {
        const auto time = parse_instant(text);
        EXPECT_EQ(parse_http_date(format_http_date(time.value())), time);
    }
    EXPECT_EQ(parse_http_date("Mon, 23 Nov 2026 14:08:15 GMT"), parse_instant("2026-11-23T14:08:15Z"));
}

TEST(HttpDate, IsNothingElse) {
    for (const char* text :
         {"", "Mon, 23 Nov 2026 14:08:15", "Mon, 23 Now 2026 14:08:15 GMT", "Mon, 31 Feb 2026 14:08:15 GMT",
          "Mon, 23 Nov 2026 24:08:15 GMT", "Mon, -3 Nov 2026 14:08:15 GMT", "Mon, 23 ovD 2026 14:08:15 GMT",
          "Monday, 23-Nov-26 14:08:15 GMT", "Mon Nov 23 14:08:15 2026     ",
          "Mon, 23 Nov 2026 14:08:15 CET"}) {
        EXPECT_FALSE(parse_http_date(text)) << text;
    }
}

} // namespace
} // namespace harrier::net
