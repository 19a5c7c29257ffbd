// SPDX-License-Identifier: MIT
#include "sync/listing_plan.hpp"

#include <algorithm>

namespace harrier::sync {

namespace {

// Back-dated uploads and edits of the last weeks are seen again by every run.
constexpr std::chrono::days overlap{30};
constexpr std::chrono::days between_whole_passes{6};
constexpr std::chrono::days before_confirmation{1};

// The part of a stretch from `since` on; nothing when all of it is older.
std::optional<Stretch> part_from(const Stretch& stretch, Instant since) {
    if (stretch.before && *stretch.before <= since) {
        return std::nullopt;
    }
    const Instant bound = since - std::chrono::seconds{1};
    return Stretch{.after = std::max(stretch.after.value_or(bound), bound), .before = stretch.before};
}

// The part of a stretch before `since`.
std::optional<Stretch> part_until(const Stretch& stretch, Instant since) {
    if (stretch.after && *stretch.after >= since - std::chrono::seconds{1}) {
        return std::nullopt;
    }
    return Stretch{.after = stretch.after, .before = std::min(stretch.before.value_or(since), since)};
}

std::vector<Stretch> all_stretches(const PlanInput& input, bool everything) {
    if (everything || !input.newest) {
        return {Stretch{}};
    }
    // An activity dated into the future must not lift the bound over what is new.
    const Stretch top{.after = std::min(*input.newest, input.now) - overlap, .before = std::nullopt};
    const auto open = open_stretch(input.state);
    if (!open) {
        return {top};
    }
    if (*open->before > *top.after) {
        return {hull(std::vector{top, *open}).value()};
    }
    return {top, *open};
}

} // namespace

bool is_whole_pass_due(const archive::ListingState& state, bool has_suspects, Instant now) {
    const bool is_under_way = state.resume_before && !state.resume_after;
    return state.complete_at && !is_under_way &&
           now - *state.complete_at >= (has_suspects ? before_confirmation : between_whole_passes);
}

std::optional<Stretch> open_stretch(const archive::ListingState& state) {
    if (!state.resume_before) {
        return std::nullopt;
    }
    return Stretch{.after = state.resume_after, .before = state.resume_before};
}

std::optional<Stretch> hull(std::span<const Stretch> stretches) {
    if (stretches.empty()) {
        return std::nullopt;
    }
    Stretch result = stretches.front();
    for (const auto& stretch : stretches) {
        result.after = result.after && stretch.after ? std::optional(std::min(*result.after, *stretch.after))
                                                     : std::nullopt;
    }
    return result;
}

ListingPlan plan_listing(const PlanInput& input) {
    // Nothing was listed yet, or with eyes that did not see private activities: all of it is to be done.
    const bool first = !input.newest || (input.sees_private && !input.saw_private);
    const bool is_due = !input.since && is_whole_pass_due(input.state, input.has_suspects, input.now);
    const bool everything = first || input.full || is_due;
    const auto stretches = all_stretches(input, everything);

    ListingPlan plan;
    plan.begins_whole = everything;
    const bool sees_less = input.saw_private && !input.sees_private;
    plan.scopes = everything || sees_less ? input.granted : input.used;
    if (!input.since) {
        plan.stretches = stretches;
        plan.whole = !stretches.back().after;
        return plan;
    }
    for (const auto& stretch : stretches) {
        if (const auto part = part_from(stretch, *input.since)) {
            plan.stretches.push_back(*part);
        }
    }
    const auto open = first ? std::optional(Stretch{}) : open_stretch(input.state);
    plan.left = open ? part_until(*open, *input.since) : std::nullopt;
    return plan;
}

} // namespace harrier::sync
