// SPDX-License-Identifier: MIT
#pragma once

// A bulk export of our own making: runs with files of every kind, typed-in ones without, gear and photos.

#include "formats/fit/encode.hpp"
#include "formats/gpx_writer.hpp"
#include "formats/tcx_writer.hpp"
#include "model/recording.hpp"
#include "tests/support/zip_builder.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <string>
#include <vector>

namespace harrier::tests {

// Seven o'clock of a day of its own.
inline model::Moment made_up_start(int number) {
    return std::chrono::sys_days{std::chrono::year{2024} / 1 / 1} + std::chrono::days{number} +
           std::chrono::hours{7};
}

// A run of ten minutes on a circle; every number another one, and other hearts.
inline model::Recording made_up_run(int number) {
    model::Recording run;
    run.sport_type = "Run";
    run.start = made_up_start(number);
    constexpr int seconds = 600;
    constexpr double speed = 3.0;
    for (int i = 0; i <= seconds; ++i) {
        const double angle = i * 0.01;
        run.streams.time.push_back(i);
        run.streams.latitude.push_back(50.0 + 0.003 * std::sin(angle));
        run.streams.longitude.push_back(8.0 + 0.003 * std::cos(angle));
        run.streams.distance.push_back(i * speed);
        run.streams.altitude.push_back(100 + std::round(50 * std::sin(angle / 2)) / 5);
        run.streams.heartrate.push_back(120 + (i * 7 + number) % 40);
        run.streams.cadence.push_back(82 + i % 3);
    }
    run.totals.elapsed_time = seconds;
    run.totals.timer_time = seconds;
    run.totals.distance = seconds * speed;
    run.laps.push_back({.start = run.start,
                        .end = *run.start + std::chrono::seconds{seconds},
                        .trigger = "manual",
                        .intensity = "active",
                        .totals = run.totals});
    return run;
}

struct MadeUpRow {
    std::int64_t id = 0;
    std::string filename;
    std::string content; // of the file, as it is in the export
};

// The n-th row: FIT, GPX and TCX in turn, and every seventh typed in by hand.
inline MadeUpRow made_up_row(int number) {
    MadeUpRow row{.id = 1000 + number, .filename = {}, .content = {}};
    if (number % 7 == 6) {
        return row;
    }
    const auto run = made_up_run(number);
    const auto name = fmt::format("activities/{}", 5000 + number);
    if (number % 3 == 0) {
        return {row.id, name + ".fit.gz", gzipped(formats::fit::encode(run))};
    }
    if (number % 3 == 1) {
        return {row.id, name + ".gpx", formats::write_gpx(run)};
    }
    return {row.id, name + ".tcx.gz", gzipped("          " + formats::write_tcx(run))};
}

inline std::string made_up_table_line(int number, const MadeUpRow& row) {
    const auto start = std::chrono::floor<std::chrono::seconds>(made_up_start(number));
    const auto date =
        fmt::format("{:%b %d, %Y, %I:%M:%S %p}", fmt::gmtime(std::chrono::system_clock::to_time_t(start)));
    return fmt::format(
        "{},\"{}\",Run {},Run,\"two\nlines\",600,1.80,false,Red shoes,{},600.0,590.0,1800.5,{}\n", row.id,
        date, number, row.filename, number == 0 ? "media/a.jpg" : "");
}

inline constexpr const char* made_up_header =
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed "
    "Time,Distance,Commute,"
    "Activity Gear,Filename,Elapsed Time,Moving Time,Distance,Media\n";

struct MadeUpExport {
    std::vector<ZipFile> files;

    [[nodiscard]] std::string zip() const {
        ZipBuilder builder;
        for (const auto& file : files) {
            builder.add(file);
        }
        return builder.build();
    }
};

inline MadeUpExport made_up_export(int rows) {
    MadeUpExport result;
    std::string table = made_up_header;
    for (int i = 0; i < rows; ++i) {
        const auto row = made_up_row(i);
        table += made_up_table_line(i, row);
        if (!row.filename.empty()) {
            result.files.push_back({.name = row.filename, .content = row.content});
        }
    }
    result.files.push_back({.name = "activities.csv", .content = table});
    result.files.push_back(
        {.name = "shoes.csv",
         .content = "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nRed shoes,Make,One,Run\n"});
    result.files.push_back(
        {.name = "media.csv", .content = "Media Filename,Media Caption\nmedia/a.jpg,View\n"});
    result.files.push_back(
        {.name = "profile.csv",
         .content = "Athlete ID,Email Address,First Name,Last Name\n77,a@example.invalid,Kim,Doe\n"});
    return result;
}

} // namespace harrier::tests
