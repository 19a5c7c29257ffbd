// SPDX-License-Identifier: MIT
#include "sync/engine.hpp"

#include "base/error.hpp"
#include "sync/deletion_pass.hpp"
#include "sync/fetch_pass.hpp"
#include "sync/listing_pass.hpp"
#include "sync/run_state.hpp"

namespace harrier::sync {

namespace {

// False when the run has to end before everything is done.
bool run_all(Run& run, DeletionPass& deletions, FetchPass& fetch) {
    if (run.options.full) {
        run.archive.retry_work(run.athlete, run.now());
    }
    // Details that were fetched once are kept as Strava has them.
    return ListingPass(run).run() && deletions.run() &&
           (!run.options.streams || fetch.run(archive::Step::streams)) &&
           fetch.run(archive::Step::details, !run.options.details);
}

} // namespace

SyncResult Engine::run(AthleteId athlete, const SyncOptions& options,
                       const std::function<void(const SyncProgress&)>& progress, std::stop_token stop) {
    Run run{.remote = m_remote,
            .archive = m_archive,
            .clock = m_clock,
            .athlete = athlete,
            .options = options,
            .report = progress,
            .stop = std::move(stop)};
    FetchPass fetch(run);
    DeletionPass deletions(run);
    const bool complete = run_all(run, deletions, fetch);
    return {.counts = run.progress.counts,
            .streams = fetch.counts(archive::Step::streams),
            .details = fetch.counts(archive::Step::details),
            .deletions = deletions.counts(),
            .failures = fetch.failures(),
            .requests = run.progress.requests,
            .complete = complete};
}

void Engine::fetch_again(AthleteId athlete, const archive::WorkItem& item, const std::stop_token& stop) {
    const SyncOptions options;
    const std::function<void(const SyncProgress&)> nobody;
    Run run{.remote = m_remote,
            .archive = m_archive,
            .clock = m_clock,
            .athlete = athlete,
            .options = options,
            .report = nobody,
            .stop = stop};
    FetchPass fetch(run);
    auto wanted = item;
    for (const auto step : {archive::Step::details, archive::Step::streams}) {
        wanted.step = step;
        fetch.fetch_item(wanted);
    }
    if (!fetch.failures().empty()) {
        throw Error(ErrorKind::data, fetch.failures().front().message);
    }
}

} // namespace harrier::sync
