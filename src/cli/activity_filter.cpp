// SPDX-License-Identifier: MIT
#include "cli/activity_filter.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/options.hpp"
#include "model/sport.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::cli {

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

std::chrono::local_days today(Clock& clock) {
    const auto now = std::chrono::floor<std::chrono::seconds>(clock.now());
    return std::chrono::floor<std::chrono::days>(to_machine_wall_time(now));
}

[[noreturn]] void refuse_day(std::string_view flag, const std::string& text) {
    throw Error(ErrorKind::usage, fmt::format("{} does not know the day \"{}\"", flag, escape_terminal(text)),
                "A day is 2026-11-01, 2026-11, 2026, today, yesterday, or a span back: 7d, 4w, 6m, 1y");
}

} // namespace

void FilterFlags::declare(CLI::App& app) {
    add_text(app, "--sport", sport, "SPORT",
             "run, ride, swim, hike … or one of Strava's sport types; several with commas");
    declare_days(app);
    add_text(app, "--where", where, "EXPR", "an SQL condition over the columns, as \"distance > 20000\"");
}

void FilterFlags::declare_days(CLI::App& app) {
    add_text(app, "--since", since, "DAY",
             "from this day on: 2026-11-01, 2026-11, 2026, today, 7d, 4w, 6m, 1y");
    add_text(app, "--until", until, "DAY", "up to this day, or the end of this month or year");
}

bool FilterFlags::any() const {
    return !sport.empty() || !since.empty() || !until.empty() || !where.empty();
}

archive::ActivityQuery make_query(const FilterFlags& flags, archive::Archive& archive, AthleteId athlete,
                                  Clock& clock) {
    archive::ActivityQuery query;
    query.where = flags.where;
    if (!flags.sport.empty()) {
        try {
            query.sport_types = resolve_sports(flags.sport, {});
        } catch (const Error&) {
            query.sport_types =
                resolve_sports(flags.sport, archive.totals(athlete, archive::Grouping::sport, {}));
        }
    }
    if (!flags.since.empty()) {
        query.since = parse_day(flags.since, today(clock));
        if (!query.since) {
            refuse_day("--since", flags.since);
        }
    }
    if (!flags.until.empty()) {
        query.until = parse_last_day(flags.until, today(clock));
        if (!query.until) {
            refuse_day("--until", flags.until);
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

void say_nothing_matches(const Invocation& invocation, archive::Archive& archive, AthleteId athlete) {
    const auto summary = archive.summary(athlete);
    if (summary.activities == 0) {
        invocation.console.say("The archive holds no activities yet.");
        invocation.console.say("To fetch them, run:  harrier sync");
        return;
    }
    invocation.console.say("No activities match.");
    invocation.console.say(fmt::format("The archive holds {} activities, from {} to {}.",
                                       report::format_number(static_cast<double>(summary.activities)),
                                       report::format_local_day(summary.first),
                                       report::format_local_day(summary.last)));
}

} // namespace harrier::cli
