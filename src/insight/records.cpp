// SPDX-License-Identifier: MIT
#include "insight/records.hpp"

#include "analysis/record_progression.hpp"
#include "base/time.hpp"

#include <algorithm>

namespace harrier::insight {

using archive::RecordEffort;
using report::Rows;
using report::Value;

namespace {

constexpr std::int64_t usual_top = 10;
constexpr std::int64_t candidates_shown = 5; // of those that were refused

Value local_start(const RecordEffort& record) {
    return record.start_date_local ? Value{format_wall_time(*record.start_date_local)} : Value{};
}

std::vector<EffortDistanceName> chosen_distances(const RecordsQuestion& question) {
    auto distances = effort_distance_names(question.mode);
    if (!question.distance.empty()) {
        const auto wanted = find_effort_distance(question.distance, distances);
        return {wanted};
    }
    return distances;
}

std::optional<std::int64_t> read_limit(const RecordsQuestion& question) {
    const auto top = shown_records(question);
    return top == 0 || !question.distance.empty() ? std::nullopt : std::optional(top);
}

// The first efforts that count, and before each the refused ones that would have been faster.
void keep_what_matters(std::vector<RecordEffort>& efforts, std::int64_t top) {
    std::vector<RecordEffort> kept;
    std::int64_t counting = 0;
    std::int64_t refused = 0;
    for (auto& record : efforts) {
        const bool counts = record.effort.refused.empty() && !record.excluded;
        if (counts || ++refused <= candidates_shown) {
            kept.push_back(std::move(record));
        }
        if (counts && ++counting == top) {
            break;
        }
    }
    efforts = std::move(kept);
}

} // namespace

std::int64_t shown_records(const RecordsQuestion& question) {
    return question.top.value_or(question.distance.empty() ? 1 : usual_top);
}

std::vector<DistanceRecords> find_records(archive::Archive& archive, AthleteId athlete,
                                          const RecordsQuestion& question) {
    std::vector<DistanceRecords> all;
    for (const auto& distance : chosen_distances(question)) {
        const archive::RecordQuery wanted{.mode = question.mode,
                                          .distance = distance.metres,
                                          .sport_types = question.activities.sport_types,
                                          .since = question.activities.since,
                                          .until = question.activities.until,
                                          .with_refused = question.why,
                                          .limit = question.why ? std::nullopt : read_limit(question)};
        all.push_back({distance, archive.records(athlete, wanted)});
        if (question.why) {
            keep_what_matters(all.back().efforts, shown_records(question));
        }
    }
    std::erase_if(all, [](const DistanceRecords& one) { return one.efforts.empty(); });
    return all;
}

std::vector<ProgressionStep> progression_of(const std::vector<RecordEffort>& efforts) {
    std::vector<const RecordEffort*> dated;
    std::vector<analysis::DatedEffort> values;
    for (const auto& one : efforts) {
        if (one.start_date_local && one.effort.refused.empty() && !one.excluded) {
            dated.push_back(&one);
            values.push_back({*one.start_date_local, one.effort.elapsed_time});
        }
    }
    std::vector<ProgressionStep> steps;
    for (const auto& step : analysis::record_progression(values)) {
        steps.push_back({dated[step.index], step.gain, step.held_for});
    }
    return steps;
}

std::optional<GradedAthlete> find_graded_athlete(const model::Athlete& athlete,
                                                 const AthleteSettings& settings) {
    auto is_female = settings.is_female;
    if (!is_female && athlete.sex) {
        is_female = *athlete.sex == "F";
    }
    if (!is_female || !settings.birth_year) {
        return std::nullopt;
    }
    return GradedAthlete{*is_female ? analysis::Sex::female : analysis::Sex::male, *settings.birth_year};
}

std::optional<double> age_grade_of(const RecordEffort& record, const GradedAthlete& athlete) {
    if (!record.start_date_local) {
        return std::nullopt;
    }
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(*record.start_date_local));
    const auto age = static_cast<int>(day.year()) - athlete.birth_year;
    const auto grade =
        analysis::age_grade(athlete.sex, age, record.effort.distance, record.effort.elapsed_time);
    // From 1 mile to 5 km the tables have nothing, and what lies between is no standard of 2 miles.
    constexpr double near = 1.5;
    const bool is_known = grade && grade->standard.upper_metres <= near * grade->standard.lower_metres;
    return is_known ? std::optional(grade->share) : std::nullopt;
}

Rows record_rows(const std::vector<DistanceRecords>& all, const std::optional<GradedAthlete>& athlete) {
    Rows rows{{"name", "distance", "elapsed_time", "average_speed", "activity_id", "strava_id",
               "start_date_local", "start_index", "end_index", "mode", "rank", "sport_type", "activity_name",
               "largest_gap", "refused", "excluded", "age_grade"},
              {}};
    for (const auto& [distance, efforts] : all) {
        std::int64_t rank = 0;
        for (const auto& record : efforts) {
            const auto& effort = record.effort;
            const bool counts = effort.refused.empty() && !record.excluded;
            const auto grade = athlete ? age_grade_of(record, *athlete) : std::nullopt;
            rows.rows.push_back({distance.name, effort.distance, effort.elapsed_time,
                                 effort.covered / effort.elapsed_time, record.activity.value,
                                 record.strava_id ? Value{record.strava_id->value} : Value{},
                                 local_start(record), static_cast<std::int64_t>(effort.start_index),
                                 static_cast<std::int64_t>(effort.end_index),
                                 std::string(effort.mode == model::EffortMode::exact ? "exact" : "strava"),
                                 counts ? Value{++rank} : Value{}, record.sport_type, record.name,
                                 effort.largest_gap, effort.refused.empty() ? Value{} : Value{effort.refused},
                                 record.excluded, grade ? Value{*grade} : Value{}});
        }
    }
    return rows;
}

} // namespace harrier::insight
