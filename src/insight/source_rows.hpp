// SPDX-License-Identifier: MIT
#pragma once

// For each field of an activity, which source it is from and what the others said.

#include "model/source.hpp"
#include "report/activity_columns.hpp"
#include "report/rows.hpp"

#include <functional>
#include <span>

namespace harrier::insight {

// Calls `visit` for each field that somebody said: first with the statement that is believed, then with the
// others.
void for_each_said(std::span<const model::Statement> statements,
                   const std::function<void(const report::ActivityColumn& column,
                                            const model::Statement& statement, bool believed)>& visit);

// field, value, source, source_key, as_of, believed
[[nodiscard]] report::Rows source_rows(std::span<const model::Statement> statements);

} // namespace harrier::insight
