// SPDX-License-Identifier: MIT
#pragma once

// The last requests the emulator answered, for tests that count them. No secret gets in: the values of
// query fields that carry one are left out, bodies and headers are never kept. Any thread.

#include "net/server.hpp"

#include <deque>
#include <mutex>
#include <string>

namespace harrier::emulator {

class RequestLog {
public:
    void add(const net::ServerRequest& request, int status);
    void clear();
    // [{"n":1,"method":"GET","path":"/api/v3/athlete","query":"","status":200}, …], oldest first.
    [[nodiscard]] std::string to_json() const;
    [[nodiscard]] long long count() const;

private:
    struct Entry {
        long long number = 0;
        std::string method;
        std::string path;
        std::string query;
        int status = 0; // 0 = the connection was dropped
    };

    mutable std::mutex m_mutex;
    std::deque<Entry> m_entries;
    long long m_count = 0;
};

} // namespace harrier::emulator
