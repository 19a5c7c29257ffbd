// SPDX-License-Identifier: MIT
#include "insight/verification_report.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::insight {

using nlohmann::ordered_json;
using sync::Problem;
using sync::Verification;

bool is_sound(const Verification& result) {
    return std::all_of(result.problems.begin(), result.problems.end(),
                       [](const Problem& problem) { return sync::is_notice(problem.kind); });
}

std::string verification_json(const Verification& result) {
    ordered_json object;
    object["sound"] = is_sound(result);
    object["activities"] = result.gaps.activities;
    object["without_samples"] = result.gaps.without_samples;
    object["checked"] = result.checked;
    object["bytes"] = result.bytes;
    object["problems"] = ordered_json::array();
    const auto id = [](const std::optional<ActivityId>& activity) {
        return activity ? ordered_json(activity->value) : ordered_json();
    };
    for (const auto& problem : result.problems) {
        object["problems"].push_back(
            {{"kind", sync::word_of(problem.kind)},
             {"activity_id", id(problem.activity)},
             {"other_activity_id", id(problem.other)},
             {"what", problem.what},
             {"mend", problem.mend.empty() ? ordered_json() : ordered_json(problem.mend)}});
    }
    return object.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace harrier::insight
