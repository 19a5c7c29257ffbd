// SPDX-License-Identifier: MIT
#include "insight/report_values.hpp"

#include "base/error.hpp"
#include "insight/activity_filter.hpp"
#include "insight/calendar.hpp"
#include "model/sport.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::insight {

using analysis::Day;
using archive::ActivityQuery;
using archive::Grouping;

namespace {

std::optional<Day> find_day(const model::Activity& activity) {
    const auto start = wall_start(activity);
    return start ? std::optional(std::chrono::floor<std::chrono::days>(*start)) : std::nullopt;
}

void stop_if_asked(const std::stop_token& stop) {
    if (stop.stop_requested()) {
        throw Error(ErrorKind::interrupted, "interrupted; no report was written", "");
    }
}

// The months of the year that have begun, those without activities too.
std::vector<archive::Totals> all_months(const ReportValues& values) {
    std::vector<archive::Totals> months;
    const std::chrono::year_month_day last{values.last};
    for (unsigned month = 1; month <= static_cast<unsigned>(last.month()); ++month) {
        const auto key = fmt::format("{:04}-{:02}", *values.question.year, month);
        const auto found = std::find_if(values.main_periods.begin(), values.main_periods.end(),
                                        [&](const auto& one) { return one.key == key; });
        months.push_back(found != values.main_periods.end() ? *found : archive::Totals{key});
    }
    return months;
}

// Gives the values to a report one after the other; each step reads the archive once.
class ReportReader {
public:
    ReportReader(archive::Archive& archive, Clock& clock, ReportValues& values)
        : m_archive(archive), m_clock(clock), m_values(values) {}

    void read_activities();
    void read_totals();
    void read_records(const AthleteSettings& settings);
    void read_fitness(const AthleteSettings& settings);
    void read_days();
    void read_years();
    void read_gear(const std::stop_token& stop);
    void read_predictions();

private:
    [[nodiscard]] AthleteId athlete() const { return m_values.athlete.athlete_id; }
    [[nodiscard]] ActivityQuery query(std::string_view sport, bool of_year = true) const {
        const auto& year = m_values.question.year;
        const auto days = of_year && year ? fmt::format("{:04}", *year) : std::string();
        return make_query({.sport = std::string(sport), .since = days, .until = days, .where = {}}, m_archive,
                          athlete(), m_clock);
    }

