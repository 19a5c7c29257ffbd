// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include "base/text.hpp"
#include "cli/paragraph.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

namespace {

// CLI11 leaves 30 columns for the flags and never breaks a line itself; broken ones it indents.
std::string wrap(const std::string& help) {
    constexpr int room = 80 - 30;
    auto lines = paragraph(help, room, "");
    lines.erase(lines.find_last_not_of('\n') + 1);
    return lines;
}

CLI::Validator whole_number() {
    const auto check = [](const std::string& word) -> std::string {
        constexpr std::size_t longest = 18; // digits that an int64 always holds
        const bool whole = !word.empty() && word.size() <= longest &&
                           word.find_first_not_of("0123456789") == std::string::npos;
        return whole ? "" : fmt::format("\"{}\" is not a whole number from 0 up", escape_terminal(word));
    };
    return {check, ""};
}

// One word of a list, in any case; becomes the list's spelling.
CLI::Validator one_of(const std::vector<std::string>& choices) {
    const auto check = [choices](std::string& word) -> std::string {
        const auto found = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) {
            return equal_ignoring_case(choice, word);
        });
        if (found == choices.end()) {
            return fmt::format("\"{}\" is none of {}", escape_terminal(word), join(choices, ", "));
        }
        word = *found;
        return "";
    };
    return {check, ""};
}

} // namespace

void add_flag(CLI::App& app, const std::string& names, bool& value, const std::string& help) {
    app.add_flag(names, value, wrap(help));
}

void add_text(CLI::App& app, const std::string& names, std::string& value, const std::string& type,
              const std::string& help) {
    app.add_option(names, value, wrap(help))->type_name(type);
}

void add_texts(CLI::App& app, const std::string& names, std::vector<std::string>& values,
               const std::string& type, const std::string& help) {
    app.add_option(names, values, wrap(help))->type_name(type);
}

void add_repeated(CLI::App& app, const std::string& names, std::vector<std::string>& values,
                  const std::string& type, const std::string& help) {
    app.add_option(names, values, wrap(help))->type_name(type)->allow_extra_args(false);
}

void add_count(CLI::App& app, const std::string& names, std::optional<std::int64_t>& value,
               const std::string& help) {
    app.add_option(names, value, wrap(help))->type_name("N")->check(whole_number());
}

void add_choice(CLI::App& app, const std::string& names, std::string& value,
                const std::vector<std::string>& choices, const std::string& help) {
    const auto usual = value.empty() ? "" : fmt::format(" (default {})", value);
    app.add_option(names, value, wrap(help + usual))->type_name(join(choices, "|"))->check(one_of(choices));
}

void add_argument(CLI::App& app, const std::string& name, std::string& value, const std::string& help) {
    app.add_option(name, value, wrap(help))->required()->type_name("");
}

void add_optional_argument(CLI::App& app, const std::string& name, std::string& value,
                           const std::string& help) {
    app.add_option(name, value, wrap(help))->type_name("");
}

void exclude_each_other(CLI::App& app, const std::vector<std::string>& names) {
    app.get_formatter()->label("Excludes", "not with");
    for (const auto& name : names) {
        for (const auto& other : names) {
            if (name != other) {
                app.get_option(name)->excludes(app.get_option(other));
            }
        }
    }
}

void set_examples(CLI::App& app, const std::string& text) {
    app.footer("Examples:\n" + text);
}

} // namespace harrier::cli
