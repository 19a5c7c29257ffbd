// SPDX-License-Identifier: MIT
#include "insight/activity_filter.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "model/sport.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::insight {

namespace {

// "Trail run", "trail-run" and "TrailRun" are one word.
std::string bare(std::string_view word) {
    std::string letters = to_lower(word);
    std::erase_if(letters, [](char c) { return c == ' ' || c == '-' || c == '_'; });
    return letters;
}

std::vector<std::string> known_sports(const std::string& word) {
    std::vector<std::string> found;
    for (const auto& sport : model::sports) {
        if (sport.family == word ||
            sport.family == word.substr(0, word.size() - (word.ends_with('s') ? 1 : 0))) {
            found.emplace_back(sport.sport_type);
        }
    }
    if (found.empty()) {
        for (const auto& sport : model::sports) {
            if (bare(sport.sport_type) == word) {
                found.emplace_back(sport.sport_type);
            }
        }
    }
    return found;
}

[[noreturn]] void refuse_sport(const std::string& word, const std::vector<archive::Totals>& stored) {
    std::vector<std::string_view> candidates;
    std::vector<std::string> held;
    for (const auto& one : stored) {
        candidates.push_back(one.key);
        held.push_back(one.key);
    }
    for (const auto& sport : model::sports) {
        candidates.push_back(sport.family);
        candidates.push_back(sport.sport_type);
    }
    std::string message = fmt::format("there is no sport \"{}\"", escape_terminal(word));
    if (!held.empty()) {
        constexpr std::size_t enough = 6;
        const bool more = held.size() > enough;
        held.resize(std::min(held.size(), enough));
        message +=
            fmt::format("\nThis archive holds {}{}", escape_terminal(join(held, ", ")), more ? ", …" : "");
    }
    std::string meant(nearest(word, candidates));
    if (meant.empty()) {
        std::vector<std::string> lower;
        std::vector<std::string_view> views;
        for (const auto candidate : candidates) {
            lower.push_back(to_lower(candidate));
        }
        views.assign(lower.begin(), lower.end());
        meant = nearest(to_lower(word), views);
    }
    throw Error(ErrorKind::usage, message,
                meant.empty() ? "Families are: run, ride, swim, walk, hike, ski, row, paddle, skate, gym"
                              : fmt::format("Did you mean:  --sport {}", to_lower(meant)));
}

[[noreturn]] void refuse_day(std::string_view flag, const std::string& text) {
    throw Error(ErrorKind::usage, fmt::format("{} does not know the day \"{}\"", flag, escape_terminal(text)),
                "A day is 2026-11-01, 2026-11, 2026, today, yesterday, or a span back: 7d, 4w, 6m, 1y");
}

} // namespace

std::chrono::local_days today(Clock& clock) {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
    return std::chrono::floor<std::chrono::days>(to_machine_wall_time(now));
}

bool ActivityFilter::any() const {
    return !sport.empty() || !since.empty() || !until.empty() || !where.empty();
}

archive::ActivityQuery make_query(const ActivityFilter& filter, archive::Archive& archive, AthleteId athlete,
                                  Clock& clock) {
    archive::ActivityQuery query;
    query.where = filter.where;
    if (!filter.sport.empty()) {
        try {
            query.sport_types = resolve_sports(filter.sport, {});
        } catch (const Error&) {
            query.sport_types =
                resolve_sports(filter.sport, archive.totals(athlete, archive::Grouping::sport, {}));
        }
    }
    if (!filter.since.empty()) {
        query.since = parse_day(filter.since, today(clock));
        if (!query.since) {
            refuse_day("--since", filter.since);
        }
    }
    if (!filter.until.empty()) {
        query.until = parse_last_day(filter.until, today(clock));
        if (!query.until) {
            refuse_day("--until", filter.until);
        }
    }
    return query;
}

std::vector<std::string> resolve_sports(std::string_view words, const std::vector<archive::Totals>& stored) {
    std::vector<std::string> sport_types;
    for (const auto& word : split(words, ',')) {
        auto found = known_sports(bare(word));
        for (const auto& one : stored) {
            if (found.empty() && bare(one.key) == bare(word)) {
                found.push_back(one.key);
            }
        }
        if (found.empty()) {
            refuse_sport(word, stored);
        }
        sport_types.insert(sport_types.end(), found.begin(), found.end());
    }
    return sport_types;
}

std::optional<std::chrono::local_days> parse_last_day(std::string_view text, std::chrono::local_days today) {
    const auto day = parse_day(text, today);
    const bool is_digits_and_dashes = text.find_first_not_of("0123456789-") == std::string_view::npos;
    if (!day || !is_digits_and_dashes) {
        return day;
    }
    const std::chrono::year_month_day first(*day);
    if (text.size() == 4) {
        return std::chrono::local_days{first.year() / std::chrono::December / 31};
    }
    if (text.size() == 7) {
        return std::chrono::local_days{first.year() / first.month() / std::chrono::last};
    }
    return day;
}

} // namespace harrier::insight
