// SPDX-License-Identifier: MIT
#pragma once

// Recordings of real devices, and the figures that other decoders took from them. They lie outside the
// repository; tests skip without them. Nothing of a file is printed but sums and counts.

#include "formats/fit/messages.hpp"
#include "formats/fit/reader.hpp"
#include "formats/fit/value.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harrier::tests {

using nlohmann::json;

struct FitCase {
    std::string name;
    std::vector<std::byte> bytes;
    json truth;
};

inline std::vector<std::byte> read_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

inline std::vector<FitCase> load_fit_cases() {
    const std::filesystem::path folder = std::filesystem::path(HARRIER_SHARED) / "corpus";
    std::vector<FitCase> cases;
    std::ifstream manifest(folder / "manifest.json");
    if (!manifest) {
        return cases;
    }
    const auto all = json::parse(manifest);
    for (const auto& file : all.at("files")) {
        if (file.at("format") == "fit") {
            const std::string name = file.at("name");
            cases.push_back({name, read_bytes(folder / name), file.at("truth")});
        }
    }
    return cases;
}

class FitCorpus : public testing::Test {
protected:
    static void SetUpTestSuite() { cases = new std::vector<FitCase>(load_fit_cases()); }
    static void TearDownTestSuite() { delete cases; }
    void SetUp() override {
        if (cases->empty()) {
            GTEST_SKIP() << "no recordings at " << HARRIER_SHARED << "/corpus";
        }
    }
    static inline const std::vector<FitCase>* cases = nullptr;
};

// The tolerance that the figures ask for.
inline double tolerance(double value) {
    return std::max(1e-6, 1e-9 * std::abs(value));
}

// A field of the records, and where its value may come from: the first valid one counts.
struct Origin {
    std::uint8_t field;
    double scale = 1;
    double shift = 0;
};
constexpr std::uint8_t packed_field = 8;
inline const std::map<std::string, std::vector<Origin>> origins = {
    {"heart_rate", {{3}}},
    {"cadence", {{4}}},
    {"power", {{7}}},
    {"temperature", {{13}}},
    {"grade", {{9, 100}}},
    {"fractional_cadence", {{53, 128}}},
    {"altitude", {{2, 5, 500}}},
    {"enhanced_altitude", {{78, 5, 500}, {2, 5, 500}}},
    {"speed", {{6, 1000}, {packed_field}}},
    {"enhanced_speed", {{73, 1000}, {6, 1000}, {packed_field}}},
    {"distance", {{5, 100}, {packed_field}}},
    {"gps_accuracy", {{31}}},
    {"accumulated_power", {{29}}},
    {"calories", {{33}}},
    {"vertical_oscillation", {{39, 10}}},
    {"stance_time", {{41, 10}}},
};

struct Sum {
    std::size_t count = 0;
    std::size_t invalid = 0;
    double sum = 0;
    double min = 0;
    double max = 0;

    void add(double value) {
        min = count == 0 ? value : std::min(min, value);
        max = count == 0 ? value : std::max(max, value);
        ++count;
        sum += value;
    }
};

inline void expect_same(const Sum& sum, const json& expected) {
    EXPECT_EQ(sum.count, expected.at("count"));
    if (expected.at("count") > 0) {
        EXPECT_NEAR(sum.sum, expected.at("sum"), tolerance(expected.at("sum")));
        EXPECT_NEAR(sum.min, expected.at("min"), 1e-6);
        EXPECT_NEAR(sum.max, expected.at("max"), 1e-6);
    }
}

inline std::optional<double> value_of(const formats::fit::Message& record, const std::string& name,
                                      const Origin& origin, std::uint32_t& accumulated) {
    if (origin.field != packed_field) {
        return formats::fit::scaled(record, origin.field, origin.scale, origin.shift);
    }
    const auto* found = formats::fit::find_field(*record.definition, packed_field);
    const auto* bytes = record.data.data() + found->offset;
    const auto low = std::to_integer<std::uint32_t>(bytes[0]) | std::to_integer<std::uint32_t>(bytes[1])
                                                                    << 8U;
    const auto packed = low | std::to_integer<std::uint32_t>(bytes[2]) << 16U;
    if (packed == 0xFFFFFFU) {
        return std::nullopt;
    }
    if (name != "distance") {
        return (packed & 0xFFFU) / 100.0;
    }
    accumulated += ((packed >> 12U) - accumulated) & 0xFFFU;
    return accumulated / 16.0;
}

inline Sum sum_field(const FitCase& one, const std::string& name) {
    Sum sum;
    std::uint32_t accumulated = 0;
    formats::fit::Reader reader(one.bytes);
    while (const auto* message = reader.next()) {
        if (message->definition->global != formats::fit::global::record) {
            continue;
        }
        bool there = false;
        std::optional<double> value;
        for (const auto& origin : origins.at(name)) {
            if (!value && formats::fit::find_field(*message->definition, origin.field) != nullptr) {
                there = true;
                value = value_of(*message, name, origin, accumulated);
            }
        }
        if (value) {
            sum.add(*value);
        }
        sum.invalid += there && !value ? 1 : 0;
    }
    return sum;
}

} // namespace harrier::tests
