// SPDX-License-Identifier: MIT

// Prints the raw API record of every activity in an archive, one per line: how a story sees that they are
// kept byte for byte. Usage: raw_records ARCHIVE

#include "archive/sqlite_archive.hpp"
#include "base/error.hpp"

#include <cstdio>

namespace {

void print_raw_records(const char* path) {
    const auto archive = harrier::archive::open_sqlite_archive(path, harrier::archive::Access::read);
    for (const auto& athlete : archive->athletes()) {
        for (const auto& activity : archive->activities(athlete.athlete_id, {})) {
            const auto raw = archive->raw_summary(athlete.athlete_id, activity.activity_id);
            std::printf("%s\n", raw.value_or("nothing").c_str());
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: raw_records ARCHIVE\n", stderr);
        return 2;
    }
    try {
        print_raw_records(argv[1]);
    } catch (const harrier::Error& error) {
        std::fprintf(stderr, "raw_records: %s\n", error.message().c_str());
        return 1;
    }
    return 0;
}
