// SPDX-License-Identifier: MIT
#include "base/file.hpp"
#include "cli/answer_cache.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace harrier::cli {

namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

class AnswerCacheTest : public testing::Test {
protected:
    static Settings settings_in(const fs::path& folder) {
        Settings settings;
        settings.state_folder = folder;
        return settings;
    }
    [[nodiscard]] fs::path only_file() const { return *fs::directory_iterator(m_folder.path() / "answers"); }

    test::TemporaryFolder m_folder;
    AnswerCache m_cache{settings_in(m_folder.path())};
    Instant m_now = *parse_instant("2026-11-23T12:00:00Z");
    net::Response m_answer{200, {{"Content-Type", "application/json"}, {"X-Empty", ""}}, "{\"a\":\n\n1}"};
};

TEST_F(AnswerCacheTest, GivesBackWhatWasStored) {
    m_cache.store("key", m_answer, m_now);
    const auto found = m_cache.find("key", seconds{60}, m_now + seconds{60});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->status, 200);
    EXPECT_EQ(found->body, m_answer.body);
    ASSERT_EQ(found->headers.size(), 2U);
    EXPECT_EQ(found->header("content-type"), "application/json");
}

TEST_F(AnswerCacheTest, ForgetsWhatIsTooOldOrOfAnotherKeyOrFromTheFuture) {
    m_cache.store("key", m_answer, m_now);
    EXPECT_FALSE(m_cache.find("key", seconds{60}, m_now + seconds{61}));
    EXPECT_FALSE(m_cache.find("key", seconds{60}, m_now - seconds{1}));
    EXPECT_FALSE(m_cache.find("other", seconds{60}, m_now));
}

TEST_F(AnswerCacheTest, IsForTheUsersEyesOnly) {
    m_cache.store("key", m_answer, m_now);
    EXPECT_EQ(fs::status(only_file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(fs::status(only_file().parent_path()).permissions(), fs::perms::owner_all);
}

TEST_F(AnswerCacheTest, ABrokenFileIsNoAnswer) {
    m_cache.store("key", m_answer, m_now);
    const auto whole = read_file(only_file());
    for (std::size_t size = 0; size < whole.find("\n\n"); ++size) {
        write_file_atomically(only_file(), whole.substr(0, size), 0600);
        EXPECT_FALSE(m_cache.find("key", seconds{60}, m_now)) << size;
    }
}

TEST_F(AnswerCacheTest, ThrowsAwayWhatIsOlderThanADay) {
    m_cache.store("old", m_answer, m_now);
    fs::last_write_time(only_file(), fs::file_time_type::clock::now() - std::chrono::hours{25});
    m_cache.store("new", m_answer, m_now);
    EXPECT_FALSE(m_cache.find("old", seconds{1'000'000}, m_now));
    EXPECT_TRUE(m_cache.find("new", seconds{60}, m_now));
}

TEST_F(AnswerCacheTest, CanBeCleared) {
    m_cache.clear();
    m_cache.store("key", m_answer, m_now);
    m_cache.clear();
    EXPECT_FALSE(m_cache.find("key", seconds{60}, m_now));
}

} // namespace

} // namespace harrier::cli
