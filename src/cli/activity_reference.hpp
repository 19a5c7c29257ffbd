// SPDX-License-Identifier: MIT
#pragma once

// How a user names one activity: the archive's own small number, a Strava id, or the address of its page.

#include "archive/archive.hpp"

#include <optional>
#include <string_view>

namespace harrier::cli {

struct ActivityReference {
    std::int64_t number = 0;
    bool is_strava_id = false; // it came from an address, so it can only be Strava's
};

// "12", "2010513391", "https://www.strava.com/activities/2010513391/overview"; nothing for anything else.
[[nodiscard]] std::optional<ActivityReference> parse_activity_reference(std::string_view text);

// The activity; a bare number is the archive's own first, then Strava's. Throws Error{usage} when the text is
// no reference or the archive has no such activity.
[[nodiscard]] model::Activity require_activity(archive::Archive& archive, AthleteId athlete,
                                               std::string_view text);

} // namespace harrier::cli
