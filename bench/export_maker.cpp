// SPDX-License-Identifier: MIT

// Makes a bulk export of runs of an hour each, as a watch records them: export_maker FILE.zip ACTIVITIES

#include "formats/fit/encode.hpp"
#include "tests/support/made_up_export.hpp"
#include "tests/support/stream_samples.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

using namespace harrier;

constexpr std::size_t seconds = 3600;
constexpr int different_runs = 20;

std::vector<archive::StoredStreams> make_runs() {
    std::vector<archive::StoredStreams> runs;
    for (int i = 0; i < different_runs; ++i) {
        runs.push_back(tests::made_up_run(seconds, static_cast<std::uint64_t>(i) + 1));
    }
    return runs;
}

// Every activity has a day of its own, and so bytes of its own.
std::string make_file(const archive::StoredStreams& samples, int number) {
    model::Recording run;
    run.sport_type = "Run";
    run.start = tests::made_up_start(number);
    run.streams = samples.streams;
    run.totals.elapsed_time = seconds;
    run.totals.timer_time = seconds;
    run.totals.distance = samples.streams.distance.back();
    return formats::fit::encode(run);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: export_maker FILE.zip ACTIVITIES\n", stderr);
        return 2;
    }
    const int count = std::atoi(argv[2]);
    const auto runs = make_runs();
    tests::ZipBuilder zip;
    std::string table = tests::made_up_header;
    std::size_t bytes = 0;
    for (int i = 0; i < count; ++i) {
        const auto file = make_file(runs[static_cast<std::size_t>(i % different_runs)], i);
        bytes += file.size();
        const tests::MadeUpRow row{
            .id = 1000 + i, .filename = fmt::format("activities/{}.fit.gz", 5000 + i), .content = {}};
        table += tests::made_up_table_line(i, row);
        zip.add({.name = row.filename, .content = tests::gzipped(file), .method = 0});
    }
    zip.add({.name = "activities.csv", .content = table});
    std::ofstream(argv[1], std::ios::binary) << zip.build();
    std::printf("%d activities, %.1f MB of FIT files\n", count, static_cast<double>(bytes) / 1e6);
    return 0;
}
