// SPDX-License-Identifier: MIT
#include "archive/quality.hpp"

#include <gtest/gtest.h>

namespace harrier::archive {
namespace {

struct Said {
    const char* format = "fit";
    bool is_rewritten = false;
    bool is_cut = false;
    std::size_t columns = 7;
    std::size_t laps = 5;
};

std::int64_t quality(const Said& said) {
    ImportedFile file;
    file.format = said.format;
    file.is_rewritten = said.is_rewritten;
    ImportedRecording recording;
    recording.is_cut = said.is_cut;
    recording.columns = said.columns;
    recording.laps.resize(said.laps);
    return quality_of(file, recording);
}

TEST(Quality, PutsFilesInTheOrderOfWhatTheyTell) {
    const Said best_first[] = {
        {.columns = 8, .laps = 0},
        {},
        {.laps = 4},
        {.columns = 6, .laps = 9},
        {.format = "tcx", .columns = 20},
        {.format = "gpx", .columns = 20, .laps = 20},
        {.is_rewritten = true, .columns = 30},
        {.format = "gpx", .is_rewritten = true},
        {.is_cut = true, .columns = 30},
    };
    for (std::size_t i = 1; i < std::size(best_first); ++i) {
        EXPECT_GT(quality(best_first[i - 1]), quality(best_first[i])) << i;
    }
}

TEST(Quality, HasNoFileClimbOverItsRankByNumbers) {
    EXPECT_GT(quality({}), quality({.format = "tcx", .columns = 100'000, .laps = 100'000}));
    EXPECT_GT(quality({.columns = 8, .laps = 0}), quality({.laps = 100'000}));
}

} // namespace
} // namespace harrier::archive
