// SPDX-License-Identifier: MIT
#pragma once

// What a listing has to walk through, and what is left when it is interrupted. Pure.

#include "archive/archive.hpp"
#include "base/time.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace harrier::sync {

// Start times between two moments, both exclusive as at Strava; no moment = no bound.
struct Stretch {
    std::optional<Instant> after;
    std::optional<Instant> before;

    friend bool operator==(const Stretch&, const Stretch&) = default;
};

struct ListingPlan {
    std::vector<Stretch> stretches; // newest first; never empty
    std::optional<Stretch> left;    // not listed even when all of them are done
    bool begins_whole = false;      // they begin one over the whole history
    bool whole = false;             // they end one
    std::string scopes;             // what all that is then stored was listed with
};

struct PlanInput {
    archive::ListingState state;
    std::optional<Instant> newest; // the newest start that an earlier run stored
    Instant now{};
    bool full = false;
    bool has_suspects = false; // the last whole pass did not show all that was known
    std::optional<Instant> since;
    std::string granted;       // scopes, comma-separated
    bool sees_private = false; // they show activities that only the athlete sees
    std::string used;          // the scopes that what is stored was listed with
    bool saw_private = false;
};

[[nodiscard]] ListingPlan plan_listing(const PlanInput& input);

// True when it is time to list everything again: after six days, so that who syncs every Sunday has it done
// each time; after one when the last pass did not show something, which a second one has to confirm.
[[nodiscard]] bool is_whole_pass_due(const archive::ListingState& state, bool has_suspects, Instant now);

// What an earlier run left open; nothing when it ended.
[[nodiscard]] std::optional<Stretch> open_stretch(const archive::ListingState& state);

// One stretch that holds all of these (newest first, none empty of meaning); nothing for none.
[[nodiscard]] std::optional<Stretch> hull(std::span<const Stretch> stretches);

} // namespace harrier::sync
