// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/activity_filter.hpp"
#include "cli/activity_reference.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"
#include "formats/fit/encode.hpp"
#include "formats/gpx_writer.hpp"
#include "formats/tcx_writer.hpp"
#include "report/format.hpp"
#include "sync/stored_recording.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>

namespace harrier::cli {

namespace {

// A file that is ready to be written.
struct ExportedFile {
    std::string bytes;
    std::string extension;
};

// "sunday-long-run": what any file system takes.
std::string slug(std::string_view name) {
    constexpr std::size_t longest = 40;
    std::string text;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain) {
            text += c;
        } else if (!text.empty() && text.back() != '-') {
            text += '-';
        }
        if (text.size() == longest) {
            break;
        }
    }
    while (text.ends_with('-')) {
        text.pop_back();
    }
    return to_lower(text);
}

// "2026-11-22_12_sunday-long-run.gpx"
std::string file_name(const model::Activity& activity, std::string_view extension) {
    auto start = activity.start_date_local;
    if (!start && activity.start_date) {
        start = WallTime{activity.start_date->time_since_epoch()};
    }
    const auto day = start ? format_day(std::chrono::floor<std::chrono::days>(*start)) + "_" : std::string();
    const auto name = slug(activity.name);
    return fmt::format("{}{}{}{}.{}", day, activity.activity_id.value, name.empty() ? "" : "_", name,
                       extension);
}

class ExportCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_texts(app, "ID", m_ids, "ID", "the archive's number, a Strava id, or the address of an activity");
        add_flag(app, "--all", m_all, "every activity that has samples");
        add_choice(app, "--format", m_format, {"gpx", "tcx", "fit", "original"},
                   "the kind of file; `original` is the very file that was imported");
        add_text(app, "-o,--output", m_folder, "DIR",
                 "write into this folder; without it, one activity goes to standard output");
        set_examples(app, "  harrier export 12 > run.gpx\n"
                          "  harrier export 12 13 --format fit -o ~/exported\n"
                          "  harrier export --all --format original -o ~/exported");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        check_flags();
        const auto archive = open_archive(invocation.settings, archive::Access::read);
        const auto athlete = archive_athlete(invocation.settings, *archive).athlete_id;
        const auto activities = choose(*archive, athlete);
        if (m_folder.empty()) {
            const auto file = find_export(*archive, athlete, activities.front());
            if (!file) {
                throw Error(ErrorKind::data, what_is_missing(activities.front()),
                            "Import the bulk export or the watch's file:  harrier import FILE");
            }
            print(invocation.console, *file);
            return exit_done;
        }
        return write_all(invocation, *archive, athlete, activities);
    }

private:
    void check_flags() const {
        if (m_all == !m_ids.empty()) {
            throw Error(ErrorKind::usage,
                        m_all ? "--all and single activities exclude each other" : "no activity is named",
                        "Name some, or all:  harrier export --all -o DIR");
        }
        if (m_folder.empty() && (m_all || m_ids.size() > 1)) {
            throw Error(ErrorKind::usage, "several files cannot go to standard output",
                        "Name a folder for them:  harrier export … -o DIR");
        }
    }

    [[nodiscard]] std::vector<model::Activity> choose(archive::Archive& archive, AthleteId athlete) const {
        if (m_all) {
            return archive.activities(athlete,
                                      {.sort = "start_date", .order = archive::SortOrder::ascending});
        }
        std::vector<model::Activity> activities;
        for (const auto& id : m_ids) {
            activities.push_back(require_activity(archive, athlete, id));
        }
        return activities;
    }

    // Nothing when the activity has no samples, or no file of its own for `original`.
    [[nodiscard]] std::optional<ExportedFile> find_export(archive::Archive& archive, AthleteId athlete,
                                                          const model::Activity& activity) const {
        if (m_format == "original") {
            const auto files = archive.files(athlete, activity.activity_id);
            if (files.empty()) {
                return std::nullopt;
            }
            return ExportedFile{sync::unpack(files.front()), files.front().format};
        }
        const auto recording = sync::find_recording(archive, athlete, activity);
        if (!recording) {
            return std::nullopt;
        }
        if (m_format == "fit") {
            return ExportedFile{formats::fit::encode(*recording), m_format};
        }
        return ExportedFile{
            m_format == "tcx" ? formats::write_tcx(*recording) : formats::write_gpx(*recording), m_format};
    }

    [[nodiscard]] std::string what_is_missing(const model::Activity& activity) const {
        return m_format == "original"
                   ? fmt::format("activity {} came without a file", activity.activity_id.value)
                   : fmt::format("activity {} has no samples, only its summary", activity.activity_id.value);
    }

    static void print(const Console& console, const ExportedFile& file) {
        if (file.extension == "fit" && console.out.is_terminal) {
            throw Error(ErrorKind::usage, "a FIT file is not for a terminal",
                        "Write it to a file:  harrier export … > run.fit");
        }
        console.print_foreign(file.bytes);
    }

    [[nodiscard]] int write_all(const Invocation& invocation, archive::Archive& archive, AthleteId athlete,
                                const std::vector<model::Activity>& activities) const {
        make_folders(m_folder);
        std::size_t written = 0;
        std::size_t without = 0;
        std::size_t failed = 0;
        ProgressLine line(invocation.console);
        const auto say = [&](const std::string& words) {
            line.clear();
            invocation.console.say(words);
        };
        for (const auto& activity : activities) {
            if (invocation.stop.stop_requested()) {
                throw Error(ErrorKind::interrupted, "interrupted", "Files that were written stay");
            }
            try {
                if (const auto file = find_export(archive, athlete, activity)) {
                    write_file_atomically(
                        std::filesystem::path(m_folder) / file_name(activity, file->extension), file->bytes);
                    ++written;
                } else {
                    ++without;
                    if (!m_all) {
                        say(what_is_missing(activity));
                    }
                }
            } catch (const Error& error) {
                if (error.kind() != ErrorKind::data) {
                    throw;
                }
                ++failed;
                say(fmt::format("activity {}: {}", activity.activity_id.value, error.message()));
            }
            line.update(fmt::format("{} of {} files", written + without + failed, activities.size()));
        }
        line.clear();
        const auto number = [](std::size_t value) {
            return report::format_number(static_cast<double>(value));
        };
        invocation.console.print(fmt::format(
            "{} {} written to {}{}{}.\n", number(written), written == 1 ? "file" : "files",
            escape_terminal(m_folder), without > 0 ? fmt::format("; {} have none", number(without)) : "",
            failed > 0 ? fmt::format("; {} failed", number(failed)) : ""));
        // Of all activities some never had samples; one that was named is missed.
        return failed > 0 || (without > 0 && !m_all) ? exit_some_failed : exit_done;
    }

    std::vector<std::string> m_ids;
    bool m_all = false;
    std::string m_format = "gpx";
    std::string m_folder;
};

} // namespace

std::unique_ptr<Command> make_export_command() {
    return std::make_unique<ExportCommand>();
}

} // namespace harrier::cli
