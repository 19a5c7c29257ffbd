// SPDX-License-Identifier: MIT
#include "cli/todo.hpp"

#include "report/format.hpp"
#include "sync/listing_plan.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>

namespace harrier::cli {

namespace {

using archive::Step;
using report::format_number;

// A page of 200 shares its oldest activity with the next; an empty one ends the list (sync/listing_pass.cpp).
std::int64_t pages_of(std::int64_t activities) {
    constexpr std::int64_t new_ones_per_page = 199;
    return (activities + new_ones_per_page - 1) / new_ones_per_page + 1;
}

std::string count_text(std::int64_t value) {
    return format_number(static_cast<double>(value));
}

std::string row(std::string_view what, const std::string& requests, std::string_view note = {}) {
    return fmt::format("  {:<10}{:>8}{}{}\n", what, requests, note.empty() ? "" : "  ", note);
}

std::chrono::days days_until(Instant done, Instant now) {
    return std::chrono::floor<std::chrono::days>(done) - std::chrono::floor<std::chrono::days>(now);
}

} // namespace

Todo read_todo(archive::Archive& archive, AthleteId athlete, const TodoWishes& wishes, Instant now) {
    Todo todo;
    const auto listing = archive.listing_state(athlete);
    if (listing.complete_at && !listing.resume_before) {
        // With the eyes that see all, as a plan cannot know better.
        const bool has_suspects = archive.unlisted(athlete, true).suspects > 0;
        const bool is_whole = wishes.full || sync::is_whole_pass_due(listing, has_suspects, now);
        todo.listing = is_whole ? pages_of(archive.summary(athlete).activities) : 1;
    }
    const auto add = [&](Step step, std::int64_t& requests) {
        const auto counts = archive.work_counts(athlete, step, now);
        requests = counts.due + (wishes.full ? counts.waiting + counts.set_aside : 0);
        todo.waiting += wishes.full ? 0 : counts.waiting;
        todo.set_aside += wishes.full ? 0 : counts.set_aside;
    };
    if (wishes.streams) {
        add(Step::streams, todo.streams);
    }
    if (wishes.details) {
        add(Step::details, todo.details);
    } else { // those that were fetched once are kept as Strava has them
        todo.details = archive.work_counts(athlete, Step::details, now).again;
    }
    return todo;
}

std::string moment_text(Instant moment, Instant now) {
    if (moment <= now) {
        return "now";
    }
    const auto wall = to_machine_wall_time(moment);
    const auto day = std::chrono::floor<std::chrono::days>(wall);
    const bool is_today = day == std::chrono::floor<std::chrono::days>(to_machine_wall_time(now));
    return fmt::format("{} at {}", is_today ? "today" : report::format_local_day(wall),
                       format_wall_time(wall).substr(11, 5));
}

std::string plan_text(const Todo& todo, const sync::Allowance& allowance, Instant now) {
    std::string text = "Requests to make:\n";
    text += row("list", todo.listing ? count_text(*todo.listing) : "?",
                todo.listing ? "" : "one for 200 activities; then one for each");
    text += row("streams", count_text(todo.streams));
    if (todo.details > 0) {
        text += row("details", count_text(todo.details));
    }
    const auto done = sync::completion(todo.requests(), allowance, now);
    text += fmt::format("At {} a quarter of an hour and {} a day, ", count_text(allowance.quarter_hour),
                        count_text(allowance.day));
    text += todo.listing ? "all is done" : "what is known is done";
    const auto days = days_until(done, now).count();
    if (done == now) {
        text += " at once.\n";
    } else {
        text += fmt::format(" {}{}.\n", moment_text(done, now),
                            days > 0 ? fmt::format(", on day {}", days + 1) : std::string());
    }
    if (todo.waiting > 0) {
        text += fmt::format("{} failed and rest before they are tried again.\n", count_text(todo.waiting));
    }
    if (todo.set_aside > 0) {
        text += fmt::format("{} failed too often; to try them again:  harrier sync --full\n",
                            count_text(todo.set_aside));
    }
    return text;
}

std::string plan_json(const Todo& todo, const sync::Allowance& allowance, Instant now) {
    using nlohmann::ordered_json;
    const auto done = sync::completion(todo.requests(), allowance, now);
    const ordered_json object{{"listing", todo.listing ? ordered_json(*todo.listing) : ordered_json()},
                              {"streams", todo.streams},
                              {"details", todo.details},
                              {"requests", todo.listing ? ordered_json(todo.requests()) : ordered_json()},
                              {"days", days_until(done, now).count() + 1},
                              {"done_at", todo.listing ? ordered_json(format_instant(done)) : ordered_json()},
                              {"waiting", todo.waiting},
                              {"set_aside", todo.set_aside}};
    return object.dump() + "\n";
}

} // namespace harrier::cli
