// SPDX-License-Identifier: MIT
#include "cli/commands.hpp"

namespace harrier::cli {

const std::vector<CommandEntry>& commands() {
    static const std::vector<CommandEntry> all{
        {"demo", "the whole story on a made-up athlete, without an account", make_demo_command},
        {"login", "get a token from Strava, with the right scopes", make_login_command},
        {"logout", "forget the token and revoke it at Strava", make_logout_command},
        {"status", "who is logged in, what is allowed, what is stored", make_status_command},
        {"doctor", "look at everything that goes wrong, with the cure", make_doctor_command},
        {"explain", "say what an answer of Strava's means and what to do", make_explain_command},
        {"token", "print a valid access token for curl", make_token_command},
        {"api", "call any endpoint with the token and print the answer", make_api_command},
        {"sync", "bring the archive up to date with Strava", make_sync_command},
        {"import", "take in files and Strava's bulk export, without the API", make_import_command},
        {"verify", "prove that the archive is whole, and say what is missing", make_verify_command},
        {"runs", "the newest runs as a table", make_runs_command},
        {"list", "activities as a table, JSON or CSV", make_list_command},
        {"show", "one activity", make_show_command},
        {"stats", "totals by week, month, year, sport or gear", make_stats_command},
        {"records", "best efforts over all runs, and what each rests on", make_records_command},
        {"fitness", "fitness, fatigue and form, day by day", make_fitness_command},
        {"zones", "time in zones of heart rate, pace or power", make_zones_command},
        {"predict", "race times and training paces from records", make_predict_command},
        {"eddington", "the Eddington number, and what is missing for the next", make_eddington_command},
        {"tiles", "explored tiles of the map, the largest square and cluster", make_tiles_command},
        {"gear", "distance by shoe and bike", make_gear_command},
        {"report", "all of it as one page to keep or to send", make_report_command},
        {"mark", "notes of your own on activities, as to keep one out of records", make_mark_command},
        {"sql", "ask the archive in SQL", make_sql_command},
        {"serve", "the dashboard in a browser, for this machine only", make_serve_command},
        {"export", "activities as GPX, TCX, FIT, CSV, JSON or GeoJSON files", make_export_command},
        {"backup", "a checked copy of the archive", make_backup_command},
        {"restore", "make the archive what a copy holds", make_restore_command},
        {"config", "settings: thresholds, averages, zones", make_config_command},
        {"emulator", "a local Strava, for tests and development", make_emulator_command},
        {"completion", "a completion script for bash, zsh or fish", make_completion_command},
    };
    return all;
}

} // namespace harrier::cli
