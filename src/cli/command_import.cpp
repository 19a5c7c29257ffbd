// SPDX-License-Identifier: MIT
#include "archive/sqlite_archive.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/import_report.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"
#include "sync/importer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>

namespace harrier::cli {

namespace {

// Whose activities these are: the export says it; else whose archive this is; else who is logged in; else
// nobody yet.
AthleteId choose_athlete(const Settings& settings, archive::Archive& archive,
                         const sync::ImportSources& sources, bool may_write) {
    const auto athletes = archive.athletes();
    const auto store = [&](const model::Athlete& athlete) {
        const bool is_here = std::any_of(athletes.begin(), athletes.end(), [&](const model::Athlete& other) {
            return other.athlete_id == athlete.athlete_id;
        });
        if (!is_here && may_write) {
            archive.store_athlete(athlete, "");
        }
        return athlete.athlete_id;
    };
    if (sources.athlete) {
        return store(*sources.athlete);
    }
    if (!athletes.empty()) {
        return archive_athlete(settings, archive).athlete_id;
    }
    const auto login = make_vault(settings).load();
    return login ? store(login->athlete) : archive::nobody_yet;
}

// True when the archive holds somebody, and not the export's athlete.
bool is_a_strangers(archive::Archive& archive, const sync::ImportSources& sources) {
    const auto athletes = archive.athletes();
    return sources.athlete && !athletes.empty() &&
           std::none_of(athletes.begin(), athletes.end(), [&](const model::Athlete& athlete) {
               return athlete.athlete_id == sources.athlete->athlete_id ||
                      athlete.athlete_id == archive::nobody_yet;
           });
}

// A folder of this process, removed with what is in it.
class ScratchFolder {
public:
    ScratchFolder() {
        auto name = (std::filesystem::temp_directory_path() / "harrier-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw errno_error("create a folder for the dry run", errno);
        }
        m_path = name;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

class ImportCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_texts(
            app, "PATH", m_paths, "PATH",
            "a bulk export (its ZIP or the unpacked folder), a folder, or FIT, GPX and TCX files, also .gz");
        add_flag(app, "--dry-run", m_dry_run, "read everything and say what would be new; store nothing");
        add_flag(app, "--again", m_again,
                 "read known files again, and replace what is stored of them (mends damage)");
        add_flag(app, "--json", m_json, "print what was done as an object");
        set_examples(app, "  harrier import ~/Downloads/export_12345.zip\n"
                          "  harrier import ~/watch/*.fit morning.gpx.gz\n"
                          "  harrier import --dry-run ~/old-watch/");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        if (m_paths.empty()) {
            throw Error(ErrorKind::usage, "there is nothing to import",
                        "Name a bulk export, a folder or files:  harrier import export_12345.zip");
        }
        const auto begin = invocation.clock.steady();
        auto sources =
            sync::find_import_sources(std::vector<std::filesystem::path>(m_paths.begin(), m_paths.end()));
        require_something(invocation.console, sources);
        auto notices = sources.notices;
        const bool is_empty = sources.jobs.empty() && sources.gear.empty() && sources.media.empty();
        const auto result = is_empty ? nothing_done() : import(invocation, std::move(sources), notices);
        const auto elapsed = invocation.clock.steady() - begin;
        if (!result.complete) {
            say_import_problems(invocation.console, result, notices);
            throw Error(ErrorKind::interrupted,
                        fmt::format("interrupted; {} of this import is stored",
                                    result.counts.added + result.counts.updated > 0 ? "a part" : "nothing"),
                        "To go on, run the same again; what is stored is skipped");
        }
        print(invocation, result, notices, elapsed);
        return result.failures.empty() ? exit_done : exit_some_failed;
    }

private:
    static sync::ImportResult nothing_done() {
        sync::ImportResult result;
        result.complete = true;
        return result;
    }

    // Throws when there is nothing to import but failures.
    static void require_something(const Console& console, const sync::ImportSources& sources) {
        if (!sources.jobs.empty() || sources.failures.empty()) {
            return;
        }
        const auto& first = sources.failures.front();
        if (sources.failures.size() > 1) {
            sync::ImportResult result;
            result.failures = sources.failures;
            say_import_problems(console, result, sources.notices);
            throw Error(ErrorKind::io, "cannot import any of these");
        }
        throw Error(ErrorKind::io,
                    fmt::format("cannot import {}: {}", escape_terminal(first.path), first.reason));
    }

    sync::ImportResult import(Invocation& invocation, sync::ImportSources sources,
                              std::vector<std::string>& notices) const {
        std::optional<ScratchFolder> scratch;
        const auto archive = open(invocation.settings, scratch);
        if (is_a_strangers(*archive, sources)) {
            notices.emplace_back(
                "this export is not of the athlete whose archive this is; both are kept apart");
        }
        const auto athlete = choose_athlete(invocation.settings, *archive, sources, !m_dry_run);
        ProgressLine line(invocation.console);
        const auto begin = invocation.clock.steady();
        auto result =
            sync::Importer(*archive,
                           {.dry_run = m_dry_run,
                            .again = m_again,
                            .now = std::chrono::floor<std::chrono::seconds>(invocation.clock.now())})
                .run(
                    athlete, std::move(sources),
                    [&](const sync::ImportProgress& progress) {
                        line.update(import_progress_text(progress, invocation.clock.steady() - begin));
                    },
                    invocation.stop);
        line.clear();
        if (result.complete && !m_dry_run) {
            measure_all(invocation, *archive, athlete);
        }
        return result;
    }

    // A dry run creates no archive: where there is none, it takes an empty one that goes with it.
    [[nodiscard]] std::unique_ptr<archive::Archive> open(const Settings& settings,
                                                         std::optional<ScratchFolder>& scratch) const {
        if (m_dry_run && !std::filesystem::exists(settings.archive_path)) {
            scratch.emplace();
            return archive::open_sqlite_archive(scratch->path() / "archive.db", archive::Access::write);
        }
        return open_archive(settings, archive::Access::write);
    }

    void print(const Invocation& invocation, const sync::ImportResult& result,
               const std::vector<std::string>& notices, std::chrono::milliseconds elapsed) const {
        if (m_json) {
            invocation.console.print(import_json(result, notices));
            return;
        }
        say_import_problems(invocation.console, result, notices);
        invocation.console.print(import_summary_text(result, elapsed));
        if (m_dry_run) {
            invocation.console.print("Nothing was stored: this was a dry run.\n");
        } else if (result.counts.added > 0) {
            invocation.console.print("To see your newest activities:  harrier list --limit 20\n");
        }
    }

    std::vector<std::string> m_paths;
    bool m_dry_run = false;
    bool m_again = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_import_command() {
    return std::make_unique<ImportCommand>();
}

} // namespace harrier::cli
