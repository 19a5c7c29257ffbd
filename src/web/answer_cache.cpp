// SPDX-License-Identifier: MIT
#include "web/answer_cache.hpp"

#include <utility>

namespace harrier::web {

namespace {

std::size_t size_of(const std::string& target, const KeptAnswer& answer) {
    constexpr std::size_t overhead = 200;
    return target.size() + answer.body.size() + answer.gzip.size() + overhead;
}

} // namespace

std::shared_ptr<const KeptAnswer> AnswerCache::find(const std::string& state, const std::string& target) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_by_target.find(target);
    if (state != m_state || found == m_by_target.end()) {
        return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->answer;
}

void AnswerCache::keep(const std::string& state, const std::string& target,
                       std::shared_ptr<const KeptAnswer> answer) {
    const std::lock_guard lock(m_mutex);
    if (state != m_state) {
        m_entries.clear();
        m_by_target.clear();
        m_bytes = 0;
        m_state = state;
    }
    if (m_by_target.contains(target) || size_of(target, *answer) > m_limit / 2) {
        return;
    }
    m_bytes += size_of(target, *answer);
    m_entries.push_front({target, std::move(answer)});
    m_by_target.emplace(target, m_entries.begin());
    make_room();
}

void AnswerCache::make_room() {
    while (m_bytes > m_limit) {
        const auto& oldest = m_entries.back();
        m_bytes -= size_of(oldest.target, *oldest.answer);
        m_by_target.erase(oldest.target);
        m_entries.pop_back();
    }
}

} // namespace harrier::web
