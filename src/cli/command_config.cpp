// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/config_file.hpp"
#include "cli/config_rows.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

report::Table config_table(const Config& config) {
    report::Table table({{"Setting"}, {"Value"}, {"", report::Align::left, true}});
    for (const auto& key : config_keys()) {
        std::vector<std::string> words(key.words.begin(), key.words.end());
        const auto choices =
            words.empty() ? std::string(key.help) : fmt::format("{} ({})", key.help, join(words, ", "));
        const auto value = config.find_text(key.name);
        const auto fallback = key.fallback.empty() ? std::string("–") : fmt::format("({})", key.fallback);
        table.add_row({std::string(key.name), value.value_or(fallback), choices});
    }
    return table;
}

class ConfigCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_texts(app, "WORDS", m_words, "list | get KEY | set KEY VALUE | unset KEY", "what to do");
        add_flag(app, "--json", m_json, "list as a JSON array");
        set_examples(app, "  harrier config list\n"
                          "  harrier config set athlete.max_heartrate 188\n"
                          "  harrier config get athlete.max_heartrate\n"
                          "  harrier config unset athlete.max_heartrate");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto file = invocation.settings.config_folder / "config.toml";
        const auto action = m_words.empty() ? "list" : m_words.front();
        if (action == "list" && m_words.size() <= 1) {
            const auto config = Config::load(file);
            invocation.console.print(m_json ? to_json_array(config_rows(config))
                                            : config_table(config).render(table_style(invocation)));
            say_aside(invocation.console, escape_terminal(file.string()));
        } else if (action == "get" && m_words.size() == 2) {
            (void)find_config_key(m_words[1]);
            const auto value = Config::load(file).find_text(m_words[1]);
            if (!value) {
                return exit_failed; // as git config does
            }
            invocation.console.print(*value + "\n");
        } else if (action == "set" && m_words.size() == 3) {
            store_config(file, m_words[1], m_words[2]);
        } else if (action == "unset" && m_words.size() == 2) {
            store_config(file, m_words[1], std::nullopt);
        } else {
            throw Error(ErrorKind::usage, "config takes list, get KEY, set KEY VALUE or unset KEY",
                        "To see the keys, run:  harrier config list");
        }
        return exit_done;
    }

private:
    std::vector<std::string> m_words;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_config_command() {
    return std::make_unique<ConfigCommand>();
}

} // namespace harrier::cli
