// SPDX-License-Identifier: MIT
#pragma once

// Other activities over the same way, found by their lines on the map.

#include "analysis/route_match.hpp"
#include "archive/archive.hpp"
#include "report/rows.hpp"

#include <vector>

namespace harrier::insight {

struct SimilarActivity {
    model::Activity activity;
    analysis::RouteRelation relation = analysis::RouteRelation::same; // same or reverse
    double apart = 0;                                                 // m between the two ways, at worst
};

// Those of the same sport family (run with trail run), the activity itself among them, the newest first.
// Empty when it has no line, or one that is too short to be a route.
[[nodiscard]] std::vector<SimilarActivity> find_similar(archive::Archive& archive,
                                                        const model::Activity& activity);

// activity_id, strava_id, start_date_local, distance (m), moving_time (s), average_speed (m/s),
// average_heartrate, name, relation ("same", "reverse"), apart (m)
[[nodiscard]] report::Rows similar_rows(const std::vector<SimilarActivity>& similar);

} // namespace harrier::insight
