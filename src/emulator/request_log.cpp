// SPDX-License-Identifier: MIT
#include "emulator/request_log.hpp"

#include "net/url.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace harrier::emulator {

namespace {

constexpr std::size_t max_entries = 20'000;
constexpr std::array<std::string_view, 7> secret_fields{
    "access_token", "refresh_token", "client_secret", "code", "token", "state", "nonce"};

std::string without_secrets(const std::string& query) {
    auto fields = net::decode_form(query);
    for (auto& [name, value] : fields) {
        if (std::find(secret_fields.begin(), secret_fields.end(), name) != secret_fields.end()) {
            value = "…";
        }
    }
    std::string text;
    for (const auto& [name, value] : fields) {
        text += (text.empty() ? "" : "&") + name + "=" + value;
    }
    return text;
}

} // namespace

void RequestLog::add(const net::ServerRequest& request, int status) {
    auto query = without_secrets(request.query);
    const std::lock_guard lock(m_mutex);
    m_entries.push_back({++m_count, request.method, request.path, std::move(query), status});
    if (m_entries.size() > max_entries) {
        m_entries.pop_front();
    }
}

void RequestLog::clear() {
    const std::lock_guard lock(m_mutex);
    m_entries.clear();
}

std::string RequestLog::to_json() const {
    auto list = nlohmann::ordered_json::array();
    const std::lock_guard lock(m_mutex);
    for (const auto& entry : m_entries) {
        list.push_back({{"n", entry.number},
                        {"method", entry.method},
                        {"path", entry.path},
                        {"query", entry.query},
                        {"status", entry.status}});
    }
    // A path may hold any bytes.
    return list.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

long long RequestLog::count() const {
    const std::lock_guard lock(m_mutex);
    return m_count;
}

} // namespace harrier::emulator
