// SPDX-License-Identifier: MIT
#include "archive/totals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace harrier::archive {

namespace {

using namespace std::chrono;

std::string key_of(Grouping grouping, const Addend& addend) {
    switch (grouping) {
    case Grouping::all:
        return {};
    case Grouping::sport:
        return addend.sport_type;
    case Grouping::gear:
        return addend.gear_id;
    case Grouping::week:
    case Grouping::month:
    case Grouping::year:
        break;
    }
    if (!addend.start) {
        return {};
    }
    const auto day = floor<days>(*addend.start);
    if (grouping == Grouping::week) {
        return iso_week(day);
    }
    return format_day(day).substr(0, grouping == Grouping::month ? 7 : 4);
}

} // namespace

std::string iso_week(local_days day) {
    // The week belongs to the year of its Thursday.
    const auto thursday = day - (weekday{day} - Monday) + days{3};
    const auto week_year = year_month_day{thursday}.year();
    const auto days_into_year = thursday - local_days{week_year / January / 1};
    return fmt::format("{:04}-W{:02}", static_cast<int>(week_year), days_into_year.count() / 7 + 1);
}

// A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
void Sum::add(double value) {
    const double sum = m_sum + value;
    m_compensation += std::abs(m_sum) >= std::abs(value) ? (m_sum - sum) + value : (value - sum) + m_sum;
    m_sum = sum;
}

TotalsBuilder::TotalsBuilder(Grouping grouping) : m_grouping(grouping) {
    if (grouping == Grouping::all) {
        m_groups[""]; // everything is one group, even when it is nothing
    }
}

void TotalsBuilder::add(const Addend& addend) {
    auto& group = m_groups[key_of(m_grouping, addend)];
    ++group.totals.count;
    group.distance.add(addend.distance.value_or(0));
    group.elevation.add(addend.total_elevation_gain.value_or(0));
    group.totals.moving_time += addend.moving_time.value_or(0);
    group.totals.elapsed_time += addend.elapsed_time.value_or(0);
}

std::vector<Totals> TotalsBuilder::result() const {
    std::vector<Totals> rows;
    for (const auto& [key, group] : m_groups) {
        auto& row = rows.emplace_back(group.totals);
        row.key = key;
        row.distance = group.distance.value();
        row.total_elevation_gain = group.elevation.value();
    }
    if (m_grouping == Grouping::sport || m_grouping == Grouping::gear) {
        std::stable_sort(rows.begin(), rows.end(),
                         [](const Totals& a, const Totals& b) { return a.distance > b.distance; });
    } else {
        std::reverse(rows.begin(), rows.end());
    }
    return rows;
}

} // namespace harrier::archive
