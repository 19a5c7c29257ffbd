// SPDX-License-Identifier: MIT
#pragma once

// What an import hands to the archive: a row of the export, a file with its recordings, or both. Plain
// values, made on any thread; nothing in them needs work any more but to be written.

#include "base/time.hpp"
#include "model/activity.hpp"
#include "model/recording.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace harrier::archive {

// A row of activities.csv.
struct ImportedRow {
    model::Activity said;           // with strava_id
    std::string raw;                // the header and the row, as they stand in the file
    Instant as_of{};                // when the export was made
    std::vector<std::string> media; // names of its photos
};

// A file's bytes as the archive keeps them.
struct ImportedFile {
    std::string sha256;        // of the bytes, not compressed; hexadecimal
    std::string name;          // where it was found, for people
    std::string format;        // "fit", "gpx", "tcx"
    std::int64_t size = 0;     // bytes, not compressed
    std::string raw;           // one zstd frame (Compressor), or gzip as it came
    Instant as_of{};           // when it was last changed
    bool is_rewritten = false; // harrier wrote it, out of what it had
    std::int64_t findings = 0; // what was repaired or left out, by number
};

// One recording of the file.
struct ImportedRecording {
    std::size_t index = 0; // among those in the file
    model::Activity said;
    std::string streams; // encode_streams(); "" = no samples
    std::int64_t samples = 0;
    std::size_t columns = 0; // of the samples
    bool is_cut = false;     // the file breaks off in it
    std::vector<model::Lap> laps;
};

// The file of a row is that row's; when it holds several recordings, the one that starts with it.
struct ImportItem {
    std::optional<ImportedRow> row;
    std::optional<ImportedFile> file;
    std::vector<ImportedRecording> recordings; // of `file`
    bool again = false; // replaces what is stored of the file and the row, even when it is the same
};

// The bytes of the item that weigh.
[[nodiscard]] inline std::size_t size_of(const ImportItem& item) {
    std::size_t size = item.file ? item.file->raw.size() : 0;
    for (const auto& recording : item.recordings) {
        size += recording.streams.size();
    }
    return size;
}

struct Gear {
    bool is_bike = false;
    std::string name;
    std::string brand;
    std::string model;
    std::vector<std::string> sport_types; // that it is the default of
    Instant as_of{};                      // when the export said it

    friend bool operator==(const Gear&, const Gear&) = default;
};

struct Media {
    std::string filename;
    std::string caption;
    Instant as_of{}; // when the export said it; not read back

    friend bool operator==(const Media&, const Media&) = default;
};

// When and where the bytes of a file were met. Of several the smallest is kept: the earliest change, then the
// first name. The beginning of 1970 is no date, and comes last.
struct Sighting {
    Instant as_of{};
    std::string name;

    friend bool operator<(const Sighting& left, const Sighting& right) {
        const bool left_undated = left.as_of == Instant{};
        const bool right_undated = right.as_of == Instant{};
        return std::tie(left_undated, left.as_of, left.name) <
               std::tie(right_undated, right.as_of, right.name);
    }
};

// A file in the archive, and the activity whose row in the export names it.
struct KnownFile {
    std::string sha256;
    std::optional<StravaId> strava_id;
    Sighting sighting;
    bool has_findings = false; // something of it was repaired or left out
};

// Samples as they are kept; decode_streams() reads them.
struct StoredStream {
    std::string source; // "file", "api_streams"
    std::string key;
    std::int64_t samples = 0;
    std::string data;
};

} // namespace harrier::archive
