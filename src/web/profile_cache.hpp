// SPDX-License-Identifier: MIT
#pragma once

// An athlete's thresholds, which the whole history has to be read for: once for each state of the archive and
// the settings. Any thread.

#include "insight/athlete_profile.hpp"
#include "web/host.hpp"

#include <mutex>
#include <string>

namespace harrier::web {

class ProfileCache {
public:
    [[nodiscard]] insight::AthleteProfile get(const std::string& state, archive::Archive& archive,
                                              const model::Athlete& athlete, Host& host);

private:
    std::mutex m_mutex; // of what follows
    std::string m_state;
    insight::AthleteProfile m_profile;
};

} // namespace harrier::web
