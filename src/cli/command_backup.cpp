// SPDX-License-Identifier: MIT

// harrier backup and harrier restore.

#include "archive/backup.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "report/format.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace harrier::cli {

namespace {

std::string shown(const std::filesystem::path& path) {
    return escape_terminal(path.string());
}

std::string size_words(const archive::CopySummary& summary) {
    constexpr double megabyte = 1e6;
    return fmt::format("{} {}, {} MB", report::format_number(static_cast<double>(summary.activities)),
                       summary.activities == 1 ? "activity" : "activities",
                       report::format_number(static_cast<double>(summary.bytes) / megabyte, 1));
}

class BackupCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_argument(app, "FILE", m_file, "the copy to write, or a folder for harrier-DATE.db");
        add_flag(app, "--force", m_force, "replace the file if it is there");
        set_examples(app, "  harrier backup ~/backups\n"
                          "  harrier backup harrier.db --force\n"
                          "Works while a sync is running. The copy is read through before it appears.\n"
                          "The login is not in it. To get it back, run:  harrier restore FILE");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        std::filesystem::path copy = m_file;
        if (std::filesystem::is_directory(copy)) {
            const auto now = std::chrono::floor<std::chrono::seconds>(invocation.clock.now());
            copy /= fmt::format("harrier-{}.db", format_instant(now).substr(0, 10));
        }
        const auto summary = archive::back_up(invocation.settings.archive_path, copy, m_force);
        invocation.console.print(fmt::format("{}, checked: {}\n", size_words(summary), shown(copy)));
        return exit_done;
    }

private:
    std::string m_file;
    bool m_force = false;
};

class RestoreCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_argument(app, "FILE", m_file, "a copy that harrier backup has written");
        set_examples(app, "  harrier restore ~/backups/harrier-2026-11-01.db\n"
                          "The archive that is there now is kept beside the restored one.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto& archive = invocation.settings.archive_path;
        const auto summary = archive::restore(m_file, archive);
        invocation.console.print(fmt::format("{} restored to {}\n", size_words(summary), shown(archive)));
        if (summary.kept) {
            invocation.console.print(fmt::format("What was there is now {}\n", shown(*summary.kept)));
        }
        return exit_done;
    }

private:
    std::string m_file;
};

} // namespace

std::unique_ptr<Command> make_backup_command() {
    return std::make_unique<BackupCommand>();
}

std::unique_ptr<Command> make_restore_command() {
    return std::make_unique<RestoreCommand>();
}

} // namespace harrier::cli
