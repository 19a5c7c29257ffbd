// SPDX-License-Identifier: MIT
#pragma once

// Keeps every loose file where linking.hpp says that it belongs, given all that the archive knows now:
// whoever changed an activity has its surroundings looked at once more, so that the order in which sources
// come does not matter. The caller holds the transaction. Only the archive's own sources include this.

#include "archive/activity_writer.hpp"
#include "archive/linking.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace harrier::archive {

class Linker {
public:
    // A file that went to another activity.
    struct Move {
        std::int64_t from = 0;
        std::int64_t to = 0;
        bool is_new = false;         // `to` was made for it
        bool leaves_nothing = false; // `from` is no more
    };

    Linker(SQLite::Database& database, ActivityWriter& activities);

    void begin(AthleteId athlete);
    // A file that no row names is about to be stored.
    void expect_loose_file() { m_has_loose = true; }
    // Notes an activity and all that began near it. To be called before a change and after it: what the
    // change takes away matters as much as what it brings. Costs nothing where there are no loose files.
    void note(std::int64_t activity_id);
    // Moves the files around what was noted to where they belong.
    std::vector<Move> settle();

private:
    struct File {
        LooseFile file;
        std::int64_t owner = 0;
    };
    struct Neighbour {
        bool is_listed = false;
        ListedOuting outing;
        std::vector<LooseFile> files;
    };
    using Neighbours = std::map<std::int64_t, Neighbour>;

    [[nodiscard]] std::optional<Neighbour> load(std::int64_t activity_id);
    [[nodiscard]] bool is_claimed(const model::Statement& file, const std::optional<StravaId>& listed);
    void add_near(Instant start, std::set<std::int64_t>& ids);
    // What was noted, and whatever hangs together with it through loose files.
    [[nodiscard]] Neighbours load_neighbours();
    std::vector<Move> move_files(const std::vector<File>& files, const std::vector<std::size_t>& groups,
                                 std::vector<std::int64_t>& owners);

    ActivityWriter& m_activities;
    SQLite::Statement m_loose;
    SQLite::Statement m_claim;
    SQLite::Statement m_near;
    AthleteId m_athlete{};
    bool m_has_loose = false;
    std::set<std::int64_t> m_noted;
};

} // namespace harrier::archive
