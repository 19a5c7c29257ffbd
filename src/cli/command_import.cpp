// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/import_report.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"
#include "sync/importer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

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

class ImportCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_texts(
            app, "PATH", m_paths, "PATH",
            "a bulk export (its ZIP or the unpacked folder), a folder, or FIT, GPX and TCX files, also .gz");
        add_flag(app, "--dry-run", m_dry_run, "read everything and say what would be new; store nothing");
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
        auto notices = sources.notices;
        const auto result = import(invocation, std::move(sources), notices);
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
    sync::ImportResult import(Invocation& invocation, sync::ImportSources sources,
                              std::vector<std::string>& notices) const {
        const auto archive = open(invocation.settings);
        if (archive && is_a_strangers(*archive, sources)) {
            notices.emplace_back(
                "this export is not of the athlete whose archive this is; both are kept apart");
        }
        const auto athlete = archive ? choose_athlete(invocation.settings, *archive, sources, !m_dry_run)
                                     : archive::nobody_yet;
        ProgressLine line(invocation.console);
        const auto begin = invocation.clock.steady();
        auto result =
            sync::Importer(archive.get(),
                           {.dry_run = m_dry_run,
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

    // A dry run creates nothing.
    [[nodiscard]] std::unique_ptr<archive::Archive> open(const Settings& settings) const {
        if (!m_dry_run) {
            return open_archive(settings, archive::Access::write);
        }
        try {
            return open_archive(settings, archive::Access::read);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::no_archive) {
                throw;
            }
            return nullptr;
        }
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
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_import_command() {
    return std::make_unique<ImportCommand>();
}

} // namespace harrier::cli
