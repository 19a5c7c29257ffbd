// SPDX-License-Identifier: MIT
#include "formats/strava_export.hpp"

#include "base/text.hpp"
#include "base/units.hpp"
#include "formats/csv.hpp"
#include "formats/export_columns.hpp"
#include "formats/export_dates.hpp"
#include "formats/export_sports.hpp"
#include "formats/export_values.hpp"
#include "formats/utf8.hpp"
#include "model/sport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace harrier::formats {

namespace {

// Cells that hold something else than they should, told once per column.
class Oddities {
public:
    void add(ExportColumn column, std::size_t line) {
        auto& told = m_told.try_emplace(column, Told{0, line}).first->second;
        ++told.count;
    }
    void tell(std::vector<std::string>& notices) const {
        for (const auto& [column, told] : m_told) {
            notices.push_back(fmt::format(
                "{} of activities.csv: {} cannot be read, first in line {}; left empty", name_of(column),
                told.count == 1 ? "1 cell" : fmt::format("{} cells", told.count), told.line));
        }
    }

private:
    struct Told {
        std::size_t count;
        std::size_t line;
    };
    std::map<ExportColumn, Told> m_told;
};

// What no activity can have, cells of another table or a bit that fell over: left empty.
bool is_believable(ExportColumn column, double value) {
    switch (column) {
    case ExportColumn::elevation_low:
    case ExportColumn::elevation_high: // m; the Dead Sea's floor and an airliner
        return value >= -1000 && value <= 20'000;
    case ExportColumn::average_temperature: // °C
        return value >= -100 && value <= 100;
    case ExportColumn::max_speed:
    case ExportColumn::average_speed: // m/s; receivers jump, but not faster than sound
        return value >= 0 && value <= 340;
    case ExportColumn::max_heartrate:
    case ExportColumn::max_heartrate_shown:
    case ExportColumn::average_heartrate: // bpm
        return value >= 0 && value <= 300;
    default: // seconds, metres, watts, kilocalories
        return value >= 0 && value <= 1e8;
    }
}

// One record with its columns.
class Row {
public:
    Row(const CsvRecord& record, const ExportColumns& columns, Oddities& oddities)
        : m_record(record), m_columns(columns), m_oddities(oddities) {}

    [[nodiscard]] bool has(ExportColumn column) const { return m_columns.place(column).has_value(); }
    [[nodiscard]] std::string cell(ExportColumn column) const {
        const auto place = m_columns.place(column);
        return place ? m_record.text(*place) : std::string();
    }
    [[nodiscard]] std::string mended(ExportColumn column) const { return mend_utf8(cell(column)); }
    [[nodiscard]] std::optional<std::string> some_words(ExportColumn column) const {
        auto text = mended(column);
        return text.empty() ? std::nullopt : std::optional(std::move(text));
    }
    [[nodiscard]] std::optional<double> number(ExportColumn column) const {
        return read<double>(column, [&](std::string_view text) {
            const auto value = read_export_number(text, m_columns.has_decimal_comma);
            return value && is_believable(column, *value) ? value : std::nullopt;
        });
    }
    // The value as Strava stores it; where it does not say it, as it shows it.
    [[nodiscard]] std::optional<double> number(ExportColumn stored, ExportColumn shown) const {
        const auto value = number(stored);
        return value ? value : number(shown);
    }
    [[nodiscard]] std::optional<bool> flag(ExportColumn column) const {
        return read<bool>(column, read_export_bool);
    }
    [[nodiscard]] std::optional<std::int64_t> seconds(ExportColumn column) const {
        return whole(column, number(column));
    }
    [[nodiscard]] std::optional<std::int64_t> seconds(ExportColumn stored, ExportColumn shown) const {
        const auto value = seconds(stored);
        return value ? value : seconds(shown);
    }
    [[nodiscard]] bool shows_metres() const { return m_columns.shows_metres; }

private:
    template <typename Value, typename Read>
    std::optional<Value> read(ExportColumn column, const Read& read_cell) const {
        const auto text = cell(column);
        const auto value = read_cell(text);
        if (!value && !trim(text).empty()) {
            m_oddities.add(column, m_record.line);
        }
        return value;
    }
    std::optional<std::int64_t> whole(ExportColumn column, std::optional<double> value) const {
        if (value && *value < 0) {
            m_oddities.add(column, m_record.line);
            return std::nullopt;
        }
        return value ? std::optional<std::int64_t>(std::llround(*value)) : std::nullopt;
    }

