// SPDX-License-Identifier: MIT
#include "cli/import_report.hpp"

#include "base/text.hpp"
#include "base/time.hpp"
#include "report/format.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace harrier::cli {

namespace {

using report::format_number;

constexpr std::size_t shown_problems = 20;

std::string number(std::size_t value) {
    return format_number(static_cast<double>(value));
}

// "812 MB", "40 kB"
std::string size_text(std::uint64_t bytes) {
    const auto value = static_cast<double>(bytes);
    return bytes >= 1'000'000 ? format_number(value / 1e6) + " MB"
                              : format_number(std::ceil(value / 1e3)) + " kB";
}

double seconds_of(std::chrono::milliseconds time) {
    return static_cast<double>(time.count()) / 1000.0;
}

std::string line_of(const sync::ImportFailure& failure) {
    const auto where = failure.offset ? fmt::format(" (byte {})", *failure.offset) : "";
    return escape_terminal(fmt::format("{}{}: {}", failure.path, where, failure.reason));
}

// The first of them under a title, or nothing.
void say_list(const Console& console, std::string_view title, const std::vector<std::string>& lines) {
    if (lines.empty()) {
        return;
    }
    console.say(title);
    for (std::size_t i = 0; i < std::min(lines.size(), shown_problems); ++i) {
        console.say("  " + lines[i]);
    }
    if (lines.size() > shown_problems) {
        console.say(fmt::format("  … and {} more; --json lists all", number(lines.size() - shown_problems)));
    }
}

std::vector<std::string> lines_of(const std::vector<sync::ImportFailure>& failures) {
    std::vector<std::string> lines;
    for (const auto& failure : failures) {
        lines.push_back(line_of(failure));
    }
    return lines;
}

nlohmann::ordered_json objects_of(const std::vector<sync::ImportFailure>& failures) {
    auto array = nlohmann::ordered_json::array();
    for (const auto& failure : failures) {
        array.push_back({{"path", failure.path},
                         {"offset", failure.offset ? nlohmann::ordered_json(*failure.offset) : nullptr},
                         {"reason", failure.reason}});
    }
    return array;
}

} // namespace

std::string import_progress_text(const sync::ImportProgress& progress, std::chrono::milliseconds elapsed) {
    const double seconds = std::max(seconds_of(elapsed), 0.001);
    const double rate = static_cast<double>(progress.done) / seconds;
    auto text = fmt::format("{} of {} items ({} %), {}/s, {}", number(progress.done), number(progress.total),
                            progress.total == 0 ? 100 : progress.done * 100 / progress.total,
                            format_number(rate), size_text(progress.bytes));
    if (progress.failed > 0) {
        text += fmt::format(", {} failed", number(progress.failed));
    }
    if (seconds > 1 && progress.done < progress.total) {
        const auto left = static_cast<double>(progress.total - progress.done) / rate;
        text += fmt::format(", {} left",
                            format_span(std::chrono::seconds{static_cast<std::int64_t>(std::ceil(left))}));
    }
    return text;
}

std::string import_summary_text(const sync::ImportResult& result, std::chrono::milliseconds elapsed) {
    const auto count = [](std::int64_t value) { return format_number(static_cast<double>(value)); };
    return fmt::format("{} new, {} updated, {} unchanged, {} failed; {} {}, {}, {:.1f} s.\n",
                       count(result.counts.added), count(result.counts.updated),
                       count(result.counts.unchanged), number(result.failures.size()), number(result.files),
                       result.files == 1 ? "file" : "files", size_text(result.bytes), seconds_of(elapsed));
}

std::string import_json(const sync::ImportResult& result, const std::vector<std::string>& notices) {
    const nlohmann::ordered_json object{{"new", result.counts.added},
                                        {"updated", result.counts.updated},
                                        {"unchanged", result.counts.unchanged},
                                        {"failed", result.failures.size()},
                                        {"requests", 0},
                                        {"files", result.files},
                                        {"bytes", result.bytes},
                                        {"failures", objects_of(result.failures)},
                                        {"findings", objects_of(result.findings)},
                                        {"notices", notices}};
    return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void say_import_problems(const Console& console, const sync::ImportResult& result,
                         const std::vector<std::string>& notices) {
    std::vector<std::string> safe;
    for (const auto& notice : notices) {
        safe.push_back(escape_terminal(notice));
    }
    say_list(console, "Noted:", safe);
    say_list(console, "Imported, with something repaired or left out:", lines_of(result.findings));
    say_list(console, "Failed:", lines_of(result.failures));
}

} // namespace harrier::cli
