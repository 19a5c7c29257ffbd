// SPDX-License-Identifier: MIT
#pragma once

// The tables of Strava's bulk export (activities.csv and its neighbours), in any language and form since
// 2018. The bytes come from the caller, out of the ZIP or a folder. Privacy zones, logins and contacts are
// never read. Pure. docs/strava-export.md tells what is decided where an export is in doubt.

#include "model/activity.hpp"
#include "model/athlete.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats {

constexpr std::size_t max_export_activities = 50'000; // four a day for 34 years; further ones are left out
constexpr std::size_t max_export_rows = 200'000;      // of each other table
constexpr std::size_t max_export_header = 64 << 10;   // bytes of the first line, which goes with every raw
constexpr std::size_t max_export_problems = 1000;     // then one that counts the others

struct ExportActivity {
    // What the row says, in Strava's names and units. An empty cell is absent. `start_date` is UTC in every
    // export; `start_date_local` stays empty, for no column tells the zone: other sources do.
    model::Activity said;
    // In the archive: "activities/123.fit.gz". "" = there is none; `said.manual` is then true, unless Strava
    // could not export the file ("#error#").
    std::string filename;
    std::vector<std::string> media; // file names in the archive
    std::string raw;                // the exact bytes of the record, without its line end
    std::size_t line = 0;
};

// Gear has no id in the export: activities name it.
struct ExportGear {
    bool is_bike = false;
    std::string name;
    std::string brand;
    std::string model;
    std::vector<std::string> sport_types; // Strava's
};

struct ExportMedia {
    std::string filename;
    std::string caption;
};

// A record of activities.csv that is no activity.
struct ExportProblem {
    std::size_t line = 0;
    std::string what;
};

struct ExportTables {
    std::vector<ExportActivity> activities; // in the order of the file
    std::vector<ExportGear> gear;           // bikes first
    std::vector<ExportMedia> media;
    std::optional<model::Athlete> athlete;
    std::string header_raw;            // the first record of activities.csv: what its `raw`s mean
    std::vector<ExportProblem> failed; // do not stop the others
    std::vector<std::string> notices;  // what was odd and read all the same; safe for a terminal
};

// The contents of the files of those names; one that is not there is empty.
struct ExportFiles {
    std::string_view activities;
    std::string_view bikes;
    std::string_view shoes;
    std::string_view media;
    std::string_view profile;
};

// Never throws for what is in them.
[[nodiscard]] ExportTables read_export(const ExportFiles& files);

} // namespace harrier::formats
