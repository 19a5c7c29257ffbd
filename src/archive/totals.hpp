// SPDX-License-Identifier: MIT
#pragma once

// Adds activities up in groups. Pure.

#include "archive/archive.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::archive {

// "2026-W47": the ISO week (Monday first, week 1 holds the year's first Thursday) of a local day.
[[nodiscard]] std::string iso_week(std::chrono::local_days day);

// A sum of many floats that does not depend on their order to the last digit (Neumaier's compensated sum).
class Sum {
public:
    void add(double value);
    [[nodiscard]] double value() const { return m_sum + m_compensation; }

private:
    double m_sum = 0;
    double m_compensation = 0;
};

// What one activity brings into its group.
struct Addend {
    std::optional<WallTime> start;
    std::string sport_type;
    std::string gear_id; // "" = none
    std::optional<double> distance;
    std::optional<std::int64_t> moving_time;
    std::optional<std::int64_t> elapsed_time;
    std::optional<double> total_elevation_gain;
};

class TotalsBuilder {
public:
    explicit TotalsBuilder(Grouping grouping);

    void add(const Addend& addend);
    // In the order that Archive::totals promises.
    [[nodiscard]] std::vector<Totals> result() const;

private:
    struct Group {
        Totals totals;
        Sum distance;
        Sum elevation;
    };

    Grouping m_grouping;
    std::map<std::string, Group, std::less<>> m_groups;
};

} // namespace harrier::archive
