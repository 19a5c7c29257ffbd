// SPDX-License-Identifier: MIT

// How fast streams are encoded and decoded for the archive, in bytes of samples (8 per value), and how small
// they get. The recordings of real devices are read from the folder that HARRIER_CORPUS names; a table of
// their sizes comes first.

#include "archive/stream_codec.hpp"
#include "formats/fit/decode.hpp"
#include "tests/support/stream_samples.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <malloc.h>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace harrier;

struct NamedStreams {
    std::string name;
    archive::StoredStreams stored;
};

std::size_t sample_bytes(const archive::StoredStreams& stored) {
    const auto& s = stored.streams;
    std::size_t values = 0;
    for (const auto* column :
         {&s.time, &s.latitude, &s.longitude, &s.distance, &s.altitude, &s.velocity_smooth, &s.heartrate,
          &s.cadence, &s.watts, &s.temp, &s.grade_smooth}) {
        values += column->size();
    }
    for (const auto& extra : stored.extra) {
        values += extra.values.size();
    }
    return values * sizeof(double);
}

std::vector<NamedStreams> read_corpus() {
    std::vector<NamedStreams> all;
    const char* folder = std::getenv("HARRIER_CORPUS");
    if (folder == nullptr) {
        return all;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".fit") {
            continue;
        }
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        auto decoded = formats::fit::decode(std::as_bytes(std::span(text)));
        for (auto& one : decoded.recordings) {
            if (one.streams.size() >= 300) {
                all.push_back({entry.path().stem().string() + ' ' + one.sport_type,
                               {std::move(one.streams), std::move(one.extra), std::move(one.breaks),
                                std::move(one.pauses)}});
            }
        }
    }
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.stored.streams.size() > b.stored.streams.size(); });
    return all;
}

const std::vector<NamedStreams>& corpus() {
    static const auto all = read_corpus();
    return all;
}

const archive::StoredStreams& hour() {
    static const auto run = tests::made_up_run(3600);
    return run;
}

void encode_hour(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(archive::encode_streams(hour()));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * sample_bytes(hour())));
    state.counters["bytes_per_hour"] = static_cast<double>(archive::encode_streams(hour()).size());
}
BENCHMARK(encode_hour);

void decode_hour(benchmark::State& state) {
    const auto bytes = archive::encode_streams(hour());
    for (auto _ : state) {
        benchmark::DoNotOptimize(archive::decode_streams(bytes));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * sample_bytes(hour())));
}
BENCHMARK(decode_hour);

void encode_corpus(benchmark::State& state) {
    if (corpus().empty()) {
        state.SkipWithError("HARRIER_CORPUS names no folder with .fit files");
        return;
    }
    std::size_t bytes = 0;
    for (auto _ : state) {
        for (const auto& one : corpus()) {
            benchmark::DoNotOptimize(archive::encode_streams(one.stored));
            bytes += sample_bytes(one.stored);
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(encode_corpus)->Unit(benchmark::kMillisecond);

void decode_corpus(benchmark::State& state) {
    std::vector<std::string> encoded;
    for (const auto& one : corpus()) {
        encoded.push_back(archive::encode_streams(one.stored));
    }
    if (encoded.empty()) {
        state.SkipWithError("HARRIER_CORPUS names no folder with .fit files");
        return;
    }
    std::size_t bytes = 0;
    for (auto _ : state) {
        for (std::size_t i = 0; i < encoded.size(); ++i) {
            benchmark::DoNotOptimize(archive::decode_streams(encoded[i]));
            bytes += sample_bytes(corpus()[i].stored);
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(decode_corpus)->Unit(benchmark::kMillisecond);

// Each column alone, so the distance without the speed that guides it.
std::string bits_per_column(const model::Streams& s) {
    constexpr std::pair<const char*, std::vector<double> model::Streams::*> columns[] = {
        {"time", &model::Streams::time},         {"lat", &model::Streams::latitude},
        {"lng", &model::Streams::longitude},     {"dist", &model::Streams::distance},
        {"alt", &model::Streams::altitude},      {"speed", &model::Streams::velocity_smooth},
        {"hr", &model::Streams::heartrate},      {"cad", &model::Streams::cadence},
        {"watts", &model::Streams::watts},       {"temp", &model::Streams::temp},
        {"grade", &model::Streams::grade_smooth}};
    std::string text;
    for (const auto& [name, column] : columns) {
        if ((s.*column).empty()) {
            continue;
        }
        archive::StoredStreams alone;
        alone.streams.*column = s.*column;
        const auto bytes = static_cast<double>(archive::encode_streams(alone).size());
        text += fmt::format(" {} {:.2f}", name, 8 * bytes / static_cast<double>(s.size()));
    }
    return text;
}

void print_sizes() {
    if (corpus().empty()) {
        return;
    }
    std::size_t total = 0;
    std::size_t total_samples = 0;
    fmt::print("{:60} {:>7} {:>7} {:>9} {:>6}  bits per sample, each column alone\n", "recording", "samples",
               "bytes", "of 3600", "ratio");
    for (const auto& [name, stored] : corpus()) {
        const auto bytes = archive::encode_streams(stored);
        if (archive::decode_streams(bytes) != stored) {
            fmt::print("{}: NOT THE SAME\n", name);
        }
        total += bytes.size();
        total_samples += sample_bytes(stored);
        fmt::print("{:60.60} {:7} {:7} {:9.0f} {:6.1f} {}\n", name, stored.streams.size(), bytes.size(),
                   static_cast<double>(bytes.size()) * 3600 / static_cast<double>(stored.streams.size()),
                   static_cast<double>(sample_bytes(stored)) / static_cast<double>(bytes.size()),
                   bits_per_column(stored.streams));
    }
    fmt::print("{} bytes of samples in {} bytes: 1/{:.1f}\n\n", total_samples, total,
               static_cast<double>(total_samples) / static_cast<double>(total));
}

} // namespace

int main(int argc, char** argv) {
    // As in a long import, whose allocator gives nothing back.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    print_sizes();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
