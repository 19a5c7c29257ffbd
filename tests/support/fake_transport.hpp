// SPDX-License-Identifier: MIT
#pragma once

// An HttpTransport that answers from a function and remembers what it was asked. Any thread.

#include "net/http.hpp"

#include <functional>
#include <mutex>
#include <vector>

namespace harrier::test {

class FakeTransport final : public net::HttpTransport {
public:
    using Answer = std::function<net::Response(const net::Request&)>;

    explicit FakeTransport(Answer answer) : m_answer(std::move(answer)) {}

    net::Response send(const net::Request& request, std::stop_token /*stop*/ = {}) override {
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
        }
        return m_answer(request);
    }

    [[nodiscard]] std::vector<net::Request> requests() const {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    Answer m_answer;
    mutable std::mutex m_mutex;
    std::vector<net::Request> m_requests;
};

} // namespace harrier::test
