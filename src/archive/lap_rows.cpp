// SPDX-License-Identifier: MIT
#include "archive/lap_rows.hpp"

#include "archive/statement.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace harrier::archive {

namespace {

struct TotalColumn {
    std::string_view name;
    std::optional<double> model::Totals::*field;
};
constexpr std::array total_columns{
    TotalColumn{"elapsed_time", &model::Totals::elapsed_time},
    TotalColumn{"moving_time", &model::Totals::timer_time},
    TotalColumn{"distance", &model::Totals::distance},
    TotalColumn{"total_elevation_gain", &model::Totals::ascent},
    TotalColumn{"average_speed", &model::Totals::average_speed},
    TotalColumn{"max_speed", &model::Totals::max_speed},
    TotalColumn{"average_heartrate", &model::Totals::average_heartrate},
    TotalColumn{"max_heartrate", &model::Totals::max_heartrate},
    TotalColumn{"average_cadence", &model::Totals::average_cadence},
    TotalColumn{"average_watts", &model::Totals::average_watts},
    TotalColumn{"max_watts", &model::Totals::max_watts},
    TotalColumn{"calories", &model::Totals::calories},
};

std::string total_names() {
    std::string names;
    for (const auto& column : total_columns) {
        names += fmt::format(", {}", column.name);
    }
    return names;
}

// "2026-11-22T08:03:11.250Z"; whole seconds have no fraction.
std::string format_moment(model::Moment moment) {
    const auto whole = std::chrono::floor<std::chrono::seconds>(moment);
    auto text = format_instant(whole);
    if (const auto fraction = (moment - whole).count(); fraction != 0) {
        text.insert(text.size() - 1, fmt::format(".{:03}", fraction));
    }
    return text;
}

std::optional<model::Moment> parse_moment(std::string text) {
    std::int64_t milliseconds = 0;
    if (const auto point = text.find('.'); point != std::string::npos) {
        std::from_chars(text.data() + point + 1, text.data() + text.size(), milliseconds);
        text = text.substr(0, point) + "Z";
    }
    const auto whole = parse_instant(text);
    return whole ? std::optional<model::Moment>(*whole + std::chrono::milliseconds{milliseconds})
                 : std::nullopt;
}

} // namespace

LapWriter::LapWriter(SQLite::Database& database)
    : m_insert(database, fmt::format("INSERT INTO lap (athlete_id, activity_id, source, source_key, "
                                     "lap_index, start_date{}, lap_trigger, intensity) VALUES ({})",
                                     total_names(), places(8 + total_columns.size()))) {}

void LapWriter::store(AthleteId athlete, ActivityId id, model::Source source, const std::string& key,
                      std::span<const model::Lap> laps) {
    std::int64_t number = 0;
    for (const auto& lap : laps) {
        m_insert.bind(1, athlete.value);
        m_insert.bind(2, id.value);
        bind_text(m_insert, 3, model::word_of(source));
        m_insert.bindNoCopy(4, key);
        m_insert.bind(5, ++number);
        int index = 6;
        bind_optional(m_insert, index, lap.start ? std::optional(format_moment(*lap.start)) : std::nullopt);
        for (const auto& column : total_columns) {
            bind_optional(m_insert, ++index, lap.totals.*column.field);
        }
        bind_text(m_insert, ++index, lap.trigger);
        bind_text(m_insert, ++index, lap.intensity);
        run(m_insert);
    }
}

std::vector<model::Lap> read_laps(SQLite::Database& database, AthleteId athlete, ActivityId id,
                                  model::Source source) {
    SQLite::Statement rows(database, fmt::format("SELECT start_date, lap_trigger, intensity{} FROM lap WHERE "
                                                 "athlete_id = ? AND activity_id = ? AND source = ? "
                                                 "ORDER BY source_key, lap_index",
                                                 total_names()));
    rows.bind(1, athlete.value);
    rows.bind(2, id.value);
    bind_text(rows, 3, model::word_of(source));
    std::vector<model::Lap> laps;
    while (rows.executeStep()) {
        auto& lap = laps.emplace_back();
        lap.start = parse_moment(find_text(rows, 0).value_or(""));
        lap.trigger = find_text(rows, 1).value_or("");
        lap.intensity = find_text(rows, 2).value_or("");
        int index = 3;
        for (const auto& column : total_columns) {
            if (const auto value = rows.getColumn(index++); !value.isNull()) {
                lap.totals.*column.field = value.getDouble();
            }
        }
        if (constexpr double a_year_s = 366.0 * 86400;
            lap.start && lap.totals.elapsed_time && std::abs(*lap.totals.elapsed_time) < a_year_s) {
            lap.end = *lap.start + std::chrono::milliseconds{std::llround(*lap.totals.elapsed_time * 1000)};
        }
    }
    return laps;
}

} // namespace harrier::archive
