// SPDX-License-Identifier: MIT
#pragma once

// Many statements about one outing become one activity, field by field; the same ones give the same activity
// in whatever order they came. Pure.
//
// A field is what the newest record of Strava's says (the API and the export alike), else what the next older
// one says, else what a file says, the file first that tells most (quality.hpp). One field is different:
// where Strava hides the start (it then says one second past midnight), a file that knows the start is
// believed.

#include "model/source.hpp"

#include <span>
#include <string>
#include <vector>

namespace harrier::archive {

struct MergedField {
    std::string column;              // a column of `activity`
    std::size_t statement = 0;       // index of the one that is believed
    std::vector<std::size_t> others; // indices of those that say something else
};

struct Merged {
    model::Activity activity;        // without activity_id and athlete_id; `sources` lists the kinds
    std::vector<MergedField> fields; // those that somebody says, in the order of the columns
};

// At least one statement.
[[nodiscard]] Merged merge(std::span<const model::Statement> statements);

// "api_summary,export_row,file": each kind once, in the order of model::source_words.
[[nodiscard]] std::string list_sources(std::span<const model::Statement> statements);

} // namespace harrier::archive
