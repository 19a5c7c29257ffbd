// SPDX-License-Identifier: MIT
#include "cli/activity_reference.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace harrier::cli {

namespace {

// The number that `text` begins with, and what follows it.
std::optional<std::pair<std::int64_t, std::string_view>> take_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number <= 0) {
        return std::nullopt;
    }
    return std::pair{number, text.substr(static_cast<std::size_t>(end - text.data()))};
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
    if (!equal_ignoring_case(text.substr(0, prefix.size()), prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

} // namespace

std::optional<ActivityReference> parse_activity_reference(std::string_view text) {
    text = trim(text);
    if (const auto number = take_number(text); number && number->second.empty()) {
        return ActivityReference{number->first, false};
    }
    if (!drop_prefix(text, "https://")) {
        drop_prefix(text, "http://");
    }
    drop_prefix(text, "www.");
    if (!drop_prefix(text, "strava.com/activities/")) {
        return std::nullopt;
    }
    const auto number = take_number(text);
    if (!number || (!number->second.empty() && number->second.find_first_of("/?#") != 0)) {
        return std::nullopt;
    }
    return ActivityReference{number->first, true};
}

model::Activity require_activity(archive::Archive& archive, AthleteId athlete, std::string_view text) {
    const auto reference = parse_activity_reference(text);
    if (!reference) {
        throw Error(ErrorKind::usage, fmt::format("\"{}\" does not name an activity", escape_terminal(text)),
                    "Give a number that harrier list shows, a Strava id, or the address of its page");
    }
    if (!reference->is_strava_id) {
        if (auto found = archive.find_activity(athlete, ActivityId{reference->number})) {
            return *std::move(found);
        }
    }
    if (auto found = archive.find_activity(athlete, StravaId{reference->number})) {
        return *std::move(found);
    }
    throw Error(ErrorKind::usage, fmt::format("the archive holds no activity {}", reference->number),
                "To see what it holds, run:  harrier list    To fetch what is new:  harrier sync");
}

} // namespace harrier::cli
