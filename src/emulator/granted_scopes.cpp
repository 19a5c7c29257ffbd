// SPDX-License-Identifier: MIT
#include "emulator/granted_scopes.hpp"

#include <algorithm>
#include <array>

namespace harrier::emulator {

namespace {

constexpr std::array<ScopeInfo, 7> all_scopes{{
    {"read", "See the public profile, public segments and public routes"},
    {"read_all", "See private routes, segments and events"},
    {"profile:read_all", "See the whole profile, including heart-rate and power zones"},
    {"profile:write", "Change weight and FTP, star segments"},
    {"activity:read", "See activities that are visible to everyone or to followers"},
    {"activity:read_all", "See all activities, also private ones, and hidden map sections"},
    {"activity:write", "Upload activities and edit them"},
}};

} // namespace

std::span<const ScopeInfo> known_scopes() {
    return all_scopes;
}

std::optional<ScopeList> parse_scopes(std::string_view text) {
    ScopeList scopes;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(", "), text.size());
        const auto word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) {
            continue;
        }
        const bool known = std::any_of(all_scopes.begin(), all_scopes.end(),
                                       [&](const ScopeInfo& scope) { return scope.name == word; });
        if (!known || has_scope(scopes, word)) {
            return std::nullopt;
        }
        scopes.emplace_back(word);
    }
    return scopes.empty() ? std::nullopt : std::optional(scopes);
}

bool has_scope(const ScopeList& scopes, std::string_view name) {
    return std::find(scopes.begin(), scopes.end(), name) != scopes.end();
}

bool has_all(const ScopeList& scopes, const ScopeList& wanted) {
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const std::string& scope) { return has_scope(scopes, scope); });
}

ScopeList intersection(const ScopeList& asked, const ScopeList& allowed) {
    ScopeList both;
    std::copy_if(asked.begin(), asked.end(), std::back_inserter(both),
                 [&](const std::string& scope) { return has_scope(allowed, scope); });
    return both;
}

bool may_read_activities(const ScopeList& scopes) {
    return has_scope(scopes, "activity:read") || may_read_private_activities(scopes);
}

bool may_read_private_activities(const ScopeList& scopes) {
    return has_scope(scopes, "activity:read_all");
}

} // namespace harrier::emulator
