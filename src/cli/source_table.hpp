// SPDX-License-Identifier: MIT
#pragma once

// Who says what about an activity: for each field the value that is believed and whose it is, and below it
// what others say instead.

#include "base/units.hpp"
#include "model/source.hpp"
#include "report/table.hpp"

#include <span>

namespace harrier::cli {

// Long texts are cut to the width.
[[nodiscard]] report::Table source_table(std::span<const model::Statement> statements, Units units);

} // namespace harrier::cli
