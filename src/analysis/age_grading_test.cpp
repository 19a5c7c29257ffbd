// SPDX-License-Identifier: MIT
#include "analysis/age_factors.hpp"
#include "analysis/age_grading.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace harrier::analysis {
namespace {

struct Sheet {
    Sex sex;
    RoadTable table;
    const char* file;
};

constexpr Sheet all_sheets[] = {{Sex::female, RoadTable::road2020, "age_factors_female_2020.csv"},
                                {Sex::female, RoadTable::road2025, "age_factors_female_2025.csv"},
                                {Sex::male, RoadTable::road2020, "age_factors_male_2020.csv"},
                                {Sex::male, RoadTable::road2025, "age_factors_male_2025.csv"}};

TEST(AgeFactors, AreShapedAsTheirSheets) {
    for (const auto& sheet : all_sheets) {
        const auto factors = age_factors(sheet.sex, sheet.table);
        SCOPED_TRACE(sheet.file);
        EXPECT_EQ(factors.metres.size(), sheet.table == RoadTable::road2025 ? 22U : 21U);
        EXPECT_EQ(factors.open.size(), factors.metres.size());
        EXPECT_EQ(factors.factors.size(), factors.metres.size() * (oldest_age - youngest_age + 1));
        EXPECT_TRUE(std::is_sorted(factors.metres.begin(), factors.metres.end()));
        EXPECT_TRUE(std::is_sorted(factors.open.begin(), factors.open.end()));
        EXPECT_LE(*std::max_element(factors.factors.begin(), factors.factors.end()), 10000);
    }
}

std::vector<double> numbers_of(const std::string& line) {
    std::vector<double> numbers;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) {
        if (!cell.empty() && std::isdigit(static_cast<unsigned char>(cell[0])) != 0 &&
            cell.find_first_not_of("0123456789.E-\r") == std::string::npos) {
            numbers.push_back(std::stod(cell));
        }
    }
    return numbers;
}

TEST(AgeFactors, AreThoseOfThePublishedSheets) {
    const auto folder = std::filesystem::path(HARRIER_SHARED) / "golden";
    if (!std::filesystem::exists(folder)) {
        GTEST_SKIP() << "no sheets at " << folder;
    }
    for (const auto& sheet : all_sheets) {
        SCOPED_TRACE(sheet.file);
        const auto factors = age_factors(sheet.sex, sheet.table);
        const auto columns = factors.metres.size();
        std::ifstream file(folder / sheet.file);
        std::size_t compared = 0;
        for (std::string line; std::getline(file, line);) {
            const auto numbers = numbers_of(line);
            if (numbers.size() < columns) {
                continue;
            }
            const auto values =
                std::vector<double>(numbers.end() - static_cast<std::ptrdiff_t>(columns), numbers.end());
            const auto is_of_age = std::isdigit(static_cast<unsigned char>(line[0])) != 0;
            for (std::size_t i = 0; i < columns; ++i) {
                if (is_of_age) {
                    const auto row = static_cast<std::size_t>(numbers[0]) - youngest_age;
                    ASSERT_NEAR(factors.factors[row * columns + i] * 1e-4, values[i], 1e-9) << line;
                } else if (line.starts_with("Distance")) {
                    ASSERT_NEAR(factors.metres[i], values[i] * 1000, 1e-3);
                } else if (line.starts_with("OC sec")) {
                    ASSERT_NEAR(factors.open[i], values[i], 1e-6);
                } else {
                    continue;
                }
                ++compared;
            }
        }
        EXPECT_EQ(compared, columns * (oldest_age - youngest_age + 3));
    }
}

TEST(AgeGrading, ReachesNoFurtherThanItsTable) {
    EXPECT_TRUE(age_standard(Sex::male, 5, 5000).has_value());
    EXPECT_TRUE(age_standard(Sex::female, 100, 200'000).has_value());
    EXPECT_FALSE(age_standard(Sex::male, 4, 5000).has_value());
    EXPECT_FALSE(age_standard(Sex::male, 101, 5000).has_value());
    EXPECT_FALSE(age_standard(Sex::male, 40, 1500).has_value());
    EXPECT_FALSE(age_standard(Sex::male, 40, 201'000).has_value());
    EXPECT_FALSE(age_standard(Sex::male, 40, NAN).has_value());
    EXPECT_FALSE(age_grade(Sex::male, 40, 5000, 0).has_value());
    EXPECT_EQ(age_standard(Sex::male, 40, 1609)->of_age, age_standard(Sex::male, 40, 1609.344)->of_age)
        << "Strava's mile";
}

TEST(AgeGrading, WhoRunsTheStandardHasAHundredPercent) {
    for (const auto& sheet : all_sheets) {
        for (int age = youngest_age; age <= oldest_age; age += 7) {
            for (const double metres : {1609.344, 5000.0, 7777.0, 42195.0, 123'456.0}) {
                const auto standard = age_standard(sheet.sex, age, metres, sheet.table).value();
                const auto grade = age_grade(sheet.sex, age, metres, standard.of_age, sheet.table).value();
                ASSERT_NEAR(grade.share, 1, 1e-12);
                ASSERT_NEAR(grade.graded_time, standard.open, 1e-9);
                ASSERT_GE(standard.of_age, standard.open * (1 - 1e-12));
            }
        }
    }
}

TEST(AgeGrading, BetweenTwoDistancesTheStandardLiesBetweenTheirs) {
    double before = 0;
    for (double metres = 1609.344; metres <= 100'000; metres *= 1.013) {
        const auto standard = age_standard(Sex::female, 47, metres).value();
        EXPECT_GT(standard.of_age, before) << metres;
        EXPECT_LE(standard.lower_metres, metres * (1 + 1e-6));
        EXPECT_GE(standard.upper_metres, metres * (1 - 1e-6));
        before = standard.of_age;
    }
}

TEST(AgeGrading, TheOlderStandardsOfMenOverAMileAreTheSame) {
    EXPECT_EQ(age_standard(Sex::male, 30, 1609.344, RoadTable::road2020)->open, 227);
    EXPECT_EQ(age_standard(Sex::male, 30, 5000, RoadTable::road2020)->open, 771);
    EXPECT_EQ(age_standard(Sex::male, 30, 5000)->open, 769);
}

} // namespace
} // namespace harrier::analysis
