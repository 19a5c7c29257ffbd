// SPDX-License-Identifier: MIT
#include "cli/config_file.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <toml++/toml.h>

namespace harrier::cli {

namespace {

const std::vector<ConfigKey>& all_keys() {
    static const std::vector<ConfigKey> keys{
        {.name = "athlete.birth_year", .help = "for age grading", .lowest = 1900, .highest = 2100},
        {.name = "athlete.sex", .help = "for TRIMP and age grading", .words = {"female", "male"}},
        {.name = "athlete.max_heartrate", .help = "bpm", .lowest = 100, .highest = 250},
        {.name = "athlete.resting_heartrate", .help = "bpm", .lowest = 25, .highest = 120},
        {.name = "athlete.threshold_heartrate",
         .help = "bpm, what you hold for an hour",
         .lowest = 80,
         .highest = 230},
        {.name = "athlete.threshold_speed",
         .help = "m/s, what you hold for an hour",
         .lowest = 1,
         .highest = 8},
        {.name = "athlete.ftp",
         .help = "W, what you hold for an hour on the bike",
         .lowest = 50,
         .highest = 600},
        {.name = "athlete.weight", .help = "kg", .lowest = 20, .highest = 300},
        {.name = "load.ctl_days",
         .help = "days of the fitness average",
         .lowest = 7,
         .highest = 120,
         .fallback = "42"},
        {.name = "load.atl_days",
         .help = "days of the fatigue average",
         .lowest = 2,
         .highest = 30,
         .fallback = "7"},
        {.name = "load.smoothing",
         .help = "the weight of a day: 1-e^(-1/N), 1/N or 2/(N+1)",
         .words = {"exp", "inverse", "ema"},
         .fallback = "exp"},
        {.name = "load.tsb",
         .help = "form from yesterday's or today's averages",
         .words = {"yesterday", "same_day"},
         .fallback = "yesterday"},
        {.name = "zones.hr",
         .help = "model of the heart-rate zones",
         .words = {"max", "karvonen", "friel"},
         .fallback = "max"},
        {.name = "retention",
         .help = "how long what Strava's API gave is kept",
         .words = {"keep", "7d"},
         .fallback = "keep"},
    };
    return keys;
}

[[noreturn]] void refuse_value(const ConfigKey& key, std::string_view value) {
    std::vector<std::string> words(key.words.begin(), key.words.end());
    throw Error(ErrorKind::usage, fmt::format("{} cannot be \"{}\"", key.name, escape_terminal(value)),
                key.words.empty()
                    ? fmt::format("It is a number from {} to {} ({})", key.lowest, key.highest, key.help)
                    : fmt::format("It is one of: {}", join(words, ", ")));
}

std::optional<double> to_number(std::string_view text) {
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

void check_value(const ConfigKey& key, std::string_view value) {
    if (!key.words.empty()) {
        if (std::find(key.words.begin(), key.words.end(), value) == key.words.end()) {
            refuse_value(key, value);
        }
        return;
    }
    const auto number = to_number(value);
    if (!number || !(*number >= key.lowest && *number <= key.highest)) {
        refuse_value(key, value);
    }
}

std::string to_text(const toml::node& node) {
    if (const auto text = node.value<std::string>()) {
        return *text;
    }
    if (const auto* whole = node.as_integer()) {
        return fmt::to_string(whole->get());
    }
    if (const auto number = node.value_exact<double>()) {
        return fmt::to_string(*number);
    }
    return {};
}

std::map<std::string, std::string, std::less<>> parse(const std::string& text,
                                                      const std::filesystem::path& file) {
    std::map<std::string, std::string, std::less<>> values;
    try {
        const toml::table topics = toml::parse(text, file.string());
        const auto take = [&](const std::string& key, const toml::node& value) {
            const auto value_text = to_text(value);
            check_value(find_config_key(key), value_text);
            values.emplace(key, value_text);
        };
        for (const auto& [topic, node] : topics) {
            const auto* table = node.as_table();
            if (table == nullptr) {
                take(std::string(topic.str()), node);
                continue;
            }
            for (const auto& [name, value] : *table) {
                take(fmt::format("{}.{}", topic.str(), name.str()), value);
            }
        }
    } catch (const toml::parse_error& error) {
        throw Error(ErrorKind::data,
                    fmt::format("cannot read {}, line {}: {}", file.string(), error.source().begin.line,
                                std::string(error.description())),
                    "Mend the line, or set the value with:  harrier config set KEY VALUE");
    }
    return values;
}

bool is_heading(std::string_view line) {
    return trim(line).starts_with('[');
}

// True for a line "name = …".
bool sets(std::string_view line, std::string_view name) {
    const auto trimmed = trim(line);
    return trimmed.starts_with(name) && trim(trimmed.substr(name.size())).starts_with('=');
}

// The same for a setting without a topic: it stands above the first heading.
std::vector<std::string> edit_top(std::vector<std::string> lines, std::string_view name,
                                  const std::optional<std::string>& assignment) {
    const auto end = std::find_if(lines.begin(), lines.end(), is_heading);
    const auto found =
        std::find_if(lines.begin(), end, [&](const std::string& line) { return sets(line, name); });
    if (found != end && assignment) {
        *found = *assignment;
    } else if (found != end) {
        lines.erase(found);
    } else if (assignment) {
        lines.insert(lines.begin(), *assignment);
    }
    return lines;
}

// The lines of the file with the value put in its place, or taken out.
std::vector<std::string> edit(std::vector<std::string> lines, std::string_view topic, std::string_view name,
                              const std::optional<std::string>& assignment) {
    const auto heading = fmt::format("[{}]", topic);
    auto begin = std::find_if(lines.begin(), lines.end(), [&](const std::string& line) {
        return trim(line).substr(0, heading.size()) == heading;
    });
    if (begin == lines.end()) {
        if (assignment) {
            if (!lines.empty() && !trim(lines.back()).empty()) {
                lines.emplace_back();
            }
            lines.push_back(heading);
            lines.push_back(*assignment);
        }
        return lines;
    }
    const auto end = std::find_if(begin + 1, lines.end(), is_heading);
    const auto found =
        std::find_if(begin + 1, end, [&](const std::string& line) { return sets(line, name); });
    if (found == end) {
        if (assignment) {
            auto last = end; // behind the last line of the topic that says something
            while (trim(*(last - 1)).empty()) {
                --last;
            }
            lines.insert(last, *assignment);
        }
    } else if (assignment) {
        *found = *assignment;
    } else {
        lines.erase(found);
    }
    return lines;
}

} // namespace

std::span<const ConfigKey> config_keys() {
    return all_keys();
}

const ConfigKey& find_config_key(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& key : all_keys()) {
        if (key.name == name) {
            return key;
        }
        names.push_back(key.name);
    }
    const auto meant = nearest(name, names);
    throw Error(ErrorKind::usage, fmt::format("there is no setting \"{}\"", escape_terminal(name)),
                meant.empty() ? "To see them all, run:  harrier config list"
                              : fmt::format("Did you mean {}?", meant));
}

Config Config::load(const std::filesystem::path& file) {
    Config config;
    if (const auto text = find_file(file)) {
        config.m_values = parse(*text, file);
    }
    return config;
}

std::optional<std::string> Config::find_text(std::string_view key) const {
    const auto found = m_values.find(key);
    return found == m_values.end() ? std::nullopt : std::optional(found->second);
}

std::optional<double> Config::find_number(std::string_view key) const {
    const auto text = find_text(key);
    return text ? to_number(*text) : std::nullopt;
}

void store_config(const std::filesystem::path& file, std::string_view name,
                  const std::optional<std::string>& value) {
    const auto& key = find_config_key(name);
    std::optional<std::string> assignment;
    const auto dot = name.find('.');
    const bool has_topic = dot != std::string_view::npos;
    const auto own_name = has_topic ? name.substr(dot + 1) : name;
    if (value) {
        check_value(key, *value);
        const std::string_view quote = key.words.empty() ? "" : "\"";
        assignment = fmt::format("{0} = {1}{2}{1}", own_name, quote, *value);
    }
    const auto before = find_file(file).value_or("");
    (void)parse(before, file); // what cannot be read is not touched
    std::vector<std::string> lines;
    std::istringstream stream(before);
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(std::move(line));
    }
    const auto after = join(has_topic ? edit(std::move(lines), name.substr(0, dot), own_name, assignment)
                                      : edit_top(std::move(lines), own_name, assignment),
                            "\n");
    (void)parse(after, file);
    make_folders(file.parent_path(), 0700);
    write_file_atomically(file, after.empty() ? after : after + "\n");
}

} // namespace harrier::cli
