// SPDX-License-Identifier: MIT
#pragma once

// An activity out of the archive as a recording again, to be written as a file.

#include "archive/archive.hpp"
#include "model/recording.hpp"

#include <optional>
#include <string>

namespace harrier::sync {

// The bytes of a file as it was recorded. Throws Error{data} when they are damaged.
[[nodiscard]] std::string unpack(const archive::ImportedFile& file);

// Samples alone, as they are kept: start, name and sport are empty. Throws Error{data} when they are damaged.
[[nodiscard]] model::Recording from_samples(const archive::StoredStream& stream);

// The recording with the best samples: of its file, with laps and pauses; else from the samples alone. Name,
// description and sport are those of the activity, and so is the start where the file has none. Nothing when
// there are no samples.
[[nodiscard]] std::optional<model::Recording> find_recording(archive::Archive& archive, AthleteId athlete,
                                                             const model::Activity& activity);

// Tells a recording that came without them the activity's start, name, description and sport.
void describe(model::Recording& recording, const model::Activity& activity);

} // namespace harrier::sync
