// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace harrier::cli {

namespace {

// The flags of a command, read off its own declaration, so that a script can never be out of step.
std::vector<std::string> flags_of(const CommandEntry& entry) {
    const auto command = entry.make();
    CLI::App app;
    command->declare(app);
    std::vector<std::string> flags{"--home", "--archive", "--units"};
    for (const auto* option : app.get_options()) {
        for (const auto& flag : option->get_lnames()) {
            flags.push_back("--" + flag);
        }
    }
    return flags;
}

std::string names() {
    std::string all;
    for (const auto& entry : commands()) {
        all += fmt::format("{}{}", all.empty() ? "" : " ", entry.name);
    }
    return all;
}

std::string bash_script() {
    std::string cases;
    for (const auto& entry : commands()) {
        cases += fmt::format("        {}) words=\"{}\" ;;\n", entry.name, fmt::join(flags_of(entry), " "));
    }
    return fmt::format("# harrier completion for bash:  source <(harrier completion bash)\n"
                       "_harrier() {{\n"
                       "    local words\n"
                       "    case ${{COMP_WORDS[1]}} in\n{}"
                       "        *) words=\"\" ;;\n"
                       "    esac\n"
                       "    [ \"$COMP_CWORD\" -eq 1 ] && words=\"{} help --help --version\"\n"
                       "    COMPREPLY=($(compgen -W \"$words\" -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n"
                       "}}\n"
                       "complete -o default -F _harrier harrier\n",
                       cases, names());
}

std::string zsh_script() {
    return "#compdef harrier\n"
           "# harrier completion for zsh:  source <(harrier completion zsh)\n"
           "autoload -U +X bashcompinit && bashcompinit\n" +
           bash_script();
}

std::string fish_script() {
    std::string lines = "# harrier completion for fish:  harrier completion fish | source\n";
    for (const auto& entry : commands()) {
        lines += fmt::format("complete -c harrier -n __fish_use_subcommand -a {} -d '{}'\n", entry.name,
                             entry.summary);
        for (const auto& flag : flags_of(entry)) {
            lines += fmt::format("complete -c harrier -n '__fish_seen_subcommand_from {}' -l {}\n",
                                 entry.name, flag.substr(2));
        }
    }
    return lines;
}

class CompletionCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        app.add_option("shell", m_shell, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}))
            ->type_name("SHELL");
        app.footer("Examples:\n  source <(harrier completion bash)\n  harrier completion fish | source");
    }

    int run(Invocation& invocation) override {
        invocation.console.print(m_shell == "bash"  ? bash_script()
                                 : m_shell == "zsh" ? zsh_script()
                                                    : fish_script());
        return exit_done;
    }

private:
    std::string m_shell;
};

} // namespace

std::unique_ptr<Command> make_completion_command() {
    return std::make_unique<CompletionCommand>();
}

} // namespace harrier::cli
