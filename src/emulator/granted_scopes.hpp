// SPDX-License-Identifier: MIT
#pragma once

// The scopes of Strava's OAuth as the emulator knows them; its own list, since it shares nothing with the
// client. Pure.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::emulator {

using ScopeList = std::vector<std::string>; // in the order they were asked for

struct ScopeInfo {
    std::string_view name;
    std::string_view allows; // one line for the consent page
};

[[nodiscard]] std::span<const ScopeInfo> known_scopes();

// "read,activity:read_all", comma- or space-separated. Nothing for an empty list, an unknown scope and one
// that is named twice, which Strava refuses, too.
[[nodiscard]] std::optional<ScopeList> parse_scopes(std::string_view text);

[[nodiscard]] bool has_scope(const ScopeList& scopes, std::string_view name);
[[nodiscard]] bool has_all(const ScopeList& scopes, const ScopeList& wanted);

// The asked scopes that are in `allowed`, in the order they were asked for.
[[nodiscard]] ScopeList intersection(const ScopeList& asked, const ScopeList& allowed);

[[nodiscard]] bool may_read_activities(const ScopeList& scopes);
[[nodiscard]] bool may_read_private_activities(const ScopeList& scopes);

} // namespace harrier::emulator
