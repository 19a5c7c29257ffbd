// SPDX-License-Identifier: MIT

// An archive on a disk that loses power. With HARRIER_SOAK set, with many more seeds.

#include "tests/support/archive_dump.hpp"
#include "tests/support/fault_disk.hpp"
#include "tests/support/imported_items.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <limits>
#include <random>

namespace harrier::archive {
namespace {

// A place in the work at which everything before is on the disk for sure, or not.
enum class Promise { none, all };

struct WorkStep {
    std::function<void(Archive&)> work;
    Promise promise = Promise::none;
};

const Instant noon = at("2026-11-23T12:00:00Z");

WorkStep page(std::int64_t first, bool is_last) {
    const auto work = [=](Archive& archive) {
        std::vector<model::ActivityRecord> records;
        for (auto id = first; id < first + 12; ++id) {
            const auto start = fmt::format("2026-{:02}-{:02}T07:00:00Z", 1 + id / 28, 1 + id % 28);
            records.push_back(record(id, start.c_str(), std::string(200, 'n') + std::to_string(id)));
        }
        ListingState state;
        state.resume_before = is_last ? std::nullopt : records.back().activity.start_date;
        archive.store_listing(stored_athlete, records, state, noon);
    };
    return {work, is_last ? Promise::all : Promise::none};
}

// Samples of several pages; what they say is no matter.
WorkStep streams(unsigned seed) {
    std::mt19937 random(seed);
    std::string bytes(9000, '\0');
    std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<char>(random()); });
    return {[bytes](Archive& archive) {
        const auto item = archive.due_work(stored_athlete, Step::streams, noon).at(0);
        archive.store_streams(stored_athlete, item, {.data = bytes, .samples = 900}, noon);
    }};
}

WorkStep absent() {
    return {[](Archive& archive) {
        const auto item = archive.due_work(stored_athlete, Step::streams, noon).at(0);
        archive.store_outcome(stored_athlete, item, {.state = WorkState::absent, .at = noon});
    }};
}

WorkStep import(int first) {
    return {[=](Archive& archive) {
        archive.store_import(stored_athlete,
                             std::vector{row_with_file(first, "2025-01-01T06:00:00Z", "Row", first),
                                         loose_file(first + 1, outing("2025-02-01T06:00:00Z"))});
    }};
}

// Three runs of a program; each step is committed when it returns.
const std::vector<std::vector<WorkStep>>& whole_work() {
    static const std::vector<std::vector<WorkStep>> work{
        {page(100, false), page(112, false), page(124, true), streams(1), absent(), streams(2)},
        {import(500), streams(3), page(136, false), streams(4), streams(5)},
        {page(148, true), streams(6), absent(), streams(7)}};
    return work;
}

class PowerLossTest : public test::ArchiveFixture {
protected:
    PowerLossTest() : ArchiveFixture(test::TemporaryFolder::memory()) {}

    // Takes the steps from the `done`-th on; `done` is then how many are committed, `promised` how many of
    // these are on the disk for sure.
    struct Progress {
        std::size_t done = 0;
        std::size_t promised = 0;
    };
    void work(Progress& progress, const std::function<void()>& after_step = {}) {
        std::size_t first = 0; // of the run
        for (const auto& steps : whole_work()) {
            if (progress.done < first + steps.size()) {
                run_once(steps, progress, first, after_step);
            }
            first += steps.size();
        }
    }
    void run_once(const std::vector<WorkStep>& steps, Progress& progress, std::size_t first,
                  const std::function<void()>& after_step) {
        {
            const auto archive = open();
            while (progress.done < first + steps.size()) {
                const auto& step = steps[progress.done - first];
                step.work(*archive);
                ++progress.done;
                progress.promised = step.promise == Promise::all ? progress.done : progress.promised;
                if (after_step) {
                    after_step();
                }
            }
        }
        // A program that has ended left nothing in the air.
        if (m_disk == nullptr || !m_disk->has_struck()) {
            progress.promised = progress.done;
        }
    }

    // What the archive holds after each number of steps.
    std::vector<std::string> states() {
        std::vector<std::string> result;
        open().reset();
        result.push_back(test::dump_archive(path()));
        Progress progress;
        work(progress, [&] { result.push_back(test::dump_archive(path())); });
        std::filesystem::remove_all(path().parent_path());
        return result;
    }

    // What the whole work asks of a disk.
    int operations(int checkpoint_pages) {
        test::FaultDisk disk(checkpoint_pages);
        disk.strike(std::numeric_limits<int>::max(), test::DiskFault::power_loss);
        Progress progress;
        work(progress);
        std::filesystem::remove_all(path().parent_path());
        return disk.operations();
    }

    [[nodiscard]] std::string integrity() const {
        SQLite::Database database(path().string(), SQLite::OPEN_READONLY);
        SQLite::Statement row(database, "PRAGMA integrity_check");
        row.executeStep();
        return row.getColumn(0).getString();
    }

    const test::FaultDisk* m_disk = nullptr; // that may lose power
};

TEST_F(PowerLossTest, TakesBackNothingButTheLastCommitsThatWereNotPromised) {
    const auto expected = states();
    const int seeds = std::getenv("HARRIER_SOAK") != nullptr ? 2000 : 100;
    constexpr int short_log = 12; // pages, so that it begins anew all the time
    const int operations_usually = operations(0);
    const int most_operations = operations(short_log);
    int losses = 0;
    int taken_back = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
        std::mt19937 random(static_cast<unsigned>(seed));
        const bool is_short = seed % 2 == 0;
        test::FaultDisk disk(is_short ? short_log : 0);
        const auto moment = random() % static_cast<unsigned>(is_short ? most_operations : operations_usually);
        disk.strike(1 + static_cast<int>(moment), test::DiskFault::power_loss);
        Progress progress;
        m_disk = &disk;
        bool is_cut = false;
        try {
            work(progress);
        } catch (const Error& error) {
            is_cut = true;
            EXPECT_EQ(error.kind(), ErrorKind::io) << "seed " << seed << ": " << error.message();
        }
        losses += disk.has_struck() ? 1 : 0;
        m_disk = nullptr;
        disk.power_up(static_cast<unsigned>(seed));
        ASSERT_TRUE(is_cut || progress.done + 1 == expected.size()) << "seed " << seed;

        open().reset();
        ASSERT_EQ(integrity(), "ok") << "seed " << seed;
        const auto found = std::find(expected.begin(), expected.end(), test::dump_archive(path()));
        ASSERT_NE(found, expected.end()) << "seed " << seed << ": it holds what it never held";
        const auto kept = static_cast<std::size_t>(found - expected.begin());
        ASSERT_GE(kept, progress.promised) << "seed " << seed;
        ASSERT_LE(kept, progress.done + 1) << "seed " << seed;
        taken_back += kept < progress.done ? 1 : 0;

        Progress rest{.done = kept, .promised = 0};
        work(rest);
        ASSERT_EQ(test::dump_archive(path()), expected.back()) << "seed " << seed;
        std::filesystem::remove_all(path().parent_path());
    }
    EXPECT_EQ(losses, seeds);
    std::cout << losses << " losses of power: no damage, no promised commit lost; " << taken_back
              << " took back commits that were not promised; each was completed by the next run\n";
}

} // namespace
} // namespace harrier::archive
