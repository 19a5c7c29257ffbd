// SPDX-License-Identifier: MIT

// Writes the seeds of fit_fuzzer into a folder:  fit_seeds FOLDER

#include "tests/support/fit_builder.hpp"
#include "tests/support/fit_samples.hpp"

#include <filesystem>
#include <fstream>

namespace {

using namespace harrier::tests;

Bytes relative_times() {
    FitBuilder builder;
    builder.define(0,
                   {20, {{253, 4, fit_type::u32}, {6, 2, fit_type::u16}, {73, 4, fit_type::u32}}, {}, true});
    builder.data(0, {5000, 3000, 3100});
    builder.define(1, {20, {{3, 1, fit_type::u8}, {13, 1, fit_type::s8}, {53, 1, fit_type::u8}}, {}});
    builder.compressed(1, 9, {120, -4, 64}).compressed(1, 2, {121, -4, 0});
    return builder.finish({12});
}

void write(const std::filesystem::path& path, const Bytes& bytes) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    write(folder / "chained.fit", chained_fit_sample());
    write(folder / "relative-times.fit", relative_times());
}
