// SPDX-License-Identifier: MIT
#pragma once

// Small helpers around a prepared SQLite statement. Only the archive's own sources include this.

#include "base/error.hpp"
#include "base/time.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace harrier::archive {

// "?, ?, ?"
[[nodiscard]] inline std::string places(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += i == 0 ? "?" : ", ?";
    }
    return text;
}

// One step, and ready for the next use.
inline void run(SQLite::Statement& statement) {
    statement.executeStep();
    statement.reset();
}

inline void bind_text(SQLite::Statement& statement, int index, std::string_view text) {
    statement.bind(index, std::string(text));
}

// Without a copy: the bytes must outlive the next step. Throws Error{data} for what SQLite has no room for.
inline void bind_blob(SQLite::Statement& statement, int index, std::string_view bytes) {
    constexpr std::size_t largest = 1'000'000'000; // SQLITE_MAX_LENGTH; an int holds it
    if (bytes.size() > largest) {
        throw Error(ErrorKind::data, "it is too large to be kept in one piece");
    }
    statement.bindNoCopy(index, bytes.data(), static_cast<int>(bytes.size()));
}

// Null for nothing.
template <typename Value>
void bind_optional(SQLite::Statement& statement, int index, const std::optional<Value>& value) {
    if (!value) {
        statement.bind(index);
    } else if constexpr (std::is_same_v<Value, Instant>) {
        statement.bind(index, format_instant(*value));
    } else {
        statement.bind(index, *value);
    }
}

[[nodiscard]] inline std::optional<std::string> find_text(SQLite::Statement& row, int index) {
    const auto value = row.getColumn(index);
    return value.isNull() ? std::nullopt : std::optional(value.getString());
}

[[nodiscard]] inline std::optional<double> find_real(SQLite::Statement& row, int index) {
    const auto value = row.getColumn(index);
    return value.isNull() ? std::nullopt : std::optional(value.getDouble());
}

// The first column of the first row, and ready for the next use.
[[nodiscard]] inline std::optional<std::int64_t> find_number(SQLite::Statement& statement) {
    std::optional<std::int64_t> number;
    if (statement.executeStep()) {
        number = statement.getColumn(0).getInt64();
    }
    statement.reset();
    return number;
}

} // namespace harrier::archive
