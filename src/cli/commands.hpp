// SPDX-License-Identifier: MIT
#pragma once

// The makers of all commands, each defined in its own command_<name>.cpp.

#include "cli/command.hpp"

namespace harrier::cli {

std::unique_ptr<Command> make_demo_command();
std::unique_ptr<Command> make_login_command();
std::unique_ptr<Command> make_logout_command();
std::unique_ptr<Command> make_status_command();
std::unique_ptr<Command> make_doctor_command();
std::unique_ptr<Command> make_explain_command();
std::unique_ptr<Command> make_token_command();
std::unique_ptr<Command> make_api_command();
std::unique_ptr<Command> make_sync_command();
std::unique_ptr<Command> make_import_command();
std::unique_ptr<Command> make_verify_command();
std::unique_ptr<Command> make_runs_command();
std::unique_ptr<Command> make_list_command();
std::unique_ptr<Command> make_show_command();
std::unique_ptr<Command> make_stats_command();
std::unique_ptr<Command> make_records_command();
std::unique_ptr<Command> make_fitness_command();
std::unique_ptr<Command> make_zones_command();
std::unique_ptr<Command> make_predict_command();
std::unique_ptr<Command> make_eddington_command();
std::unique_ptr<Command> make_tiles_command();
std::unique_ptr<Command> make_gear_command();
std::unique_ptr<Command> make_report_command();
std::unique_ptr<Command> make_mark_command();
std::unique_ptr<Command> make_config_command();
std::unique_ptr<Command> make_sql_command();
std::unique_ptr<Command> make_serve_command();
std::unique_ptr<Command> make_export_command();
std::unique_ptr<Command> make_backup_command();
std::unique_ptr<Command> make_restore_command();
std::unique_ptr<Command> make_emulator_command();
std::unique_ptr<Command> make_completion_command();

} // namespace harrier::cli
