// SPDX-License-Identifier: MIT
#pragma once

// config.toml: what a user has chosen once for all runs. A key is written "topic.name", or is a name alone;
// what is not in the file has its default.

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::cli {

struct ConfigKey {
    std::string_view name; // "athlete.max_heartrate"
    std::string_view help; // one line, with the unit
    // What it takes: a number in a range, or one of some words.
    double lowest = 0;
    double highest = 0;
    std::vector<std::string_view> words{};
    std::string_view fallback = ""; // the default, for people; "" = found out from the activities, or none
};

// Every key, in the order of the help.
[[nodiscard]] std::span<const ConfigKey> config_keys();
// Throws Error{usage} with the nearest name.
[[nodiscard]] const ConfigKey& find_config_key(std::string_view name);

class Config {
public:
    // An absent file is an empty one. Throws Error{data} with the line that cannot be read, Error{usage} for
    // a key or value that is not known.
    [[nodiscard]] static Config load(const std::filesystem::path& file);

    [[nodiscard]] std::optional<std::string> find_text(std::string_view key) const;
    [[nodiscard]] std::optional<double> find_number(std::string_view key) const;

private:
    std::map<std::string, std::string, std::less<>> m_values;
};

// Writes one value, or removes it (nothing), and leaves everything else in the file as it stands, comments
// too. Throws Error{usage} for a key or value that is not known.
void store_config(const std::filesystem::path& file, std::string_view key,
                  const std::optional<std::string>& value);

} // namespace harrier::cli
