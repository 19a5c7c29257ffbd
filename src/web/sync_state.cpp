// SPDX-License-Identifier: MIT
#include "web/sync_state.hpp"

#include "archive/change_watcher.hpp"
#include "sync/allowance.hpp"
#include "web/json_text.hpp"

#include <fmt/format.h>

namespace harrier::web {

namespace {

struct Progress {
    std::string phase = "list";
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::int64_t due = 0; // requests
    archive::ListingState listing{};
};

Progress read_progress(Host& host, archive::Archive& archive, Instant now) {
    Progress progress;
    if (archive.athletes().empty()) {
        return progress;
    }
    const auto athlete = host.athlete_of(archive).athlete_id;
    progress.listing = archive.listing_state(athlete);
    const auto streams = archive.work_counts(athlete, archive::Step::streams, now);
    const auto summary = archive.summary(athlete);
    progress.due = streams.due;
    const bool is_listing = progress.listing.resume_before || !progress.listing.complete_at;
    progress.phase = is_listing ? "list" : streams.due > 0 ? "streams" : "details";
    progress.done = is_listing ? summary.activities : summary.with_streams;
    progress.total = is_listing ? 0 : summary.with_streams + streams.due;
    return progress;
}

std::string rate_json(const net::RateUsage& usage, Instant now) {
    const auto& pair = usage.read ? usage.read : usage.overall;
    if (!pair) {
        return "null";
    }
    return JsonObject()
        .add("limit_15min", json(static_cast<std::int64_t>(pair->quarter_hour.limit)))
        .add("used_15min", json(static_cast<std::int64_t>(pair->quarter_hour.usage)))
        .add("limit_day", json(static_cast<std::int64_t>(pair->day.limit)))
        .add("used_day", json(static_cast<std::int64_t>(pair->day.usage)))
        .add("resets_at", json(std::string_view(format_instant(net::next_reset(usage, now)))))
        .str();
}

// The counts are those of `sync --json`; a sync that ran elsewhere tells only when it was.
std::string last_json(const std::optional<SyncOutcome>& outcome, const archive::ListingState& listing) {
    if (outcome && !outcome->counts_json.empty()) {
        const std::string_view counts = outcome->counts_json;
        const auto begin = counts.find('{') + 1;
        return fmt::format(R"({{"at":"{}",{})", format_instant(outcome->at),
                           counts.substr(begin, counts.rfind('}') + 1 - begin));
    }
    if (listing.listed_at) {
        return JsonObject().add("at", json(std::string_view(format_instant(*listing.listed_at)))).str();
    }
    return "null";
}

std::string error_json(const std::optional<SyncOutcome>& outcome) {
    if (!outcome || outcome->error_message.empty()) {
        return "null";
    }
    return JsonObject()
        .add("message", json(std::string_view(outcome->error_message)))
        .add("hint", json(std::string_view(outcome->error_hint)))
        .str();
}

} // namespace

std::string sync_json(Host& host, archive::Archive* archive) {
    const auto now = std::chrono::floor<std::chrono::seconds>(host.clock().now());
    const bool running = host.is_sync_running() || archive::is_being_written(host.archive_path());
    const auto progress = archive != nullptr ? read_progress(host, *archive, now) : Progress{};
    const auto rate = host.rate();
    const auto usage = rate ? rate->usage : net::RateUsage{};
    const auto outcome = host.last_sync();
    const bool is_known = progress.due > 0;
    const auto done_at = sync::completion(progress.due, sync::allowance(usage), now);
    return JsonObject()
        .add("running", json_flag(running))
        .add("phase", json(std::string_view(running ? progress.phase : "idle")))
        .add("done", json(progress.done))
        .add("total", json(progress.total))
        .add("requests", json(progress.due))
        .add("done_at", is_known ? json(std::string_view(format_instant(done_at))) : "null")
        .add("rate", rate_json(usage, now))
        .add("last", last_json(outcome, progress.listing))
        .add("error", running ? "null" : error_json(outcome))
        .str();
}

} // namespace harrier::web
