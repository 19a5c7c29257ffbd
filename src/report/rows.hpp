// SPDX-License-Identifier: MIT
#pragma once

// Rows for machines: JSON and CSV with the same fields, exact.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace harrier::report {

// What a field may hold; monostate is absent: null in JSON, nothing in CSV.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<double>>;

struct Rows {
    std::vector<std::string> names;
    std::vector<std::vector<Value>> rows; // each as long as `names`
};

enum class RowFormat { json, csv };

// A JSON array with one object on each line. Integers stay integers, other numbers are the shortest text that
// reads back as the same double; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string to_json_array(const Rows& rows);
// The first row as one object with a field on each line.
[[nodiscard]] std::string to_json_object(const Rows& rows);
// RFC 4180: a header line, lines ended by CR LF. Texts are exact, so nothing is put before a leading "=":
// this is for programs. An empty text is "", an absent one is nothing.
[[nodiscard]] std::string to_csv(const Rows& rows);

// The same texts, row by row, for answers too long to hold: what `write` gets, put together, is what the
// functions above give.
class RowWriter {
public:
    RowWriter(RowFormat format, std::vector<std::string> names, std::function<void(std::string_view)> write);
    void add(const std::vector<Value>& row);
    void finish();

private:
    bool m_is_json;
    bool m_has_rows = false;
    std::vector<std::string> m_keys; // of JSON
    std::function<void(std::string_view)> m_write;
};

} // namespace harrier::report
