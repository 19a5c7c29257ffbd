// SPDX-License-Identifier: MIT
#include "cli/sync_report.hpp"

#include "base/text.hpp"
#include "cli/todo.hpp"
#include "report/format.hpp"
#include "sync/allowance.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::cli {

namespace {

using report::format_number;
using std::chrono::milliseconds;

std::string number(std::int64_t value) {
    return format_number(static_cast<double>(value));
}

std::string count_of(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", number(count), count == 1 ? one : many);
}

// ", limit 12/100, day 240/1,000": requests used of this quarter hour's and of today's; short, so that the
// whole line fits 80 columns.
std::string budget_text(const net::RateUsage& rate) {
    const auto& pair = rate.read ? rate.read : rate.overall;
    if (!pair) {
        return {};
    }
    const auto window = [](const net::RateWindow& one) {
        return fmt::format("{}/{}", number(one.usage), number(one.limit));
    };
    return fmt::format(", limit {}, day {}", window(pair->quarter_hour), window(pair->day));
}

// ", 0:42 left" at the speed so far, or ", done 14:15" where the limits decide.
std::string time_left_text(std::int64_t left, double per_second, const net::RateUsage& rate, Instant now) {
    if (left == 0) {
        return {};
    }
    const auto done = sync::completion(left, sync::allowance(rate), now);
    if (done > now) {
        const auto text = format_wall_time(to_machine_wall_time(done));
        const bool is_today = text.substr(0, 10) == format_wall_time(to_machine_wall_time(now)).substr(0, 10);
        return fmt::format(", done {}", is_today
                                            ? text.substr(11, 5)
                                            : fmt::format("{} {}", text.substr(5, 5), text.substr(11, 5)));
    }
    if (per_second <= 0) {
        return {};
    }
    const auto seconds = static_cast<std::int64_t>(static_cast<double>(left) / per_second) + 1;
    return fmt::format(", {} left", report::format_duration(seconds));
}

std::string listing_text(const sync::SyncProgress& progress) {
    const auto back_to =
        progress.reached ? fmt::format(", back to {}", format_instant(*progress.reached).substr(0, 10)) : "";
    return fmt::format("{}, {}{}{}", count_of(progress.activities, "activity", "activities"),
                       count_of(progress.requests, "page", "pages"), back_to, budget_text(progress.rate));
}

std::string stored_text(const sync::FetchCounts& counts, std::string_view what) {
    std::string text;
    if (counts.stored > 0) {
        text += fmt::format("; {} {}", number(counts.stored), what);
    }
    if (counts.absent > 0) {
        text += fmt::format("{} {} none", counts.stored > 0 ? "," : ";",
                            counts.absent == 1 ? "1 activity has" : number(counts.absent) + " have");
    }
    return text;
}

} // namespace

std::string sync_progress_text(const sync::SyncProgress& progress, milliseconds elapsed, Instant now) {
    if (progress.phase == sync::Phase::listing) {
        return listing_text(progress);
    }
    const auto& fetched = progress.fetched;
    const auto done = fetched.stored + fetched.absent + fetched.failed;
    const double seconds = static_cast<double>(elapsed.count()) / 1000.0;
    const double per_second = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    return fmt::format("{} of {} {}{}{}{}", number(done), number(progress.total),
                       progress.phase == sync::Phase::streams ? "streams" : "details",
                       per_second > 0 ? fmt::format(", {:.1f}/s", per_second) : "",
                       time_left_text(progress.total - done, per_second, progress.rate, now),
                       budget_text(progress.rate));
}

std::string sync_summary_text(const sync::SyncResult& result, milliseconds elapsed) {
    const auto& counts = result.counts;
    const auto failed = static_cast<std::int64_t>(result.failures.size());
    return fmt::format(
        "{} new, {} updated, {} unchanged{}{}{}{}; {}, {:.1f} s.\n", number(counts.added),
        number(counts.updated), number(counts.unchanged), stored_text(result.streams, "with samples"),
        stored_text(result.details, "details"),
        result.deletions.deleted > 0 ? fmt::format("; {} deleted at Strava", number(result.deletions.deleted))
                                     : "",
        failed > 0 ? fmt::format("; {} failed", number(failed)) : "",
        count_of(result.requests, "request", "requests"), static_cast<double>(elapsed.count()) / 1000.0);
}

std::string sync_json(const sync::SyncResult& result) {
    const nlohmann::ordered_json object{
        {"new", result.counts.added},           {"updated", result.counts.updated},
        {"unchanged", result.counts.unchanged}, {"failed", result.failures.size()},
        {"requests", result.requests},          {"streams", result.streams.stored},
        {"details", result.details.stored},     {"deleted", result.deletions.deleted},
        {"complete", result.complete}};
    return object.dump() + "\n";
}

Error too_many_deletions(const sync::DeletionCounts& deletions) {
    return {
        ErrorKind::remote,
        fmt::format("{} of {} activities are in Strava's list no more: too many to be believed\nNothing was "
                    "marked as deleted; everything else is done",
                    number(deletions.refused), number(deletions.listed)),
        "If they are deleted indeed, run:  harrier sync --allow-deletions"};
}

void say_sync_failures(const Console& console, const sync::SyncResult& result) {
    constexpr std::size_t most_lines = 10;
    if (result.failures.empty()) {
        return;
    }
    const bool some_set_aside = std::any_of(result.failures.begin(), result.failures.end(),
                                            [](const sync::ItemFailure& one) { return one.set_aside; });
    for (std::size_t i = 0; i < std::min(most_lines, result.failures.size()); ++i) {
        const auto& failure = result.failures[i];
        console.say(fmt::format("activity {}: {}{}", failure.item.strava_id.value,
                                escape_terminal(failure.message), failure.set_aside ? " (set aside)" : ""));
    }
    if (result.failures.size() > most_lines) {
        console.say(fmt::format("and {} more", result.failures.size() - most_lines));
    }
    console.say(some_set_aside ? "To try again those that were set aside, too:  harrier sync --full"
                               : "To try them again:  harrier sync");
}

bool wait_for_limit(const Console& console, ProgressLine& line, Clock& clock, const net::Denial& denial,
                    const std::stop_token& stop) {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
    const auto until = moment_text(now + denial.wait, now);
    if (!console.err.is_terminal) {
        console.say(
            fmt::format("Strava's limit is used up; going on {} (in {})", until, format_span(denial.wait)));
        return clock.sleep(denial.wait, stop);
    }
    for (auto left = denial.wait; left.count() > 0; left -= std::chrono::seconds{1}) {
        line.update(fmt::format("Strava's limit is used up; going on {}, in {}", until,
                                report::format_duration(left.count())));
        if (!clock.sleep(std::chrono::seconds{1}, stop)) {
            return false;
        }
    }
    line.clear();
    return true;
}

Error with_stored(const Error& error, const sync::SyncProgress& progress) {
    if ((progress.activities == 0 && progress.streams == 0) || error.kind() == ErrorKind::internal) {
        return error;
    }
    std::string stored;
    if (progress.activities > 0) {
        stored = count_of(progress.activities, "activity", "activities");
    }
    if (progress.streams > 0) {
        stored += fmt::format("{}the samples of {}", stored.empty() ? "" : " and ", number(progress.streams));
    }
    const bool is_one = progress.activities == 1 && progress.streams == 0;
    return {error.kind(),
            fmt::format("{}\n{} of this run {} stored; the next one goes on from there", error.message(),
                        stored, is_one ? "is" : "are"),
            error.hint().empty() ? "Go on with:  harrier sync" : error.hint()};
}

} // namespace harrier::cli
