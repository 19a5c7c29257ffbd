// SPDX-License-Identifier: MIT

// Any text is read as a CSV file and as each table of Strava's export: the records cover it, and what comes
// out of the export holds together.

#include "formats/csv.hpp"
#include "formats/strava_export.hpp"
#include "fuzz/check.hpp"

#include <cstdint>
#include <string_view>

namespace {

using namespace harrier;

// Between two records stands nothing but line ends.
void check_records(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    formats::CsvReader reader(text);
    const char* next = text.data() + (text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
    std::size_t line = 0;
    while (const auto* record = reader.next()) {
        for (; next < record->raw.data(); ++next) {
            fuzz::check(*next == '\n' || *next == '\r');
        }
        next = record->raw.data() + record->raw.size();
        fuzz::check(next <= text.data() + text.size() && record->line > line);
        line = record->line;
        fuzz::check(!record->fields.empty() && record->fields.size() <= formats::max_csv_fields);
        for (std::size_t field = 0; field < record->fields.size(); ++field) {
            fuzz::check(record->text(field).size() <= record->fields[field].size());
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_records(text);
    const auto tables = formats::read_export({text, text, text, text, text});
    for (const auto& activity : tables.activities) {
        fuzz::check(activity.said.strava_id && activity.said.strava_id->value > 0 &&
                    activity.said.start_date);
        fuzz::check(text.find(activity.raw) != std::string_view::npos && activity.line > 1);
    }
    fuzz::check(tables.failed.size() <= formats::max_export_problems + 1);
    return 0;
}
