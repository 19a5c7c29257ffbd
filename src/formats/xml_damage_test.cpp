// SPDX-License-Identifier: MIT

// GPX and TCX files that are cut, oddly encoded, or made to hurt: the good prefix is kept, and time and
// memory stay within bounds.

#include "formats/gpx.hpp"
#include "formats/tcx.hpp"
#include "formats/xml_scan.hpp"
#include "tests/support/xml_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace harrier::formats {
namespace {

using namespace tests;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

model::DecodedFile decode_gpx(std::string_view text) {
    return gpx::decode(std::as_bytes(std::span(text)));
}

model::DecodedFile decode_tcx(std::string_view text) {
    return tcx::decode(std::as_bytes(std::span(text)));
}

auto says(std::string_view words) {
    return Contains(Field(&model::Finding::what, HasSubstr(std::string(words))));
}

std::size_t points_in(const model::DecodedFile& file) {
    return file.recordings.empty() ? 0 : file.recordings[0].streams.size();
}

template <class Decode>
void expect_prefixes(const std::string& whole, Decode decode) {
    const auto expected = decode(whole);
    ASSERT_THAT(expected.findings, IsEmpty());
    const auto& all = expected.recordings.at(0).streams;
    std::size_t before = 0;
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        const auto file = decode(std::string_view(whole).substr(0, size));
        EXPECT_THAT(file.findings, testing::Not(IsEmpty())) << size;
        EXPECT_GE(points_in(file), before) << size << ": what was there before is kept";
        before = points_in(file);
        for (const auto& finding : file.findings) {
            EXPECT_LE(finding.offset, size);
        }
        if (before == 0) {
            continue;
        }
        const auto& streams = file.recordings[0].streams;
        EXPECT_TRUE(std::equal(streams.time.begin(), streams.time.end(), all.time.begin())) << size;
        for (std::size_t i = 0; i < streams.heartrate.size(); ++i) {
            EXPECT_TRUE(streams.heartrate[i] == all.heartrate[i] || model::is_missing(all.heartrate[i]));
        }
    }
    EXPECT_EQ(before, all.size());
}

TEST(XmlDamage, AGpxCutAtAnyByteGivesItsWholePointsAndAFinding) {
    expect_prefixes(gpx_sample(), decode_gpx);
}

TEST(XmlDamage, ATcxCutAtAnyByteGivesItsWholePointsAndAFinding) {
    expect_prefixes(tcx_sample(), decode_tcx);
}

TEST(XmlDamage, AnyFlippedByteIsSurvived) {
    for (const auto& whole : {gpx_sample(), tcx_sample()}) {
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (const int flip : {0x01, 0x1C, 0xFF}) {
                auto damaged = whole;
                damaged[at] = static_cast<char>(damaged[at] ^ flip);
                for (const auto& file : {decode_gpx(damaged), decode_tcx(damaged)}) {
                    for (const auto& recording : file.recordings) {
                        EXPECT_LE(recording.streams.size(), 5U);
                    }
                }
            }
        }
    }
}

TEST(XmlDamage, AMismatchedTagIsToldWithItsLine) {
    const auto file =
        decode_gpx("<gpx><trk><trkseg>\n<trkpt lat=\"1\" lon=\"2\"/>\n<trkpt lat=\"1\" lon=\"2\">"
                   "<a>14<a></trkpt>\n</trkseg></trk></gpx>");
    EXPECT_THAT(file.findings, says("line 3: mismatched tag; what stands before is kept"));
    EXPECT_EQ(points_in(file), 1U);
}

TEST(XmlDamage, LeadingSpaceAndByteOrderMarkAreSkipped) {
    for (const auto* before : {"          ", "\n\t", "\xEF\xBB\xBF", "\xEF\xBB\xBF  "}) {
        const auto file = decode_gpx(before + gpx_sample());
        EXPECT_THAT(file.findings, IsEmpty());
        EXPECT_EQ(points_in(file), 5U);
    }
    const auto cut = decode_gpx("          <gpx>");
    EXPECT_EQ(cut.findings.at(0).offset, 15U) << "the spaces count";
}

std::string to_utf16(std::u16string_view text, bool big_endian, bool mark) {
    std::string bytes;
    const auto put = [&](char16_t unit) {
        const auto high = static_cast<char>(unit >> 8U);
        const auto low = static_cast<char>(unit & 0xFFU);
        bytes += big_endian ? high : low;
        bytes += big_endian ? low : high;
    };
    if (mark) {
        put(0xFEFF);
    }
    for (const char16_t unit : text) {
        put(unit);
    }
    return bytes;
}

TEST(XmlDamage, Utf16OfEitherByteOrderIsRead) {
    for (const bool big : {false, true}) {
        for (const bool mark : {false, true}) {
            const auto file = decode_gpx(to_utf16(
                u"<?xml version=\"1.0\" encoding=\"UTF-16\"?><gpx><trk><name>Z\u00FCrich \U0001F6B4</name>"
                u"<trkseg><trkpt lat=\"1\" lon=\"2\"><time>2024-05-01T10:00:00Z</time></trkpt></trkseg></trk>"
                u"</gpx>",
                big, mark));
            EXPECT_THAT(file.findings, IsEmpty());
            ASSERT_EQ(file.recordings.size(), 1U);
            EXPECT_EQ(file.recordings[0].name, "Z\xC3\xBCrich \xF0\x9F\x9A\xB4");
        }
    }
    const auto half = decode_gpx(
        to_utf16(u"<gpx><trk><name>a\xD800z</name><trkseg><trkpt/></trkseg></trk></gpx>", false, true));
    EXPECT_EQ(half.recordings.at(0).name, "a\xEF\xBF\xBDz");
}

