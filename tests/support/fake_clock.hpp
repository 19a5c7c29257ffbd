// SPDX-License-Identifier: MIT
#pragma once

// A clock that only moves when it is told to, or slept on. Any thread.

#include "base/clock.hpp"

#include <mutex>
#include <vector>

namespace harrier::test {

class FakeClock final : public Clock {
public:
    explicit FakeClock(std::chrono::sys_time<std::chrono::milliseconds> start =
                           std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}) // a Monday, 00:00 UTC
        : m_now(start) {}

    std::chrono::sys_time<std::chrono::milliseconds> now() override {
        const std::lock_guard lock(m_mutex);
        return m_now;
    }
    std::chrono::milliseconds steady() override {
        const std::lock_guard lock(m_mutex);
        return m_steady;
    }
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop = {}) override {
        if (stop.stop_requested()) {
            return false;
        }
        advance(duration);
        const std::lock_guard lock(m_mutex);
        m_sleeps.push_back(duration);
        return true;
    }

    void advance(std::chrono::milliseconds duration) {
        const std::lock_guard lock(m_mutex);
        m_now += duration;
        m_steady += duration;
    }
    // The wall clock jumps; the steady one does not notice.
    void jump(std::chrono::milliseconds by) {
        const std::lock_guard lock(m_mutex);
        m_now += by;
    }
    [[nodiscard]] std::vector<std::chrono::milliseconds> sleeps() const {
        const std::lock_guard lock(m_mutex);
        return m_sleeps;
    }

private:
    mutable std::mutex m_mutex;
    std::chrono::sys_time<std::chrono::milliseconds> m_now;
    std::chrono::milliseconds m_steady{1'000'000};
    std::vector<std::chrono::milliseconds> m_sleeps;
};

} // namespace harrier::test
