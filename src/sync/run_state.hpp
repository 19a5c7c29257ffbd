// SPDX-License-Identifier: MIT
#pragma once

// What the parts of one run of the engine share. Only the engine's own sources include this.

#include "sync/engine.hpp"

#include <stop_token>

namespace harrier::sync {

// Borrowed from Engine::run, for as long as that runs.
struct Run {
    Remote& remote;
    archive::Archive& archive;
    Clock& clock;
    AthleteId athlete;
    const SyncOptions& options;
    const std::function<void(const SyncProgress&)>& report;
    std::stop_token stop;
    SyncProgress progress{};

    [[nodiscard]] Instant now() { return std::chrono::floor<std::chrono::seconds>(clock.now()); }
    // False when the run has to end before the next request.
    [[nodiscard]] bool may_ask() const {
        return !stop.stop_requested() && (!options.max_requests || progress.requests < *options.max_requests);
    }
    // Counts a request that was answered, or failed.
    void note_request() {
        ++progress.requests;
        progress.rate = remote.rate();
    }
    void show() {
        if (report) {
            report(progress);
        }
    }
};

} // namespace harrier::sync