TEST(XmlDamage, Latin1IsReadWhereItIsDeclared) {
    const auto named = [](const std::string& encoding) {
        const auto file =
            decode_gpx("<?xml version='1.0' encoding='" + encoding +
                       "'?><gpx><trk><name>Z\xFCrich</name><trkseg><trkpt/></trkseg></trk></gpx>");
        return file.recordings.at(0).name;
    };
    EXPECT_EQ(named("ISO-8859-1"), "Z\xC3\xBCrich");
    EXPECT_EQ(named("UTF-8"), "Z\xEF\xBF\xBDrich");
    const auto file = decode_gpx("<?xml version='1.0' encoding='KOI8-R'?><gpx/>");
    EXPECT_THAT(file.findings, says("encoding koi8-r is not known"));
}

TEST(XmlDamage, ADoctypeIsRefused) {
    const auto file = decode_gpx(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE gpx [<!ENTITY a \"b\"><!ENTITY c \"&a;&a;\">]>" + gpx_sample());
    EXPECT_THAT(file.recordings, IsEmpty());
    EXPECT_THAT(file.findings, ElementsAre(Field(&model::Finding::what, HasSubstr("line 2: a DOCTYPE"))));
}

TEST(XmlDamage, ACutCdataOrCommentIsNoDoctype) {
    for (const auto* end : {"<!", "<!-", "<!--", "<![CD", "<![CDATA[", "<!DOCTYP", "<!ELEMENT"}) {
        const auto file =
            decode_gpx("<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"2\"></trkpt>" + std::string(end));
        EXPECT_EQ(points_in(file), 1U) << end;
        EXPECT_THAT(file.findings, testing::Not(IsEmpty())) << end;
    }
}

TEST(XmlDamage, AnEntityThatNobodyDefinedStaysAsItIs) {
    const auto file =
        decode_gpx("<gpx><trk><name>&lol; &#65;&#x42;</name><trkseg><trkpt/></trkseg></trk></gpx>");
    EXPECT_EQ(file.recordings.at(0).name, "&lol; AB");
}

constexpr std::size_t hostile_size = 10'000'000;

std::string repeat(std::string_view begin, std::string_view piece) {
    std::string text(begin);
    text.reserve(hostile_size + piece.size());
    while (text.size() < hostile_size) {
        text += piece;
    }
    return text;
}

// Points in front of what hurts are kept.
TEST(XmlDamage, WhatIsMadeToHurtIsLeftOutAndTheRestKept) {
    const std::string good = "<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"2\"></trkpt>";
    const struct {
        std::string_view piece;
        std::string_view finding;
    } cases[] = {
        {"<a>", "more than 64 deep"},
        {"<a/>", "far more markup"},
        {"<a/>x", "far more markup"},
        {"x<![CDATA[]]>", "far more markup"},
        {"xxxxxxxx", "a text of more than 1 MiB"},
    };
    for (const auto& one : cases) {
        const auto file = decode_gpx(repeat(good, one.piece));
        EXPECT_THAT(file.findings, says(one.finding)) << one.piece;
        EXPECT_EQ(points_in(file), 1U) << one.piece;
    }
    EXPECT_THAT(decode_gpx(repeat(good + "<a ", "b=\"\" ")).findings, says("a tag of more than 1 MiB"));
    EXPECT_THAT(decode_gpx(repeat(good + "<!--", "b ")).findings, says("more than 1 MiB"));
    EXPECT_THAT(decode_gpx(repeat(good + "<a b=\"", "b ")).findings, says("a tag of more than 1 MiB"));
    std::string many = good + "<a ";
    for (std::size_t i = 0; i <= max_xml_attributes; ++i) {
        many += "b=\"\" ";
    }
    EXPECT_THAT(decode_gpx(many + "/>").findings, says("an element with 257 attributes"));
}

TEST(XmlDamage, PointsOfEightBytesAreBoundedByTheirNumber) {
    const auto file = decode_gpx(
        repeat("<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"2\"><ele>1</ele><hr>1</hr></trkpt>", "<trkpt/>"));
    EXPECT_GT(points_in(file), 800'000U);
    EXPECT_THAT(file.findings, says("points with an invalid position"));
}

TEST(XmlDamage, ManyActivitiesAndSegmentsAreBounded) {
    const auto tcx =
        decode_tcx(repeat("<TrainingCenterDatabase><Activities>", "<Activity><Lap/></Activity>"));
    EXPECT_EQ(tcx.recordings.size(), 1'000U);
    EXPECT_THAT(tcx.findings, says("more than"));
    const auto laps = decode_tcx(repeat("<TrainingCenterDatabase><Activities><Activity>", "<Lap/>"));
    EXPECT_EQ(laps.recordings.at(0).laps.size(), 20'000U);
    EXPECT_THAT(laps.findings, says("more than"));
}

} // namespace
} // namespace harrier::formats
