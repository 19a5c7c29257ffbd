// SPDX-License-Identifier: MIT
#pragma once

// The program as the dashboard sees it: settings and login from their files, a sync as a process of its own.

#include "cli/child_sync.hpp"
#include "cli/settings.hpp"
#include "web/host.hpp"

#include <mutex>

namespace harrier::cli {

class ServeHost final : public web::Host {
public:
    ServeHost(const Settings& settings, Clock& clock) : m_settings(settings), m_clock(clock) {}

    [[nodiscard]] std::string version() override;
    [[nodiscard]] Clock& clock() override { return m_clock; }
    [[nodiscard]] std::filesystem::path archive_path() override { return m_settings.archive_path; }
    [[nodiscard]] std::unique_ptr<archive::Archive> open_archive() override;
    [[nodiscard]] model::Athlete athlete_of(archive::Archive& archive) override;
    [[nodiscard]] Units units_of(const model::Athlete& athlete) override;
    [[nodiscard]] web::LoginState login() override;
    [[nodiscard]] std::optional<net::SeenRate> rate() override;
    [[nodiscard]] insight::AthleteSettings athlete_settings() override;
    [[nodiscard]] std::optional<web::TileSource> tile_source() override;
    [[nodiscard]] std::string settings_json() override;
    void store_setting(const std::string& key, const std::optional<std::string>& value) override;
    [[nodiscard]] std::map<std::string, double> retirements() override;
    void store_retirement(const std::string& gear_id, std::optional<double> metres) override;
    [[nodiscard]] std::string settings_stamp() override;
    bool start_sync() override;
    [[nodiscard]] bool is_sync_running() override;
    [[nodiscard]] std::optional<web::SyncOutcome> last_sync() override;

private:
    [[nodiscard]] std::filesystem::path config_file() const;
    [[nodiscard]] std::filesystem::path gear_file() const;

    const Settings& m_settings;
    Clock& m_clock;
    std::mutex m_mutex; // of what follows, and of writing the settings
    std::unique_ptr<ChildSync> m_sync;
    std::optional<web::SyncOutcome> m_last;
};

} // namespace harrier::cli