    const CsvRecord& m_record;
    const ExportColumns& m_columns;
    Oddities& m_oddities;
};

// What is shown is in kilometres, but swims and rows are said to be shown in metres: as kilometres no human
// could have gone them in that time.
double shown_metres(const model::Activity& said, double shown) {
    const auto family = model::family_of(said.sport_type);
    const double fastest = family == "swim" ? 3.0 : family == "row" ? 8.0 : 0.0; // m/s
    const auto time = said.moving_time ? said.moving_time : said.elapsed_time;
    const double metres = shown * metres_per_kilometre;
    const bool is_too_fast = fastest > 0 && time && metres > fastest * static_cast<double>(*time);
    return is_too_fast ? shown : metres;
}

void read_figures(const Row& row, model::Activity& said) {
    said.elapsed_time = row.seconds(ExportColumn::elapsed_time, ExportColumn::elapsed_time_shown);
    said.moving_time = row.seconds(ExportColumn::moving_time);
    said.distance = row.number(ExportColumn::distance);
    if (const auto shown = said.distance ? std::nullopt : row.number(ExportColumn::distance_shown)) {
        said.distance = row.shows_metres() ? *shown : shown_metres(said, *shown);
    }
    said.total_elevation_gain = row.number(ExportColumn::elevation_gain);
    said.elev_low = row.number(ExportColumn::elevation_low);
    said.elev_high = row.number(ExportColumn::elevation_high);
    said.max_speed = row.number(ExportColumn::max_speed);
    said.average_speed = row.number(ExportColumn::average_speed);
    said.average_heartrate = row.number(ExportColumn::average_heartrate);
    said.max_heartrate = row.number(ExportColumn::max_heartrate, ExportColumn::max_heartrate_shown);
    said.average_cadence = row.number(ExportColumn::average_cadence);
    said.average_watts = row.number(ExportColumn::average_watts);
    said.weighted_average_watts = row.number(ExportColumn::weighted_average_power);
    said.max_watts = row.number(ExportColumn::max_watts);
    said.calories = row.number(ExportColumn::calories);
    said.average_temp = row.number(ExportColumn::average_temperature);
    said.suffer_score = row.number(ExportColumn::relative_effort, ExportColumn::relative_effort_shown);
}

constexpr std::string_view not_exported = "#error#";

void read_file_name(const Row& row, ExportActivity& activity) {
    activity.filename = std::string(trim(row.mended(ExportColumn::filename)));
    if (activity.filename == not_exported) {
        activity.filename.clear();
    } else if (activity.filename.empty() && row.has(ExportColumn::filename)) {
        activity.said.manual = true;
    }
}

ExportActivity read_activity(const Row& row, const CsvRecord& record) {
    ExportActivity activity;
    activity.raw = std::string(record.raw);
    activity.line = record.line;
    auto& said = activity.said;
    said.strava_id = StravaId{*read_export_id(row.cell(ExportColumn::id))};
    said.start_date = read_export_date(row.cell(ExportColumn::date));
    said.name = row.mended(ExportColumn::name);
    said.sport_type = sport_type_of_export(row.cell(ExportColumn::type));
    said.description = row.some_words(ExportColumn::description);
    said.private_note = row.some_words(ExportColumn::private_note);
    said.gear_name = row.some_words(ExportColumn::gear);
    const auto commute = row.flag(ExportColumn::commute);
    said.commute = commute ? commute : row.flag(ExportColumn::commute_shown);
    said.flagged = row.flag(ExportColumn::flagged);
    read_figures(row, said);
    read_file_name(row, activity);
    activity.media = read_export_media(row.cell(ExportColumn::media));
    return activity;
}

// Why a record is no activity; empty when it is one.
std::string fault_of(const Row& row, const CsvRecord& record, const ExportColumns& columns) {
    if (record.is_open) {
        return "a quote opens here that nothing closes; the rest of the file is lost";
    }
    bool has_more = record.skipped_fields > 0;
    for (std::size_t field = columns.width; field < record.fields.size(); ++field) {
        has_more = has_more || !record.fields[field].empty();
    }
    if (has_more) {
        return fmt::format("{} fields, where the first line names {}",
                           record.fields.size() + record.skipped_fields, columns.width);
    }
    const auto shown = [&](ExportColumn column) {
        constexpr std::size_t longest = 40;
        return escape_terminal(std::string_view(row.cell(column)).substr(0, longest));
    };
    if (!read_export_id(row.cell(ExportColumn::id))) {
        return fmt::format("\"{}\" is no id of an activity", shown(ExportColumn::id));
    }
    if (!read_export_date(row.cell(ExportColumn::date))) {
        return fmt::format("\"{}\" is no date that can be read", shown(ExportColumn::date));
    }
    return {};
}

// Reads the records behind the header.
class ActivityTable {
public:
    ActivityTable(const ExportColumns& columns, ExportTables& tables)
        : m_columns(columns), m_tables(tables) {}

