// SPDX-License-Identifier: MIT
#include "emulator/fault_plan.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace harrier::emulator {

namespace {

constexpr std::array<std::string_view, 18> endpoint_names{
    "athlete", "athlete-zones", "clubs",          "stats",  "activities",  "activity",
    "streams", "laps",          "activity-zones", "gear",   "comments",    "kudos",
    "photos",  "authorize",     "token",          "revoke", "deauthorize", "any"};

constexpr std::array<NamedFault, 7> fault_names{{
    {"private", fault::private_object},
    {"inactive", fault::application_inactive},
    {"internal", fault::internal_only},
    {"record-not-found", fault::activity_not_found_older},
    {"read-limit", fault::read_rate_limit},
    {"request-token", fault::code_invalid_2018},
    {"not-verifiable", fault::callback_not_verifiable},
}};

constexpr long long always = std::numeric_limits<long long>::max() / 2;

constexpr std::string_view grammar =
    "SPEC is WHAT@WHERE[xTIMES], for example 429@page=3, 500@n=5x3, drop@n=7, truncate@streams:nth=2, "
    "slow=30s@n=4, short-page@2, insert@page=2, delete@page=2, 401@n=10; "
    "all of it: docs/emulator.md";

[[noreturn]] void refuse(std::string_view spec, std::string_view why) {
    throw Error(ErrorKind::usage,
                fmt::format("cannot read the fault '{}': {}", escape_terminal(spec), escape_terminal(why)),
                std::string(grammar));
}

std::optional<long long> parse_count(std::string_view text) {
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && value >= 1 && value < always ? std::optional(value) : std::nullopt;
}

long long parse_count_or_refuse(std::string_view text, std::string_view spec) {
    const auto count = parse_count(text);
    if (!count) {
        refuse(spec, fmt::format("'{}' is not a number from 1 on", text));
    }
    return *count;
}

// "30s", "500ms", "2m".
std::optional<std::chrono::milliseconds> parse_span(std::string_view text) {
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = parse_count(text.substr(0, digits));
    const auto unit = text.substr(digits);
    if (!count || *count > 1'000'000) {
        return std::nullopt;
    }
    if (unit == "ms") {
        return std::chrono::milliseconds{*count};
    }
    if (unit == "s") {
        return std::chrono::seconds{*count};
    }
    return unit == "m" ? std::optional<std::chrono::milliseconds>(std::chrono::minutes{*count})
                       : std::nullopt;
}

void read_what(std::string_view what, std::string_view spec, FaultPlan::Rule& rule) {
    const auto status = parse_count(what);
    const auto* named = std::find_if(fault_names.begin(), fault_names.end(),
                                     [&](const NamedFault& fault) { return fault.name == what; });
    if (named != fault_names.end()) {
        rule.strike.status = named->body.status;
        rule.strike.body = named->body;
    } else if (status && *status >= 400 && *status <= 599) {
        rule.strike.status = static_cast<int>(*status);
    } else if (what == "drop") {
        rule.strike.drop = true;
    } else if (what == "truncate") {
        rule.strike.truncate = true;
    } else if (what == "insert") {
        rule.strike.insert = true;
    } else if (what == "delete") {
        rule.strike.erase = true;
    } else if (what == "short-page") {
        rule.is_short_page = true;
    } else if (what.starts_with("slow=")) {
        const auto span = parse_span(what.substr(5));
        if (!span) {
            refuse(spec, fmt::format("'{}' is not a time such as 30s or 500ms", what.substr(5)));
        }
        rule.strike.delay = *span;
    } else {
        refuse(spec, fmt::format("there is no fault '{}'", what));
    }
}

// Takes "x3" or "x*" off the end of `where`; only after a number or a colon, since endpoints have letters.
void read_times(std::string_view& where, FaultPlan::Rule& rule) {
    const auto cross = where.rfind('x');
    if (cross == std::string_view::npos || cross == 0) {
        return;
    }
    const char before = where[cross - 1];
    const auto text = where.substr(cross + 1);
    const auto count = text == "*" ? std::optional(always) : parse_count(text);
    if (count && (before == ':' || (before >= '0' && before <= '9'))) {
        rule.times = *count;
        where = where.substr(0, before == ':' ? cross - 1 : cross);
    }
}

void read_part(std::string_view part, std::string_view spec, FaultPlan::Rule& rule) {
    const auto* is_endpoint = std::find(endpoint_names.begin(), endpoint_names.end(), part);
    if (part.starts_with("n=")) {
        rule.request = parse_count_or_refuse(part.substr(2), spec);
    } else if (part.starts_with("page=")) {
        rule.page = parse_count_or_refuse(part.substr(5), spec);
    } else if (part.starts_with("nth=")) {
        rule.nth = parse_count_or_refuse(part.substr(4), spec);
    } else if (rule.is_short_page && parse_count(part)) {
        rule.page = parse_count(part);
    } else if (is_endpoint != endpoint_names.end()) {
        rule.endpoint = part;
    } else {
        const auto meant = nearest(part, {endpoint_names.begin(), endpoint_names.end()});
        refuse(spec, meant.empty() ? fmt::format("'{}' is no endpoint, n=, page= or nth=", part)
                                   : fmt::format("'{}' is not known; did you mean '{}'?", part, meant));
    }
}

FaultPlan::Rule parse_rule(std::string_view spec) {
    const auto at = spec.find('@');
    if (at == std::string_view::npos || at + 1 == spec.size()) {
        refuse(spec, "it has no '@' that says where it strikes");
    }
    FaultPlan::Rule rule;
    read_what(spec.substr(0, at), spec, rule);
    std::string_view where = spec.substr(at + 1);
    read_times(where, rule);
    for (const auto& part : split(where, ':')) {
        read_part(part, spec, rule);
    }
    if (rule.is_short_page && !rule.page) {
        refuse(spec, "a short page needs its number");
    }
    return rule;
}

bool fits(const FaultPlan::Rule& rule, const FaultTarget& target) {
    const bool endpoint_fits =
        rule.endpoint.empty() ? target.is_api : rule.endpoint == "any" || rule.endpoint == target.endpoint;
    return endpoint_fits && (!rule.page || rule.page == target.page);
}

void merge(Strike& into, const Strike& other) {
    if (other.status) {
        into.status = other.status;
        into.body = other.body;
    }
    into.drop |= other.drop;
    into.truncate |= other.truncate;
    into.insert |= other.insert;
    into.erase |= other.erase;
    into.delay += other.delay;
}

} // namespace

