// SPDX-License-Identifier: MIT
#include "cli/zone_models.hpp"

namespace harrier::cli {

std::vector<analysis::Zone> heartrate_zones(const AthleteProfile& profile, const Config& config) {
    if (!profile.max_heartrate) {
        return {};
    }
    const auto model = config.find_text("zones.hr").value_or("max");
    if (model == "karvonen") {
        return analysis::karvonen_zones(profile.resting_heartrate.value, profile.max_heartrate->value);
    }
    return model == "friel" ? analysis::friel_run_zones(profile.threshold_heartrate->value)
                            : analysis::max_heartrate_zones(profile.max_heartrate->value);
}

} // namespace harrier::cli
