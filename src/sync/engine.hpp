// SPDX-License-Identifier: MIT
#pragma once

// Brings the archive up to date with Strava. Resume = run again: every page is stored with its place in one
// transaction, so an engine that was killed goes on where the archive says.

#include "archive/archive.hpp"
#include "base/clock.hpp"
#include "sync/remote.hpp"

#include <functional>
#include <optional>
#include <stop_token>

namespace harrier::sync {

struct SyncOptions {
    bool full = false;            // list everything again
    std::optional<Instant> since; // list nothing that started before
    std::optional<int> max_requests;
};

struct SyncProgress {
    std::int64_t activities = 0; // seen in this run
    int requests = 0;
    std::optional<Instant> reached; // start of the oldest activity of the last page
    net::RateUsage rate;
};

struct SyncResult {
    archive::StoreCounts counts;
    int requests = 0;
    bool complete = false; // false: max_requests or `stop` ended it early
};

class Engine {
public:
    Engine(Remote& remote, archive::Archive& archive, Clock& clock)
        : m_remote(remote), m_archive(archive), m_clock(clock) {}

    // Throws what the remote and the archive throw; everything stored before that stays.
    SyncResult run(AthleteId athlete, const SyncOptions& options,
                   const std::function<void(const SyncProgress&)>& progress, std::stop_token stop = {});

private:
    Remote& m_remote;
    archive::Archive& m_archive;
    Clock& m_clock;
};

} // namespace harrier::sync
