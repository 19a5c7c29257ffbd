// SPDX-License-Identifier: MIT

// Writes the seeds of gpx_fuzzer and tcx_fuzzer into the folders gpx and tcx of a folder:  xml_seeds FOLDER

#include "tests/support/xml_samples.hpp"

#include <filesystem>
#include <fstream>

int main(int argc, char** argv) {
    if (argc != 2) {
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    std::ofstream(folder / "gpx" / "sample.gpx", std::ios::binary) << harrier::tests::gpx_sample();
    std::ofstream(folder / "tcx" / "sample.tcx", std::ios::binary) << harrier::tests::tcx_sample();
}
