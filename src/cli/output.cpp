// SPDX-License-Identifier: MIT
#include "cli/output.hpp"

#include "base/error.hpp"
#include "cli/options.hpp"

#include <fmt/format.h>

namespace harrier::cli {

void OutputFlags::declare(CLI::App& app, bool with_ids) {
    add_flag(app, "--json", json, "print a JSON array, with Strava's field names and units");
    add_flag(app, "--csv", csv, "print CSV with the same fields");
    if (with_ids) {
        add_flag(app, "-q", ids, "print the activity ids only, one on each line");
    }
}

OutputFormat OutputFlags::format() const {
    if (int{json} + int{csv} + int{ids} > 1) {
        throw Error(ErrorKind::usage, "only one format at a time can be printed",
                    "Choose one of --json, --csv and -q");
    }
    if (json) {
        return OutputFormat::json;
    }
    if (csv) {
        return OutputFormat::csv;
    }
    return ids ? OutputFormat::ids : OutputFormat::table;
}

int table_width(const Invocation& invocation) {
    const bool known =
        invocation.console.out.is_terminal || invocation.settings.environment.find("COLUMNS").has_value();
    return known ? invocation.console.width : 0;
}

report::TableStyle table_style(const Invocation& invocation) {
    return {table_width(invocation), invocation.console.out.colour};
}

void say_aside(const Console& console, std::string_view line) {
    if (!console.out.is_terminal || !console.err.is_terminal) {
        return;
    }
    console.say(console.err.colour ? fmt::format("\x1b[2m{}\x1b[0m", line) : std::string(line));
}

} // namespace harrier::cli
