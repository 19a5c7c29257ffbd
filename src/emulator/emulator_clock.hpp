// SPDX-License-Identifier: MIT
#pragma once

// The emulator's own time: a clock that may run faster than the one below it and can be moved forward.
// Waiting is left to the clock below, in real time. Any thread.

#include "base/clock.hpp"

#include <atomic>
#include <cmath>

namespace harrier::emulator {

class EmulatorClock final : public Clock {
public:
    // `speed` 60 makes a minute pass in each second of `base`, from the moment of construction on.
    explicit EmulatorClock(Clock& base, double speed = 1.0)
        : m_base(base), m_speed(speed), m_start(base.now()), m_steady_start(base.steady()) {}

    [[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> now() override {
        return m_start + scaled(m_base.now() - m_start) + moved();
    }
    [[nodiscard]] std::chrono::milliseconds steady() override {
        return m_steady_start + scaled(m_base.steady() - m_steady_start) + moved();
    }
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop = {}) override {
        return m_base.sleep(duration, stop);
    }

    void advance(std::chrono::milliseconds by) { m_moved_ms += by.count(); }

private:
    [[nodiscard]] std::chrono::milliseconds scaled(std::chrono::milliseconds span) const {
        const double scaled_ms = static_cast<double>(span.count()) * m_speed;
        return m_speed == 1.0 ? span : std::chrono::milliseconds{std::llround(scaled_ms)};
    }
    [[nodiscard]] std::chrono::milliseconds moved() const {
        return std::chrono::milliseconds{m_moved_ms.load()};
    }

    Clock& m_base;
    double m_speed;
    std::chrono::sys_time<std::chrono::milliseconds> m_start;
    std::chrono::milliseconds m_steady_start;
    std::atomic<std::chrono::milliseconds::rep> m_moved_ms{0};
};

} // namespace harrier::emulator
