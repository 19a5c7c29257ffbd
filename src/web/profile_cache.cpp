// SPDX-License-Identifier: MIT
#include "web/profile_cache.hpp"

namespace harrier::web {

insight::AthleteProfile ProfileCache::get(const std::string& state, archive::Archive& archive,
                                          const model::Athlete& athlete, Host& host) {
    const std::lock_guard lock(m_mutex);
    if (m_state != state) {
        m_profile = insight::read_history(archive, athlete, host.athlete_settings()).profile;
        m_state = state;
    }
    return m_profile;
}

} // namespace harrier::web
