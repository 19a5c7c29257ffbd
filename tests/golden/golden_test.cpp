// SPDX-License-Identifier: MIT

// Runs every case of tests/golden/cases with the real binary, each in a home of its own, and compares exit
// code, stdout and stderr to the last byte. With HARRIER_UPDATE_GOLDEN=1 it writes down what it saw instead;
// read the difference before you commit it.

#include "archive/sqlite_archive.hpp"
#include "base/file.hpp"
#include "strava/json.hpp"
#include "tests/golden/case_file.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace harrier::test {
namespace {

namespace fs = std::filesystem;

const fs::path source_folder = HARRIER_SOURCE_FOLDER;
const fs::path cases_folder = source_folder / "tests" / "golden" / "cases";

// Fills an archive as a sync would, from the made-up records of tests/data.
void make_archive(const fs::path& path, bool with_activities) {
    make_folders(path.parent_path());
    const auto archive = archive::open_sqlite_archive(path, archive::Access::write);
    const auto raw_athlete = read_file(source_folder / "tests" / "data" / "athlete.json");
    const auto athlete = strava::parse_athlete(raw_athlete);
    archive->store_athlete(athlete, raw_athlete);
    if (with_activities) {
        const auto records =
            strava::parse_activities(read_file(source_folder / "tests" / "data" / "activities.json"));
        const auto listed_at = parse_instant("2026-11-23T06:00:00Z");
        archive::ListingState state;
        state.complete_at = listed_at;
        state.complete_scopes = "read,activity:read_all,profile:read_all";
        state.listed_at = listed_at;
        archive->store_listing(athlete.athlete_id, records, state, listed_at.value());
    }
}

// The archives that the cases copy, made once.
class Archives : public testing::Environment {
public:
    void SetUp() override {
        make_archive(folder() / "stored" / "archive.db", true);
        make_archive(folder() / "athlete" / "archive.db", false);
    }

    static const fs::path& folder() {
        static const TemporaryFolder made;
        return made.path();
    }
};

std::map<std::string, std::string> environment_of(const GoldenCase& golden, const fs::path& home) {
    std::map<std::string, std::string> variables{
        {"HOME", home.string()},
        {"PATH", fs::path(HARRIER_BINARY).parent_path().string() + ":/usr/bin:/bin"},
        {"TZ", "UTC"},
        {"LC_ALL", "C.UTF-8"},
        {"TERM", "xterm-256color"},
        {"DATA", (source_folder / "tests" / "data").string()},
    };
    for (const auto* sanitizer : {"ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {
        if (const char* options = std::getenv(sanitizer)) {
            variables[sanitizer] = options;
        }
    }
    for (const auto& [name, value] : golden.environment) {
        variables[name] = value;
    }
    return variables;
}

std::string replace_all(std::string text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

// The case as it went this time.
GoldenCase play(GoldenCase golden) {
    const TemporaryFolder folder;
    const auto home = folder.path() / "home";
    const auto data = home / ".local/share/harrier";
    make_folders(data);
    if (golden.archive != "none") {
        fs::copy(Archives::folder() / golden.archive, data);
    }
    const auto run = run_program(golden.command, environment_of(golden, home), golden.in, folder.path());
    const auto tidy = [&](const std::string& text) {
        const auto data_folder = (source_folder / "tests" / "data").string();
        return replace_all(replace_all(replace_all(text, home.string(), "{HOME}"), data_folder, "{DATA}"),
                           "harrier " HARRIER_VERSION, "harrier {VERSION}");
    };
    golden.exit = run.exit;
    golden.out = tidy(run.out);
    golden.err = tidy(run.err);
    return golden;
}

class GoldenTest : public testing::Test {
public:
    explicit GoldenTest(fs::path path) : m_path(std::move(path)) {}

    void TestBody() override {
        const auto expected = read_case(m_path);
        const auto played = play(expected);
        const char* update = std::getenv("HARRIER_UPDATE_GOLDEN");
        if (update != nullptr && std::string_view(update) == "1") {
            write_file_atomically(m_path, write_case(played));
            return;
        }
        EXPECT_EQ(played.exit, expected.exit);
        EXPECT_EQ(played.out, expected.out);
        EXPECT_EQ(played.err, expected.err);
    }

private:
    fs::path m_path;
};

std::vector<fs::path> case_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(cases_folder)) {
        if (entry.path().extension() == ".case") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace
} // namespace harrier::test

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    testing::AddGlobalTestEnvironment(new harrier::test::Archives); // GoogleTest takes it over
    for (const auto& path : harrier::test::case_files()) {
        testing::RegisterTest("Golden", path.stem().c_str(), nullptr, nullptr, path.c_str(), 1,
                              [path] { return new harrier::test::GoldenTest(path); });
    }
    return RUN_ALL_TESTS();
}
