// SPDX-License-Identifier: MIT

// Decodes files again and again for a while and prints the best rate: decode_files SECONDS FILE…

#include "base/file.hpp"
#include "formats/activity_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace harrier;
using Clock = std::chrono::steady_clock;

// Samples of all files, so that nothing is left out unseen.
std::size_t decode_all(const std::vector<std::string>& files) {
    std::size_t samples = 0;
    for (const auto& file : files) {
        const auto bytes = std::as_bytes(std::span(file));
        if (const auto format = formats::find_format(bytes)) {
            for (const auto& recording : formats::decode(*format, bytes).recordings) {
                samples += recording.streams.size();
            }
        }
    }
    return samples;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: decode_files SECONDS FILE…\n", stderr);
        return 2;
    }
    std::vector<std::string> files;
    std::size_t bytes = 0;
    for (int i = 2; i < argc; ++i) {
        files.push_back(read_file(argv[i]));
        bytes += files.back().size();
    }
    const auto end = Clock::now() + std::chrono::duration<double>(std::atof(argv[1]));
    double best_s = 1e9;
    std::size_t samples = 0;
    do {
        const auto begin = Clock::now();
        samples = decode_all(files);
        best_s = std::min(best_s, std::chrono::duration<double>(Clock::now() - begin).count());
    } while (Clock::now() < end);
    fmt::print("{{\"files\": {}, \"bytes\": {}, \"samples\": {}, \"best_s\": {:.6f}}}\n", files.size(), bytes,
               samples, best_s);
    return 0;
}
