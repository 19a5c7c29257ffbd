// SPDX-License-Identifier: MIT
#pragma once

// An SQLite archive in a folder of the test's own, and short ways to fill and ask it.

#include "archive/sqlite_archive.hpp"
#include "base/error.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace harrier::test {

constexpr AthleteId stored_athlete{26462176};

inline Instant at(const char* text) {
    return parse_instant(text).value();
}

// A record with the fewest fields; the raw text holds what a comparison of records looks at.
inline model::ActivityRecord record(std::int64_t id, const char* start, std::string name = "Run",
                                    int athlete_count = 1) {
    model::Activity activity;
    activity.strava_id = StravaId{id};
    activity.athlete_id = stored_athlete;
    activity.name = name;
    activity.sport_type = "Run";
    activity.start_date = at(start);
    activity.start_date_local = parse_wall_time(start);
    activity.athlete_count = athlete_count;
    return {activity, fmt::format(R"({{"id":{},"name":"{}","start_date":"{}","athlete_count":{}}})", id, name,
                                  start, athlete_count)};
}

class ArchiveFixture : public testing::Test {
protected:
    ArchiveFixture() = default;
    explicit ArchiveFixture(const std::filesystem::path& base) : m_folder(base) {}

    [[nodiscard]] std::filesystem::path path() const { return m_folder.path() / "data" / "archive.db"; }

    [[nodiscard]] std::unique_ptr<archive::Archive>
    open(archive::Access access = archive::Access::write) const {
        return archive::open_sqlite_archive(path(), access);
    }

    static archive::StoreCounts store(archive::Archive& archive,
                                      const std::vector<model::ActivityRecord>& records,
                                      const archive::ListingState& state = {}) {
        return archive.store_listing(stored_athlete, records, state, at("2026-11-23T10:00:00Z"));
    }

    static std::vector<std::string> names(archive::Archive& archive, const archive::ActivityQuery& query) {
        std::vector<std::string> result;
        for (const auto& activity : archive.activities(stored_athlete, query)) {
            result.push_back(activity.name);
        }
        return result;
    }

    // The error's kind and words; fails when nothing is thrown.
    template <typename Work>
    static Error error_of(Work&& work) {
        try {
            work();
        } catch (const Error& error) {
            return error;
        }
        ADD_FAILURE() << "nothing was thrown";
        return {ErrorKind::internal, ""};
    }

    TemporaryFolder m_folder;
};

MATCHER_P3(Counts, added, updated, unchanged, "") {
    return arg.added == added && arg.updated == updated && arg.unchanged == unchanged;
}

} // namespace harrier::test
