// SPDX-License-Identifier: MIT
#pragma once

// Strava's OAuth scopes: what each allows, and which one an endpoint needs. This table is how harrier says
// what is missing *before* a request is spent. Sources: developers.strava.com, "Authentication" and the API
// reference.

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::strava {

// A set of scope names. Kept as strings: Strava may grant one that harrier does not know.
class Scopes {
public:
    Scopes() = default;
    Scopes(std::initializer_list<std::string_view> names);

    // Comma- or space-separated, in any order, doubles allowed: "read,activity:read_all".
    [[nodiscard]] static Scopes parse(std::string_view text);

    void add(std::string_view name);
    [[nodiscard]] bool contains(std::string_view name) const; // literally
    // True when `name` or a scope that includes it is there: activity:read_all allows what activity:read
    // allows.
    [[nodiscard]] bool allows(std::string_view name) const;
    // The members of this set that `granted` does not allow.
    [[nodiscard]] Scopes without(const Scopes& granted) const;

    [[nodiscard]] bool empty() const { return m_names.empty(); }
    // Ordered as people write them (read, read_all, activity:…, profile:…), unknown ones last.
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] std::string join() const; // "read,activity:read_all"
    // Without the names that no scope can have: a server's answer may name anything, and what a hint says is
    // pasted into a shell.
    [[nodiscard]] Scopes pasteable() const;

    friend bool operator==(const Scopes&, const Scopes&) = default;

private:
    std::set<std::string, std::less<>> m_names;
};

struct ScopeInfo {
    std::string_view name;
    std::string_view
        allows; // "all activities, also \"Only You\" and inside privacy zones"; 59 columns at most
    std::string_view without; // what harrier cannot do without it; empty when nothing is lost
};

// Letters, digits, '_' and ':', 64 at the most.
[[nodiscard]] bool is_scope_name(std::string_view name);

// All scopes that Strava documents, in the order of Scopes::names.
[[nodiscard]] const std::vector<ScopeInfo>& known_scopes();
[[nodiscard]] const ScopeInfo* find_scope(std::string_view name);

// What `harrier login` asks for unless told otherwise: read,activity:read_all,profile:read_all.
[[nodiscard]] Scopes default_scopes();

// What a call needs; empty for endpoints that need none or are not known. `path` without the API base and the
// query:
// "/athlete/activities", "/activities/123/streams".
[[nodiscard]] Scopes required_scopes(std::string_view method, std::string_view path);

} // namespace harrier::strava
