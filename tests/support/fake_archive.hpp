// SPDX-License-Identifier: MIT
#pragma once

// What sync::Engine needs of an archive, in memory; everything else answers with nothing.

#include "archive/archive.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace harrier::test {

class FakeArchive final : public archive::Archive {
public:
    void store_athlete(const model::Athlete& /*athlete*/, std::string_view /*raw*/) override {}
    std::vector<model::Athlete> athletes() override { return {}; }
    archive::ListingState listing_state(AthleteId /*athlete*/) override { return state; }
    archive::StoreCounts store_listing(AthleteId /*athlete*/, std::span<const model::ActivityRecord> records,
                                       const archive::ListingState& next, Instant /*fetched_at*/) override {
        archive::StoreCounts counts;
        for (const auto& one : records) {
            const bool added =
                starts.insert_or_assign(one.activity.strava_id->value, *one.activity.start_date).second;
            ++(added ? counts.added : counts.unchanged);
        }
        state = next;
        return counts;
    }
    std::vector<StravaId> known(AthleteId /*athlete*/, std::span<const StravaId> ids) override {
        std::vector<StravaId> result;
        std::copy_if(ids.begin(), ids.end(), std::back_inserter(result),
                     [this](StravaId id) { return starts.contains(id.value); });
        return result;
    }
    std::optional<Instant> newest_start(AthleteId /*athlete*/) override {
        std::optional<Instant> newest;
        for (const auto& [id, start] : starts) {
            newest = std::max(newest.value_or(start), start);
        }
        return newest;
    }
    archive::Unlisted unlisted(AthleteId, bool) override { return {}; }
    void store_tombstone(AthleteId, ActivityId, Instant) override {}
    void note_listed(AthleteId, StravaId, Instant) override {}
    std::vector<model::Activity> activities(AthleteId, const archive::ActivityQuery&) override { return {}; }
    std::optional<model::Activity> find_activity(AthleteId, ActivityId) override { return {}; }
    std::optional<model::Activity> find_activity(AthleteId, StravaId) override { return {}; }
    std::optional<archive::WorkItem> find_forgotten(AthleteId, std::int64_t) override { return {}; }
    std::optional<std::string> raw_summary(AthleteId, ActivityId) override { return {}; }
    archive::ImportOutcome store_import(AthleteId, std::span<const archive::ImportItem>) override {
        return {};
    }
    void store_belongings(AthleteId, std::span<const archive::Gear>,
                          std::span<const archive::Media>) override {}
    std::vector<archive::KnownFile> known_files(AthleteId) override { return {}; }
    std::vector<archive::WorkItem> due_work(AthleteId, archive::Step, Instant) override { return {}; }
    archive::WorkCounts work_counts(AthleteId, archive::Step, Instant) override { return {}; }
    std::vector<archive::WorkProblem> work_problems(AthleteId) override { return {}; }
    void store_streams(AthleteId, const archive::WorkItem&, const archive::FetchedStreams&,
                       Instant) override {}
    void store_detail(AthleteId, const archive::WorkItem&, const model::ActivityDetail&, Instant) override {}
    void store_outcome(AthleteId, const archive::WorkItem&, const archive::WorkOutcome&) override {}
    void make_due(AthleteId, ActivityId, archive::Step, Instant) override {}
    archive::Forgotten forget_api(AthleteId, Instant) override { return {}; }
    archive::Forgotten purge_api(AthleteId) override { return {}; }
    void retry_work(AthleteId, Instant) override {}
    void together(const std::function<void()>& work) override { work(); }
    void rehearse(const std::function<void()>& work) override { work(); }
    std::vector<model::Statement> statements(AthleteId, ActivityId) override { return {}; }
    std::optional<archive::StoredStream> find_stream(AthleteId, ActivityId) override { return {}; }
    archive::StravaLists strava_lists(AthleteId, ActivityId) override { return {}; }
    std::vector<archive::StravaRecord> strava_records(AthleteId) override { return {}; }
    std::vector<archive::Media> media(AthleteId, ActivityId) override { return {}; }
    std::vector<archive::ImportedFile> files(AthleteId, ActivityId) override { return {}; }
    std::vector<archive::Totals> totals(AthleteId, archive::Grouping,
                                        const archive::ActivityQuery&) override {
        return {};
    }
    archive::Summary summary(AthleteId) override { return {}; }
    bool is_measured(AthleteId, int) override { return true; }
    std::vector<ActivityId> unmeasured(AthleteId, int) override { return {}; }
    std::optional<archive::MeasurementInput> measurement_input(AthleteId, ActivityId) override { return {}; }
    void store_metrics(AthleteId, int, std::span<const archive::Measurement>) override {}
    void note_measured(AthleteId, int) override {}
    std::vector<archive::RecordEffort> records(AthleteId, const archive::RecordQuery&) override { return {}; }
    std::vector<double> effort_distances(AthleteId, model::EffortMode) override { return {}; }
    std::vector<model::BestEffort> best_efforts(AthleteId, ActivityId) override { return {}; }
    std::optional<model::Metrics> metrics(AthleteId, ActivityId) override { return {}; }
    std::vector<archive::ExploredActivity> explored(AthleteId, int) override { return {}; }
    void for_each_measured(AthleteId, const std::function<void(archive::MeasuredActivity&&)>&) override {}
    archive::Mark mark(AthleteId, ActivityId) override { return {}; }
    void store_mark(AthleteId, ActivityId, const archive::Mark&) override {}
    std::vector<std::string> find_store_damage() override { return {}; }
    std::int64_t count_stored(AthleteId) override { return 0; }
    void for_each_stored(AthleteId, const std::function<bool(archive::StoredBytes)>&) override {}
    std::vector<archive::DoubtfulPair> doubtful_pairs(AthleteId) override { return {}; }
    archive::Gaps gaps(AthleteId) override { return {}; }
    void sql(AthleteId, std::string_view, const archive::SqlReader&, const std::stop_token&) override {}

    [[nodiscard]] std::set<std::int64_t> ids() const {
        std::set<std::int64_t> result;
        for (const auto& [id, start] : starts) {
            result.insert(id);
        }
        return result;
    }

    archive::ListingState state;
    std::map<std::int64_t, Instant> starts;
};

} // namespace harrier::test
