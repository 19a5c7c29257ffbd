// SPDX-License-Identifier: MIT
#pragma once

// Answers that were worked out already, for as long as the state that they were made from stands. The oldest
// go first when they take more than the limit. Any thread.

#include "web/answer.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace harrier::web {

struct KeptAnswer {
    std::string body; // "" when it is kept compressed only
    std::string gzip; // "" where it was not worth it
    std::string type;
};

class AnswerCache {
public:
    explicit AnswerCache(std::size_t limit_bytes) : m_limit(limit_bytes) {}

    // Nothing when it is not there, or of another state.
    [[nodiscard]] std::shared_ptr<const KeptAnswer> find(const std::string& state, const std::string& target);
    void keep(const std::string& state, const std::string& target, std::shared_ptr<const KeptAnswer> answer);

private:
    struct Entry {
        std::string target;
        std::shared_ptr<const KeptAnswer> answer;
    };
    void make_room();

    std::size_t m_limit;
    std::mutex m_mutex; // of what follows
    std::string m_state;
    std::list<Entry> m_entries; // the last used first
    std::unordered_map<std::string, std::list<Entry>::iterator> m_by_target;
    std::size_t m_bytes = 0;
};

} // namespace harrier::web
