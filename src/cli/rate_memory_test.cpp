// SPDX-License-Identifier: MIT
#include "base/file.hpp"
#include "cli/rate_memory.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace harrier::cli {

namespace {

class RateMemoryTest : public testing::Test {
protected:
    RateMemoryTest() { m_settings.state_folder = m_folder.path() / "state"; }

    test::TemporaryFolder m_folder;
    Settings m_settings;
    Instant m_seen = *parse_instant("2026-11-23T14:08:00Z");
    net::RateUsage m_usage{net::RatePair{{200, 66}, {2000, 209}}, std::nullopt};
};

TEST_F(RateMemoryTest, RecallsWhatWasSeen) {
    remember_rate(m_settings, m_usage, m_seen);
    const auto rate = recall_rate(m_settings, m_seen + std::chrono::minutes{6});
    ASSERT_TRUE(rate && rate->usage.overall);
    EXPECT_EQ(rate->seen_at, m_seen);
    EXPECT_EQ(rate->usage.overall->quarter_hour.usage, 66);
    EXPECT_EQ(rate->usage.overall->day.limit, 2000);
    EXPECT_FALSE(rate->usage.read);
}

TEST_F(RateMemoryTest, WindowsThatHaveEndedAreFreeAgain) {
    remember_rate(m_settings, m_usage, m_seen);
    const auto quarter_later = recall_rate(m_settings, *parse_instant("2026-11-23T14:15:00Z"));
    ASSERT_TRUE(quarter_later && quarter_later->usage.overall);
    EXPECT_EQ(quarter_later->usage.overall->quarter_hour.usage, 0);
    EXPECT_EQ(quarter_later->usage.overall->quarter_hour.limit, 200);
    EXPECT_EQ(quarter_later->usage.overall->day.usage, 209);
    const auto day_later = recall_rate(m_settings, *parse_instant("2026-11-24T00:00:00Z"));
    ASSERT_TRUE(day_later && day_later->usage.overall);
    EXPECT_EQ(day_later->usage.overall->day.usage, 0);
}

TEST_F(RateMemoryTest, AnEmptyUsageLeavesTheOldOne) {
    remember_rate(m_settings, m_usage, m_seen);
    remember_rate(m_settings, {}, m_seen + std::chrono::minutes{1});
    const auto rate = recall_rate(m_settings, m_seen);
    ASSERT_TRUE(rate);
    EXPECT_EQ(rate->seen_at, m_seen);
}

TEST_F(RateMemoryTest, NothingOrBrokenFilesAreNothing) {
    EXPECT_FALSE(recall_rate(m_settings, m_seen));
    std::filesystem::create_directories(m_settings.state_folder);
    for (const auto* text :
         {"", "{", "[]", "{\"seen_at\":5}", "{\"seen_at\":\"x\",\"overall\":null,\"read\":null}"}) {
        write_file_atomically(m_settings.state_folder / "rate.json", text, 0600);
        EXPECT_FALSE(recall_rate(m_settings, m_seen)) << text;
    }
}

TEST_F(RateMemoryTest, AFolderThatCannotBeWrittenDoesNoHarm) {
    write_file_atomically(m_folder.path() / "file", "");
    m_settings.state_folder = m_folder.path() / "file" / "state";
    remember_rate(m_settings, m_usage, m_seen);
    EXPECT_FALSE(recall_rate(m_settings, m_seen));
}

} // namespace

} // namespace harrier::cli
