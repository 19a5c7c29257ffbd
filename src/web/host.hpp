// SPDX-License-Identifier: MIT
#pragma once

// What the dashboard needs of the program that it is a part of: the archive, the login, the settings, and a
// way to start a sync. Called from several threads at once.

#include "archive/archive.hpp"
#include "base/clock.hpp"
#include "base/units.hpp"
#include "insight/athlete_settings.hpp"
#include "model/athlete.hpp"
#include "net/rate_account.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace harrier::web {

struct LoginState {
    bool logged_in = false;
    std::vector<std::string> scopes{};
    std::vector<std::string> missing_scopes{};
    std::optional<Instant> token_expires_at{};
};

// Map tiles that the user chose; nothing is asked of any host without.
struct TileSource {
    std::string url; // "https://…/{z}/{x}/{y}.png"
    std::string attribution;
};

// What came of the last sync that the dashboard started.
struct SyncOutcome {
    Instant at{};
    std::string counts_json;   // as `sync --json`: new, updated, unchanged, failed; "" when it failed
    std::string error_message; // "" when it went well
    std::string error_hint;
};

class Host {
public:
    virtual ~Host() = default;

    [[nodiscard]] virtual std::string version() = 0;
    [[nodiscard]] virtual Clock& clock() = 0;

    [[nodiscard]] virtual std::filesystem::path archive_path() = 0;
    // For reading. Throws as open_sqlite_archive.
    [[nodiscard]] virtual std::unique_ptr<archive::Archive> open_archive() = 0;
    // Throws Error{no_archive} when it holds nobody.
    [[nodiscard]] virtual model::Athlete athlete_of(archive::Archive& archive) = 0;
    [[nodiscard]] virtual Units units_of(const model::Athlete& athlete) = 0;

    [[nodiscard]] virtual LoginState login() = 0;
    [[nodiscard]] virtual std::optional<net::SeenRate> rate() = 0;

    [[nodiscard]] virtual insight::AthleteSettings athlete_settings() = 0;
    [[nodiscard]] virtual std::optional<TileSource> tile_source() = 0;
    // As `harrier config list --json`.
    [[nodiscard]] virtual std::string settings_json() = 0;
    // As `harrier config set` and, without a value, `unset`. Throws Error{usage} for what it refuses.
    virtual void store_setting(const std::string& key, const std::optional<std::string>& value) = 0;
    // Metres after which shoes or a bike are to be retired, by their ids.
    [[nodiscard]] virtual std::map<std::string, double> retirements() = 0;
    virtual void store_retirement(const std::string& gear_id, std::optional<double> metres) = 0;
    // Another text after the settings have changed, by whomever.
    [[nodiscard]] virtual std::string settings_stamp() = 0;

    // Starts a sync beside this process; false when one that was started here still runs. Throws when it
    // cannot be started.
    virtual bool start_sync() = 0;
    [[nodiscard]] virtual bool is_sync_running() = 0; // one that was started here
    [[nodiscard]] virtual std::optional<SyncOutcome> last_sync() = 0;
};

} // namespace harrier::web
