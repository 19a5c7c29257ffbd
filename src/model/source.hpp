// SPDX-License-Identifier: MIT
#pragma once

// Who says what about an activity. An activity is merged from its sources; each keeps what it said.

#include "base/time.hpp"
#include "model/activity.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::model {

enum class Source {
    api_summary, // an element of the API's listing
    api_detail,  // the API's answer for one activity
    export_row,  // a row of activities.csv in the bulk export
    file,        // a FIT, GPX or TCX file
};

struct SourceWord {
    Source source;
    std::string_view word;
};

// The words under which the archive keeps them, in the order in which they are listed.
inline constexpr std::array source_words{
    SourceWord{Source::api_summary, "api_summary"},
    SourceWord{Source::api_detail, "api_detail"},
    SourceWord{Source::export_row, "export_row"},
    SourceWord{Source::file, "file"},
};

[[nodiscard]] constexpr std::string_view word_of(Source source) {
    for (const auto& entry : source_words) {
        if (entry.source == source) {
            return entry.word;
        }
    }
    return {};
}

[[nodiscard]] constexpr std::optional<Source> find_source(std::string_view word) {
    for (const auto& entry : source_words) {
        if (entry.word == word) {
            return entry.source;
        }
    }
    return std::nullopt;
}

// What one source said about one activity.
struct Statement {
    Source source = Source::file;
    std::string
        key; // Strava's id; for a file the SHA-256 of its bytes, "#2" behind it for a second recording
    Instant as_of{}; // when the source said it: of the request, of the export, of the file's last change
    std::int64_t quality = 0; // of a file: how much it tells; the greater is believed first
    bool is_cut = false;      // of a file: it breaks off, and speaks of the beginning only
    Activity said;
};

} // namespace harrier::model
