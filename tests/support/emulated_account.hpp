// SPDX-License-Identifier: MIT
#pragma once

// An account at the emulator on a clock that only moves when somebody sleeps, and the whole program logged in
// to it.

#include "archive/sqlite_archive.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "net/server.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/small_login.hpp"
#include "tests/support/small_strava.hpp"
#include "tests/support/temporary_folder.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace harrier::test {

class EmulatedAccount {
public:
    // Activities 1 … n, 31 hours apart, the newest of yesterday; number 2 is private, number 3 has no
    // samples.
    EmulatedAccount(emulator::EmulatorOptions options, int activities)
        : m_token_lifetime(options.token_lifetime), m_strava(std::move(options), athlete(activities)) {
        m_server.start([this](const net::ServerRequest& request) { return answer(request); });
        const auto base = "http://127.0.0.1:" + std::to_string(m_server.port());
        m_variables = {{"HARRIER_HOME", (m_folder.path() / "home").string()},
                       {"HARRIER_API_BASE", base + "/api/v3"},
                       {"HARRIER_OAUTH_BASE", base + "/oauth"}};
        log_in();
    }
    ~EmulatedAccount() { m_server.stop(); }
    EmulatedAccount(const EmulatedAccount&) = delete;
    EmulatedAccount& operator=(const EmulatedAccount&) = delete;

    int run(CapturedConsole& console, const std::vector<std::string>& arguments) {
        return run(console, arguments, clock());
    }
    int run(CapturedConsole& console, const std::vector<std::string>& arguments, Clock& by) {
        return cli::run(arguments, cli::Environment(m_variables), console.console, by, {});
    }
    [[nodiscard]] std::unique_ptr<archive::Archive> archive() const {
        return cli::open_archive(cli::make_settings({}, cli::Environment(m_variables)),
                                 archive::Access::read);
    }
    [[nodiscard]] std::vector<std::int64_t> stored_ids() const {
        std::vector<std::int64_t> ids;
        for (const auto& activity : archive()->activities(athlete_id, {.sort = "strava_id"})) {
            ids.push_back(activity.strava_id.value().value);
        }
        return ids;
    }
    // Requests to the API, as their targets.
    std::vector<std::string> asked() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_asked, {});
    }
    FakeClock& clock() { return m_strava.clock; }

    static constexpr AthleteId athlete_id{99};
    std::function<void()> before_answer; // of each request to the API

private:
    static std::unique_ptr<SmallAthlete> athlete(int activities) {
        const Instant newest = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22};
        constexpr std::chrono::hours gap{31};
        return std::make_unique<SmallAthlete>(activities, newest - activities * gap, gap);
    }
    net::ServerResponse answer(const net::ServerRequest& request) {
        const std::lock_guard lock(m_mutex);
        if (request.path.starts_with("/api/")) {
            m_asked.push_back(request.target);
            if (before_answer) {
                before_answer();
            }
        }
        return m_strava.handle(request);
    }
    void log_in() {
        const auto body = m_strava
                              .token({{"grant_type", "authorization_code"},
                                      {"code", m_strava.code_for(SmallStrava::everything)}})
                              .body;
        auto login = small_login("emulated", floor<std::chrono::seconds>(clock().now()) + m_token_lifetime);
        login.client = {"12345", Secret(std::string(SmallStrava::secret))};
        login.token.access_token = Secret(SmallStrava::field_in(body, "access_token"));
        login.token.refresh_token = Secret(SmallStrava::field_in(body, "refresh_token"));
        login.athlete.athlete_id = athlete_id;
        cli::make_vault(cli::make_settings({}, cli::Environment(m_variables))).store(login);
    }

    std::chrono::seconds m_token_lifetime;
    TemporaryFolder m_folder{TemporaryFolder::memory()};
    SmallStrava m_strava;
    std::map<std::string, std::string, std::less<>> m_variables;
    std::mutex m_mutex;
    std::vector<std::string> m_asked;
    net::Server m_server{{}};
};

} // namespace harrier::test
