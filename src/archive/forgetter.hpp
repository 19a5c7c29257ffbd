// SPDX-License-Identifier: MIT
#pragma once

// Removes what the API said, and what was made of it. The caller holds the transaction. Only the archive's
// own sources include this.

#include "archive/activity_writer.hpp"
#include "archive/archive.hpp"

#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

namespace harrier::archive {

class Forgetter {
public:
    Forgetter(SQLite::Database& database, AthleteId athlete)
        : m_database(database), m_athlete(athlete), m_activities(database) {}

    // Archive::forget_api.
    [[nodiscard]] Forgotten forget_before(Instant before);
    // What forget_before() leaves of an athlete: numbers, notes, the place of the listing, who they are.
    void forget_athlete();

private:
    [[nodiscard]] std::vector<std::int64_t> activities_with(const char* sql, const std::string& before);
    void remove_streams(std::int64_t activity_id);
    void remove_detail(std::int64_t activity_id);
    // Leaves its number and Strava's, hidden.
    void hollow_out(std::int64_t activity_id);
    void remove_rows(const char* rows, std::int64_t activity_id);

    SQLite::Database& m_database;
    AthleteId m_athlete;
    ActivityWriter m_activities;
};

} // namespace harrier::archive
