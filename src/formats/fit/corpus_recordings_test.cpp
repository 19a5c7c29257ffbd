// SPDX-License-Identifier: MIT

// Real recordings, as they come out of the decoder.

#include "formats/fit/decode.hpp"
#include "formats/fit/messages.hpp"
#include "formats/fit/reader.hpp"
#include "tests/support/fit_corpus.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats::fit {
namespace {

using namespace tests;

// The one file whose last record before the damage is left out on purpose: it lies in 2085.
bool ends_in_the_future(const FitCase& one) {
    return one.name.find("strava-android-app") != std::string::npos;
}

struct Whole {
    model::DecodedFile file;
    std::vector<model::Recording>& recordings = file.recordings;

    [[nodiscard]] Sum sum(std::vector<double> model::Streams::*column) const {
        Sum sum;
        for (const auto& recording : file.recordings) {
            for (const double value : recording.streams.*column) {
                if (!model::is_missing(value)) {
                    sum.add(value);
                }
            }
        }
        return sum;
    }
};

TEST_F(FitCorpus, RecordingsHoldEveryRecordInTheOrderOfTheFile) {
    for (const auto& one : *cases) {
        SCOPED_TRACE(one.name);
        const Whole whole{decode(one.bytes)};
        const std::size_t left_out = ends_in_the_future(one) ? 1 : 0;
        std::size_t records = 0;
        for (const auto& recording : whole.file.recordings) {
            records += recording.streams.size();
        }
        EXPECT_EQ(records + left_out, one.truth.at("records"));
        EXPECT_EQ(whole.file.recordings.size(),
                  std::max<std::size_t>(1, one.truth.value("sessions", json::array()).size()));
        std::vector<double> times; // s since 1989-12-31T00:00:00Z
        for (const auto& recording : whole.file.recordings) {
            const double start =
                recording.start
                    ? static_cast<double>(recording.start->time_since_epoch().count()) / 1000 - 631'065'600
                    : 0;
            for (const double time : recording.streams.time) {
                times.push_back(start + time);
            }
        }
        if (one.truth.at("first_timestamp").is_null()) {
            EXPECT_FALSE(whole.file.recordings.front().start.has_value());
            continue;
        }
        EXPECT_EQ(times.front(), one.truth.at("first_timestamp_raw"));
        if (left_out > 0) {
            continue;
        }
        EXPECT_EQ(times.back(), one.truth.at("last_timestamp_raw"));
        std::size_t back = 0;
        std::size_t repeated = 0;
        for (std::size_t i = 1; i < times.size(); ++i) {
            back += times[i] < times[i - 1] ? 1 : 0;
            repeated += times[i] == times[i - 1] ? 1 : 0;
        }
        EXPECT_EQ(back, one.truth.at("timestamps_going_back"));
        EXPECT_EQ(repeated, one.truth.at("timestamps_repeated"));
    }
}

// Where the device has nothing or only zeros to say, what an app on it measured stands in (docs/fit.md).
std::string developer_field_instead(const FitCase& one, std::string_view column) {
    const bool rower = one.name.find("20170518-191602") != std::string::npos;
    const bool pod = one.name.find("mornindew-broken") != std::string::npos;
    if (rower && column == "distance") {
        return "Distance";
    }
    if (rower && column == "enhanced_speed") {
        return "Speed";
    }
    return (rower || pod) && column == "power" ? "Power" : "";
}

// The figures leave out a field that is filled from the components of a component.
json expected_sum(const Sum& sum) {
    return {{"count", sum.count}, {"sum", sum.sum}, {"min", sum.min}, {"max", sum.max}};
}

TEST_F(FitCorpus, ColumnsAgreeWithTheFields) {
    const std::pair<const char*, std::vector<double> model::Streams::*> columns[] = {
        {"heart_rate", &model::Streams::heartrate},
        {"power", &model::Streams::watts},
        {"temperature", &model::Streams::temp},
        {"grade", &model::Streams::grade_smooth},
        {"enhanced_altitude", &model::Streams::altitude},
        {"enhanced_speed", &model::Streams::velocity_smooth},
        {"distance", &model::Streams::distance},
    };
    for (const auto& one : *cases) {
        const Whole whole{decode(one.bytes)};
        if (ends_in_the_future(one)) {
            continue;
        }
        const auto& fields = one.truth.at("fields");
        for (const auto& [name, column] : columns) {
            SCOPED_TRACE(one.name + ' ' + name);
            const auto sum = whole.sum(column);
            if (const auto other = developer_field_instead(one, name); !other.empty()) {
                expect_same(sum, one.truth.at("developer_fields").at(other));
            } else if (std::string_view(name) == "heart_rate" && one.truth.contains("hr")) {
                EXPECT_GT(sum.count, sum_field(one, "heart_rate").count);
            } else if (fields.contains(name)) {
                expect_same(sum, fields.at(name));
            } else {
                expect_same(sum, expected_sum(sum_field(one, name)));
            }
        }
        SCOPED_TRACE(one.name + " cadence");
        const auto cadence = sum_field(one, "cadence");
        EXPECT_EQ(whole.sum(&model::Streams::cadence).count, cadence.count);
        EXPECT_NEAR(whole.sum(&model::Streams::cadence).sum,
                    cadence.sum + sum_field(one, "fractional_cadence").sum, 1e-6);
        const auto position = one.truth.value("position", json{{"count", 0}});
        EXPECT_EQ(whole.sum(&model::Streams::latitude).count, position.at("count"));
        if (position.contains("min_lat")) {
            EXPECT_NEAR(whole.sum(&model::Streams::latitude).min, position.at("min_lat"), 1e-7);
            EXPECT_NEAR(whole.sum(&model::Streams::latitude).max, position.at("max_lat"), 1e-7);
            EXPECT_NEAR(whole.sum(&model::Streams::longitude).min, position.at("min_long"), 1e-7);
            EXPECT_NEAR(whole.sum(&model::Streams::longitude).max, position.at("max_long"), 1e-7);
        }
    }
}

TEST_F(FitCorpus, SessionsAndLapsAgree) {
    for (const auto& one : *cases) {
        SCOPED_TRACE(one.name);
        const Whole whole{decode(one.bytes)};
        auto sessions = one.truth.value("sessions", json::array());
        std::stable_sort(sessions.begin(), sessions.end(), [](const json& a, const json& b) {
            return a.value("start_time", json("")) < b.value("start_time", json(""));
        });
        ASSERT_GE(whole.file.recordings.size(), sessions.size());
        for (std::size_t i = 0; i < sessions.size(); ++i) {
            SCOPED_TRACE("session " + std::to_string(i));
            const auto& totals = whole.file.recordings[i].totals;
            const auto& expected = sessions[i];
            const std::pair<const char*, std::optional<double>> pairs[] = {
                {"total_distance", totals.distance},
                {"total_elapsed_time", totals.elapsed_time},
                {"total_timer_time", totals.timer_time},
                {"total_ascent", totals.ascent},
                {"total_descent", totals.descent},
                {"avg_heart_rate", totals.average_heartrate},
                {"max_heart_rate", totals.max_heartrate},
                {"avg_power", totals.average_watts},
                {"max_power", totals.max_watts},
                {"normalized_power", totals.normalized_watts},
                {"total_calories", totals.calories},
                {"enhanced_avg_speed", totals.average_speed},
                {"enhanced_max_speed", totals.max_speed},
                {"pool_length", whole.file.recordings[i].pool_length},
            };
            for (const auto& [name, value] : pairs) {
                SCOPED_TRACE(name);
                ASSERT_EQ(value.has_value(), expected.contains(name));
                if (value) {
                    EXPECT_NEAR(*value, expected.at(name), 1e-6);
                }
            }
            if (expected.contains("avg_cadence")) { // ours has the fraction too
                EXPECT_EQ(std::floor(totals.average_cadence.value_or(-1)), expected.at("avg_cadence"));
            }
        }
        std::size_t laps = 0;
        double distance = 0;
        double timer = 0;
        for (const auto& recording : whole.file.recordings) {
            laps += recording.laps.size();
            for (const auto& lap : recording.laps) {
                distance += lap.totals.distance.value_or(0);
                timer += lap.totals.timer_time.value_or(0);
            }
        }
        const auto expected = one.truth.value("laps", json{{"count", 0}});
        EXPECT_EQ(laps, expected.at("count"));
        EXPECT_NEAR(distance, expected.value("sum_total_distance", 0.0), 1e-6);
        EXPECT_NEAR(timer, expected.value("sum_total_timer_time", 0.0), 1e-6);
    }
}

TEST_F(FitCorpus, LengthsAndHeartBeatsAgree) {
    for (const auto& one : *cases) {
        SCOPED_TRACE(one.name);
        const Whole whole{decode(one.bytes)};
        std::size_t lengths = 0;
        int strokes = 0;
        std::vector<double> beats;
        for (const auto& recording : whole.file.recordings) {
            lengths += recording.lengths.size();
            for (const auto& length : recording.lengths) {
                strokes += length.strokes.value_or(0);
            }
            beats.insert(beats.end(), recording.rr_intervals.begin(), recording.rr_intervals.end());
        }
        const auto expected = one.truth.value("lengths", json{{"count", 0}});
        EXPECT_EQ(lengths, expected.at("count"));
        EXPECT_EQ(strokes, expected.value("sum_total_strokes", 0.0));
        const auto hrv = one.truth.value("hrv", json{{"values", 0}});
        EXPECT_EQ(beats.size(), hrv.at("values"));
        EXPECT_NEAR(std::accumulate(beats.begin(), beats.end(), 0.0), hrv.value("sum_s", 0.0), 1e-6);
    }
}

TEST_F(FitCorpus, HeartRateMessagesAddUpAndFillTheRecordsThatHaveNone) {
    for (const auto& one : *cases) {
        if (!one.truth.contains("hr")) {
            continue;
        }
        SCOPED_TRACE(one.name);
        std::size_t count = 0;
        std::int64_t sum = 0;
        HeartRateMessages merged;
        std::size_t kept = 0;
        Reader reader(one.bytes);
        while (const auto* message = reader.next()) {
            if (message->definition->global != global::hr) {
                continue;
            }
            merged.add(*message);
            for_each_integer(*message, 6, [&](auto bpm) {
                count += bpm ? 1 : 0;
                sum += bpm.value_or(0);
                kept += bpm.value_or(0) > 0 ? 1 : 0;
            });
        }
        EXPECT_EQ(count, one.truth.at("hr").at("filtered_bpm_values"));
        EXPECT_EQ(sum, one.truth.at("hr").at("filtered_bpm_sum"));
        EXPECT_EQ(merged.samples().size(), kept) << "every beat has a time";
        const Whole whole{decode(one.bytes)};
        const auto own = sum_field(one, "heart_rate").count;
        EXPECT_GT(whole.sum(&model::Streams::heartrate).count, own);
    }
}

TEST_F(FitCorpus, DeveloperFieldsAddUp) {
    for (const auto& one : *cases) {
        const Whole whole{decode(one.bytes)};
        std::map<std::string, Sum> sums;
        std::map<std::string, std::string> units;
        for (const auto& recording : whole.file.recordings) {
            for (const auto& column : recording.extra) {
                units[column.name] = column.units;
                for (const double value : column.values) {
                    if (!model::is_missing(value)) {
                        sums[column.name].add(value);
                    }
                }
            }
        }
        const auto expected = one.truth.value("developer_fields", json::object());
        for (const auto& [name, figures] : expected.items()) {
            SCOPED_TRACE(one.name + ' ' + name);
            ASSERT_TRUE(sums.contains(name));
            expect_same(sums[name], figures);
            EXPECT_EQ(units[name], figures.value("units", ""));
        }
        EXPECT_EQ(sums.size(), expected.size()) << one.name;
    }
}

const FitCase& find_case(const std::vector<FitCase>& cases, std::string_view part) {
    return *std::find_if(cases.begin(), cases.end(),
                         [&](const FitCase& one) { return one.name.find(part) != std::string::npos; });
}

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

auto a_finding(std::size_t offset, const char* what) {
    return AllOf(Field(&model::Finding::offset, offset), Field(&model::Finding::what, HasSubstr(what)));
}

TEST_F(FitCorpus, ARecordingCutShortKeepsItsRecordsAndSaysWhere) {
    const auto file = decode(find_case(*cases, "nick.fit").bytes);
    EXPECT_THAT(file.findings, ElementsAre(a_finding(403'437, "a message runs past the end"),
                                           a_finding(403'454, "the file's checksum is wrong")));
    ASSERT_EQ(file.recordings.size(), 1U);
    EXPECT_EQ(file.recordings[0].streams.size(), 14'391U);
    EXPECT_EQ(file.recordings[0].laps.size(), 1U);
    EXPECT_EQ(file.recordings[0].totals.distance, std::nullopt);
}

TEST_F(FitCorpus, ARecordingDamagedAsTextKeepsItsPrefixAndSaysWhere) {
    const auto file = decode(find_case(*cases, "strava-android-app").bytes);
    EXPECT_THAT(file.findings, ElementsAre(a_finding(4, "the header promises 78236 bytes, 78219 are there"),
                                           a_finding(7451, "an impossible time: left out"),
                                           a_finding(7471, "a message of the undefined local type 11"),
                                           a_finding(78'233, "the file's checksum is missing")));
    ASSERT_EQ(file.recordings.size(), 1U);
    EXPECT_EQ(file.recordings[0].streams.size(), 472U);
    EXPECT_DOUBLE_EQ(file.recordings[0].totals.distance.value_or(0), 11'274.04);
    EXPECT_DOUBLE_EQ(file.recordings[0].totals.elapsed_time.value_or(0), 3558);
}

TEST_F(FitCorpus, WholeRecordingsHaveNoFindingsButThoseThatAreKnown) {
    for (const auto& one : *cases) {
        SCOPED_TRACE(one.name);
        for (const auto& finding : decode(one.bytes).findings) {
            const bool known = one.name.find("nick.fit") != std::string::npos || ends_in_the_future(one) ||
                               finding.what.find("kept as bytes") != std::string::npos;
            EXPECT_TRUE(known) << finding.offset << ' ' << finding.what;
        }
    }
}

} // namespace
} // namespace harrier::formats::fit
