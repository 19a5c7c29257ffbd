// SPDX-License-Identifier: MIT
#pragma once

// CSV files (RFC 4180), read one record after the other without a copy of the text. Pure.
//
// Lenient where programs are: a record ends with CRLF, LF or CR; records may differ in length; empty lines
// are none; a byte order mark is skipped. A quote counts only at the beginning of a field; what stands
// between the closing quote and the comma belongs to the field. A backslash is a character like any other.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats {

constexpr std::size_t max_csv_fields = 10'000; // of one record; further ones are skipped

struct CsvRecord {
    std::string_view raw;                 // its exact bytes, without the line end
    std::vector<std::string_view> fields; // as written, quotes and all
    std::size_t line = 0;                 // where it begins, from 1
    std::size_t skipped_fields = 0;       // beyond max_csv_fields
    bool is_open = false;                 // a quote opens in it that nothing closes: it is all the rest

    // The text of a field, without its quotes; "" for one that is not there.
    [[nodiscard]] std::string text(std::size_t field) const;
};

// Views into `text`, which must outlive it.
class CsvReader {
public:
    explicit CsvReader(std::string_view text);

    // The next record, valid until the next call; null at the end.
    [[nodiscard]] const CsvRecord* next();

private:
    void read_record();
    std::size_t end_of_field(std::size_t at);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    CsvRecord m_record;
};

} // namespace harrier::formats
