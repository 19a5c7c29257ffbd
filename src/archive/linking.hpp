// SPDX-License-Identifier: MIT
#pragma once

// Whether a loose file and an activity are the same outing, and where each of several files belongs. All of
// start, sport family, elapsed time and distance must agree: starts alone never decide, since Strava blurs
// hidden ones. Pure.

#include "base/time.hpp"
#include "model/activity.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::archive {

// How far two starts of the same outing may be apart.
constexpr std::chrono::seconds largest_start_difference{60};
// How far those of a file that breaks off and of the whole may be apart: that it is shorter proves little.
constexpr std::chrono::seconds largest_start_difference_of_a_beginning{5};
// Of the larger of two elapsed times or distances.
constexpr double largest_relative_difference = 0.02;

// True for the same sport family, and where one is unspecific ("Workout" or nothing): many formats have no
// word for most sports.
[[nodiscard]] bool are_sports_alike(std::string_view left, std::string_view right);

[[nodiscard]] bool is_same_outing(const model::Activity& left, const model::Activity& right);

// True when the first can be the beginning of the second: it starts with it, and lasts no longer in time and
// distance.
[[nodiscard]] bool is_beginning_of(const model::Activity& part, const model::Activity& whole);

// A recording whose file no row of the export names.
struct LooseFile {
    std::string key;
    model::Activity said;
    std::int64_t quality = 0;
    bool is_cut = false;
};

// An activity of Strava's: as it is without its loose files, and what the file that its row names says.
struct ListedOuting {
    std::vector<model::Activity> views;
};

// The group of each file. A file that fits exactly one listed outing is in its group, numbered as `listed`
// is; several that fit are a doubt, and doubtful pairs stay apart. The groups behind are outings that only
// files know: such a file joins the one group all of which it fits, looked at from the best file to the
// worst. The result depends on nothing but what is given, in whatever order.
[[nodiscard]] std::vector<std::size_t> place_files(std::span<const ListedOuting> listed,
                                                   std::span<const LooseFile> files);

// Whether a loose file of one activity fits the other, or a file of it.
[[nodiscard]] bool hang_together(const ListedOuting& left, std::span<const LooseFile> left_files,
                                 const ListedOuting& right, std::span<const LooseFile> right_files);

// Every start that is said.
[[nodiscard]] std::vector<Instant> starts_of(const ListedOuting& outing, std::span<const LooseFile> files);

} // namespace harrier::archive
