// SPDX-License-Identifier: MIT
#include "analysis/grade_adjusted_pace.hpp"

#include "analysis/ascent.hpp"
#include "model/recording.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace harrier::analysis {

namespace {

constexpr double steepest = 0.45;
constexpr double half_baseline = 12.5; // m

struct GradeRow {
    double percent;
    double factor;
};

// Sums of Strava's grade-adjusted distance over those of the distance by grade, of one hilly run.
constexpr GradeRow strava_table[] = {
    {-35, 1.691}, {-34, 1.665}, {-32, 1.59}, {-30, 1.485}, {-28, 1.407}, {-26, 1.318}, {-25, 1.277},
    {-24, 1.229}, {-22, 1.159}, {-20, 1.08}, {-18, 1.014}, {-16, 0.962}, {-15, 0.938}, {-14, 0.922},
    {-12, 0.892}, {-10, 0.873}, {-9, 0.878}, {-8, 0.875},  {-7, 0.882},  {-6, 0.891},  {-5, 0.903},
    {-4, 0.92},   {-3, 0.936},  {-2, 0.961}, {-1, 0.983},  {0, 1},       {1, 1.023},   {2, 1.05},
    {3, 1.094},   {4, 1.138},   {5, 1.181},  {6, 1.227},   {7, 1.278},   {8, 1.335},   {9, 1.397},
    {10, 1.451},  {11, 1.53},   {12, 1.603}, {13, 1.675},  {14, 1.76},   {15, 1.841},  {16, 1.932},
    {17, 2.019},  {18, 2.101},  {19, 2.204}, {20, 2.291},  {22, 2.464},  {24, 2.642},  {25, 2.725},
    {26, 2.798},  {28, 2.981},  {30, 3.168}, {32, 3.298},  {34, 3.46},   {36, 3.621},  {38, 3.768},
    {40, 3.938},  {42, 4.074},  {45, 4.345},
};

constexpr int lowest_percent = -35;
constexpr int highest_percent = 45;

// The table at every whole percent, so that it is read without a search.
constexpr auto strava_factors = [] {
    std::array<double, highest_percent - lowest_percent + 1> factors{};
    std::size_t next = 1;
    for (int percent = lowest_percent; percent <= highest_percent; ++percent) {
        while (strava_table[next].percent < percent) {
            ++next;
        }
        const auto& a = strava_table[next - 1];
        const auto& b = strava_table[next];
        factors[static_cast<std::size_t>(percent - lowest_percent)] =
            a.factor + (percent - a.percent) / (b.percent - a.percent) * (b.factor - a.factor);
    }
    return factors;
}();

double from_table(double percent) {
    const double at = std::clamp(percent, 1.0 * lowest_percent, 1.0 * highest_percent) - lowest_percent;
    const auto row = std::min(static_cast<std::size_t>(static_cast<int>(at)), strava_factors.size() - 2);
    return strava_factors[row] +
           (at - static_cast<double>(row)) * (strava_factors[row + 1] - strava_factors[row]);
}

// Distance-weighted least squares on the same run, through 1 on the flat.
double quartic(double x) {
    return 1 + x * (2.88307 + x * (17.85805 + x * (0.8477 - 30.13875 * x)));
}

// stream-processor.ts of Elevate.
double elevate(double percent) {
    return 1 +
           percent *
               (.029290920646623777 +
                percent * (.0018083953212790634 +
                           percent * (4.0662425671715924e-7 +
                                      percent * (-3.686186584867523e-7 - 2.6628107325930747e-9 * percent))));
}

// Samples with a height and a place on the way that grows.
struct Profile {
    std::vector<double> way;
    std::vector<double> height;
};

Profile profile_of(std::span<const double> metres, std::span<const double> altitude) {
    const auto smooth = smoothed_altitude(altitude, metres);
    Profile profile;
    profile.way.reserve(metres.size());
    profile.height.reserve(metres.size());
    for (std::size_t i = 0; i < std::min(metres.size(), smooth.size()); ++i) {
        const bool is_known = std::isfinite(metres[i]) && std::isfinite(smooth[i]);
        if (is_known && (profile.way.empty() || metres[i] > profile.way.back())) {
            profile.way.push_back(metres[i]);
            profile.height.push_back(smooth[i]);
        }
    }
    return profile;
}

// Reads heights at places that grow.
class HeightReader {
public:
    explicit HeightReader(const Profile& profile) : m_profile(profile) {}

    double at(double metres) {
        while (m_next + 1 < m_profile.way.size() && m_profile.way[m_next] < metres) {
            ++m_next;
        }
        const double begin = m_profile.way[m_next - 1];
        const double share = std::clamp((metres - begin) / (m_profile.way[m_next] - begin), 0.0, 1.0);
        return m_profile.height[m_next - 1] +
               share * (m_profile.height[m_next] - m_profile.height[m_next - 1]);
    }

private:
    const Profile& m_profile;
    std::size_t m_next = 1;
};

} // namespace

double minetti_running_cost(double grade) {
    const double g = std::clamp(grade, -steepest, steepest);
    return 3.6 + g * (19.5 + g * (46.3 + g * (-43.3 + g * (-30.4 + g * 155.4))));
}

double minetti_walking_cost(double grade) {
    const double g = std::clamp(grade, -steepest, steepest);
    return 2.5 + g * (19.6 + g * (51.9 + g * (-76.8 + g * (-58.7 + g * 280.5))));
}

double grade_factor(double grade, GradeModel model) {
    if (!std::isfinite(grade)) {
        return 1;
    }
    switch (model) {
    case GradeModel::strava_like:
        return from_table(grade * 100);
    case GradeModel::minetti:
        return minetti_running_cost(grade) / minetti_running_cost(0);
    case GradeModel::quartic:
        return quartic(std::clamp(grade, -0.30, 0.30));
    case GradeModel::elevate:
        return elevate(std::clamp(grade, -0.35, 0.35) * 100);
    }
    return 1;
}

std::vector<double> grades_of(std::span<const double> metres, std::span<const double> altitude) {
    std::vector<double> grades(metres.size(), 0);
    const auto profile = profile_of(metres, altitude);
    if (profile.way.size() < 2) {
        return grades;
    }
    HeightReader behind(profile);
    HeightReader before(profile);
    for (std::size_t i = 0; i < metres.size(); ++i) {
        if (!std::isfinite(metres[i])) {
            continue;
        }
        const double from = std::max(metres[i] - half_baseline, profile.way.front());
        const double to = std::min(metres[i] + half_baseline, profile.way.back());
        const double rise = before.at(to) - behind.at(from);
        grades[i] = to > from ? std::clamp(rise / (to - from), -steepest, steepest) : 0;
    }
    return grades;
}

std::vector<double> grade_adjusted_metres(std::span<const double> metres, std::span<const double> grades,
                                          GradeModel model) {
    std::vector<double> adjusted(metres.size(), 0);
    double sum = 0;
    double before = model::missing;
    for (std::size_t i = 0; i < metres.size(); ++i) {
        if (std::isfinite(metres[i])) {
            if (std::isfinite(before)) {
                sum += (metres[i] - before) * grade_factor(i < grades.size() ? grades[i] : 0, model);
            }
            before = metres[i];
        }
        adjusted[i] = sum;
    }
    return adjusted;
}

} // namespace harrier::analysis
