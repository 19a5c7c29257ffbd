// SPDX-License-Identifier: MIT
#pragma once

// Brings the archive up to date with Strava. Resume = run again: every page is stored with its place in one
// transaction, so an engine that was killed goes on where the archive says.
//
// The first run lists the whole history, newest first. Later runs list down to 30 days before the newest
// activity that was known (one request of 200 reaches further for nearly everybody), then whatever an earlier
// run left open. Pages are cut by start time, never by number: an activity that appears or goes between two
// pages shifts nothing.

#include "archive/archive.hpp"
#include "base/clock.hpp"
#include "sync/remote.hpp"

#include <functional>
#include <optional>
#include <stop_token>

namespace harrier::sync {

struct SyncOptions {
    bool full = false;              // list everything again
    std::optional<Instant> since{}; // store nothing that started before; it stays open for a later run
    std::optional<int> max_requests{};
};

struct SyncProgress {
    std::int64_t activities = 0; // seen in this run
    archive::StoreCounts counts; // stored so far
    int requests = 0;
    std::optional<Instant> reached{}; // start of the oldest activity of the last page
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

    // Throws what the remote and the archive throw, and Error{rate_limited} instead of sending a request that
    // the last answer's headers say will be refused. Everything stored before that stays. Never waits.
    SyncResult run(AthleteId athlete, const SyncOptions& options,
                   const std::function<void(const SyncProgress&)>& progress, std::stop_token stop = {});

private:
    Remote& m_remote;
    archive::Archive& m_archive;
    Clock& m_clock;
};

} // namespace harrier::sync
