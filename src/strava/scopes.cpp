// SPDX-License-Identifier: MIT
#include "strava/scopes.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace harrier::strava {

namespace {

struct Inclusion {
    std::string_view wide;
    std::string_view narrow;
};

constexpr std::array inclusions{
    Inclusion{"read_all", "read"},
    Inclusion{"activity:read_all", "activity:read"},
};

struct Rule {
    std::string_view method;
    std::string_view path; // `*` stands for one segment
    std::string_view scope;
};

// GET /athlete is left out on purpose: it answers with less, not with a fault, when a scope is missing.
constexpr std::array rules{
    Rule{"PUT", "/athlete", "profile:write"},
    Rule{"GET", "/athlete/zones", "profile:read_all"},
    Rule{"GET", "/athlete/activities", "activity:read"},
    Rule{"GET", "/athlete/clubs", "read"},
    Rule{"GET", "/athletes/*/stats", "read"},
    Rule{"GET", "/athletes/*/routes", "read"},
    Rule{"POST", "/activities", "activity:write"},
    Rule{"GET", "/activities/*", "activity:read"},
    Rule{"PUT", "/activities/*", "activity:write"},
    Rule{"GET", "/activities/*/laps", "activity:read"},
    Rule{"GET", "/activities/*/zones", "activity:read"},
    Rule{"GET", "/activities/*/comments", "activity:read"},
    Rule{"GET", "/activities/*/kudos", "activity:read"},
    Rule{"GET", "/activities/*/photos", "activity:read"},
    Rule{"GET", "/activities/*/streams", "activity:read"},
    Rule{"GET", "/activities/*/streams/*", "activity:read"},
    Rule{"GET", "/gear/*", "read"},
    Rule{"GET", "/routes/*", "read"},
    Rule{"GET", "/routes/*/export_gpx", "read"},
    Rule{"GET", "/routes/*/export_tcx", "read"},
    Rule{"GET", "/routes/*/streams", "read"},
    Rule{"GET", "/segments/explore", "read"},
    Rule{"GET", "/segments/starred", "read"},
    Rule{"GET", "/segments/*", "read"},
    Rule{"PUT", "/segments/*/starred", "profile:write"},
    Rule{"GET", "/segments/*/streams", "read"},
    Rule{"GET", "/segments/*/all_efforts", "read"},
    Rule{"GET", "/segment_efforts", "read"},
    Rule{"GET", "/segment_efforts/*", "read"},
    Rule{"GET", "/segment_efforts/*/streams", "read_all"},
    Rule{"GET", "/clubs/*", "read"},
    Rule{"GET", "/clubs/*/group_events", "read"},
    Rule{"POST", "/uploads", "activity:write"},
    Rule{"GET", "/uploads/*", "activity:write"},
};

bool matches(std::string_view pattern, std::string_view path) {
    while (!pattern.empty() && !path.empty()) {
        const auto expected = pattern.substr(0, pattern.find('/', 1));
        const auto actual = path.substr(0, path.find('/', 1));
        if (expected == "/*" ? actual.size() < 2 : expected != actual) {
            return false;
        }
        pattern.remove_prefix(expected.size());
        path.remove_prefix(actual.size());
    }
    return pattern.empty() && path.empty();
}

} // namespace

Scopes::Scopes(std::initializer_list<std::string_view> names) {
    for (const auto name : names) {
        add(name);
    }
}

Scopes Scopes::parse(std::string_view text) {
    Scopes scopes;
    for (const auto& part : split(text, ',')) {
        for (const auto& name : split(part, ' ')) {
            scopes.add(name);
        }
    }
    return scopes;
}

void Scopes::add(std::string_view name) {
    if (const auto word = trim(name); !word.empty()) {
        m_names.emplace(word);
    }
}

bool Scopes::contains(std::string_view name) const {
    return m_names.contains(name);
}

bool Scopes::allows(std::string_view name) const {
    return contains(name) || std::any_of(inclusions.begin(), inclusions.end(), [&](const Inclusion& one) {
               return one.narrow == name && contains(one.wide);
           });
}

Scopes Scopes::without(const Scopes& granted) const {
    Scopes missing;
    for (const auto& name : m_names) {
        if (!granted.allows(name)) {
            missing.add(name);
        }
    }
    return missing;
}

std::vector<std::string> Scopes::names() const {
    std::vector<std::string> result;
    for (const auto& info : known_scopes()) {
        if (contains(info.name)) {
            result.emplace_back(info.name);
        }
    }
    for (const auto& name : m_names) {
        if (find_scope(name) == nullptr) {
            result.push_back(name);
        }
    }
    return result;
}

std::string Scopes::join() const {
    return harrier::join(names(), ",");
}

Scopes Scopes::pasteable() const {
    Scopes kept;
    std::copy_if(m_names.begin(), m_names.end(), std::inserter(kept.m_names, kept.m_names.end()),
                 is_scope_name);
    return kept;
}

bool is_scope_name(std::string_view name) {
    constexpr std::size_t longest = 64;
    constexpr std::string_view characters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:";
    return !name.empty() && name.size() <= longest &&
           name.find_first_not_of(characters) == std::string_view::npos;
}

const std::vector<ScopeInfo>& known_scopes() {
    static const std::vector<ScopeInfo> all{
        {"read", "public routes, segments and profiles, your gear and totals",
         "no totals as Strava counts them, no names of shoes or bikes"},
        {"read_all", "private routes, segments and events too", ""},
        {"activity:read", "activities for Everyone and Followers, no privacy zones", "no activities at all"},
        {"activity:read_all", "all activities, also \"Only You\" and inside privacy zones",
         "no \"Only You\" activities, no GPS inside privacy zones"},
        {"activity:write", "create, upload and edit activities", "no uploads and no edits"},
        {"profile:read_all", "your whole profile: weight, units, zones, all gear",
         "no weight, no units, no heart-rate and power zones"},
        {"profile:write", "change your weight and FTP, star segments", ""},
    };
    return all;
}

const ScopeInfo* find_scope(std::string_view name) {
    const auto& all = known_scopes();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const ScopeInfo& info) { return info.name == name; });
    return found == all.end() ? nullptr : &*found;
}

Scopes default_scopes() {
    return {"read", "activity:read_all", "profile:read_all"};
}

Scopes required_scopes(std::string_view method, std::string_view path) {
    while (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    for (const auto& rule : rules) {
        if (rule.method == method && matches(rule.path, path)) {
            return {rule.scope};
        }
    }
    return {};
}

} // namespace harrier::strava
