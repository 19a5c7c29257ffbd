// SPDX-License-Identifier: MIT
#pragma once

// A golden case: one command line and all that it must write, in a text file that reads like a transcript.
//
//     # What this case shows.
//     command: harrier runs --limit 3
//     archive: stored            (stored, athlete: nobody has synced yet, none)
//     env: COLUMNS=60            (any number of them)
//     exit: 0
//     --- stdin                  (sections may be left out when they are empty)
//     --- stdout
//     --- stderr
//
// {HOME} stands for the case's home folder, {DATA} for tests/data ($DATA in the command), and {VERSION} for
// harrier's version. A carriage return is written
// as ␍. A section whose text does not end with a line break says so in its heading.

#include <filesystem>
#include <map>
#include <string>

namespace harrier::test {

struct GoldenCase {
    std::string comment; // its lines, with the #
    std::string command;
    std::string archive = "stored";
    std::map<std::string, std::string> environment;
    int exit = 0;
    std::string in;
    std::string out;
    std::string err;
};

// Throws std::runtime_error that names the file and the line that it does not understand.
[[nodiscard]] GoldenCase read_case(const std::filesystem::path& path);
[[nodiscard]] std::string write_case(const GoldenCase& golden);

} // namespace harrier::test
