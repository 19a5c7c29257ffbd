// SPDX-License-Identifier: MIT
#pragma once

// Golden numbers: known-good values of every figure, with their sources. They lie outside the repository;
// tests skip without them. A topic's test hands every case of it to a function that says what it did with it;
// a case that it does not know fails the test.

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::tests {

using nlohmann::json;

struct GoldenCase {
    std::string topic;
    std::string name;
    json input;
    json expected;  // a number, or named results
    json tolerance; // a number; an array belongs to an array in `expected`
};

enum class GoldenOutcome {
    checked,
    quoted,  // tells of another program, and no figure of ours: nothing to compare
    absent,  // its recording is not on this machine
    unknown, // no test for it
};

inline std::filesystem::path golden_folder() {
    return std::filesystem::path(HARRIER_SHARED) / "golden";
}

inline json read_golden_json(const std::string& name) {
    std::ifstream file(golden_folder() / name);
    return file ? json::parse(file) : json();
}

inline std::vector<GoldenCase> load_golden_cases() {
    std::vector<GoldenCase> cases;
    for (const auto& one : read_golden_json("golden.json")) {
        cases.push_back({one.at("topic"), one.at("case"), one.at("input"), one.at("expected"),
                         one.value("tolerance", json(0))});
    }
    return cases;
}

// A checkout of another project, named by an environment variable.
inline std::optional<std::filesystem::path> checkout(const char* variable, const char* folder) {
    const char* root = std::getenv(variable);
    return root == nullptr ? std::nullopt : std::optional(std::filesystem::path(root) / folder);
}

// `actual` has what `expected` has, each number within the tolerance; it may have more. null is "undefined".
inline void expect_golden(const json& actual, const json& expected, const json& tolerance) {
    if (expected.is_object()) {
        for (const auto& [name, value] : expected.items()) {
            SCOPED_TRACE(name);
            ASSERT_TRUE(actual.contains(name));
            expect_golden(actual.at(name), value, tolerance);
        }
    } else if (expected.is_array()) {
        ASSERT_EQ(actual.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            SCOPED_TRACE(i);
            expect_golden(actual.at(i), expected[i], tolerance.is_array() ? tolerance.at(i) : tolerance);
        }
    } else if (expected.is_number() && actual.is_number()) {
        EXPECT_LE(std::abs(actual.get<double>() - expected.get<double>()), tolerance.get<double>())
            << actual << " instead of " << expected;
    } else {
        EXPECT_EQ(actual, expected);
    }
}

inline void expect_golden(const json& actual, const GoldenCase& one) {
    expect_golden(actual, one.expected, one.tolerance);
}

class GoldenNumbers : public testing::Test {
protected:
    static void SetUpTestSuite() { cases = new std::vector<GoldenCase>(load_golden_cases()); }
    static void TearDownTestSuite() { delete cases; }
    void SetUp() override {
        if (cases->empty()) {
            GTEST_SKIP() << "no golden numbers at " << golden_folder().string();
        }
    }

    // `check`: GoldenOutcome(const GoldenCase&). Prints how many cases were checked.
    template <class Check>
    static void for_each_case(std::string_view topic, Check check) {
        std::size_t count[4] = {};
        for (const auto& one : *cases) {
            if (one.topic == topic) {
                SCOPED_TRACE(one.topic + ": " + one.name);
                const GoldenOutcome outcome = check(one);
                EXPECT_NE(outcome, GoldenOutcome::unknown) << "a case without a test";
                ++count[static_cast<std::size_t>(outcome)];
            }
        }
        EXPECT_GT(count[0] + count[1] + count[2] + count[3], 0U) << "no case of " << topic;
        std::cout << "golden " << topic << ": " << count[0] << " checked, " << count[1] << " quoted, "
                  << count[2] << " without their recording, " << count[3] << " unknown\n";
    }

    static inline const std::vector<GoldenCase>* cases = nullptr;
};

} // namespace harrier::tests
