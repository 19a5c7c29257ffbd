// SPDX-License-Identifier: MIT
#include "archive/linking.hpp"

#include "model/sport.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace harrier::archive {

namespace {

using model::Activity;

bool agree(double left, double right) {
    return std::abs(left - right) <= largest_relative_difference * std::max(std::abs(left), std::abs(right));
}

bool is_no_more(double part, double whole) {
    return part <= whole || agree(part, whole);
}

bool is_unspecific(std::string_view sport_type) {
    return sport_type.empty() || sport_type == "Workout";
}

// A sport that is in no family is a family of its own.
std::string_view family(std::string_view sport_type) {
    const auto family = model::family_of(sport_type);
    return family.empty() ? sport_type : family;
}

bool fits(const LooseFile& file, const ListedOuting& outing) {
    return std::any_of(outing.views.begin(), outing.views.end(), [&](const Activity& view) {
        return is_same_outing(file.said, view) || (file.is_cut && is_beginning_of(file.said, view));
    });
}

bool fits(const LooseFile& left, const LooseFile& right) {
    return is_same_outing(left.said, right.said) || (left.is_cut && is_beginning_of(left.said, right.said)) ||
           (right.is_cut && is_beginning_of(right.said, left.said));
}

// The index of the only one that fits.
template <typename Items, typename Fits>
std::optional<std::size_t> find_only(const Items& items, Fits&& fits_item) {
    const auto first = std::find_if(items.begin(), items.end(), fits_item);
    if (first == items.end() || std::find_if(first + 1, items.end(), fits_item) != items.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(first - items.begin());
}

std::vector<std::size_t> best_first(std::span<const LooseFile> files) {
    std::vector<std::size_t> order(files.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return files[left].quality != files[right].quality ? files[left].quality > files[right].quality
                                                           : files[left].key < files[right].key;
    });
    return order;
}

} // namespace

bool are_sports_alike(std::string_view left, std::string_view right) {
    return is_unspecific(left) || is_unspecific(right) || family(left) == family(right);
}

bool is_same_outing(const Activity& left, const Activity& right) {
    if (!left.start_date || !right.start_date || !left.elapsed_time || !right.elapsed_time) {
        return false;
    }
    const auto apart = *left.start_date - *right.start_date;
    // No distance is what a session in the gym has; it agrees with no distance alone.
    return std::chrono::abs(apart) <= largest_start_difference &&
           are_sports_alike(left.sport_type, right.sport_type) &&
           agree(static_cast<double>(*left.elapsed_time), static_cast<double>(*right.elapsed_time)) &&
           agree(left.distance.value_or(0), right.distance.value_or(0));
}

bool is_beginning_of(const Activity& part, const Activity& whole) {
    if (!part.start_date || !whole.start_date || !part.elapsed_time || !whole.elapsed_time) {
        return false;
    }
    const auto apart = *part.start_date - *whole.start_date;
    return std::chrono::abs(apart) <= largest_start_difference_of_a_beginning &&
           are_sports_alike(part.sport_type, whole.sport_type) &&
           is_no_more(static_cast<double>(*part.elapsed_time), static_cast<double>(*whole.elapsed_time)) &&
           is_no_more(part.distance.value_or(0), whole.distance.value_or(0));
}

std::vector<std::size_t> place_files(std::span<const ListedOuting> listed, std::span<const LooseFile> files) {
    std::vector<std::size_t> groups(files.size());
    std::vector<std::vector<std::size_t>> unlisted; // the files of each group behind
    for (const auto index : best_first(files)) {
        const auto& file = files[index];
        if (const auto only =
                find_only(listed, [&](const ListedOuting& outing) { return fits(file, outing); })) {
            groups[index] = *only;
            continue;
        }
        const auto fits_all = [&](const std::vector<std::size_t>& group) {
            return std::all_of(group.begin(), group.end(),
                               [&](std::size_t other) { return fits(file, files[other]); });
        };
        auto only = find_only(unlisted, fits_all);
        if (!only) {
            only = unlisted.size();
            unlisted.emplace_back();
        }
        unlisted[*only].push_back(index);
        groups[index] = listed.size() + *only;
    }
    return groups;
}

bool hang_together(const ListedOuting& left, std::span<const LooseFile> left_files, const ListedOuting& right,
                   std::span<const LooseFile> right_files) {
    const auto any = [](std::span<const LooseFile> files, auto&& test) {
        return std::any_of(files.begin(), files.end(), test);
    };
    return any(left_files,
               [&](const LooseFile& file) {
                   return fits(file, right) ||
                          any(right_files, [&](const LooseFile& other) { return fits(file, other); });
               }) ||
           any(right_files, [&](const LooseFile& file) { return fits(file, left); });
}

std::vector<Instant> starts_of(const ListedOuting& outing, std::span<const LooseFile> files) {
    std::vector<Instant> starts;
    const auto add = [&](const Activity& said) {
        if (said.start_date) {
            starts.push_back(*said.start_date);
        }
    };
    std::for_each(outing.views.begin(), outing.views.end(), add);
    std::for_each(files.begin(), files.end(), [&](const LooseFile& file) { add(file.said); });
    return starts;
}

} // namespace harrier::archive