    void read(CsvReader& reader) {
        while (const auto* record = reader.next()) {
            if (m_tables.activities.size() == max_export_activities) {
                m_tables.failed.push_back(
                    {record->line, fmt::format("at most {} activities are read; the rest is left out",
                                               max_export_activities)});
                break;
            }
            read_record(*record);
        }
        tell();
    }

private:
    void read_record(const CsvRecord& record) {
        const Row row(record, m_columns, m_oddities);
        auto fault = fault_of(row, record, m_columns);
        if (fault.empty() && !m_ids.insert(*read_export_id(row.cell(ExportColumn::id))).second) {
            fault = fmt::format("activity {} is there twice; the first one is read",
                                trim(row.cell(ExportColumn::id)));
        }
        if (fault.empty()) {
            m_short_rows += record.fields.size() < m_columns.width ? 1 : 0;
            m_not_exported += trim(row.cell(ExportColumn::filename)) == not_exported ? 1 : 0;
            m_tables.activities.push_back(read_activity(row, record));
        } else if (m_tables.failed.size() < max_export_problems) {
            m_tables.failed.push_back({record.line, std::move(fault)});
        } else if (m_unsaid++ == 0) {
            m_first_unsaid = record.line;
        }
    }

    void tell() {
        auto& notices = m_tables.notices;
        if (m_unsaid > 0) {
            m_tables.failed.push_back(
                {m_first_unsaid, fmt::format("{} more records cannot be read", m_unsaid)});
        }
        if (m_not_exported > 0) {
            notices.push_back(fmt::format("Strava could not export the {} (\"{}\")",
                                          m_not_exported == 1
                                              ? "file of 1 activity"
                                              : fmt::format("files of {} activities", m_not_exported),
                                          not_exported));
        }
        if (m_short_rows > 0) {
            notices.push_back(fmt::format(
                "{} fewer fields than its first line names",
                m_short_rows == 1 ? "1 record of activities.csv has"
                                  : fmt::format("{} records of activities.csv have", m_short_rows)));
        }
        m_oddities.tell(notices);
    }

