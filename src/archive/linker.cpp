// SPDX-License-Identifier: MIT
#include "archive/linker.hpp"

#include "archive/merging.hpp"
#include "archive/statement.hpp"

#include <algorithm>
#include <utility>

namespace harrier::archive {

namespace {

using model::Source;
using model::Statement;

// The start of an activity may be that of another file than the one that is looked for.
constexpr auto near_start = 2 * largest_start_difference;

constexpr std::size_t sha256_digits = 64;
constexpr std::int64_t no_activity = 0;

std::optional<StravaId> find_strava_id(const std::vector<Statement>& said) {
    const auto listed = std::find_if(said.begin(), said.end(),
                                     [](const auto& one) { return one.said.strava_id.has_value(); });
    return listed == said.end() ? std::nullopt : listed->said.strava_id;
}

} // namespace

Linker::Linker(SQLite::Database& database, ActivityWriter& activities)
    : m_activities(activities),
      m_loose(database, "SELECT EXISTS (SELECT 1 FROM activity WHERE athlete_id = ?1 AND strava_id IS NULL) "
                        "OR EXISTS (SELECT 1 FROM file WHERE athlete_id = ?1 AND strava_id IS NULL)"),
      m_claim(database, "SELECT strava_id FROM file WHERE athlete_id = ? AND sha256 = ? AND strava_id IS NOT "
                        "NULL"),
      m_near(database, "SELECT activity_id FROM activity INDEXED BY activity_by_start WHERE athlete_id = ? "
                       "AND start_date BETWEEN ? AND ? AND deleted_at IS NULL") {}

void Linker::begin(AthleteId athlete) {
    m_athlete = athlete;
    m_loose.bind(1, athlete.value);
    m_has_loose = find_number(m_loose).value_or(0) != 0;
    m_noted.clear();
}

void Linker::add_near(Instant start, std::set<std::int64_t>& ids) {
    m_near.bind(1, m_athlete.value);
    m_near.bind(2, format_instant(start - near_start));
    m_near.bind(3, format_instant(start + near_start));
    while (m_near.executeStep()) {
        ids.insert(m_near.getColumn(0).getInt64());
    }
    m_near.reset();
}

void Linker::note(std::int64_t activity_id) {
    if (!m_has_loose) {
        return;
    }
    m_noted.insert(activity_id);
    for (const auto& statement : m_activities.statements(activity_id)) {
        if (statement.said.start_date) {
            add_near(*statement.said.start_date, m_noted);
        }
    }
}

bool Linker::is_claimed(const Statement& file, const std::optional<StravaId>& listed) {
    m_claim.bind(1, m_athlete.value);
    bind_text(m_claim, 2, std::string_view(file.key).substr(0, sha256_digits));
    const auto claim = find_number(m_claim);
    return listed && claim == listed->value;
}

std::optional<Linker::Neighbour> Linker::load(std::int64_t activity_id) {
    auto said = m_activities.statements(activity_id);
    if (said.empty()) {
        return std::nullopt;
    }
    const auto listed = find_strava_id(said);
    Neighbour neighbour;
    neighbour.is_listed = listed.has_value();
    const auto first_loose = std::stable_partition(said.begin(), said.end(), [&](const Statement& one) {
        return one.source != Source::file || is_claimed(one, listed);
    });
    for (auto one = first_loose; one != said.end(); ++one) {
        neighbour.files.push_back(
            {.key = one->key, .said = std::move(one->said), .quality = one->quality, .is_cut = one->is_cut});
    }
    said.erase(first_loose, said.end());
    if (!said.empty()) {
        neighbour.outing.views.push_back(merge(said).activity);
    }
    for (auto& one : said) {
        if (one.source == Source::file) {
            neighbour.outing.views.push_back(std::move(one.said));
        }
    }
    return neighbour;
}

Linker::Neighbours Linker::load_neighbours() {
    Neighbours neighbours;
    std::vector<std::int64_t> unread; // whose files have not yet been followed
    const auto add = [&](std::int64_t id, Neighbour neighbour) {
        neighbours.emplace(id, std::move(neighbour));
        unread.push_back(id);
    };
    for (const auto id : std::exchange(m_noted, {})) {
        if (auto neighbour = load(id)) {
            add(id, *std::move(neighbour));
        }
    }
    std::set<std::int64_t> looked_at;
    while (!unread.empty()) {
        const auto current = unread.back();
        unread.pop_back();
        std::set<std::int64_t> near;
        for (const auto& start : starts_of(neighbours.at(current).outing, neighbours.at(current).files)) {
            add_near(start, near);
        }
        for (const auto id : near) {
            if (neighbours.contains(id)) {
                continue;
            }
            auto other = load(id);
            const auto& here = neighbours.at(current);
            if (other && hang_together(here.outing, here.files, other->outing, other->files)) {
                add(id, *std::move(other));
            }
        }
    }
    return neighbours;
}

std::vector<Linker::Move> Linker::settle() {
    if (m_noted.empty()) {
        return {};
    }
    const auto neighbours = load_neighbours();
    std::vector<ListedOuting> listed;
    std::vector<std::int64_t> owners; // of each group: first the listed ones
    std::vector<LooseFile> loose;
    std::vector<File> files;
    for (const auto& [id, neighbour] : neighbours) {
        if (neighbour.is_listed) {
            listed.push_back(neighbour.outing);
            owners.push_back(id);
        }
        for (const auto& file : neighbour.files) {
            loose.push_back(file);
            files.push_back({file, id});
        }
    }
    if (files.empty()) {
        return {};
    }
    const auto groups = place_files(listed, loose);
    owners.resize(std::max(owners.size(), *std::max_element(groups.begin(), groups.end()) + 1), no_activity);
    // A group keeps the oldest activity that its files have made.
    std::set<std::int64_t> taken(owners.begin(), owners.end());
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto& owner = owners[groups[i]];
        if (owner == no_activity && taken.insert(files[i].owner).second) {
            owner = files[i].owner;
        }
    }
    return move_files(files, groups, owners);
}

std::vector<Linker::Move> Linker::move_files(const std::vector<File>& files,
                                             const std::vector<std::size_t>& groups,
                                             std::vector<std::int64_t>& owners) {
    std::vector<Move> moves;
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto& owner = owners[groups[i]];
        const auto& [file, from] = files[i];
        if (owner == from) {
            continue;
        }
        const bool is_new = owner == no_activity;
        if (is_new) {
            owner = m_activities.make_room(file.said);
        }
        m_activities.move_file(file.key, from, owner);
        moves.push_back({.from = from,
                         .to = owner,
                         .is_new = is_new,
                         .leaves_nothing = m_activities.statements(from).empty()});
    }
    return moves;
}

} // namespace harrier::archive
