// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/paragraph.hpp"
#include "cli/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace harrier::cli {

namespace {

using archive::SqlValue;

struct CellText {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(double value) const { return fmt::format("{}", value); }
    std::string operator()(const std::string& value) const { return value; }
};

Value to_value(SqlValue value) {
    return std::visit([](auto&& held) { return Value{std::forward<decltype(held)>(held)}; },
                      std::move(value));
}

bool is_text(const SqlValue& value) {
    return std::holds_alternative<std::string>(value);
}

// Numbers stand to the right: a column without any text in it.
report::Table make_table(const std::vector<std::string>& names,
                         const std::vector<std::vector<SqlValue>>& rows) {
    std::vector<report::Column> columns;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool has_text =
            std::any_of(rows.begin(), rows.end(), [i](const auto& row) { return is_text(row[i]); });
        columns.push_back({names[i], has_text ? report::Align::left : report::Align::right, has_text});
    }
    report::Table table(std::move(columns));
    for (const auto& row : rows) {
        std::vector<std::string> cells;
        for (const auto& value : row) {
            cells.push_back(std::visit(CellText{}, value));
        }
        table.add_row(std::move(cells));
    }
    return table;
}

constexpr std::string_view list_of_views =
    "SELECT m.name AS \"view\", group_concat(c.name, ', ') AS columns FROM sqlite_schema m, "
    "pragma_table_info(m.name) c WHERE m.type = 'view' GROUP BY m.name ORDER BY m.name";

class SqlCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_optional_argument(app, "STATEMENT", m_statement,
                              "one SELECT; - reads it from standard input; nothing lists what can be asked");
        m_output.declare(app, false);
        set_examples(app, "  harrier sql \"SELECT sport_type, count(*) FROM v_activity GROUP BY 1\"\n"
                          "  harrier sql \"SELECT max(heartrate) FROM streams(12)\"\n"
                          "  harrier sql --csv - < query.sql > answer.csv");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto format = m_output.format();
        const auto archive = open_archive(invocation.settings, archive::Access::read);
        const auto athlete = archive_athlete(invocation.settings, *archive).athlete_id;
        const auto statement = m_statement == "-" ? invocation.console.read_all() : m_statement;
        if (statement.empty() && m_statement.empty()) {
            list_views(invocation, *archive, athlete);
        } else if (format == OutputFormat::table) {
            print_table(invocation, *archive, athlete, statement);
        } else {
            print_rows(invocation, *archive, athlete, statement);
        }
        return exit_done;
    }

private:
    static void list_views(const Invocation& invocation, archive::Archive& archive, AthleteId athlete) {
        archive.sql(athlete, list_of_views,
                    {.columns = [](const auto&) {},
                     .row =
                         [&](const std::vector<SqlValue>& row) {
                             print_paragraph(invocation, std::get<std::string>(row[0]),
                                             std::get<std::string>(row[1]));
                         }},
                    invocation.stop);
        print_paragraph(
            invocation, "streams(activity_id)",
            "sample, time, lat, lng, distance, altitude, velocity_smooth, heartrate, cadence, watts, "
            "temp, grade_smooth");
    }

    static void print_paragraph(const Invocation& invocation, const std::string& title,
                                const std::string& text) {
        invocation.console.print(title + "\n");
        constexpr int readable = 80;
        const int width = table_width(invocation);
        invocation.console.print(paragraph(text, width > 0 ? width : readable, "  "));
    }

    static void print_table(const Invocation& invocation, archive::Archive& archive, AthleteId athlete,
                            const std::string& statement) {
        std::vector<std::string> names;
        std::vector<std::vector<SqlValue>> rows;
        archive.sql(athlete, statement,
                    {.columns = [&](const auto& found) { names = found; },
                     .row = [&](auto row) { rows.push_back(std::move(row)); }},
                    invocation.stop);
        invocation.console.print(make_table(names, rows).render(table_style(invocation)));
        say_aside(invocation.console, rows.size() == 1 ? "1 row" : fmt::format("{} rows", rows.size()));
    }

    void print_rows(const Invocation& invocation, archive::Archive& archive, AthleteId athlete,
                    const std::string& statement) const {
        constexpr std::size_t enough_to_write = 1U << 16U;
        std::string text;
        const auto flush = [&] {
            invocation.console.print_foreign(text);
            text.clear();
        };
        std::optional<RowWriter> writer;
        const auto begin = [&](const auto& names) {
            writer.emplace(m_output.json ? report::RowFormat::json : report::RowFormat::csv, names,
                           [&text](std::string_view part) { text += part; });
        };
        const auto add = [&](std::vector<SqlValue> row) {
            std::vector<Value> values;
            for (auto& value : row) {
                values.push_back(to_value(std::move(value)));
            }
            writer->add(values);
            if (text.size() >= enough_to_write) {
                flush();
            }
        };
        archive.sql(athlete, statement, {.columns = begin, .row = add}, invocation.stop);
        writer->finish();
        flush();
    }

    std::string m_statement;
    OutputFlags m_output;
};

} // namespace

std::unique_ptr<Command> make_sql_command() {
    return std::make_unique<SqlCommand>();
}

} // namespace harrier::cli
