// SPDX-License-Identifier: MIT
#include "formats/xml_values.hpp"
#include "formats/xml_writer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>

namespace harrier::formats {
namespace {

std::string words(std::string_view text) {
    return XmlWriter(0).words(text).take();
}

std::string number(double value) {
    return XmlWriter(0).number(value).take();
}

TEST(XmlWriter, LeavesNoWayOutOfAText) {
    EXPECT_EQ(words("<a href=\"x\">R&D]]></a>"), "&lt;a href=&quot;x&quot;&gt;R&amp;D]]&gt;&lt;/a&gt;");
}

TEST(XmlWriter, ReplacesWhatXmlForbids) {
    EXPECT_EQ(words(std::string_view("a\0b\x1B[0m\x7F", 8)), "a\xEF\xBF\xBD"
                                                             "b\xEF\xBF\xBD[0m\x7F");
    EXPECT_EQ(words("\xEF\xBF\xBE\xEF\xBF\xBF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(words("one\ttwo\nthree\rfour"), "one\ttwo\nthree&#13;four");
}

TEST(XmlWriter, ReplacesBytesThatAreNoUtf8AndKeepsTheRest) {
    EXPECT_EQ(words("\xC3\xA4\xFF\xED\xA0\x80"), "\xC3\xA4\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(words("\xE2\x80\xAE\xF0\x9F\x8F\x83"), "\xE2\x80\xAE\xF0\x9F\x8F\x83");
}

TEST(XmlWriter, CutsALongTextBetweenTwoCharacters) {
    std::string text(longest_xml_text - 1, 'x');
    const auto cut = words(text + "\xC3\xA4yz");
    EXPECT_EQ(cut, text);
}

TEST(XmlWriter, WritesTheShortestNumberWithoutAnExponent) {
    EXPECT_EQ(number(46.5), "46.5");
    EXPECT_EQ(number(-0.1), "-0.1");
    EXPECT_EQ(number(1e22), "10000000000000000000000");
    EXPECT_EQ(number(1e-7), "0.0000001");
    EXPECT_EQ(number(120), "120");
}

TEST(XmlWriter, WritesNumbersThatReadBackToTheSameDouble) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> degrees(-180, 180);
    for (int i = 0; i < 20'000; ++i) {
        const double value = degrees(random);
        ASSERT_EQ(read_number(number(value)), value);
    }
    const double least = std::numeric_limits<double>::denorm_min();
    EXPECT_EQ(read_number(number(least)), least);
}

TEST(XmlWriter, WritesTimesToTheMillisecond) {
    using namespace std::chrono;
    const model::Moment moment = sys_days(year(2020) / 4 / 18) + 11h + 10min + 44s;
    EXPECT_EQ(XmlWriter(0).time(moment).take(), "2020-04-18T11:10:44Z");
    EXPECT_EQ(XmlWriter(0).time(moment + 7ms).take(), "2020-04-18T11:10:44.007Z");
    EXPECT_EQ(XmlWriter(0).time(model::Moment{-1ms}).take(), "1969-12-31T23:59:59.999Z");
    EXPECT_TRUE(has_xml_time(moment));
    EXPECT_FALSE(has_xml_time(model::Moment::max()));
    EXPECT_FALSE(has_xml_time(model::Moment::min()));
}

TEST(XmlWriter, HoldsOnlyWhatFits) {
    constexpr NumberKind kind{1, 255, true};
    EXPECT_EQ(fitted(120.4, kind), 120);
    EXPECT_EQ(fitted(255.4, kind), 255);
    for (const double value : {0.4, 255.6, 300.0, -1.0, model::missing, static_cast<double>(INFINITY)}) {
        EXPECT_TRUE(model::is_missing(fitted(value, kind))) << value;
    }
    EXPECT_TRUE(model::is_missing(fitted(1e9, any_number)));
}

TEST(XmlWriter, WritesNoElementForNothing) {
    EXPECT_EQ(XmlWriter(0).element("a", "").element("b", model::missing).element("c", 0.0).take(),
              "<c>0</c>");
}

} // namespace
} // namespace harrier::formats
