// SPDX-License-Identifier: MIT
#pragma once

// Makes an activities.csv in the forms and languages that Strava has written.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harrier::tests {

inline std::vector<std::string> cut_at_commas(std::string_view text) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == ',') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

// The form of 2024 in three languages: 87 columns, which end before "Carbon Saved", and 94.
constexpr std::string_view english_94 =
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max "
    "Heart "
    "Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike "
    "Weight,Elapsed "
    "Time,Moving Time,Distance,Max Speed,Average Speed,Elevation Gain,Elevation Loss,Elevation Low,Elevation "
    "High,Max Grade,Average Grade,Average Positive Grade,Average Negative Grade,Max Cadence,Average "
    "Cadence,Max "
    "Heart Rate,Average Heart Rate,Max Watts,Average Watts,Calories,Max Temperature,Average "
    "Temperature,Relative "
    "Effort,Total Work,Number of Runs,Uphill Time,Downhill Time,Other Time,Perceived Exertion,Type,Start "
    "Time,Weighted Average Power,Power Count,Prefer Perceived Exertion,Perceived Relative "
    "Effort,Commute,Total "
    "Weight Lifted,From Upload,Grade Adjusted Distance,Weather Observation Time,Weather Condition,Weather "
    "Temperature,Apparent Temperature,Dewpoint,Humidity,Weather Pressure,Wind Speed,Wind Gust,Wind "
    "Bearing,Precipitation Intensity,Sunrise Time,Sunset Time,Moon Phase,Bike,Gear,Precipitation "
    "Probability,Precipitation Type,Cloud Cover,Weather Visibility,UV Index,Weather Ozone,Jump Count,Total "
    "Grit,Average Flow,Flagged,Average Elapsed Speed,Dirt Distance,Newly Explored Distance,Newly Explored "
    "Dirt "
    "Distance,Activity Count,Total Steps,Carbon Saved,Pool Length,Training Load,Intensity,Average Grade "
    "Adjusted "
    "Pace,Timer Time,Total Cycles,Media";

constexpr std::pair<std::string_view, std::string_view> german_names[] = {
    {"Activity ID", "Aktivitäts-ID"},
    {"Activity Date", "Aktivitätsdatum"},
    {"Activity Name", "Name der Aktivität"},
    {"Activity Type", "Aktivitätsart"},
    {"Activity Description", "Aktivitätsbeschreibung"},
    {"Elapsed Time", "Verstrichene Zeit"},
    {"Distance", "Distanz"},
    {"Max Heart Rate", "Max. Herzfrequenz"},
    {"Relative Effort", "Relative Leistung"},
    {"Commute", "Pendeln"},
    {"Activity Private Note", "Hinweis zur Privatsphäre für Aktivitäten"},
    {"Activity Gear", "Aktivitätsausrüstung"},
    {"Filename", "Dateiname"},
    {"Moving Time", "Bewegungszeit"},
    {"Max Speed", "Höchstgeschw."},
    {"Average Speed", "Durchschnittliche Geschwindigkeit"},
    {"Elevation Gain", "Höhenzunahme"},
    {"Elevation Low", "Min. Höhe"},
    {"Elevation High", "Max. Höhe"},
    {"Average Cadence", "Durchschnittliche Trittfrequenz"},
    {"Average Heart Rate", "Durchschnittliche Herzfrequenz"},
    {"Max Watts", "Max. Watt"},
    {"Average Watts", "Durchschnittliche Watt"},
    {"Calories", "Kalorien"},
    {"Average Temperature", "Durchschnittliche Temperatur"},
    {"Weighted Average Power", "Gewichtete durchschnittliche Leistung"},
    {"Type", "Art"},
    {"Gear", "Ausrüstung"},
    {"Flagged", "Markiert"},
    {"Media", "Medien"},
};

