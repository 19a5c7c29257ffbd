// SPDX-License-Identifier: MIT
#include "emulator/watch_file.hpp"
#include "formats/fit/decode.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <span>

namespace harrier::emulator {
namespace {

const StreamColumn* find_column(const StreamSet& set, std::string_view type) {
    for (const auto& column : set.columns) {
        if (column.type == type) {
            return &column;
        }
    }
    return nullptr;
}

void expect_near(const StreamSet& set, std::string_view type, const std::vector<double>& column,
                 double tolerance) {
    const auto* stream = find_column(set, type);
    if (stream == nullptr) {
        EXPECT_TRUE(column.empty()) << type;
        return;
    }
    const auto values = nlohmann::json::parse(stream->data_json);
    ASSERT_EQ(values.size(), column.size()) << type;
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (values[i].is_number()) {
            ASSERT_NEAR(column[i], values[i].get<double>(), tolerance) << type << " " << i;
        }
    }
}

// The file against the streams that the API gives of the same activity.
TEST(WatchFile, SaysTheSameAsTheStreams) {
    const auto athlete = make_made_up_athlete({});
    int compared = 0;
    for (const auto& listed : athlete->activities()) {
        const auto file = find_watch_file(*athlete, listed.id);
        if (!file) {
            EXPECT_FALSE(athlete->streams(listed.id));
            continue;
        }
        const auto decoded = formats::fit::decode(std::as_bytes(std::span(file->bytes)));
        ASSERT_EQ(decoded.recordings.size(), 1U) << listed.id;
        const auto& streams = decoded.recordings[0].streams;
        const auto set = *athlete->streams(listed.id);
        expect_near(set, "time", streams.time, 0);
        expect_near(set, "distance", streams.distance, 0.05);
        expect_near(set, "altitude", streams.altitude, 1e-9);
        expect_near(set, "heartrate", streams.heartrate, 0);
        if (++compared == 6) {
            break;
        }
    }
    EXPECT_EQ(compared, 6);
}

TEST(WatchFile, IsNotThereForAnActivityWithoutSamples) {
    EXPECT_FALSE(find_watch_file(*make_empty_athlete(), 1));
}

} // namespace
} // namespace harrier::emulator
