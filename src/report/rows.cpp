// SPDX-License-Identifier: MIT
#include "report/rows.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace harrier::report {

namespace {

std::string json_text(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The shortest text that reads back as the same double, and that looks like one ("5.0").
std::string exact(double number) {
    auto text = fmt::format("{}", number);
    if (text.find_first_not_of("-0123456789") == std::string::npos) {
        text += ".0";
    }
    return text;
}

struct JsonValue {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(double value) const { return std::isfinite(value) ? exact(value) : "null"; }
    std::string operator()(const std::string& value) const { return json_text(value); }
    std::string operator()(const std::vector<double>& values) const {
        std::string text;
        for (const double value : values) {
            text += (text.empty() ? "" : ",") + (*this)(value);
        }
        return "[" + text + "]";
    }
};

std::string csv_text(std::string_view text) {
    const bool plain = !text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos &&
                       text.front() != ' ' && text.back() != ' ';
    if (plain) {
        return std::string(text);
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

struct CsvValue {
    std::string operator()(std::monostate) const { return ""; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(double value) const { return std::isfinite(value) ? exact(value) : ""; }
    std::string operator()(const std::string& value) const { return csv_text(value); }
    std::string operator()(const std::vector<double>& values) const { return csv_text(JsonValue{}(values)); }
};

std::string to_text(RowFormat format, const Rows& rows) {
    std::string text;
    RowWriter writer(format, rows.names, [&text](std::string_view part) { text += part; });
    for (const auto& row : rows.rows) {
        writer.add(row);
    }
    writer.finish();
    return text;
}

} // namespace

RowWriter::RowWriter(RowFormat format, std::vector<std::string> names,
                     std::function<void(std::string_view)> write)
    : m_is_json(format == RowFormat::json), m_write(std::move(write)) {
    if (m_is_json) {
        for (const auto& name : names) {
            m_keys.push_back(json_text(name) + ":");
        }
        m_write("[");
        return;
    }
    std::string line;
    for (std::size_t i = 0; i < names.size(); ++i) {
        line += (i == 0 ? "" : ",") + csv_text(names[i]);
    }
    m_write(line + "\r\n");
}

void RowWriter::add(const std::vector<Value>& row) {
    std::string line;
    if (m_is_json) {
        line = m_has_rows ? ",\n{" : "\n{";
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
        line += i == 0 ? "" : ",";
        line += m_is_json ? m_keys[i] + std::visit(JsonValue{}, row[i]) : std::visit(CsvValue{}, row[i]);
    }
    line += m_is_json ? "}" : "\r\n";
    m_has_rows = true;
    m_write(line);
}

void RowWriter::finish() {
    if (m_is_json) {
        m_write(m_has_rows ? "\n]\n" : "]\n");
    }
}

std::string to_json_array(const Rows& rows) {
    return to_text(RowFormat::json, rows);
}

std::string to_json_object(const Rows& rows) {
    std::string text = "{";
    const auto& row = rows.rows.front();
    for (std::size_t i = 0; i < row.size(); ++i) {
        text += i == 0 ? "\n  " : ",\n  ";
        text += json_text(rows.names[i]) + ": " + std::visit(JsonValue{}, row[i]);
    }
    return text + "\n}\n";
}

std::string to_csv(const Rows& rows) {
    return to_text(RowFormat::csv, rows);
}

} // namespace harrier::report
