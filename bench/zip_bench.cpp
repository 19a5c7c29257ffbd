// SPDX-License-Identifier: MIT

// How fast an export archive is opened and read: all of its entries inflated, and gzip files in it too. The
// archive is the one that HARRIER_EXPORT names, read with pread; without it, one is made in memory.

#include "base/error.hpp"
#include "base/file.hpp"
#include "formats/gzip.hpp"
#include "formats/strava_export.hpp"
#include "formats/zip.hpp"
#include "tests/support/export_samples.hpp"
#include "tests/support/zip_builder.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

namespace {

using namespace harrier;

// Text that packs as GPX does.
std::string track(std::size_t size, unsigned seed) {
    std::string text;
    while (text.size() < size) {
        seed = seed * 1664525U + 1013904223U;
        text += fmt::format("   <trkpt lat=\"47.{:07}\" lon=\"11.{:07}\">\n    <ele>{}</ele>\n   </trkpt>\n",
                            seed % 10'000'000, seed / 7 % 10'000'000, 500 + seed % 100);
    }
    return text;
}

const std::string& made_up_archive() {
    static const std::string bytes = [] {
        tests::ZipBuilder builder;
        std::vector<tests::ExportCells> rows;
        for (unsigned i = 0; i < 1000; ++i) {
            const auto name = fmt::format("activities/{}.{}", i, i % 2 == 0 ? "gpx" : "fit.gz");
            builder.add(i % 2 == 0
                            ? tests::ZipFile{.name = name, .content = track(60'000, i)}
                            : tests::ZipFile{.name = name, .content = tests::gzipped(track(60'000, i))});
            rows.push_back({{{"Activity ID", 0}, std::to_string(i + 1)},
                            {{"Activity Date", 0}, "Sep 12, 2018, 3:02:23 PM"},
                            {{"Activity Name", 0}, "Morning Run"},
                            {{"Activity Type", 0}, "Run"},
                            {{"Filename", 0}, name},
                            {{"Elapsed Time", 1}, "3600.0"},
                            {{"Distance", 1}, "10012.4404296875"}});
        }
        builder.add({.name = "activities.csv",
                     .content = tests::activities_csv(94, tests::ExportLanguage::english, rows)});
        return builder.build();
    }();
    return bytes;
}

formats::ZipSource source_of(const char* path) {
    if (path == nullptr) {
        return formats::zip_in_memory(std::as_bytes(std::span(made_up_archive())));
    }
    const auto file = std::make_shared<FileDescriptor>(open(path, O_RDONLY | O_CLOEXEC));
    return {std::filesystem::file_size(path), [file](std::uint64_t offset, std::span<std::byte> into) {
                while (!into.empty()) {
                    const auto got = pread(file->get(), into.data(), into.size(), static_cast<off_t>(offset));
                    if (got <= 0) {
                        throw errno_error("read the archive", errno);
                    }
                    into = into.subspan(static_cast<std::size_t>(got));
                    offset += static_cast<std::uint64_t>(got);
                }
            }};
}

formats::ZipSource source() {
    return source_of(std::getenv("HARRIER_EXPORT"));
}

void open_archive(benchmark::State& state) {
    const auto archive = source();
    std::size_t entries = 0;
    for (auto _ : state) {
        entries += formats::ZipReader(archive).entries().size();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(entries));
}
BENCHMARK(open_archive)->Unit(benchmark::kMillisecond);

void read_every_entry(benchmark::State& state) {
    const auto archive = source();
    const bool with_gzip = state.range(0) != 0;
    std::size_t bytes = 0;
    std::size_t entries = 0;
    for (auto _ : state) {
        const formats::ZipReader zip(archive);
        for (const auto& entry : zip.entries()) {
            auto content = zip.read(entry);
            bytes += content.size();
            ++entries;
            if (with_gzip && formats::is_gzip(std::as_bytes(std::span(content)))) {
                content = formats::gunzip(std::as_bytes(std::span(content)));
                bytes += content.size();
            }
            benchmark::DoNotOptimize(content.data());
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.SetItemsProcessed(static_cast<std::int64_t>(entries));
}
BENCHMARK(read_every_entry)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void read_activities_table(benchmark::State& state) {
    const formats::ZipReader zip(source());
    const auto table = zip.read(*zip.find("activities.csv"));
    std::size_t rows = 0;
    for (auto _ : state) {
        formats::ExportFiles files;
        files.activities = table;
        rows += formats::read_export(files).activities.size();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(rows));
    state.SetBytesProcessed(
        static_cast<std::int64_t>(state.iterations() * static_cast<std::int64_t>(table.size())));
}
BENCHMARK(read_activities_table)->Unit(benchmark::kMillisecond);

// As many entries as are allowed.
void open_the_largest(benchmark::State& state) {
    tests::ZipBuilder builder;
    for (std::uint64_t i = 0; i < formats::max_zip_entries; ++i) {
        builder.add({.name = fmt::format("activities/{}.gpx", i), .method = 0});
    }
    const auto bytes = builder.build("", true);
    for (auto _ : state) {
        const formats::ZipReader zip(formats::zip_in_memory(std::as_bytes(std::span(bytes))));
        benchmark::DoNotOptimize(zip.entries().data());
    }
}
BENCHMARK(open_the_largest)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
