// SPDX-License-Identifier: MIT
#include "archive/change_watcher.hpp"
#include "tests/support/archive_fixture.hpp"

namespace harrier::archive {
namespace {

using ChangeWatcherTest = test::ArchiveFixture;

TEST_F(ChangeWatcherTest, SeesWhatAnotherConnectionStores) {
    store(*open(), {test::record(1, "2026-11-01T07:30:00Z")});
    ChangeWatcher watcher(path());
    const auto before = watcher.changes_seen();
    EXPECT_EQ(watcher.changes_seen(), before);
    store(*open(), {test::record(2, "2026-11-02T07:30:00Z")});
    EXPECT_NE(watcher.changes_seen(), before);
}

TEST_F(ChangeWatcherTest, TellsWhetherSomebodyWritesAndTakesNoLock) {
    EXPECT_FALSE(is_being_written(path()));
    auto writer = open();
    EXPECT_TRUE(is_being_written(path()));
    writer.reset();
    EXPECT_FALSE(is_being_written(path()));
    EXPECT_NO_THROW(writer = open());
}

} // namespace
} // namespace harrier::archive
