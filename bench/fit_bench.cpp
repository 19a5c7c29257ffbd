// SPDX-License-Identifier: MIT

// How fast FIT files are decoded and written, checksum and recordings included. The recordings of real
// devices are read from the folder that HARRIER_CORPUS names.

#include "formats/fit/crc.hpp"
#include "formats/fit/decode.hpp"
#include "formats/fit/encode.hpp"
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

// Fresh memory: every page of the result is handed out by the kernel anew, as in a process that decodes one
// file. Kept memory: as in a long import whose allocator gives nothing back.
enum class Memory { fresh, kept };

void set_memory(Memory memory) {
    const int threshold = memory == Memory::fresh ? 128 << 10 : 1 << 30;
    mallopt(M_MMAP_THRESHOLD, threshold);
    mallopt(M_TRIM_THRESHOLD, threshold);
}

void decode_plain_file(benchmark::State& state, Memory memory) {
    set_memory(memory);
    for (auto _ : state) {
        benchmark::DoNotOptimize(formats::fit::decode(plain()));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * plain().size()));
}
BENCHMARK_CAPTURE(decode_plain_file, fresh_memory, Memory::fresh);
BENCHMARK_CAPTURE(decode_plain_file, kept_memory, Memory::kept);

// Bytes of the file that is written.
void encode_plain_file(benchmark::State& state, Memory memory) {
    set_memory(memory);
    static const auto recording = formats::fit::decode(plain()).recordings.at(0);
    std::size_t bytes = 0;
    for (auto _ : state) {
        const auto file = formats::fit::encode(recording);
        benchmark::DoNotOptimize(file.data());
        bytes += file.size();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK_CAPTURE(encode_plain_file, fresh_memory, Memory::fresh);
BENCHMARK_CAPTURE(encode_plain_file, kept_memory, Memory::kept);

void decode_corpus(benchmark::State& state, Memory memory) {
    set_memory(memory);
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
BENCHMARK_CAPTURE(decode_corpus, fresh_memory, Memory::fresh);
BENCHMARK_CAPTURE(decode_corpus, kept_memory, Memory::kept);

} // namespace

BENCHMARK_MAIN();