constexpr std::pair<std::string_view, std::string_view> french_names[] = {
    {"Activity ID", "ID de l'activité"},
    {"Activity Date", "Date de l\u2019activité"},
    {"Activity Name", "Nom de l'activité"},
    {"Activity Type", "Type d'activité"},
    {"Activity Description", "Description de l'activité"},
    {"Elapsed Time", "Temps écoulé"},
    {"Max Heart Rate", "Fréquence cardiaque max."},
    {"Relative Effort", "Effort relatif"},
    {"Commute", "Déplacement-transport"},
    {"Activity Private Note", "Note privée sur les activités"},
    {"Activity Gear", "Matériel utilisé pour l'activité"},
    {"Filename", "Nom du fichier"},
    {"Moving Time", "Durée de déplacement"},
    {"Max Speed", "Vitesse max."},
    {"Average Speed", "Vitesse moyenne"},
    {"Elevation Gain", "Dénivelé positif"},
    {"Elevation Low", "Altitude min."},
    {"Elevation High", "Altitude max."},
    {"Average Cadence", "Cadence moyenne"},
    {"Average Heart Rate", "Fréquence cardiaque moyenne"},
    {"Max Watts", "Puissance max."},
    {"Average Watts", "Puissance moyenne"},
    {"Average Temperature", "Température moyenne"},
    {"Weighted Average Power", "Puissance moyenne pondérée"},
    {"Gear", "Matériel"},
    {"Flagged", "Signalé"},
    {"Media", "Support"},
};

enum class ExportLanguage { english, german, french, unknown };

// The English names of a form with 10, 87, 94, 101 or 105 columns.
inline std::vector<std::string> export_header(std::size_t columns) {
    if (columns == 10) {
        return cut_at_commas(
            "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed "
            "Time,Distance,Commute,Activity Gear,Filename");
    }
    auto names = cut_at_commas(english_94);
    if (columns == 87) {
        names.erase(names.begin() + 86, names.begin() + 93);
    }
    const auto more = cut_at_commas("Recovery,With Pet,Competition,Long Run,For a Cause,With Kid,Downhill "
                                    "Distance,Total Sets,Total Reps,Support Crew,Another One");
    for (std::size_t i = 0; names.size() < columns; ++i) {
        names.insert(names.end() - 1, more.at(i));
    }
    return names;
}

inline std::string translated(const std::string& english, ExportLanguage language) {
    const auto find = [&](const auto& names) {
        for (const auto& [from, to] : names) {
            if (from == english) {
                return std::string(to);
            }
        }
        return english;
    };
    switch (language) {
    case ExportLanguage::german:
        return find(german_names);
    case ExportLanguage::french:
        return find(french_names);
    case ExportLanguage::unknown:
        return "\u00A7" + english + "\u00A7";
    case ExportLanguage::english:
        break;
    }
    return english;
}

// Cells by the English name of their column and its occurrence: {"Distance", 1} is in metres.
using ExportCells = std::map<std::pair<std::string, int>, std::string>;

inline std::string csv_cell(std::string text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
        return text;
    }
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
        text.insert(at, 1, '"');
    }
    return '"' + text + '"';
}

inline std::string csv_record(const std::vector<std::string>& cells) {
    std::string record;
    for (const auto& cell : cells) {
        record += (&cell == cells.data() ? "" : ",") + csv_cell(cell);
    }
    return record;
}

inline std::string activities_csv(std::size_t columns, ExportLanguage language,
                                  const std::vector<ExportCells>& rows, const std::string& line_end = "\n") {
    const auto names = export_header(columns);
    std::vector<std::string> header;
    for (const auto& name : names) {
        header.push_back(translated(name, language));
    }
    std::string text = csv_record(header) + line_end;
    for (const auto& row : rows) {
        std::map<std::string, int> seen;
        std::vector<std::string> cells;
        for (const auto& name : names) {
            const auto cell = row.find({name, seen[name]++});
            cells.push_back(cell == row.end() ? "" : cell->second);
        }
        text += csv_record(cells) + line_end;
    }
    return text;
}

} // namespace harrier::tests
