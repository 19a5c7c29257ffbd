// SPDX-License-Identifier: MIT
#pragma once

// How far a sync is, whoever runs it: what the archive has and still lacks, and whether somebody writes.

#include "archive/archive.hpp"
#include "web/host.hpp"

#include <string>

namespace harrier::web {

// The JSON of /api/sync: running, phase, done, total, requests, done_at, rate, last, error. `archive` may be
// null while there is none.
[[nodiscard]] std::string sync_json(Host& host, archive::Archive* archive);

} // namespace harrier::web
