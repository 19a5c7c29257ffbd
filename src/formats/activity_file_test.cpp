// SPDX-License-Identifier: MIT
#include "formats/activity_file.hpp"
#include "tests/support/fit_samples.hpp"

#include <gtest/gtest.h>

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

} // namespace
} // namespace harrier::formats