std::span<const NamedFault> named_faults() {
    return fault_names;
}

std::span<const std::string_view> fault_endpoints() {
    return endpoint_names;
}

FaultPlan::FaultPlan(const std::vector<std::string>& specs) {
    for (const auto& spec : specs) {
        auto rule = parse_rule(spec);
        if (rule.is_short_page) {
            m_short_pages.push_back(*rule.page);
        } else {
            m_rules.push_back(std::move(rule));
        }
    }
}

Strike FaultPlan::strike(const FaultTarget& target) {
    const std::lock_guard lock(m_mutex);
    m_api_requests += target.is_api ? 1 : 0;
    Strike strike;
    for (auto& rule : m_rules) {
        if (!fits(rule, target)) {
            continue;
        }
        // `n` names a request of the whole run, `nth` one among those that fit.
        const long long number = rule.request ? m_api_requests : ++rule.seen;
        const long long first = rule.request.value_or(rule.nth);
        if (number >= first && number - first < rule.times && (target.is_api || !rule.request)) {
            merge(strike, rule.strike);
        }
    }
    return strike;
}

long long FaultPlan::api_requests() {
    const std::lock_guard lock(m_mutex);
    return m_api_requests;
}

FaultPlan::ShortPages FaultPlan::short_pages(long long page) const {
    ShortPages pages;
    for (const long long number : m_short_pages) {
        pages.before += number < page ? 1 : 0;
        pages.here = pages.here || number == page;
    }
    return pages;
}

} // namespace harrier::emulator