    const ExportColumns& m_columns;
    ExportTables& m_tables;
    Oddities m_oddities;
    std::set<std::int64_t> m_ids;
    std::size_t m_short_rows = 0;
    std::size_t m_not_exported = 0;
    std::size_t m_unsaid = 0;
    std::size_t m_first_unsaid = 0;
};

void read_activities(std::string_view text, ExportTables& tables) {
    CsvReader reader(text);
    const auto* header = reader.next();
    if (header == nullptr) {
        return;
    }
    if (header->raw.size() > max_export_header) {
        tables.failed.push_back({1, "this is not Strava's activities.csv: its first line has no end"});
        return;
    }
    tables.header_raw = std::string(header->raw);
    const auto columns = bind_export_columns(*header);
    tables.notices = columns.notices;
    if (!columns.place(ExportColumn::id) || !columns.place(ExportColumn::date)) {
        tables.failed.push_back(
            {1, "this is not Strava's activities.csv: it has no columns for id and date"});
        return;
    }
    ActivityTable(columns, tables).read(reader);
}

// A table as UTF-8. A spreadsheet that saved one anew may have written UTF-16.
class PlainTable {
public:
    explicit PlainTable(std::string_view bytes) : m_text(bytes) {
        constexpr std::string_view little = "\xFF\xFE";
        constexpr std::string_view big = "\xFE\xFF";
        if (bytes.starts_with(little) || bytes.starts_with(big)) {
            m_converted = from_utf16(bytes.substr(2), bytes.starts_with(big));
            m_text = m_converted;
        }
    }
    PlainTable(const PlainTable&) = delete;
    PlainTable& operator=(const PlainTable&) = delete;
    // As long as the table lives.
    [[nodiscard]] std::string_view text() const { return m_text; }

private:
    std::string m_converted;
    std::string_view m_text;
};

// The tables below have few columns, in the same order in all languages: they are read by position.
void read_gear(std::string_view text, bool is_bike, ExportTables& tables) {
    CsvReader reader(text);
    for (const auto* record = reader.next(); record != nullptr && (record = reader.next()) != nullptr;) {
        const auto mended = [&](std::size_t field) { return mend_utf8(record->text(field)); };
        ExportGear gear{is_bike, mended(0), mended(1), mended(2), {}};
        for (const auto& sport : read_export_media(record->text(3))) {
            gear.sport_types.push_back(sport_type_of_export(sport));
        }
        if (tables.gear.size() < max_export_rows &&
            (!gear.name.empty() || !gear.brand.empty() || !gear.model.empty())) {
            tables.gear.push_back(std::move(gear));
        }
    }
}

void read_media(std::string_view text, ExportTables& tables) {
    CsvReader reader(text);
    for (const auto* record = reader.next(); record != nullptr && (record = reader.next()) != nullptr;) {
        ExportMedia media{std::string(trim(mend_utf8(record->text(0)))), mend_utf8(record->text(1))};
        if (!media.filename.empty() && tables.media.size() < max_export_rows) {
            tables.media.push_back(std::move(media));
        }
    }
}

// Athlete ID, Email Address, First Name, Last Name, Sex, Description, Weight, City, State, Country, …
std::optional<model::Athlete> read_profile(std::string_view text) {
    CsvReader reader(text);
    const auto* record = reader.next();
    if (record == nullptr || (record = reader.next()) == nullptr) {
        return std::nullopt;
    }
    const auto id = read_export_id(record->text(0));
    if (!id) {
        return std::nullopt;
    }
    const auto mended = [&](std::size_t field) { return mend_utf8(record->text(field)); };
    const auto some_words = [&](std::size_t field) {
        auto text_of_field = mended(field);
        return text_of_field.empty() ? std::nullopt : std::optional(std::move(text_of_field));
    };
    model::Athlete athlete;
    athlete.athlete_id = AthleteId{*id};
    athlete.firstname = mended(2);
    athlete.lastname = mended(3);
    const auto sex = mended(4);
    athlete.sex = sex == "M" || sex == "F" ? std::optional(sex) : std::nullopt;
    athlete.weight = read_export_number(record->text(6), true);
    athlete.city = some_words(7);
    athlete.country = some_words(9);
    return athlete;
}

} // namespace

ExportTables read_export(const ExportFiles& files) {
    ExportTables tables;
    read_activities(PlainTable(files.activities).text(), tables);
    read_gear(PlainTable(files.bikes).text(), true, tables);
    read_gear(PlainTable(files.shoes).text(), false, tables);
    read_media(PlainTable(files.media).text(), tables);
    tables.athlete = read_profile(PlainTable(files.profile).text());
    return tables;
}

} // namespace harrier::formats
