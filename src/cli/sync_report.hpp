// SPDX-License-Identifier: MIT
#pragma once

// What a sync tells: its progress, what came of it, and what did not work.

#include "base/clock.hpp"
#include "base/error.hpp"
#include "cli/console.hpp"
#include "net/rate_account.hpp"
#include "sync/engine.hpp"

#include <chrono>
#include <string>

namespace harrier::cli {

// "399 activities, 2 pages, back to 2024-09-08, limit 2/100, day 2/1,000", then
// "120 of 446 streams, 8.3/s, done at 14:15, limit 90/100, day 300/1,000". `elapsed` since the phase began.
[[nodiscard]] std::string sync_progress_text(const sync::SyncProgress& progress,
                                             std::chrono::milliseconds elapsed, Instant now);

// "450 new, 0 updated, 0 unchanged; 446 streams, 4 have none; 455 requests, 12.0 s."
[[nodiscard]] std::string sync_summary_text(const sync::SyncResult& result,
                                            std::chrono::milliseconds elapsed);
[[nodiscard]] std::string sync_json(const sync::SyncResult& result);

// Why nothing was marked as deleted, and the flag that does it nevertheless.
[[nodiscard]] Error too_many_deletions(const sync::DeletionCounts& deletions);

// Lists what could not be fetched, the first of it.
void say_sync_failures(const Console& console, const sync::SyncResult& result);

// Waits until a used-up limit opens again: counts down on a terminal, elsewhere says once until when. False
// when `stop` ended it.
[[nodiscard]] bool wait_for_limit(const Console& console, ProgressLine& line, Clock& clock,
                                  const net::Denial& denial, const std::stop_token& stop);

// The same error, with what the run has stored before it.
[[nodiscard]] Error with_stored(const Error& error, const sync::SyncProgress& progress);

} // namespace harrier::cli
