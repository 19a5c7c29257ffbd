// SPDX-License-Identifier: MIT

// The made-up athlete: a plan of workouts made once; each is simulated for its summary, and again from the
// same seed whenever its streams, laps or detail are asked for.

#include "emulator/activity_source.hpp"
#include "emulator/made_up_json.hpp"
#include "emulator/made_up_plan.hpp"
#include "emulator/made_up_profile.hpp"
#include "emulator/made_up_simulation.hpp"

#include <unordered_map>
#include <utility>

namespace harrier::emulator {

namespace {

class MadeUpAthlete : public ActivitySource {
public:
    explicit MadeUpAthlete(const MadeUpOptions& options)
        : m_workouts(plan_workouts(options, m_terrain)), m_profile(history_end(options)) {
        m_listed.reserve(m_workouts.size());
        for (std::size_t i = 0; i < m_workouts.size(); ++i) {
            m_places.emplace(m_workouts[i].id, i);
            list(m_workouts[i]);
        }
    }

    [[nodiscard]] std::vector<ListedActivity> activities() const override { return m_listed; }

    [[nodiscard]] std::optional<std::string> detail_json(std::int64_t id) const override {
        const Workout* workout = find(id);
        if (workout == nullptr) {
            return std::nullopt;
        }
        const Recording recording = simulate(*workout, m_terrain);
        return emulator::detail_json({*workout, recording, totals_of(*workout, recording)},
                                     m_profile.gear_summary_json(workout->gear_id));
    }

    [[nodiscard]] std::optional<std::string> laps_json(std::int64_t id) const override {
        const Workout* workout = find(id);
        if (workout == nullptr) {
            return std::nullopt;
        }
        const Recording recording = simulate(*workout, m_terrain);
        return emulator::laps_json({*workout, recording, totals_of(*workout, recording)});
    }

    [[nodiscard]] std::optional<StreamSet> streams(std::int64_t id) const override {
        const Workout* workout = find(id);
        return workout == nullptr ? std::nullopt : stream_set(simulate(*workout, m_terrain));
    }

    [[nodiscard]] std::string athlete_json() const override { return m_profile.athlete_json(); }
    [[nodiscard]] std::string zones_json() const override { return m_profile.zones_json(); }
    [[nodiscard]] std::string stats_json() const override { return m_profile.stats_json(); }
    [[nodiscard]] std::optional<std::string> gear_json(std::string_view id) const override {
        return m_profile.gear_json(id);
    }
    [[nodiscard]] std::string athlete_summary_json() const override {
        return m_profile.athlete_summary_json();
    }
    [[nodiscard]] std::int64_t athlete_id() const override { return made_up_athlete_id; }

private:
    void list(const Workout& workout) {
        const Recording recording = simulate(workout, m_terrain);
        const Totals totals = totals_of(workout, recording);
        m_listed.push_back({workout.id, workout.shown_start(), workout.visibility == "only_me",
                            summary_json({workout, recording, totals})});
        m_profile.add({workout.start, workout.type, workout.gear_id, workout.visibility == "everyone",
                       totals.distance_dm, totals.moving_s, totals.elapsed_s, totals.climb_dm});
    }

    [[nodiscard]] const Workout* find(std::int64_t id) const {
        const auto found = m_places.find(id);
        return found == m_places.end() ? nullptr : &m_workouts[found->second];
    }

    Terrain m_terrain;
    std::vector<Workout> m_workouts;
    Profile m_profile;
    std::vector<ListedActivity> m_listed;
    std::unordered_map<std::int64_t, std::size_t> m_places;
};

} // namespace

std::unique_ptr<ActivitySource> make_made_up_athlete(const MadeUpOptions& options) {
    return std::make_unique<MadeUpAthlete>(options);
}

} // namespace harrier::emulator
