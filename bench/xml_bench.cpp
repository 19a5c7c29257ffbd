// SPDX-License-Identifier: MIT

// How fast GPX and TCX files are decoded and written, recordings included. The files of real devices are read
// from the folder that HARRIER_CORPUS names and from its folders gpx and tcx.

#include "formats/gpx.hpp"
#include "formats/gpx_writer.hpp"
#include "formats/tcx.hpp"
#include "formats/tcx_writer.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace harrier;

std::string clock_of(int second) {
    return fmt::format("2023-11-14T{:02}:{:02}:{:02}Z", second / 3600 % 24, second / 60 % 60, second % 60);
}

// As Strava writes them: indented, sensors in an extension.
std::string plain_gpx(std::size_t size) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" xmlns:gpxtpx=\"u\">\n"
        " <trk>\n  <trkseg>\n";
    for (int i = 0; text.size() < size; ++i) {
        text += fmt::format(
            "   <trkpt lat=\"{:.7f}\" lon=\"{:.7f}\">\n    <ele>{:.1f}</ele>\n    <time>{}</time>\n"
            "    <extensions>\n     <gpxtpx:TrackPointExtension>\n"
            "      <gpxtpx:atemp>{}</gpxtpx:atemp>\n      <gpxtpx:hr>{}</gpxtpx:hr>\n"
            "     </gpxtpx:TrackPointExtension>\n    </extensions>\n   </trkpt>\n",
            46.5 + i % 5000 * 1e-5, 7.25 + i % 7000 * 1e-5, 500 + i % 300 * 0.2, clock_of(i), 15 + i % 5,
            120 + i % 50);
    }
    return text + "  </trkseg>\n </trk>\n</gpx>\n";
}

// As Garmin Connect writes them.
std::string plain_tcx(std::size_t size) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase xmlns:ns3=\"u\">\n"
        "  <Activities>\n    <Activity Sport=\"Running\">\n      <Lap>\n        <Track>\n";
    for (int i = 0; text.size() < size; ++i) {
        text += fmt::format(
            "          <Trackpoint>\n            <Time>{}</Time>\n            <Position>\n"
            "              <LatitudeDegrees>{:.10f}</LatitudeDegrees>\n"
            "              <LongitudeDegrees>{:.10f}</LongitudeDegrees>\n            </Position>\n"
            "            <AltitudeMeters>{:.1f}</AltitudeMeters>\n"
            "            <DistanceMeters>{:.2f}</DistanceMeters>\n            <HeartRateBpm>\n"
            "              <Value>{}</Value>\n            </HeartRateBpm>\n            <Extensions>\n"
            "              <ns3:TPX>\n                <ns3:Speed>{:.3f}</ns3:Speed>\n"
            "                <ns3:RunCadence>{}</ns3:RunCadence>\n              </ns3:TPX>\n"
            "            </Extensions>\n          </Trackpoint>\n",
            clock_of(i), 46.5 + i % 5000 * 1e-5, 7.25 + i % 7000 * 1e-5, 500 + i % 300 * 0.2, i * 3.1,
            120 + i % 50, 3 + i % 10 * 0.1, 80 + i % 10);
    }
    return text +
           "        </Track>\n      </Lap>\n    </Activity>\n  </Activities>\n</TrainingCenterDatabase>\n";
}

std::vector<std::string> corpus(const std::string& format) {
    constexpr std::size_t parser_fixture = 20'000; // smaller files are no recordings
    std::vector<std::string> files;
    const char* name = std::getenv("HARRIER_CORPUS");
    if (name == nullptr) {
        return files;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(name)) {
        if (entry.path().extension() == "." + format && entry.file_size() >= parser_fixture) {
            std::ifstream file(entry.path(), std::ios::binary);
            files.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
    }
    return files;
}

using Decode = model::DecodedFile (*)(std::span<const std::byte>);

void decode_all(benchmark::State& state, const std::vector<std::string>& files, Decode decode) {
    if (files.empty()) {
        state.SkipWithError("HARRIER_CORPUS names no folder with such files");
        return;
    }
    std::size_t bytes = 0;
    for (auto _ : state) {
        for (const auto& file : files) {
            benchmark::DoNotOptimize(decode(std::as_bytes(std::span(file))));
            bytes += file.size();
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void decode_plain_gpx(benchmark::State& state) {
    static const std::vector<std::string> files{plain_gpx(2'000'000)};
    decode_all(state, files, formats::gpx::decode);
}
BENCHMARK(decode_plain_gpx);

void decode_plain_tcx(benchmark::State& state) {
    static const std::vector<std::string> files{plain_tcx(2'000'000)};
    decode_all(state, files, formats::tcx::decode);
}
BENCHMARK(decode_plain_tcx);

using Write = std::string (*)(const model::Recording&);

// Bytes of the file that is written.
void write_all(benchmark::State& state, const model::Recording& recording, Write write) {
    std::size_t bytes = 0;
    for (auto _ : state) {
        const auto file = write(recording);
        benchmark::DoNotOptimize(file.data());
        bytes += file.size();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void write_plain_gpx(benchmark::State& state) {
    static const auto text = plain_gpx(2'000'000);
    static const auto file = formats::gpx::decode(std::as_bytes(std::span(text)));
    write_all(state, file.recordings.at(0), formats::write_gpx);
}
BENCHMARK(write_plain_gpx);

void write_plain_tcx(benchmark::State& state) {
    static const auto text = plain_tcx(2'000'000);
    static const auto file = formats::tcx::decode(std::as_bytes(std::span(text)));
    write_all(state, file.recordings.at(0), formats::write_tcx);
}
BENCHMARK(write_plain_tcx);

void decode_corpus_gpx(benchmark::State& state) {
    static const auto files = corpus("gpx");
    decode_all(state, files, formats::gpx::decode);
}
BENCHMARK(decode_corpus_gpx);

void decode_corpus_tcx(benchmark::State& state) {
    static const auto files = corpus("tcx");
    decode_all(state, files, formats::tcx::decode);
}
BENCHMARK(decode_corpus_tcx);

} // namespace

BENCHMARK_MAIN();
