// SPDX-License-Identifier: MIT
#pragma once

// Opens the archive for a command that shows what is computed from samples, and computes first what is not
// there yet: after an import that was cut off, or by newer algorithms.

#include "archive/archive.hpp"
#include "cli/command.hpp"

#include <memory>

namespace harrier::cli {

// The archive to read. Measures first when something is behind, with progress; Ctrl-C ends that and what is
// measured stays. When another process writes, what is there is shown, with a notice.
[[nodiscard]] std::unique_ptr<archive::Archive> open_measured(Invocation& invocation);

// Measures what is behind in an archive that is open for writing; says how far it is.
void measure_all(Invocation& invocation, archive::Archive& archive, AthleteId athlete);

} // namespace harrier::cli
