// SPDX-License-Identifier: MIT

// Recordings that are written and read back: made-up ones, and those of real devices in each format from each
// format. What a format does not hold is told in the headers of the writers and in
// tests/support/round_trip.hpp.

#include "model/sport.hpp"
#include "tests/support/fit_corpus.hpp"
#include "tests/support/round_trip.hpp"
#include "tests/support/xml_corpus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace harrier::formats {
namespace {

using tests::Format;

class RecordingMaker {
public:
    explicit RecordingMaker(unsigned seed) : m_random(seed) {}

    model::Recording make() {
        model::Recording recording;
        recording.sport_type = chance(2) ? "Run" : "Ride";
        recording.name = "Number " + std::to_string(whole(0, 99));
        recording.description = chance(2) ? "Up & down" : "";
        recording.start = model::Moment(std::chrono::milliseconds(1'600'000'000'000 + whole(0, 99'999'999)));
        add_times(recording);
        add_columns(recording.streams);
        add_laps(recording);
        recording.totals = totals();
        if (chance(2)) {
            recording.extra.push_back({"Leaps", "1", column(0, 99, 1 / 16.0)});
        }
        return recording;
    }

private:
    long whole(long least, long most) { return std::uniform_int_distribution<long>(least, most)(m_random); }
    bool chance(int one_in) { return whole(1, one_in) == 1; }

