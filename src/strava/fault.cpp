// SPDX-License-Identifier: MIT
#include "strava/fault.hpp"

#include "base/text.hpp"
#include "net/rate_limit.hpp"
#include "strava/fault_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace harrier::strava {

namespace {

constexpr std::string_view permission_suffix = "_permission";

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && equal_ignoring_case(text.substr(text.size() - end.size()), end);
}

bool part_matches(std::string_view pattern, std::string_view text) {
    if (pattern.starts_with('*')) {
        return ends_with_ignoring_case(text, pattern.substr(1));
    }
    return equal_ignoring_case(pattern, text);
}

bool status_matches(int pattern, int status) {
    return pattern == 0 || pattern == status || (pattern < 10 && pattern == status / 100);
}

bool needs_item(const FaultPattern& pattern) {
    return pattern.resource != "*" || pattern.field != "*" || pattern.code != "*";
}

// What a pattern found: the row of the cause, and the item that decided (null when none was needed).
struct Match {
    const Cause* cause;
    const FaultItem* item;
};

const Cause* find_cause(std::string_view name) {
    const auto all = cause_table();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Cause& one) { return one.name == name; });
    return found == all.end() ? &all.back() : &*found; // the last row is "unknown"
}

const FaultItem* find_item(const FaultPattern& pattern, const Fault& fault) {
    for (const auto& item : fault.items) {
        if (part_matches(pattern.resource, item.resource) && part_matches(pattern.field, item.field) &&
            part_matches(pattern.code, item.code)) {
            return &item;
        }
    }
    return nullptr;
}

Match match(const Fault& fault) {
    const std::string message = to_lower(fault.message);
    for (const auto& pattern : fault_patterns()) {
        if (!status_matches(pattern.status, fault.status) ||
            message.find(to_lower(pattern.text)) == std::string::npos) {
            continue;
        }
        const auto* item = find_item(pattern, fault);
        if (item != nullptr || !needs_item(pattern)) {
            return {find_cause(pattern.cause), item};
        }
    }
    return {find_cause("unknown"), nullptr};
}

bool is_token_call(std::string_view path) {
    return path.find("oauth") != std::string_view::npos || path == "/token" ||
           path.find("push_subscriptions") != std::string_view::npos;
}

// One body has two meanings: on the token endpoint the secret is wrong, on an API call the token is.
const Cause* adjusted(const Cause* cause, const FaultContext& context) {
    const bool is_api_call = !context.path.empty() && !is_token_call(context.path);
    return cause->name == "invalid_client_secret" && is_api_call ? find_cause("invalid_access_token") : cause;
}

// A scope as Strava's fault names it, in the words of the authorize link. The names before 2018 had no colon.
std::string scope_of_permission(const std::string& field, const FaultContext& context) {
    const std::string name = ends_with_ignoring_case(field, permission_suffix)
                                 ? field.substr(0, field.size() - permission_suffix.size())
                                 : field;
    if (name != "write" && name != "view_private") {
        return name;
    }
    const auto needed = required_scopes(context.method, context.path).names();
    if (!needed.empty()) {
        return needed.front();
    }
    return name == "write" ? "activity:write" : "activity:read_all";
}

// What to ask for to get `needed`: activity:read alone would hide the athlete's own private activities.
std::string advised_scope(const std::string& needed) {
    return needed == "activity:read" ? "activity:read_all" : needed;
}

std::string granted_line(const Scopes& granted) {
    return fmt::format("Granted: {}", granted.empty() ? "nothing" : escape_terminal(granted.join()));
}

// Everything the next login should ask for: what is there, what is missing, and always the activities.
Scopes scopes_to_ask(const std::vector<std::string>& missing, const std::optional<Scopes>& granted) {
    Scopes all{"read", "activity:read_all"};
    for (const auto& name : granted ? granted->names() : std::vector<std::string>{}) {
        all.add(advised_scope(name));
    }
    for (const auto& name : missing) {
        all.add(advised_scope(name));
    }
    return all.pasteable();
}

std::string corrected_url(const Scopes& scopes, const FaultContext& context) {
    return fmt::format("{}/authorize?client_id={}&response_type=code&redirect_uri=http://localhost/"
                       "exchange_token&approval_prompt=force&scope={}",
                       context.authorize_base.empty() ? "https://www.strava.com/oauth"
                                                      : context.authorize_base,
                       context.client_id.empty() ? "YOUR_CLIENT_ID" : context.client_id, scopes.join());
}

