// SPDX-License-Identifier: MIT

// Writes the seeds of stream_fuzzer into a folder:  stream_seeds FOLDER

#include "archive/stream_codec.hpp"
#include "tests/support/stream_samples.hpp"

#include <filesystem>
#include <fstream>

namespace {

using namespace harrier;

void write(const std::filesystem::path& path, const archive::StoredStreams& streams) {
    const auto bytes = archive::encode_streams(streams);
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    write(folder / "mixed.streams", tests::mixed_streams());
    write(folder / "run.streams", tests::made_up_run(120));
    write(folder / "one-sample.streams", tests::made_up_run(1));
}
