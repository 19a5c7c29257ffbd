// SPDX-License-Identifier: MIT
#include "emulator/json_text.hpp"

#include <gtest/gtest.h>

namespace harrier::emulator {
namespace {

TEST(JsonText, PutsCommasBetweenMembersAndElements) {
    JsonText json;
    json.open_object().whole("a", 1).key("b").open_array().whole(2).null().boolean(true).close_array();
    json.key("c").open_object().close_object().null("d").close_object();
    EXPECT_EQ(json.take(), R"({"a":1,"b":[2,null,true],"c":{},"d":null})");
}

TEST(JsonText, WritesDecimalsWithoutNeedlessZerosButWithOne) {
    JsonText json;
    json.open_array().decimal(12345, 2).decimal(12300, 2).decimal(0, 1).decimal(-36000, 1).decimal(7, 3);
    EXPECT_EQ(json.close_array().take(), "[123.45,123.0,0.0,-3600.0,0.007]");
}

TEST(JsonText, KeepsTheSignOfDecimalsBetweenMinusOneAndZero) {
    JsonText json;
    EXPECT_EQ(json.decimal(-4, 1).take(), "-0.4");
}

TEST(JsonText, WritesIdsAboveTwoToThe53WithoutLoss) {
    JsonText json;
    EXPECT_EQ(json.whole(3136407847427661018).take(), "3136407847427661018");
}

TEST(JsonText, EscapesQuotesControlCharactersAndMarkup) {
    JsonText json;
    EXPECT_EQ(json.text("\"\\\r\n\t\x1b\x7f<b>&").take(), R"("\"\\\r\n\t\u001b\u007f\u003cb\u003e\u0026")");
}

TEST(JsonText, LeavesUtf8Alone) {
    JsonText json;
    EXPECT_EQ(json.text("Zwölf 🌉").take(), "\"Zwölf 🌉\"");
}

} // namespace
} // namespace harrier::emulator