    // Mostly a second, with pauses that are breaks as well.
    void add_times(model::Recording& recording) {
        m_size = static_cast<std::size_t>(whole(2, 200));
        long ms = 0;
        for (std::size_t i = 0; i < m_size; ++i) {
            if (i > 0) {
                const bool pauses = chance(20);
                const long before = ms;
                ms += pauses ? whole(5000, 500'000) : chance(3) ? whole(0, 4000) : 1000;
                if (pauses) {
                    recording.breaks.push_back(i);
                    recording.pauses.push_back({*recording.start + std::chrono::milliseconds(before),
                                                *recording.start + std::chrono::milliseconds(ms)});
                }
            }
            recording.streams.time.push_back(static_cast<double>(ms) / 1000);
        }
    }

    // Some missing, some wild.
    std::vector<double> column(double least, double most, double step = 0) {
        std::uniform_real_distribution<double> value(least, most);
        std::vector<double> values;
        for (std::size_t i = 0; i < m_size; ++i) {
            const double one = value(m_random);
            values.push_back(chance(8) ? model::missing : step == 0 ? one : std::round(one / step) * step);
            if (chance(50)) {
                constexpr double wild[] = {1e9, -1e9, 300, -1, 91, 1e300, HUGE_VAL, -HUGE_VAL, 65'535, 255};
                values.back() = wild[static_cast<std::size_t>(whole(0, 9))];
            }
        }
        return values;
    }

    void add_columns(model::Streams& streams) {
        streams.latitude = column(-90, 90);
        streams.longitude = column(-180, 180);
        streams.distance = chance(4) ? std::vector<double>() : column(0, 50'000);
        streams.altitude = chance(4) ? std::vector<double>() : column(-400, 8000);
        streams.velocity_smooth = chance(4) ? std::vector<double>() : column(0, 20);
        streams.heartrate = chance(4) ? std::vector<double>() : column(0, 220, 0.25);
        streams.cadence = chance(4) ? std::vector<double>() : column(0, 120);
        streams.watts = chance(4) ? std::vector<double>() : column(0, 1500);
        streams.temp = chance(4) ? std::vector<double>() : column(-30, 45);
        streams.grade_smooth = chance(4) ? std::vector<double>() : column(-30, 30);
    }

    // Each from one sample on to the one before the next.
    void add_laps(model::Recording& recording) {
        std::vector<std::size_t> first{0};
        for (std::size_t i = 1; i < m_size; ++i) {
            const bool later = recording.streams.time[i] > recording.streams.time[i - 1];
            if (later && chance(30)) {
                first.push_back(i);
            }
        }
        first.push_back(m_size);
        for (std::size_t i = 0; i + 1 < first.size(); ++i) {
            model::Lap lap;
            lap.start = tests::moment_at(recording, recording.streams.time[first[i]]);
            lap.end = tests::moment_at(recording, recording.streams.time[first[i + 1] - 1]);
            lap.trigger = chance(2) ? "manual" : "distance";
            lap.intensity = "active";
            lap.totals = totals();
            recording.laps.push_back(std::move(lap));
        }
    }

    model::Totals totals() {
        model::Totals totals;
        std::uniform_real_distribution<double> value(0, 260);
        for (const auto& one : tests::totals_held) {
            totals.*one.total = chance(4) ? std::nullopt : std::optional(value(m_random));
        }
        return totals;
    }

    std::mt19937_64 m_random;
    std::size_t m_size = 0;
};

std::vector<std::size_t> breaks_among(const model::Recording& recording,
                                      const std::vector<std::size_t>& rows) {
    std::vector<std::size_t> breaks;
    for (const auto at : recording.breaks) {
        const auto place =
            static_cast<std::size_t>(std::lower_bound(rows.begin(), rows.end(), at) - rows.begin());
        if (place > 0 && place < rows.size() && (breaks.empty() || breaks.back() != place)) {
            breaks.push_back(place);
        }
    }
    return breaks;
}

void expect_same_pauses(Format format, const model::Recording& before, const model::Recording& after) {
    ASSERT_EQ(after.pauses.size(), before.pauses.size());
    for (std::size_t i = 0; i < before.pauses.size(); ++i) {
        tests::expect_near(before.pauses[i].from, after.pauses[i].from, format, "pause");
        tests::expect_near(before.pauses[i].to, after.pauses[i].to, format, "pause");
    }
}

void expect_same_laps(Format format, const model::Recording& before, const model::Recording& after) {
    ASSERT_EQ(after.laps.size(), before.laps.size());
    for (std::size_t i = 0; i < before.laps.size(); ++i) {
        SCOPED_TRACE("lap " + std::to_string(i));
        tests::expect_near(before.laps[i].start, after.laps[i].start, format, "start");
        tests::expect_near(before.laps[i].end, after.laps[i].end, format, "end");
        EXPECT_EQ(before.laps[i].trigger, after.laps[i].trigger);
        EXPECT_EQ(before.laps[i].intensity, after.laps[i].intensity);
        tests::expect_same_totals(format, before.laps[i].totals, after.laps[i].totals);
    }
}

TEST(RoundTrip, OfMadeRecordingsGivesThemBack) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        const auto before = RecordingMaker(seed).make();
        for (const auto format : tests::all_formats) {
            SCOPED_TRACE("seed " + std::to_string(seed) + " as " + tests::name_of(format));
            const auto rows = tests::rows_held(format, before);
            const auto file = tests::read(format, tests::write(format, before));
            if (rows.empty()) {
                continue;
            }
            ASSERT_TRUE(file.findings.empty()) << file.findings[0].what;
            ASSERT_EQ(file.recordings.size(), 1U);
            const auto& after = file.recordings[0];
            EXPECT_EQ(after.sport_type, before.sport_type);
            EXPECT_EQ(after.name, format == Format::gpx ? before.name : "");
            EXPECT_EQ(after.description, format == Format::fit ? "" : before.description);
            tests::expect_same_times(format, before, rows, after);
            tests::expect_same_columns(format, before, rows, after);
            if (format != Format::fit) {
                EXPECT_EQ(after.breaks, breaks_among(before, rows));
            }
            if (format == Format::gpx) {
                EXPECT_EQ(after.pauses.size(), after.breaks.size());
            } else {
                expect_same_pauses(format, before, after);
                expect_same_laps(format, before, after);
            }
            if (format == Format::fit) {
                tests::expect_same_totals(format, before.totals, after.totals);
                ASSERT_EQ(after.extra.size(), before.extra.size());
            }
            if (HasFailure()) {
                return;
            }
        }
    }
}

// The second time nothing is rounded or left out any more.
TEST(RoundTrip, OfWhatWasReadBackGivesTheSameBytes) {
    for (unsigned seed = 1; seed <= 100; ++seed) {
        const auto made = RecordingMaker(seed).make();
        for (const auto format : tests::all_formats) {
            const auto file = tests::read(format, tests::write(format, made));
            if (file.recordings.empty()) {
                continue;
            }
            const auto once = tests::write(format, file.recordings[0]);
            ASSERT_EQ(tests::write(format, tests::read(format, once).recordings.at(0)), once)
                << "seed " << seed << " as " << tests::name_of(format);
        }
    }
}

struct RealRecording {
    std::string name;
    Format format;
    model::Recording recording;
};

std::vector<RealRecording> real_recordings() {
    std::vector<RealRecording> all;
    const auto add = [&](const std::string& name, Format format, model::DecodedFile file) {
        for (auto& recording : file.recordings) {
            all.push_back({name, format, std::move(recording)});
        }
    };
    for (const auto& one : tests::load_fit_cases()) {
        add(one.name, Format::fit, fit::decode(one.bytes));
    }
    for (const auto& one : tests::load_xml_cases("gpx")) {
        add(one.name, Format::gpx, gpx::decode(tests::as_file(one.text)));
    }
    for (const auto& one : tests::load_xml_cases("tcx")) {
        add(one.name, Format::tcx, tcx::decode(tests::as_file(one.text)));
    }
    return all;
}

// What only a file can say that has no date, or one that the format cannot hold.
bool has_common_date(const model::Recording& recording) {
    using namespace std::chrono;
    return recording.start && *recording.start >= sys_days(year(1999) / 1 / 1) &&
           *recording.start < sys_days(year(2090) / 1 / 1);
}

void expect_no_news(const model::Recording& before, const model::DecodedFile& file) {
    for (const auto& finding : file.findings) {
        const bool is_of_the_original = finding.what.find("time steps back") != std::string::npos ||
                                        finding.what.find("times step back") != std::string::npos;
        EXPECT_TRUE(is_of_the_original || !has_common_date(before)) << finding.what;
    }
}

void expect_same_sport(Format format, const model::Recording& before, const model::Recording& after) {
    const auto family = model::family_of(before.sport_type);
    if (format == Format::tcx) {
        EXPECT_EQ(after.sport_type, family == "run" ? "Run" : family == "ride" ? "Ride" : "Workout");
    } else {
        EXPECT_EQ(after.sport_type, before.sport_type);
    }
}

void expect_round_trip(const RealRecording& real, Format format) {
    const auto& before = real.recording;
    const auto rows = tests::rows_held(format, before);
    const auto file = tests::read(format, tests::write(format, before));
    if (rows.empty() && format == Format::gpx) {
        EXPECT_TRUE(file.recordings.empty());
        return;
    }
    ASSERT_EQ(file.recordings.size(), 1U);
    const auto& after = file.recordings[0];
    expect_no_news(before, file);
    expect_same_sport(format, before, after);
    if (has_common_date(before) || !before.start) {
        tests::expect_same_times(format, before, rows, after);
    }
    tests::expect_same_columns(format, before, rows, after);
    if (format == Format::tcx && before.laps.empty()) {
        EXPECT_EQ(after.laps.size(), 1U);
    } else if (format != Format::gpx) {
        ASSERT_EQ(after.laps.size(), before.laps.size());
        for (std::size_t i = 0; i < before.laps.size(); ++i) {
            tests::expect_near(before.laps[i].start, after.laps[i].start, format, "lap");
            tests::expect_same_totals(format, before.laps[i].totals, after.laps[i].totals);
        }
    }
    if (real.format == format && format != Format::gpx) {
        EXPECT_EQ(after.start, before.start);
        EXPECT_EQ(after.original_sport, before.original_sport);
        expect_same_pauses(format, before, after);
        expect_same_laps(format, before, after);
        tests::expect_same_totals(format, before.totals, after.totals);
    }
    if (real.format != Format::fit && format != Format::fit) {
        EXPECT_EQ(after.breaks, breaks_among(before, rows));
    }
    if (format == Format::gpx && real.format == format) {
        EXPECT_EQ(after.name, before.name);
        EXPECT_EQ(after.description, before.description);
        EXPECT_EQ(after.extra.size(), before.extra.size());
    }
    if (format == Format::fit) {
        EXPECT_EQ(after.rr_intervals, before.rr_intervals);
        ASSERT_EQ(after.extra.size(), before.extra.size());
        EXPECT_EQ(after.lengths.size(), before.lengths.size());
    }
    if (format == Format::fit && real.format == format) {
        EXPECT_EQ(after.utc_offset, before.utc_offset);
        EXPECT_EQ(after.pool_length, before.pool_length);
        EXPECT_EQ(after.streams.time, before.streams.time);
    }
}

TEST(RoundTrip, OfRealRecordingsGivesThemBackInEachFormat) {
    const auto all = real_recordings();
    if (all.empty()) {
        GTEST_SKIP() << "no recordings at " << HARRIER_SHARED << "/corpus";
    }
    for (const auto& real : all) {
        for (const auto format : tests::all_formats) {
            SCOPED_TRACE(real.name + " as " + tests::name_of(format));
            expect_round_trip(real, format);
        }
    }
}

} // namespace
} // namespace harrier::formats
