// SPDX-License-Identifier: MIT
#pragma once

// GPX and TCX files of real devices and of other parsers' tests, with the figures that other parsers took
// from them. They lie outside the repository; tests skip without them.

#include "formats/xml_values.hpp"
#include "model/recording.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <regex>
#include <span>
#include <string>
#include <vector>

namespace harrier::tests {

struct XmlCase {
    std::string name;
    std::string text;
    nlohmann::json truth;
};

inline std::vector<XmlCase> load_xml_cases(const std::string& format) {
    const std::filesystem::path folder = std::filesystem::path(HARRIER_SHARED) / "corpus";
    std::vector<XmlCase> cases;
    std::ifstream manifest(folder / "manifest.json");
    if (!manifest) {
        return cases;
    }
    const auto all = nlohmann::json::parse(manifest);
    for (const auto& one : all.at("files")) {
        if (one.at("format") == format) {
            const std::string name = one.at("name");
            std::ifstream file(folder / name, std::ios::binary);
            cases.push_back({name, {std::istreambuf_iterator<char>(file), {}}, one.at("truth")});
        }
    }
    return cases;
}

inline std::span<const std::byte> as_file(const std::string& text) {
    return std::as_bytes(std::span(text));
}

inline bool has_finding(const model::DecodedFile& file, const std::string& words) {
    return std::any_of(file.findings.begin(), file.findings.end(),
                       [&](const auto& finding) { return finding.what.find(words) != std::string::npos; });
}

// The number that a finding with these words begins with; 0 without such a finding.
inline std::size_t count_in_finding(const model::DecodedFile& file, const std::string& words) {
    const std::regex pattern(words); // "points? without": one is told in the singular
    for (const auto& finding : file.findings) {
        if (std::regex_search(finding.what, pattern)) {
            return std::stoul(finding.what);
        }
    }
    return 0;
}

struct ColumnFigures {
    std::size_t count = 0;
    double sum = 0;
    double min = 0;
    double max = 0;
};

inline ColumnFigures figures_of(const std::vector<double>& column) {
    ColumnFigures figures;
    for (const double value : column) {
        if (!model::is_missing(value)) {
            figures.min = figures.count == 0 ? value : std::min(figures.min, value);
            figures.max = figures.count == 0 ? value : std::max(figures.max, value);
            figures.sum += value;
            ++figures.count;
        }
    }
    return figures;
}

// `truth` may lack the key: then the column has to be empty.
inline void expect_column(const nlohmann::json& truth, const std::string& key,
                          const std::vector<double>& column) {
    SCOPED_TRACE(key);
    const auto figures = figures_of(column);
    if (!truth.contains(key)) {
        EXPECT_EQ(figures.count, 0U);
        return;
    }
    const auto& expected = truth.at(key);
    EXPECT_EQ(figures.count, expected.at("count").get<std::size_t>());
    if (figures.count > 0) {
        const double sum = expected.at("sum");
        EXPECT_NEAR(figures.sum, sum, std::max(1e-6, 1e-9 * std::abs(sum)));
        EXPECT_NEAR(figures.min, expected.at("min").get<double>(), 1e-6);
        EXPECT_NEAR(figures.max, expected.at("max").get<double>(), 1e-6);
    }
}

inline void expect_bounds(const nlohmann::json& truth, const model::Streams& streams) {
    const auto lat = figures_of(streams.latitude);
    const auto lon = figures_of(streams.longitude);
    EXPECT_EQ(lat.count, lon.count);
    EXPECT_EQ(lat.count > 0, truth.contains("bounds"));
    if (!truth.contains("bounds")) {
        return;
    }
    const auto& bounds = truth.at("bounds");
    EXPECT_NEAR(lat.min, bounds.at("min_lat").get<double>(), 1e-7);
    EXPECT_NEAR(lat.max, bounds.at("max_lat").get<double>(), 1e-7);
    EXPECT_NEAR(lon.min, bounds.at("min_lon").get<double>(), 1e-7);
    EXPECT_NEAR(lon.max, bounds.at("max_lon").get<double>(), 1e-7);
    EXPECT_NEAR(lat.sum, bounds.at("sum_lat").get<double>(), 2e-6);
    EXPECT_NEAR(lon.sum, bounds.at("sum_lon").get<double>(), 2e-6);
}

inline model::Moment moment_of(const nlohmann::json& text) {
    return formats::read_time(text.get<std::string>()).value().moment;
}

inline model::Moment moment_at(const model::Recording& recording, double time) {
    return recording.start.value() + std::chrono::milliseconds(std::llround(time * 1000));
}

// Times are filled where a point has none, hence `repeated` counts those, too.
inline void expect_times(const nlohmann::json& truth, const model::Recording& recording,
                         const model::DecodedFile& file) {
    const auto& times = recording.streams.time;
    const auto missing = count_in_finding(file, "points? without a time");
    EXPECT_EQ(missing, truth.at("missing").get<std::size_t>());
    EXPECT_EQ(times.size() - missing, truth.at("count").get<std::size_t>());
    if (truth.at("count") == 0) {
        EXPECT_FALSE(recording.start);
        return;
    }
    ASSERT_TRUE(recording.start);
    EXPECT_EQ(moment_at(recording, times.front()), moment_of(truth.at("first")));
    EXPECT_EQ(moment_at(recording, times.back()), moment_of(truth.at("last")));
    EXPECT_EQ(moment_at(recording, *std::min_element(times.begin(), times.end())),
              moment_of(truth.at("min")));
    EXPECT_EQ(moment_at(recording, *std::max_element(times.begin(), times.end())),
              moment_of(truth.at("max")));
    std::size_t back = 0;
    std::size_t repeated = 0;
    for (std::size_t i = 1; i < times.size(); ++i) {
        back += times[i] < times[i - 1] ? 1 : 0;
        repeated += times[i] == times[i - 1] ? 1 : 0;
    }
    EXPECT_EQ(back, truth.at("going_back").get<std::size_t>());
    EXPECT_EQ(back, count_in_finding(file, "times? steps? back"));
    EXPECT_EQ(repeated - missing, truth.at("repeated").get<std::size_t>());
    EXPECT_EQ(count_in_finding(file, "without a zone"), truth.value("without_zone", std::size_t{0}));
}

// Over good positions, within segments, by the haversine formula on a sphere of the Earth's mean radius.
inline double length_of(const model::Recording& recording) {
    constexpr double radius = 6'371'008.8;
    constexpr double degree = std::numbers::pi / 180;
    const auto& s = recording.streams;
    double length = 0;
    bool has_last = false;
    std::size_t last = 0;
    for (std::size_t i = 0; i < s.latitude.size(); ++i) {
        if (std::find(recording.breaks.begin(), recording.breaks.end(), i) != recording.breaks.end()) {
            has_last = false;
        }
        if (model::is_missing(s.latitude[i])) {
            continue;
        }
        if (has_last) {
            const double across = std::sin((s.latitude[i] - s.latitude[last]) * degree / 2);
            const double along = std::sin((s.longitude[i] - s.longitude[last]) * degree / 2);
            const double part = across * across + std::cos(s.latitude[i] * degree) *
                                                      std::cos(s.latitude[last] * degree) * along * along;
            length += 2 * radius * std::asin(std::sqrt(std::min(1.0, part)));
        }
        has_last = true;
        last = i;
    }
    return length;
}

} // namespace harrier::tests
