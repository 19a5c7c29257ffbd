// SPDX-License-Identifier: MIT

// Writes the seeds of zip_fuzzer, csv_fuzzer and polyline_fuzzer into folders of those names:  export_seeds
// FOLDER

#include "formats/polyline.hpp"
#include "tests/support/export_samples.hpp"
#include "tests/support/zip_builder.hpp"

#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace harrier::tests;

void write(const std::filesystem::path& path, const std::string& bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string table(std::size_t columns, ExportLanguage language, const std::string& date) {
    return activities_csv(columns, language,
                          {{{{"Activity ID", 0}, "1"},
                            {{"Activity Date", 0}, date},
                            {{"Activity Name", 0}, "a \"quoted\"\nname"},
                            {{"Activity Type", 0}, "Weight Training"},
                            {{"Distance", 0}, "9,44"},
                            {{"Elapsed Time", 1}, "60.0"},
                            {{"Media", 0}, "media/a.jpg|media/b.jpg"}},
                           {{{"Activity ID", 0}, "2"}, {{"Activity Date", 0}, date}}});
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    ZipBuilder builder;
    builder.add({.name = "activities.csv", .content = "Activity ID\n1\n"})
        .add({.name = "a/1.fit.gz",
              .content = gzipped("data data data", {"x", "name", "c", true}),
              .method = 0})
        .add({.name = "b", .content = "behind", .has_descriptor = true})
        .add({.name = "c/", .method = 0});
    write(folder / "zip" / "plain.zip", builder.build());
    builder.add(
        {.name = "wide", .content = "wide", .extra = "UT" + u16(5) + "\1" + u32(1), .is_zip64 = true});
    write(folder / "zip" / "zip64.zip", "#!" + builder.build("comment", true));
    write(folder / "zip" / "members.gz", gzipped("first") + gzipped("second"));
    write(folder / "csv" / "english.csv", table(94, ExportLanguage::english, "Sep 12, 2018, 3:02:23 PM"));
    write(folder / "csv" / "german.csv", table(87, ExportLanguage::german, "12.09.2018, 15:02:23"));
    write(folder / "csv" / "unknown.csv", table(101, ExportLanguage::unknown, "12 sept. 2018 à 15:02:23"));
    write(folder / "csv" / "old.csv",
          "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
          "3,2018-09-12 15:02:23,Ride,Ride,,783,3681.0,true,Bike,activities/3.gpx\n");
    write(folder / "polyline" / "line.txt",
          harrier::formats::encode_polyline(std::vector<harrier::model::LatLng>{
              {38.5, -120.2}, {40.7, -120.95}, {43.252, -126.453}, {-90, 180}, {90, -180}}));
}
