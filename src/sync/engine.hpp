// SPDX-License-Identifier: MIT
#pragma once

// Brings the archive up to date with Strava: the list of activities, then the samples of each, the newest
// first, then the details if they are wanted. Resume = run again: every answer is stored with its place in
// one transaction, so an engine that was killed goes on where the archive says.
//
// The first run lists the whole history, newest first. Later runs list down to 30 days before the newest
// activity that was known (one request of 200 reaches further for nearly everybody), then whatever an earlier
// run left open. Pages are cut by start time, never by number: an activity that appears or goes between two
// pages shifts nothing.
//
// Once a week a run lists everything, to see edits, back-dated uploads and deletions of old. What two such
// passes did not show, and Strava has no more when asked for it, becomes a tombstone: kept, and shown again
// should Strava list it again.
//
// One activity that cannot be fetched stops no other. It is tried again by later runs, each time after a
// longer pause, and set aside when it has failed five times.

#include "archive/archive.hpp"
#include "base/clock.hpp"
#include "sync/remote.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace harrier::sync {

// Called for each recording that the API gives, within the transaction that stores it: whatever is derived
// from a recording is stored here, through `archive`. What it throws undoes the whole.
using DeriveFunction =
    std::function<void(archive::Archive& archive, AthleteId athlete, ActivityId id, const model::Recording&)>;

struct SyncOptions {
    bool full = false;              // list everything again, and try again what was set aside
    std::optional<Instant> since{}; // leaves everything that started before for a later run
    std::optional<int> max_requests{};
    bool streams = true;
    bool details = false;         // of all activities; else only again those that were edited since
    bool allow_deletions = false; // however many are gone at Strava
    DeriveFunction derive{};
};

enum class Phase { listing, streams, details };

struct FetchCounts {
    std::int64_t stored = 0;
    std::int64_t absent = 0; // Strava has none
    std::int64_t failed = 0;
};

struct SyncProgress {
    Phase phase = Phase::listing;
    std::int64_t activities = 0; // listed by this run
    archive::StoreCounts counts; // of them
    int requests = 0;
    std::optional<Instant> reached{}; // start of the oldest activity of the last page
    FetchCounts fetched;              // activities of the phase, once it is streams or details
    std::int64_t total = 0;           // that the phase has to fetch
    std::int64_t streams = 0;         // stored in this run
    net::RateUsage rate;
};

struct DeletionCounts {
    std::int64_t deleted = 0; // became tombstones in this run
    std::int64_t refused = 0; // too many would: none of them was asked for
    std::int64_t listed = 0;  // activities of Strava's list that were here
};

struct ItemFailure {
    archive::WorkItem item;
    std::string message;
    bool set_aside = false; // it is not tried again by itself
};

struct SyncResult {
    archive::StoreCounts counts; // listed activities
    FetchCounts streams;
    FetchCounts details;
    DeletionCounts deletions;
    std::vector<ItemFailure> failures;
    int requests = 0;
    bool complete = false; // false: max_requests or `stop` ended it early
};

class Engine {
public:
    Engine(Remote& remote, archive::Archive& archive, Clock& clock)
        : m_remote(remote), m_archive(archive), m_clock(clock) {}

    // Throws what the remote and the archive throw, but for what only concerns one activity. Everything
    // stored before that stays. Pacing is the remote's.
    SyncResult run(AthleteId athlete, const SyncOptions& options,
                   const std::function<void(const SyncProgress&)>& progress, std::stop_token stop = {});

    // Details and samples of one activity that the archive knows by its numbers: two requests. What Strava
    // does not give is left out. Throws as `run` does, and Error{data} for broken answers.
    void fetch_again(AthleteId athlete, const archive::WorkItem& item, const std::stop_token& stop = {});

private:
    Remote& m_remote;
    archive::Archive& m_archive;
    Clock& m_clock;
};

} // namespace harrier::sync