    archive::Archive& m_archive;
    Clock& m_clock;
    ReportValues& m_values;
};

void ReportReader::read_activities() {
    auto& values = m_values;
    values.today = today(m_clock);
    values.activities = m_archive.activities(athlete(), query(""));
    values.first = values.last = values.today;
    if (const auto year = values.question.year) {
        values.first = Day{std::chrono::year{*year} / 1 / 1};
        values.last = std::min(values.today, Day{std::chrono::year{*year} / 12 / 31});
        return;
    }
    for (const auto& activity : values.activities) {
        if (const auto day = find_day(activity)) {
            values.first = std::min(values.first, *day);
            values.last = std::max(values.last, *day);
        }
    }
}

void ReportReader::read_totals() {
    auto& values = m_values;
    values.total = m_archive.totals(athlete(), Grouping::all, query("")).front();
    values.by_sport = m_archive.totals(athlete(), Grouping::sport, query(""));
    std::stable_sort(values.by_sport.begin(), values.by_sport.end(),
                     [](const auto& a, const auto& b) { return a.moving_time > b.moving_time; });
    const auto is_run = [](const archive::Totals& one) { return model::family_of(one.key) == "run"; };
    values.main_sport = "run";
    if (!values.by_sport.empty() && std::none_of(values.by_sport.begin(), values.by_sport.end(), is_run)) {
        const auto family = model::family_of(values.by_sport.front().key);
        values.main_sport = family.empty() ? values.by_sport.front().key : std::string(family);
    }
    const auto main = query(values.main_sport);
    values.main_total = m_archive.totals(athlete(), Grouping::all, main).front();
    const auto period = values.question.year ? Grouping::month : Grouping::year;
    values.main_periods = fill_gaps(period, m_archive.totals(athlete(), period, main));
    std::reverse(values.main_periods.begin(), values.main_periods.end());
    if (values.question.year) {
        values.main_periods = all_months(values);
    }
}

void ReportReader::read_records(const AthleteSettings& settings) {
    auto& values = m_values;
    RecordsQuestion records{.activities = query("run")};
    values.records = find_records(m_archive, athlete(), records);
    values.graded = find_graded_athlete(values.athlete, settings);
    values.all_time = values.question.year
                          ? find_records(m_archive, athlete(), {.activities = query("run", false)})
                          : values.records;
    for (const auto& one : values.records) {
        records.distance = one.distance.name;
        const auto found = find_records(m_archive, athlete(), records);
        RecordHistory history{one.distance, {}};
        for (const auto& step : progression_of(found.front().efforts)) {
            history.steps.push_back(*step.record);
        }
        values.progressions.push_back(std::move(history));
    }
}

void ReportReader::read_fitness(const AthleteSettings& settings) {
    auto& values = m_values;
    values.fitness =
        make_fitness(read_history(m_archive, values.athlete, settings), settings.load, values.today);
    const auto count = values.fitness.days.size();
    const auto index_of = [&](Day day) {
        const auto since = (day - values.fitness.first).count();
        return std::min(count, static_cast<std::size_t>(std::max<decltype(since)>(since, 0)));
    };
    if (count > 0) {
        values.fitness_begin = index_of(values.first);
        values.fitness_end = std::max(values.fitness_begin, index_of(values.last + std::chrono::days{1}));
    }
}

void ReportReader::read_days() {
    auto& values = m_values;
    const auto main = resolve_sports(values.main_sport, values.by_sport);
    for (const auto& activity : values.activities) {
        const auto when = find_day(activity);
        if (!when) {
            continue;
        }
        auto& day = values.days[*when];
        day.distance += activity.distance.value_or(0);
        day.moving_time += activity.moving_time.value_or(0);
        if (std::find(main.begin(), main.end(), activity.sport_type) != main.end()) {
            day.main_distance += activity.distance.value_or(0);
        }
    }
    values.streaks = find_streaks(m_archive, athlete(), query(""), values.last);
    values.eddington = find_eddington(m_archive, athlete(), query(values.main_sport), values.question.units);
}

void ReportReader::read_years() {
    constexpr std::size_t all = 0;
    m_values.years =
        compare_years(m_archive, athlete(), query(m_values.main_sport, false), m_values.today, all);
}

void ReportReader::read_gear(const std::stop_token& stop) {
    auto& values = m_values;
    std::vector<archive::Totals> of_year;
    if (values.question.year) {
        of_year = m_archive.totals(athlete(), Grouping::gear, query(""));
    }
    for (auto& gear : insight::read_gear(m_archive, athlete(), stop)) {
        const auto found = std::find_if(of_year.begin(), of_year.end(),
                                        [&](const auto& total) { return gear.id && total.key == *gear.id; });
        if (!values.question.year) {
            values.gear.push_back({std::move(gear), std::nullopt});
        } else if (found != of_year.end()) {
            values.gear.push_back({std::move(gear), *found});
        }
    }
    if (values.question.year) {
        const auto distance = [](const GearUse& use) { return use.in_year ? use.in_year->distance : 0; };
        std::stable_sort(values.gear.begin(), values.gear.end(),
                         [&](const auto& a, const auto& b) { return distance(a) > distance(b); });
    }
}

void ReportReader::read_predictions() {
    m_values.prediction = find_prediction_basis(m_archive, athlete(), query("run"));
}

} // namespace

ReportValues read_report_values(archive::Archive& archive, const model::Athlete& athlete,
                                const AthleteSettings& settings, const ReportQuestion& question, Clock& clock,
                                const std::stop_token& stop) {
    ReportValues values;
    values.athlete = athlete;
    values.question = question;
    ReportReader reader(archive, clock, values);
    reader.read_activities();
    reader.read_totals();
    stop_if_asked(stop);
    reader.read_records(settings);
    stop_if_asked(stop);
    reader.read_fitness(settings);
    stop_if_asked(stop);
    reader.read_days();
    reader.read_years();
    reader.read_gear(stop);
    reader.read_predictions();
    return values;
}

} // namespace harrier::insight
