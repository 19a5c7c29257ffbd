// SPDX-License-Identifier: MIT
#include "formats/export_columns.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace harrier::formats {

namespace {

using enum ExportColumn;

struct ColumnNames {
    ExportColumn column;
    std::size_t place;      // in the full form, since 2021
    std::size_t occurrence; // 0 = the first of that name
    std::string_view english;
    std::string_view german;
    std::string_view french;
    std::string_view before_2019 = {};
};

constexpr std::size_t last = 0; // the place of Media, wherever that is

constexpr std::array column_names{
    ColumnNames{id, 0, 0, "Activity ID", "Aktivitäts-ID", "ID de l'activité", "id"},
    ColumnNames{date, 1, 0, "Activity Date", "Aktivitätsdatum", "Date de l'activité", "date"},
    ColumnNames{name, 2, 0, "Activity Name", "Name der Aktivität", "Nom de l'activité", "name"},
    ColumnNames{type, 3, 0, "Activity Type", "Aktivitätsart", "Type d'activité", "type"},
    ColumnNames{description, 4, 0, "Activity Description", "Aktivitätsbeschreibung",
                "Description de l'activité", "description"},
    ColumnNames{elapsed_time_shown, 5, 0, "Elapsed Time", "Verstrichene Zeit", "Temps écoulé",
                "elapsed_time"},
    ColumnNames{distance_shown, 6, 0, "Distance", "Distanz", "Distance", "distance"},
    ColumnNames{max_heartrate_shown, 7, 0, "Max Heart Rate", "Max. Herzfrequenz", "Fréquence cardiaque max."},
    ColumnNames{relative_effort_shown, 8, 0, "Relative Effort", "Relative Leistung", "Effort relatif"},
    ColumnNames{commute_shown, 9, 0, "Commute", "Pendeln", "Déplacement-transport", "commute"},
    ColumnNames{private_note, 10, 0, "Activity Private Note", "Hinweis zur Privatsphäre für Aktivitäten",
                "Note privée sur les activités"},
    ColumnNames{gear, 11, 0, "Activity Gear", "Aktivitätsausrüstung", "Matériel utilisé pour l'activité",
                "gear"},
    ColumnNames{filename, 12, 0, "Filename", "Dateiname", "Nom du fichier", "filename"},
    ColumnNames{elapsed_time, 15, 1, "Elapsed Time", "Verstrichene Zeit", "Temps écoulé"},
    ColumnNames{moving_time, 16, 0, "Moving Time", "Bewegungszeit", "Durée de déplacement"},
    ColumnNames{distance, 17, 1, "Distance", "Distanz", "Distance"},
    ColumnNames{max_speed, 18, 0, "Max Speed", "Höchstgeschw.", "Vitesse max."},
    ColumnNames{average_speed, 19, 0, "Average Speed", "Durchschnittliche Geschwindigkeit",
                "Vitesse moyenne"},
    ColumnNames{elevation_gain, 20, 0, "Elevation Gain", "Höhenzunahme", "Dénivelé positif"},
    ColumnNames{elevation_low, 22, 0, "Elevation Low", "Min. Höhe", "Altitude min."},
    ColumnNames{elevation_high, 23, 0, "Elevation High", "Max. Höhe", "Altitude max."},
    ColumnNames{average_cadence, 29, 0, "Average Cadence", "Durchschnittliche Trittfrequenz",
                "Cadence moyenne"},
    ColumnNames{max_heartrate, 30, 1, "Max Heart Rate", "Max. Herzfrequenz", "Fréquence cardiaque max."},
    ColumnNames{average_heartrate, 31, 0, "Average Heart Rate", "Durchschnittliche Herzfrequenz",
                "Fréquence cardiaque moyenne"},
    ColumnNames{max_watts, 32, 0, "Max Watts", "Max. Watt", "Puissance max."},
    ColumnNames{average_watts, 33, 0, "Average Watts", "Durchschnittliche Watt", "Puissance moyenne"},
    ColumnNames{calories, 34, 0, "Calories", "Kalorien", "Calories"},
    ColumnNames{average_temperature, 36, 0, "Average Temperature", "Durchschnittliche Temperatur",
                "Température moyenne"},
    ColumnNames{relative_effort, 37, 1, "Relative Effort", "Relative Leistung", "Effort relatif"},
    ColumnNames{weighted_average_power, 46, 0, "Weighted Average Power",
                "Gewichtete durchschnittliche Leistung", "Puissance moyenne pondérée"},
    ColumnNames{commute, 50, 1, "Commute", "Pendeln", "Déplacement-transport"},
    ColumnNames{flagged, 79, 0, "Flagged", "Markiert", "Signalé"},
    ColumnNames{media, last, 0, "Media", "Medien", "Support"},
};
static_assert(column_names.size() == static_cast<std::size_t>(ExportColumn::count));

// Typographic apostrophes and no-break spaces become plain ones.
std::string plain_name(const CsvRecord& header, std::size_t field) {
    std::string plain = header.text(field);
    for (const auto& [from, to] :
         {std::pair{"\u2019", "'"}, std::pair{"\u00A0", " "}, std::pair{"\u202F", " "}}) {
        for (auto at = plain.find(from); at != std::string::npos; at = plain.find(from, at + 1)) {
            plain.replace(at, std::string_view(from).size(), to);
        }
    }
    return std::string(trim(plain));
}

void set_place(ExportColumns& columns, ExportColumn column, std::size_t place) {
    columns.places[static_cast<std::size_t>(column)] = place;
}

// The column of that name and occurrence; the English name stands for it in the count, as languages may be
// mixed.
void bind_names(ExportColumns& columns, const std::vector<std::string>& names) {
    std::map<std::string_view, std::size_t> seen;
    for (std::size_t place = 0; place < names.size(); ++place) {
        const std::string_view name = names[place];
        const auto* known =
            std::find_if(column_names.begin(), column_names.end(), [&](const ColumnNames& one) {
                return equal_ignoring_case(name, one.english) || name == one.german || name == one.french ||
                       (!name.empty() && name == one.before_2019);
            });
        if (known == column_names.end()) {
            continue;
        }
        const std::size_t occurrence = seen[known->english]++;
        const auto* exact = std::find_if(known, column_names.end(), [&](const ColumnNames& one) {
            return one.english == known->english && one.occurrence == occurrence;
        });
        if (exact != column_names.end()) {
            set_place(columns, exact->column, place);
            const bool is_german_or_french = name != known->english && name != known->before_2019;
            columns.has_decimal_comma = columns.has_decimal_comma || is_german_or_french;
        }
    }
}

// Whether the names that are there twice stand where the full form has them.
bool has_full_form(const std::vector<std::string>& names) {
    constexpr std::size_t smallest = 86;
    constexpr std::pair<std::size_t, std::size_t> twins[] = {{5, 15}, {6, 17}, {7, 30}, {8, 37}, {9, 50}};
    return names.size() >= smallest && std::all_of(std::begin(twins), std::end(twins), [&](const auto& twin) {
               return names[twin.first] == names[twin.second];
           });
}

void bind_positions(ExportColumns& columns, const std::vector<std::string>& names) {
    columns.places = {};
    columns.has_decimal_comma = true;
    constexpr std::size_t in_every_form = 7;
    constexpr std::size_t form_of_2019 = 10;
    const bool is_full = has_full_form(names);
    for (const auto& one : column_names) {
        if (one.column == media ? is_full : one.place < (is_full ? names.size() : in_every_form)) {
            set_place(columns, one.column, one.column == media ? names.size() - 1 : one.place);
        }
    }
    if (names.size() == form_of_2019) {
        set_place(columns, commute_shown, 7);
        set_place(columns, gear, 8);
        set_place(columns, filename, 9);
    }
    columns.notices.push_back(
        fmt::format("activities.csv is in a language whose column names are not known ({}); its {} are read "
                    "by their position",
                    escape_terminal(names.front()),
                    is_full || names.size() == form_of_2019 ? "columns" : "first seven columns"));
}

} // namespace

ExportColumns bind_export_columns(const CsvRecord& header) {
    ExportColumns columns;
    columns.width = header.fields.size();
    std::vector<std::string> names;
    for (std::size_t field = 0; field < header.fields.size(); ++field) {
        names.push_back(plain_name(header, field));
    }
    bind_names(columns, names);
    constexpr std::size_t fewest = 7;
    if ((!columns.place(id) || !columns.place(date)) && names.size() >= fewest) {
        bind_positions(columns, names);
    }
    columns.shows_metres = !names.empty() && names.front() == "id";
    for (const auto column : {name, type, filename}) {
        if (!columns.place(column)) {
            columns.notices.push_back(fmt::format("activities.csv has no column \"{}\"", name_of(column)));
        }
    }
    return columns;
}

std::string_view name_of(ExportColumn column) {
    const auto* found = std::find_if(column_names.begin(), column_names.end(),
                                     [&](const ColumnNames& one) { return one.column == column; });
    return found == column_names.end() ? std::string_view() : found->english;
}

} // namespace harrier::formats
