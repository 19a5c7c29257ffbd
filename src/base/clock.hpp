// SPDX-License-Identifier: MIT
#pragma once

// Time as a dependency. Everything that waits, expires or stamps takes a Clock&, so that tests run in
// simulated time. `now` is the wall clock and may jump; `steady` never goes back and counts the time asleep
// (CLOCK_BOOTTIME).

#include <chrono>
#include <stop_token>

namespace harrier {

class Clock {
public:
    virtual ~Clock() = default;

    [[nodiscard]] virtual std::chrono::sys_time<std::chrono::milliseconds> now() = 0;
    [[nodiscard]] virtual std::chrono::milliseconds steady() = 0;

    // Waits, unless `stop` is asked for first. Returns false when it was stopped.
    virtual bool sleep(std::chrono::milliseconds duration, std::stop_token stop = {}) = 0;
};

// The machine's clocks. Safe from any thread.
class SystemClock final : public Clock {
public:
    [[nodiscard]] std::chrono::sys_time<std::chrono::milliseconds> now() override;
    [[nodiscard]] std::chrono::milliseconds steady() override;
    bool sleep(std::chrono::milliseconds duration, std::stop_token stop) override;
};

} // namespace harrier
