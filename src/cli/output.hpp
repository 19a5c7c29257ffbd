// SPDX-License-Identifier: MIT
#pragma once

// In which form a command prints its rows: a table for people, which takes its width and colour from here, or
// one of the forms for machines.

#include "cli/command.hpp"
#include "report/rows.hpp"
#include "report/table.hpp"

#include <string_view>

namespace harrier::cli {

using report::Rows;
using report::RowWriter;
using report::to_csv;
using report::to_json_array;
using report::to_json_object;
using report::Value;

enum class OutputFormat { table, json, csv, ids };

// The flags of every command that prints rows.
struct OutputFlags {
    bool json = false;
    bool csv = false;
    bool ids = false;

    // `with_ids` adds -q.
    void declare(CLI::App& app, bool with_ids);
    // Throws Error{usage} when several are given.
    [[nodiscard]] OutputFormat format() const;
};

// The width to fit a table to: the terminal's. A pipe or file gets whole lines (0), unless COLUMNS says
// otherwise.
[[nodiscard]] int table_width(const Invocation& invocation);
[[nodiscard]] report::TableStyle table_style(const Invocation& invocation);

// A line of talk for people only: dim, and only when stdout and stderr are a terminal.
void say_aside(const Console& console, std::string_view line);

} // namespace harrier::cli
