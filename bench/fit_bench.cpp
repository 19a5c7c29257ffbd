// SPDX-License-Identifier: MIT

// How fast FIT files are decoded, checksum and recordings included. The recordings of real devices are read
// from the folder that HARRIER_CORPUS names.

#include "formats/fit/crc.hpp"
#include "formats/fit/decode.hpp"
#include "formats/fit/reader.hpp"
#include "tests/support/fit_builder.hpp"

#include <benchmark/benchmark.h>

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
using tests::Bytes;
namespace type = tests::fit_type;

// One record a second, nine fields and the time: 27 bytes each.
Bytes plain_file(std::size_t size) {
    constexpr std::int64_t start = 1'000'000'000;
    tests::FitBuilder builder;
    builder.reserve(size + 100);
    builder.define(0, {20,
                       {{253, 4, type::u32},
                        {0, 4, type::s32},
                        {1, 4, type::s32},
                        {5, 4, type::u32},
                        {2, 2, type::u16},
                        {6, 2, type::u16},
                        {7, 2, type::u16},
                        {3, 1, type::u8},
                        {4, 1, type::u8},
                        {13, 1, type::s8}},
                       {}});
    for (std::int64_t i = 0; builder.offset() < size; ++i) {
        builder.data(0, {start + i, 566'000'000 + i % 5000 * 40, 101'000'000 + i % 7000 * 30, i * 320,
                         2500 + i % 300, 3000 + i % 500, 180 + i % 90, 120 + i % 50, 80 + i % 15, 18});
    }
    return builder.finish();
}

const Bytes& plain() {
    static const Bytes file = plain_file(10'000'000);
    return file;
}

std::vector<Bytes> corpus() {
    std::vector<Bytes> files;
    const char* folder = std::getenv("HARRIER_CORPUS");
    if (folder == nullptr) {
        return files;
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".fit") {
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(file), {}};
            const auto bytes = std::as_bytes(std::span(text));
            files.emplace_back(bytes.begin(), bytes.end());
        }
    }
    return files;
}

void checksum(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(formats::fit::crc16(plain()));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * plain().size()));
}
BENCHMARK(checksum);

void checksum_by_table(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(formats::fit::detail::crc16_by_table(plain(), 0));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * plain().size()));
}
BENCHMARK(checksum_by_table);

void messages_only(benchmark::State& state) {
    for (auto _ : state) {
        formats::fit::Reader reader(plain());
        std::size_t messages = 0;
        while (const auto* message = reader.next()) {
            messages += message->data.size();
        }
        benchmark::DoNotOptimize(messages);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * plain().size()));
}
BENCHMARK(messages_only);

void decode_plain_file(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(formats::fit::decode(plain()));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * plain().size()));
}
BENCHMARK(decode_plain_file);

void decode_corpus(benchmark::State& state) {
    const auto files = corpus();
    if (files.empty()) {
        state.SkipWithError("HARRIER_CORPUS names no folder with .fit files");
        return;
    }
    std::size_t bytes = 0;
    for (auto _ : state) {
        for (const auto& file : files) {
            benchmark::DoNotOptimize(formats::fit::decode(file));
            bytes += file.size();
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(decode_corpus);

// The same once the process keeps its memory, as a long import may: most of the time above goes into the
// kernel's handing out of fresh pages. Must run last.
void decode_plain_file_keeping_memory(benchmark::State& state) {
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    decode_plain_file(state);
}
BENCHMARK(decode_plain_file_keeping_memory);

void decode_corpus_keeping_memory(benchmark::State& state) {
    decode_corpus(state);
}
BENCHMARK(decode_corpus_keeping_memory);

} // namespace

BENCHMARK_MAIN();
