// SPDX-License-Identifier: MIT
#include "tests/golden/case_file.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <stdexcept>

namespace harrier::test {

namespace {

constexpr std::string_view section_mark = "--- ";
constexpr std::string_view unfinished = " (no line break at the end)";
constexpr std::string_view carriage_return = "␍";

std::string replace_all(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

std::string_view take_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

bool read_setting(GoldenCase& golden, std::string_view line) {
    const auto colon = line.find(':');
    const auto key = line.substr(0, colon);
    const auto value = colon == std::string_view::npos ? "" : std::string(trim(line.substr(colon + 1)));
    if (key == "command") {
        golden.command = value;
    } else if (key == "archive") {
        golden.archive = value;
    } else if (key == "exit") {
        golden.exit = std::stoi(value);
    } else if (key == "env" && value.find('=') != std::string::npos) {
        golden.environment[value.substr(0, value.find('='))] = value.substr(value.find('=') + 1);
    } else {
        return false;
    }
    return true;
}

std::string* find_section(GoldenCase& golden, std::string_view name) {
    if (name == "stdin") {
        return &golden.in;
    }
    if (name == "stdout") {
        return &golden.out;
    }
    return name == "stderr" ? &golden.err : nullptr;
}

std::string write_section(std::string_view name, const std::string& text) {
    if (text.empty()) {
        return "";
    }
    const bool whole = text.ends_with('\n');
    return std::string(section_mark) + std::string(name) + std::string(whole ? "" : unfinished) + "\n" +
           replace_all(text, "\r", carriage_return) + (whole ? "" : "\n");
}

} // namespace

GoldenCase read_case(const std::filesystem::path& path) {
    const auto bytes = read_file(path);
    std::string_view text = bytes;
    GoldenCase golden;
    std::string* section = nullptr;
    bool is_unfinished = false;
    const auto finish = [&] {
        if (section != nullptr && is_unfinished && section->ends_with('\n')) {
            section->pop_back();
        }
    };
    while (!text.empty()) {
        const auto line = take_line(text);
        if (line.starts_with(section_mark)) {
            finish();
            is_unfinished = line.ends_with(unfinished);
            auto name = line.substr(section_mark.size());
            name.remove_suffix(is_unfinished ? unfinished.size() : 0);
            section = find_section(golden, name);
            if (section == nullptr) {
                throw std::runtime_error(path.string() + ": no such section: " + std::string(line));
            }
        } else if (section != nullptr) {
            *section += replace_all(std::string(line), carriage_return, "\r") + "\n";
        } else if (line.starts_with('#')) {
            golden.comment += std::string(line) + "\n";
        } else if (!line.empty() && !read_setting(golden, line)) {
            throw std::runtime_error(path.string() + ": not understood: " + std::string(line));
        }
    }
    finish();
    return golden;
}

std::string write_case(const GoldenCase& golden) {
    std::string text = golden.comment + "command: " + golden.command + "\narchive: " + golden.archive + "\n";
    for (const auto& [name, value] : golden.environment) {
        text += "env: " + name + "=" + value + "\n";
    }
    text += "exit: " + std::to_string(golden.exit) + "\n";
    return text + write_section("stdin", golden.in) + write_section("stdout", golden.out) +
           write_section("stderr", golden.err);
}

} // namespace harrier::test
