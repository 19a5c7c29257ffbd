// SPDX-License-Identifier: MIT
#include "cli/serve_host.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/athlete_settings.hpp"
#include "cli/config_file.hpp"
#include "cli/config_rows.hpp"
#include "cli/session.hpp"
#include "cli/version.hpp"
#include "strava/scopes.hpp"
#include "web/json_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sys/stat.h>

namespace harrier::cli {

namespace {

using nlohmann::json;

// What a sync printed: the counts, or why there are none.
web::SyncOutcome outcome_of(const std::string& output, Instant at) {
    web::SyncOutcome outcome{.at = at, .counts_json = "", .error_message = "", .error_hint = ""};
    const auto object = json::parse(output, nullptr, false);
    if (object.is_object() && object.contains("new")) {
        outcome.counts_json = object.dump();
    } else if (object.is_object() && object.contains("error")) {
        outcome.error_message = object["error"].value("message", "");
        outcome.error_hint = object["error"].value("hint", "");
    } else {
        outcome.error_message = "the sync ended without a word";
        outcome.error_hint = "To see why, run:  harrier sync";
    }
    return outcome;
}

std::string stamp_of(const std::filesystem::path& file) {
    struct stat status {};
    return stat(file.c_str(), &status) == 0
               ? fmt::format("{:x}.{:x}.{:x}", status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
               : "0";
}

} // namespace

std::string ServeHost::version() {
    return std::string(cli::version);
}

std::unique_ptr<archive::Archive> ServeHost::open_archive() {
    return cli::open_archive(m_settings, archive::Access::read);
}

model::Athlete ServeHost::athlete_of(archive::Archive& archive) {
    return archive_athlete(m_settings, archive);
}

Units ServeHost::units_of(const model::Athlete& athlete) {
    return choose_units(m_settings, athlete);
}

web::LoginState ServeHost::login() {
    web::LoginState state;
    try {
        if (const auto login = make_vault(m_settings).load(); login && !login->needs_login) {
            state.logged_in = true;
            state.scopes = login->granted.names();
            state.missing_scopes = strava::default_scopes().without(login->granted).names();
            state.token_expires_at = login->token.expires_at;
            return state;
        }
    } catch (const Error&) { // a vault that cannot be read is no login; `harrier doctor` tells why
        state = {};
    }
    state.missing_scopes = strava::default_scopes().names();
    return state;
}

std::optional<net::SeenRate> ServeHost::rate() {
    std::optional<strava::Login> login;
    try {
        login = make_vault(m_settings).load();
    } catch (const Error&) {
        login.reset();
    }
    return open_rate_account(m_settings, login ? &*login : nullptr, m_clock).look();
}

insight::AthleteSettings ServeHost::athlete_settings() {
    return cli::athlete_settings(m_settings);
}

std::optional<web::TileSource> ServeHost::tile_source() {
    const auto url = m_settings.environment.find("HARRIER_MAP_TILES");
    return url ? std::optional(web::TileSource{
                     *url, m_settings.environment.find("HARRIER_MAP_ATTRIBUTION").value_or("")})
               : std::nullopt;
}

std::string ServeHost::settings_json() {
    const auto rows = config_rows(Config::load(config_file()));
    std::vector<std::string> items;
    for (std::size_t i = 0; i < rows.rows.size(); ++i) {
        web::JsonObject object;
        for (std::size_t field = 0; field < rows.names.size(); ++field) {
            object.add(rows.names[field], web::json(rows.rows[i][field]));
        }
        std::vector<std::string> choices;
        for (const auto word : config_keys()[i].words) {
            choices.push_back(web::json(word));
        }
        items.push_back(choices.empty() ? object.str()
                                        : object.add("choices", web::json_array(choices)).str());
    }
    return web::json_array(items) + "\n";
}

void ServeHost::store_setting(const std::string& key, const std::optional<std::string>& value) {
    const std::lock_guard lock(m_mutex);
    store_config(config_file(), key, value);
}

std::map<std::string, double> ServeHost::retirements() {
    std::map<std::string, double> limits;
    const auto object = json::parse(find_file(gear_file()).value_or("{}"), nullptr, false);
    if (object.is_object()) {
        for (const auto& [id, gear] : object.items()) {
            if (gear.is_object() && gear.contains("retire_at") && gear["retire_at"].is_number()) {
                limits.emplace(id, gear["retire_at"].get<double>());
            }
        }
    }
    return limits;
}

void ServeHost::store_retirement(const std::string& gear_id, std::optional<double> metres) {
    const std::lock_guard lock(m_mutex);
    auto limits = retirements();
    limits.erase(gear_id);
    if (metres) {
        limits.emplace(gear_id, *metres);
    }
    json object = json::object();
    for (const auto& [id, limit] : limits) {
        object[id] = {{"retire_at", limit}};
    }
    make_folders(m_settings.config_folder, 0700);
    write_file_atomically(gear_file(), object.dump(2, ' ', false, json::error_handler_t::replace) + "\n",
                          0600);
}

std::string ServeHost::settings_stamp() {
    return stamp_of(config_file()) + "." + stamp_of(gear_file());
}

bool ServeHost::start_sync() {
    (void)last_sync();
    const std::lock_guard lock(m_mutex);
    if (m_sync) {
        return false;
    }
    m_sync = std::make_unique<ChildSync>(m_settings);
    m_last.reset();
    return true;
}

bool ServeHost::is_sync_running() {
    const std::lock_guard lock(m_mutex);
    return m_sync && m_sync->is_running();
}

std::optional<web::SyncOutcome> ServeHost::last_sync() {
    const std::lock_guard lock(m_mutex);
    if (m_sync && !m_sync->is_running()) {
        m_last = outcome_of(m_sync->output(), std::chrono::floor<std::chrono::seconds>(m_clock.now()));
        m_sync.reset();
    }
    return m_last;
}

std::filesystem::path ServeHost::config_file() const {
    return m_settings.config_folder / "config.toml";
}

std::filesystem::path ServeHost::gear_file() const {
    return m_settings.config_folder / "gear.json";
}

} // namespace harrier::cli
