// SPDX-License-Identifier: MIT
#pragma once

// Declares flags and arguments on a command without the weight of CLI11's header: only options.cpp and
// run.cpp need to see it. `names` as in CLI11 ("-q,--quiet"); values must outlive the parsing.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace harrier::cli {

void add_flag(CLI::App& app, const std::string& names, bool& value, const std::string& help);

// An option with a text; `type` stands for it in the help ("DATE").
void add_text(CLI::App& app, const std::string& names, std::string& value, const std::string& type,
              const std::string& help);

// An option that may be given several times, or with several texts.
void add_texts(CLI::App& app, const std::string& names, std::vector<std::string>& values,
               const std::string& type, const std::string& help);

// An option with one text each time it is given; it never takes the argument behind it.
void add_repeated(CLI::App& app, const std::string& names, std::vector<std::string>& values,
                  const std::string& type, const std::string& help);

// An option with a whole number that is not negative.
void add_count(CLI::App& app, const std::string& names, std::optional<std::int64_t>& value,
               const std::string& help);

// An option with one word of a list; the help shows the list.
void add_choice(CLI::App& app, const std::string& names, std::string& value,
                const std::vector<std::string>& choices, const std::string& help);

// A word without a flag; it has to be there.
void add_argument(CLI::App& app, const std::string& name, std::string& value, const std::string& help);

// A word without a flag that may be left out.
void add_optional_argument(CLI::App& app, const std::string& name, std::string& value,
                           const std::string& help);

// Of these options, declared before, only one may be given.
void exclude_each_other(CLI::App& app, const std::vector<std::string>& names);

// What the help says at its end: examples.
void set_examples(CLI::App& app, const std::string& text);

} // namespace harrier::cli
