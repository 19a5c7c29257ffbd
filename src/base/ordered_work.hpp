// SPDX-License-Identifier: MIT
#pragma once

// Work on many items by several threads, whose results come back one by one in the order of the items: what
// is made of them is the same on every machine. At most `ahead` items are under way, and they share a number
// of bytes, so memory stays bounded.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
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
    // What an item that is worked on may hold in memory. For the thread that works on it.
    class Room {
    public:
        // Waits until the item may hold that many bytes in all. The item whose result is due next gets them
        // without regard to the limit, but only when no other is being worked on: no item is too large, and
        // large ones come one by one. False once the work is to end.
        [[nodiscard]] bool take(std::uint64_t bytes) { return m_owner.take(m_item, bytes, m_stop); }
        // What the result holds until it is given.
        void keep(std::uint64_t bytes) { m_kept = bytes; }

    private:
        friend OrderedWork;
        Room(OrderedWork& owner, std::size_t item, const std::stop_token& stop)
            : m_owner(owner), m_item(item), m_stop(stop) {}

        OrderedWork& m_owner;
        std::size_t m_item;
        const std::stop_token& m_stop;
        std::uint64_t m_kept = 0;
    };

    // Called in a thread of the worker's own; must not throw.
    using Work = std::function<Result(std::size_t item, Room& room)>;

    struct Limits {
        std::size_t ahead = 1;           // items under way
        std::uint64_t bytes = 256 << 20; // that they hold together
    };

    // One worker for each entry of `workers`.
    OrderedWork(std::size_t count, std::vector<Work> workers, const Limits& limits)
        : m_count(count), m_limit(limits.bytes), m_slots(limits.ahead) {
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
        auto& slot = slot_of(m_given);
        if (!m_changed.wait(lock, stop, [&slot] { return slot.result.has_value(); })) {
            return std::nullopt;
        }
        auto result = std::move(slot.result);
        m_bytes -= slot.bytes;
        slot = {};
        ++m_given;
        lock.unlock();
        m_changed.notify_all();
        return result;
    }

private:
    struct Slot {
        std::optional<Result> result;
        std::uint64_t bytes = 0;
        bool is_busy = false; // has taken its bytes, and works
    };

    Slot& slot_of(std::size_t item) { return m_slots[item % m_slots.size()]; }

    void run(const Work& work, const std::stop_token& stop) {
        while (const auto item = begin_next(stop)) {
            Room room(*this, *item, stop);
            auto result = work(*item, room);
            {
                const std::scoped_lock lock(m_mutex);
                auto& slot = slot_of(*item);
                pause(slot);
                m_bytes = m_bytes - slot.bytes + room.m_kept;
                slot.bytes = room.m_kept;
                slot.result = std::move(result);
            }
            m_changed.notify_all();
        }
    }

    std::optional<std::size_t> begin_next(const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        const bool may = m_changed.wait(
            lock, stop, [this] { return m_taken == m_count || m_taken < m_given + m_slots.size(); });
        if (!may || m_taken == m_count || stop.stop_requested()) {
            return std::nullopt;
        }
        return m_taken++;
    }

    bool take(std::size_t item, std::uint64_t bytes, const std::stop_token& stop) {
        std::unique_lock lock(m_mutex);
        auto& slot = slot_of(item);
        pause(slot);
        m_changed.notify_all();
        const bool may = m_changed.wait(lock, stop, [&] {
            return m_bytes - slot.bytes + bytes <= m_limit || (item == m_given && m_busy == 0);
        });
        if (!may) {
            return false;
        }
        m_bytes = m_bytes - slot.bytes + bytes;
        slot.bytes = bytes;
        slot.is_busy = true;
        ++m_busy;
        return true;
    }

    void pause(Slot& slot) {
        m_busy -= slot.is_busy ? 1 : 0;
        slot.is_busy = false;
    }

    const std::size_t m_count;
    const std::uint64_t m_limit;
    std::vector<Slot> m_slots; // of item i at i % size
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::size_t m_taken = 0;
    std::size_t m_given = 0;
    std::size_t m_busy = 0;
    std::uint64_t m_bytes = 0;           // of all slots
    std::vector<std::jthread> m_threads; // last: ended before the rest goes
};

} // namespace harrier