Explanation from_row(const Cause& row) {
    Explanation explanation;
    explanation.cause = row.name;
    explanation.kind = row.kind;
    explanation.message = row.message;
    explanation.why = row.why;
    explanation.hint = row.hint;
    return explanation;
}

void ask_for(Explanation& explanation, const std::vector<std::string>& missing, const FaultContext& context) {
    const Scopes scopes = scopes_to_ask(missing, context.granted);
    explanation.scope = advised_scope(missing.front());
    explanation.hint = fmt::format("To add it, run:  harrier login --scope {}", scopes.join());
    explanation.url = corrected_url(scopes, context);
}

void refine_missing_scope(Explanation& explanation, const std::vector<std::string>& missing,
                          const FaultContext& context) {
    ask_for(explanation, missing, context);
    if (context.granted) {
        explanation.message = fmt::format("the login lacks the scope {}", advised_scope(missing.front()));
        explanation.detail = granted_line(*context.granted);
        return;
    }
    explanation.message = fmt::format("the access token lacks the scope {}", missing.front());
    if (explanation.scope != missing.front()) {
        explanation.why += fmt::format(" Ask for {} rather than {}: it gives the same and the athlete's own "
                                       "private activities and privacy zones too.",
                                       explanation.scope, missing.front());
    }
}

struct SpentWindow {
    net::RateWindow window;
    std::string_view span; // "15-minute" or "daily"
    std::string_view what; // "read requests" or "requests"
};

std::optional<SpentWindow> find_spent(const net::RateUsage& usage) {
    const auto spent = [](const net::RateWindow& one) { return one.limit > 0 && one.usage >= one.limit; };
    const std::pair<const std::optional<net::RatePair>&, std::string_view> pairs[] = {
        {usage.read, "read requests"}, {usage.overall, "requests"}};
    // A spent day outlasts a spent quarter of an hour, whichever pair it is in.
    for (const auto& [pair, what] : pairs) {
        if (pair && spent(pair->day)) {
            return SpentWindow{pair->day, "daily", what};
        }
    }
    for (const auto& [pair, what] : pairs) {
        if (pair && spent(pair->quarter_hour)) {
            return SpentWindow{pair->quarter_hour, "15-minute", what};
        }
    }
    return std::nullopt;
}

// "14:15 UTC (15:15 here), in 7 min"
std::string describe_moment(Instant moment, Instant now) {
    const auto utc = format_instant(moment);
    const auto here = format_wall_time(to_machine_wall_time(moment));
    const auto time_of_day = [](const std::string& text) { return text.substr(11, 5); };
    const auto wait = std::chrono::ceil<std::chrono::minutes>(moment - now);
    return fmt::format("{} UTC{}, in {}", time_of_day(utc),
                       utc == here ? "" : fmt::format(" ({} here)", time_of_day(here)), format_span(wait));
}

void refine_rate_limit(Explanation& explanation, const FaultContext& context) {
    const auto usage = net::parse_rate_usage(context.headers);
    const auto spent = find_spent(usage);
    if (spent) {
        explanation.message = fmt::format("the {} limit of {} {} is used up ({} counted)", spent->span,
                                          spent->window.limit, spent->what, spent->window.usage);
    }
    // Without the headers either window may be the one, so only the nearer reset can be named.
    if (context.now) {
        explanation.resets_at = net::next_reset(usage, *context.now);
        explanation.hint =
            fmt::format("{} at {}{}", spent ? "Try again" : "Try again once",
                        describe_moment(*explanation.resets_at, *context.now),
                        spent ? "" : "; if refused again, the day's limit is spent and resets at 00:00 UTC");
    }
}

std::string list_items(const Fault& fault) {
    std::vector<std::string> parts;
    for (const auto& item : fault.items) {
        if (item.resource == "Page") { // our own mark of a web page, see parse_fault
            continue;
        }
        const std::vector<std::string> words = split(item.resource + "\n" + item.field, '\n');
        parts.push_back(fmt::format("{}{}{}", join(words, " "), item.code.empty() ? "" : ": ", item.code));
    }
    return escape_terminal(join(parts, ", "));
}

void refine_unspecific(Explanation& explanation, const Fault& fault) {
    std::vector<std::string> facts;
    if (fault.status != 0) {
        facts.push_back(fmt::format("status {}", fault.status));
    }
    const auto items = list_items(fault);
    // Words with the status in them ("502 Bad Gateway") say nothing that the status does not.
    const bool repeats = fault.message.find(std::to_string(fault.status)) != std::string::npos;
    if (!items.empty()) {
        facts.push_back(items);
    } else if (!fault.message.empty() && !repeats) {
        facts.push_back(escape_terminal(fault.message));
    }
    if (!facts.empty()) {
        explanation.message += fmt::format(" ({})", join(facts, "; "));
    }
}

