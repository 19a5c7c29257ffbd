// SPDX-License-Identifier: MIT
#include "formats/activity_file.hpp"
#include "formats/fit/encode.hpp"
#include "formats/gpx_writer.hpp"
#include "formats/tcx_writer.hpp"
#include "tests/support/fit_samples.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace harrier::formats {
namespace {

std::optional<FileFormat> format_of(std::string_view text) {
    return find_format(std::as_bytes(std::span(text)));
}

TEST(ActivityFile, IsToldByWhatIsInIt) {
    EXPECT_EQ(find_format(tests::FitBuilder().finish()), FileFormat::fit);
    EXPECT_EQ(format_of(R"(<?xml version="1.0"?><gpx version="1.1"/>)"), FileFormat::gpx);
    EXPECT_EQ(format_of("          <?xml version='1.0'?>\n<TrainingCenterDatabase>"), FileFormat::tcx);
    EXPECT_EQ(format_of("\xEF\xBB\xBF<!-- a <b> --> <ns2:gpx\n xmlns:ns2=''>"), FileFormat::gpx);
    EXPECT_EQ(format_of(std::string_view("\xFF\xFE<\0g\0p\0x\0>\0", 12)), FileFormat::gpx);
}

TEST(ActivityFile, IsNothingElse) {
    for (const auto* text : {"", "<", "<!--", "<html>", "PK\3\4", "id,name\n1,<gpx>", "gpx"}) {
        EXPECT_FALSE(format_of(text)) << text;
    }
}

TEST(ActivityFile, HasANameThatEndsSo) {
    EXPECT_TRUE(has_activity_file_name("activities/1.fit.gz"));
    EXPECT_TRUE(has_activity_file_name("RUN.GPX"));
    EXPECT_FALSE(has_activity_file_name("fit"));
    EXPECT_FALSE(has_activity_file_name("photo.jpg.gz"));
}

// Two minutes, of a watch.
model::Recording two_minutes() {
    model::Recording recording;
    recording.sport_type = "Run";
    recording.start = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};
    for (int i = 0; i <= 120; ++i) {
        recording.streams.time.push_back(i);
        recording.streams.latitude.push_back(50 + i * 1e-5);
        recording.streams.longitude.push_back(8);
    }
    recording.laps.emplace_back().start = recording.start;
    auto& watch = recording.devices.emplace_back();
    watch.manufacturer = 1;
    watch.product = 3113;
    return recording;
}

TEST(ActivityFile, SaysWhetherItBreaksOffAndWhetherHarrierWroteIt) {
    const auto recording = two_minutes();
    const auto check = [](FileFormat format, std::string_view text) {
        const auto bytes = std::as_bytes(std::span(text));
        const auto whole = decode(format, bytes);
        EXPECT_TRUE(whole.is_rewritten) << word_of(format);
        EXPECT_FALSE(whole.is_cut) << word_of(format);
        const auto part = decode(format, bytes.first(bytes.size() * 2 / 3));
        ASSERT_EQ(part.recordings.size(), 1U) << word_of(format);
        EXPECT_TRUE(part.is_cut) << word_of(format);
    };
    const auto written = fit::encode(recording);
    check(FileFormat::fit, written);
    check(FileFormat::gpx, write_gpx(recording));
    check(FileFormat::tcx, write_tcx(recording));
    const auto back = decode(FileFormat::fit, std::as_bytes(std::span(written)));
    EXPECT_EQ(back.recordings.at(0).devices.at(0).product, 3113) << "the watch keeps its name";
    const std::string_view other = R"(<gpx version="1.1" creator="Watch"><trk><trkseg>)"
                                   R"(<trkpt lat="1" lon="2"/></trkseg></trk></gpx>)";
    EXPECT_FALSE(decode(FileFormat::gpx, std::as_bytes(std::span(other))).is_rewritten);
}

} // namespace
} // namespace harrier::formats
