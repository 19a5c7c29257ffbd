// SPDX-License-Identifier: MIT
#include "base/clock.hpp"

#include <condition_variable>
#include <ctime>
#include <mutex>

namespace harrier {

std::chrono::sys_time<std::chrono::milliseconds> SystemClock::now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemClock::steady() {
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::seconds{time.tv_sec} +
                                                                 std::chrono::nanoseconds{time.tv_nsec});
}

bool SystemClock::sleep(std::chrono::milliseconds duration, std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any wakened;
    std::unique_lock lock(mutex);
    wakened.wait_for(lock, stop, duration, [] { return false; });
    return !stop.stop_requested();
}

} // namespace harrier