void refine_not_found(Explanation& explanation, const FaultContext& context) {
    if (context.path.ends_with("/streams")) {
        explanation.message = "this activity has no streams, or is not there for this athlete";
        explanation.why = "An activity that was typed in by hand has no recording. " + explanation.why;
    }
}

void refine_unknown_endpoint(Explanation& explanation, const FaultContext& context) {
    if (context.path.starts_with("/clubs/")) {
        explanation.message = "Strava has removed this endpoint";
        explanation.why =
            "Club activities, members and admins ended on 1 September 2026; nothing replaces them.";
    } else if (!context.path.empty()) {
        explanation.message = fmt::format("Strava has no endpoint {}", escape_terminal(context.path));
    }
}

void refine_token(Explanation& explanation, const FaultItem& item, const FaultContext& context) {
    long long seconds = 0;
    std::from_chars(item.code.data(), item.code.data() + item.code.size(), seconds);
    if (seconds <= 0) {
        return;
    }
    const Instant expires_at{std::chrono::seconds{seconds}};
    std::string text = format_instant(expires_at);
    if (context.now) {
        text += expires_at > *context.now ? fmt::format(", in {}", format_span(expires_at - *context.now))
                                          : ", which has passed";
    }
    explanation.detail = fmt::format("The access token expires at {}.", text);
}

Explanation explain_granted(const Explanation& granted, const FaultContext& context) {
    if (!context.granted) {
        return granted;
    }
    if (!context.granted->allows("activity:read")) {
        auto too_little = from_row(*find_cause("granted_too_little"));
        ask_for(too_little, {"activity:read"}, context);
        too_little.detail = granted_line(*context.granted);
        return too_little;
    }
    auto enough = granted;
    enough.detail = granted_line(*context.granted);
    if (!context.granted->allows("activity:read_all")) {
        enough.why += " Without activity:read_all the token will not see private activities (\"Only You\").";
    }
    return enough;
}

void refine(Explanation& explanation, const Fault& fault, const FaultItem* item,
            const FaultContext& context) {
    const std::string& cause = explanation.cause;
    if (cause == "missing_scope" && item != nullptr) {
        const auto scope = scope_of_permission(item->field, context);
        // What no scope can be called is somebody's joke: the usual scopes are advised and nothing is quoted.
        refine_missing_scope(explanation, {is_scope_name(scope) ? scope : "activity:read_all"}, context);
    } else if (cause == "rate_limited") {
        refine_rate_limit(explanation, context);
    } else if (cause == "not_found") {
        refine_not_found(explanation, context);
    } else if (cause == "unknown_endpoint") {
        refine_unknown_endpoint(explanation, context);
    } else if (cause == "token_issued" && item != nullptr) {
        refine_token(explanation, *item, context);
    } else if (cause == "granted") {
        explanation = explain_granted(explanation, context);
    } else if (cause == "duplicate_upload" || cause == "upload_failed") {
        explanation.detail = fmt::format("Strava says: {}", escape_terminal(fault.message));
    } else if (cause == "bad_request" || cause == "unauthorized" || cause == "server_error" ||
               cause == "redirected" || cause == "unknown") {
        refine_unspecific(explanation, fault);
    }
}

} // namespace

Explanation explain(const Fault& fault, const FaultContext& context) {
    const Match found = match(fault);
    auto explanation = from_row(*adjusted(found.cause, context));
    refine(explanation, fault, found.item, context);
    return explanation;
}

Explanation explain_missing(const Scopes& missing, const FaultContext& context) {
    auto explanation = from_row(*find_cause("missing_scope"));
    const auto names = missing.names();
    refine_missing_scope(explanation, names.empty() ? std::vector<std::string>{"read"} : names, context);
    return explanation;
}

Error to_error(const Explanation& explanation, std::string_view doing) {
    std::string message = fmt::format("cannot {}: {}", doing, explanation.message);
    if (!explanation.detail.empty()) {
        message += "\n" + explanation.detail;
    }
    return {explanation.kind, message, explanation.hint};
}

const std::vector<CauseInfo>& causes() {
    static const std::vector<CauseInfo> all = [] {
        std::vector<CauseInfo> list;
        for (const auto& row : cause_table()) {
            list.push_back({row.name, row.meaning});
        }
        return list;
    }();
    return all;
}

} // namespace harrier::strava
