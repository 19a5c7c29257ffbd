// SPDX-License-Identifier: MIT
#include "cli/options.hpp"

#include <CLI/CLI.hpp>

namespace harrier::cli {

void add_flag(CLI::App& app, const std::string& names, bool& value, const std::string& help) {
    app.add_flag(names, value, help);
}

void add_text(CLI::App& app, const std::string& names, std::string& value, const std::string& type,
              const std::string& help) {
    app.add_option(names, value, help)->type_name(type);
}

void add_texts(CLI::App& app, const std::string& names, std::vector<std::string>& values,
               const std::string& type, const std::string& help) {
    app.add_option(names, values, help)->type_name(type);
}

void add_repeated(CLI::App& app, const std::string& names, std::vector<std::string>& values,
                  const std::string& type, const std::string& help) {
    app.add_option(names, values, help)->type_name(type)->allow_extra_args(false);
}

void add_count(CLI::App& app, const std::string& names, std::optional<std::int64_t>& value,
               const std::string& help) {
    app.add_option(names, value, help)->type_name("N")->check(CLI::NonNegativeNumber.description(""));
}

void add_choice(CLI::App& app, const std::string& names, std::string& value,
                const std::vector<std::string>& choices, const std::string& help) {
    app.add_option(names, value, help)
        ->type_name("")
        ->check(CLI::IsMember(choices, CLI::ignore_case))
        ->capture_default_str();
}

void add_argument(CLI::App& app, const std::string& name, std::string& value, const std::string& help) {
    app.add_option(name, value, help)->required()->type_name("");
}

void exclude_each_other(CLI::App& app, const std::vector<std::string>& names) {
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
