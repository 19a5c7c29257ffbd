// SPDX-License-Identifier: MIT
#pragma once

// Work on many items by several threads, whose results come back one by one in the order of the items: what
// is made of them is the same on every machine. At most `ahead` items are under way, so memory stays bounded.

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace harrier {

template <typename Result>
class OrderedWork {
public:
    // Called in a thread of the worker's own; must not throw.
    using Work = std::function<Result(std::size_t item)>;

    // One worker for each entry of `workers`.
    OrderedWork(std::size_t count, std::vector<Work> workers, std::size_t ahead)
        : m_count(count), m_slots(ahead) {
        for (auto& work : workers) {
            m_threads.emplace_back(
                [this, work = std::move(work)](const std::stop_token& stop) { run(work, stop); });
        }
    }
    OrderedWork(const OrderedWork&) = delete;
    OrderedWork& operator=(const OrderedWork&) = delete;
    // Waits for the items under way.
    ~OrderedWork() {
        for (auto& thread : m_threads) {
            thread.request_stop();
        }
        m_changed.notify_all();
    }

    // The result of the next item; nothing after the last, and nothing once `stop` is asked for. Waits.
    [[nodiscard]] std::optional<Result> next(const std::stop_token& stop) {
        if (m_given == m_count || stop.stop_requested()) {
            return std::nullopt;
        }
        std::unique_lock lock(m_mutex);
        auto& slot = m_slots[m_given % m_slots.size()];
        if (!m_changed.wait(lock, stop, [&slot] { return slot.has_value(); })) {
            return std::nullopt;
        }
        auto result = std::move(slot);
        slot.reset();
        ++m_given;
        lock.unlock();
        m_changed.notify_all();
        return result;
    }

private:
    void run(const Work& work, const std::stop_token& stop) {
        while (const auto item = take(stop)) {
            auto result = work(*item);
            {
                const std::scoped_lock lock(m_mutex);
                m_slots[*item % m_slots.size()] = std::move(result);
            }
            m_changed.notify_all();
        }
    }

    std::optional<std::size_t> take(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        const bool may = m_changed.wait(
            lock, stop, [this] { return m_taken == m_count || m_taken < m_given + m_slots.size(); });
        if (!may || m_taken == m_count || stop.stop_requested()) {
            return std::nullopt;
        }
        return m_taken++;
    }

    const std::size_t m_count;
    std::vector<std::optional<Result>> m_slots; // of item i at i % size
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::size_t m_taken = 0;
    std::size_t m_given = 0;
    std::vector<std::jthread> m_threads; // last: ended before the rest goes
};

} // namespace harrier
