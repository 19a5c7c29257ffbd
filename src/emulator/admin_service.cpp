// SPDX-License-Identifier: MIT
#include "emulator/admin_service.hpp"

#include "base/error.hpp"
#include "base/time.hpp"
#include "emulator/answers.hpp"
#include "emulator/request_fields.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace harrier::emulator {

namespace {

using Json = nlohmann::ordered_json;

net::ServerResponse mistake(int status, std::string_view message) {
    return json_answer(status, Json{{"message", message}}.dump());
}

} // namespace

net::ServerResponse AdminService::handle(const net::ServerRequest& request) {
    constexpr std::string_view one_activity = "/admin/activities/";
    const std::string_view path = request.path;
    try {
        if (path == "/admin/state" && request.method == "GET") {
            return state();
        }
        if (path == "/admin/requests") {
            return requests(request);
        }
        if (path == "/admin/clock" && request.method == "POST") {
            return move_clock(request);
        }
        if (path == "/admin/activities" && request.method == "POST") {
            return add(request);
        }
        if (path.starts_with(one_activity)) {
            return change(request, path.substr(one_activity.size()));
        }
    } catch (const Error& error) {
        return mistake(400, error.message());
    }
    return mistake(404, "there is no such page under /admin; see docs/emulator.md");
}

net::ServerResponse AdminService::state() {
    const auto counts = m_tokens.counts();
    const auto usage = m_limiter.usage();
    const auto now = std::chrono::floor<std::chrono::seconds>(m_clock.now());
    return json_answer(200, Json{{"now", format_instant(now)},
                                 {"activities", m_shelf.size()},
                                 {"requests", m_log.count()},
                                 {"sessions", counts.sessions},
                                 {"access_tokens", counts.access_tokens},
                                 {"codes", counts.codes},
                                 {"refreshes", counts.refreshes},
                                 {"overall_usage", {usage.overall_quarter_hour, usage.overall_day}},
                                 {"read_usage", {usage.read_quarter_hour, usage.read_day}}}
                                .dump());
}

net::ServerResponse AdminService::requests(const net::ServerRequest& request) {
    if (request.method == "DELETE") {
        m_log.clear();
        return json_answer(200, "[]");
    }
    return json_answer(200, m_log.to_json());
}

net::ServerResponse AdminService::move_clock(const net::ServerRequest& request) {
    const auto by = parse_number(net::find(request_fields(request), "advance").value_or(""));
    constexpr std::int64_t ten_years_s = 315'360'000;
    if (!by || *by < 0 || *by > ten_years_s) {
        return mistake(400, "say how many seconds: POST /admin/clock?advance=3600");
    }
    m_clock.advance(std::chrono::seconds{*by});
    return state();
}

net::ServerResponse AdminService::add(const net::ServerRequest& request) {
    const auto id = m_shelf.put(request.body);
    return json_answer(201, fmt::format(R"({{"id":{}}})", id));
}

net::ServerResponse AdminService::change(const net::ServerRequest& request, std::string_view id_text) {
    const auto id = parse_number(id_text);
    bool found = false;
    if (id && request.method == "DELETE") {
        found = m_shelf.remove(*id);
    } else if (id && (request.method == "PATCH" || request.method == "PUT")) {
        found = m_shelf.edit(*id, request.body);
    }
    return found ? json_answer(200, fmt::format(R"({{"id":{}}})", *id))
                 : mistake(404, fmt::format("there is no activity {} to change", id_text));
}

} // namespace harrier::emulator
