// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/version.hpp"
#include "cli/welcome.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::cli {

namespace {

// The command line cut in two: which command, and everything else in its order.
struct CommandLine {
    std::string command; // "" = none
    std::vector<std::string> rest;
};

bool takes_value(const std::string& argument) {
    return argument == "--home" || argument == "--archive" || argument == "--units";
}

CommandLine cut(std::span<const std::string> arguments) {
    CommandLine line;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool is_value = i > 0 && takes_value(arguments[i - 1]);
        if (line.command.empty() && !is_value && !arguments[i].starts_with('-')) {
            line.command = arguments[i];
        } else {
            line.rest.push_back(arguments[i]);
        }
    }
    return line;
}

const CommandEntry& find_command(const std::string& name) {
    const auto& all = commands();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& entry) { return entry.name == name; });
    if (found != all.end()) {
        return *found;
    }
    std::vector<std::string_view> names;
    std::transform(all.begin(), all.end(), std::back_inserter(names),
                   [](const auto& entry) { return entry.name; });
    const auto meant = nearest(name, names);
    throw Error(ErrorKind::usage, fmt::format("there is no command \"{}\"", escape_terminal(name)),
                meant.empty() ? "To see all commands, run:  harrier --help"
                              : fmt::format("Did you mean:  harrier {}", meant));
}

void declare_global_flags(CLI::App& app, GlobalFlags& flags) {
    const std::string group = "Everywhere";
    app.add_option("--home", flags.home, "keep archive, login and settings in this folder")
        ->type_name("DIR")
        ->group(group);
    app.add_option("--archive", flags.archive, "use this archive file")->type_name("FILE")->group(group);
    app.add_option("--units", flags.units, "metric or imperial")
        ->check(CLI::IsMember({"metric", "imperial"}).description(""))
        ->type_name("metric|imperial")
        ->group(group);
}

std::string paint(const Stream& stream, std::string_view code, std::string_view text) {
    return stream.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

int report_error(const Error& error, const Console& console, bool as_json) {
    const int code = exit_code(error.kind());
    if (as_json) {
        const nlohmann::ordered_json object{{"error",
                                             {{"kind", name(error.kind())},
                                              {"exit", code},
                                              {"message", error.message()},
                                              {"hint", error.hint()}}}};
        try {
            console.print(object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
            return code;
        } catch (const Error&) {
            // Nothing can be written there: then in words.
        }
    }
    console.say(fmt::format("{} {}", paint(console.err, "1;31", "harrier:"), safe_lines(error.message())));
    if (!error.hint().empty()) {
        console.say(safe_lines(error.hint()));
    }
    return code;
}

// CLI11's words for a wrong command line, as one of our errors.
Error usage_error(const CLI::ParseError& error, std::string_view command) {
    std::string message = error.what();
    std::replace(message.begin(), message.end(), '\n', ' ');
    return {ErrorKind::usage, std::string(trim(message)),
            fmt::format("For its flags and examples, run:  harrier {} --help", command)};
}

// A word that the command has no use for.
Error unexpected_word(const CLI::App& app, std::string_view command) {
    const auto words = app.remaining();
    const auto is_flag = [](const std::string& word) { return word.starts_with('-'); };
    const auto flag = std::find_if(words.begin(), words.end(), is_flag);
    const auto help = fmt::format("For its flags and examples, run:  harrier {} --help", command);
    if (flag == words.end()) {
        const auto word = words.empty() ? "" : escape_terminal(words.front());
        return {ErrorKind::usage, fmt::format("{} does not take \"{}\"", command, word), help};
    }
    std::vector<std::string> names;
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    const auto meant = nearest(*flag, std::vector<std::string_view>(names.begin(), names.end()));
    return {ErrorKind::usage, fmt::format("{} has no flag {}", command, escape_terminal(*flag)),
            meant.empty() ? help : fmt::format("Did you mean:  harrier {} {}", command, meant)};
}

int run_command(const CommandEntry& entry, std::vector<std::string> arguments, const Environment& environment,
                Console& console, Clock& clock, std::stop_token stop) {
    const auto command = entry.make();
    CLI::App app(std::string(entry.summary), fmt::format("harrier {}", entry.name));
    GlobalFlags flags;
    command->declare(app);
    declare_global_flags(app, flags);
    try {
        std::reverse(arguments.begin(), arguments.end()); // CLI11 wants the last one first
        app.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        console.print(app.help());
        return exit_done;
    } catch (const CLI::ExtrasError&) {
        throw unexpected_word(app, entry.name);
    } catch (const CLI::ParseError& error) {
        throw usage_error(error, entry.name);
    }
    const Settings settings = make_settings(flags, environment);
    Invocation invocation{console, settings, clock, std::move(stop)};
    return command->run(invocation);
}

// What is not a command: help, version, and no word at all.
int run_without_command(const CommandLine& line, const Environment& environment, const Console& console) {
    CLI::App app("", "harrier");
    app.set_help_flag();
    GlobalFlags flags;
    bool help = false;
    bool version_asked = false;
    declare_global_flags(app, flags);
    app.add_flag("-h,--help", help);
    app.add_flag("-V,--version", version_asked);
    try {
        auto arguments = line.rest;
        std::reverse(arguments.begin(), arguments.end());
        app.parse(std::move(arguments));
    } catch (const CLI::ParseError& error) {
        throw Error(ErrorKind::usage, std::string(trim(error.what())),
                    "To see all commands, run:  harrier --help");
    }
    if (version_asked) {
        console.print(fmt::format("harrier {}\n", version));
        return exit_done;
    }
    console.print(help ? full_help() : welcome(make_settings(flags, environment)));
    return exit_done;
}

int dispatch(std::span<const std::string> arguments, const Environment& environment, Console& console,
             Clock& clock, std::stop_token stop) {
    auto line = cut(arguments);
    if (line.command == "help") {
        const auto topic = cut(line.rest);
        line = {topic.command, topic.command.empty() ? std::vector<std::string>{"--help"} : topic.rest};
        if (!line.command.empty()) {
            line.rest.emplace_back("--help");
        }
    }
    if (line.command.empty()) {
        return run_without_command(line, environment, console);
    }
    return run_command(find_command(line.command), std::move(line.rest), environment, console, clock,
                       std::move(stop));
}

} // namespace

int run(std::span<const std::string> arguments, const Environment& environment, Console& console,
        Clock& clock, std::stop_token stop) {
    const bool as_json = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    try {
        return dispatch(arguments, environment, console, clock, std::move(stop));
    } catch (const Error& error) {
        return report_error(error, console, as_json);
    } catch (const std::exception& error) {
        const Error internal(ErrorKind::internal,
                             fmt::format("something went wrong inside harrier: {}", error.what()),
                             "This is a mistake in harrier; please report it with the command that you ran");
        return report_error(internal, console, as_json);
    }
}

} // namespace harrier::cli
