// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/activity_reference.hpp"
#include "cli/athlete_settings.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/filter_flags.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"
#include "formats/fit/encode.hpp"
#include "formats/geojson_writer.hpp"
#include "formats/gpx_writer.hpp"
#include "formats/sample_writer.hpp"
#include "formats/tcx_writer.hpp"
#include "insight/activity_details.hpp"
#include "report/activity_columns.hpp"
#include "report/format.hpp"
#include "report/rows.hpp"
#include "sync/stored_recording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::cli {

namespace {

// A file that is ready to be written.
struct ExportedFile {
    std::string bytes;
    std::string extension;
    std::string name; // of an original: where it was found
};

// What there is of an activity, the best first; else why there is nothing.
struct Exports {
    std::vector<ExportedFile> files;
    std::string missing{};
    std::string cure = "Import the bulk export or the watch's file:  harrier import FILE";
};

// What the JSON of an activity is made with beside the archive.
struct JsonContext {
    insight::AthleteProfile profile{};
    insight::HeartrateZones zones{};
    Units units = Units::metric;
};

// Whether the samples have moments that a file can hold: those of a recording without a date would lie in
// 1970.
bool has_moments(const model::Recording& recording, std::string_view format) {
    const auto& times = recording.streams.time;
    const bool is_bare_track =
        format == "gpx" && std::all_of(times.begin(), times.end(), [](double time) { return time == 0; });
    return recording.start || is_bare_track;
}

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

// "2026-11-22_12_sunday-long-run.gpx"; "…_2.gpx" for the second file of an activity.
std::string file_name(const model::Activity& activity, std::size_t number, std::string_view extension) {
    auto start = activity.start_date_local;
    if (!start && activity.start_date) {
        start = WallTime{activity.start_date->time_since_epoch()};
    }
    const auto day = start ? format_day(std::chrono::floor<std::chrono::days>(*start)) + "_" : std::string();
    const auto name = slug(activity.name);
    return fmt::format("{}{}{}{}{}.{}", day, activity.activity_id.value, name.empty() ? "" : "_", name,
                       number > 1 ? fmt::format("_{}", number) : "", extension);
}

// One object as `show --json` prints it, with the samples behind it.
std::string json_file(archive::Archive& archive, const model::Activity& activity,
                      const std::optional<model::Recording>& recording, const JsonContext& context) {
    const auto details = insight::find_details(
        archive, activity, insight::usual_split_length(activity.sport_type, context.units), context.profile,
        context.zones);
    return insight::activity_json(
        activity, details,
        fmt::format(",\n  \"streams\": {}", recording ? formats::write_stream_set(*recording) : "null"));
}

// A Feature whose properties are the activity's fields.
std::string geojson_file(const model::Activity& activity, const formats::GeojsonTrack& track) {
    auto properties = report::to_json_object(report::activity_rows({activity}, {}));
    properties.erase(properties.rfind("\n}"));
    return fmt::format(
        "{{\"type\":\"Feature\",\n\"geometry\":{},\n\"properties\":{},\n  \"coordTimes\": {}\n}}}}\n",
        track.geometry, properties, track.times);
}

class ExportCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_texts(app, "ID", m_ids, "ID", "the archive's number, a Strava id, or the address of an activity");
        add_flag(app, "--all", m_all, "every activity that has samples; of JSON every activity");
        add_choice(
            app, "--format", m_format, {"gpx", "tcx", "fit", "csv", "json", "geojson", "original"},
            "the kind of file; csv has a line for each sample, json all that is known, geojson the way "
            "for a map; `original` is the very file that was imported, or all of them");
        add_text(app, "-o,--output", m_folder, "DIR",
                 "write into this folder; without it, or with -, one activity goes to standard output");
        set_examples(app, "  harrier export 12 > run.gpx\n"
                          "  harrier export 12 --format csv | head\n"
                          "  harrier export 12 13 --format fit -o ~/exported\n"
                          "  harrier export --all --format original -o ~/exported");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        m_folder = m_folder == "-" ? "" : m_folder;
        check_flags();
        const auto archive = m_format == "json" ? open_measured(invocation)
                                                : open_archive(invocation.settings, archive::Access::read);
        const auto owner = archive_athlete(invocation.settings, *archive);
        const auto athlete = owner.athlete_id;
        if (m_format == "json") {
            m_context = json_context(invocation, *archive, owner);
        }
        const auto activities = choose(*archive, athlete);
        if (m_folder.empty()) {
            const auto exports = find_exports(*archive, athlete, activities.front());
            if (exports.files.empty()) {
                throw Error(ErrorKind::data, exports.missing, exports.cure);
            }
            print(invocation.console, exports.files.front());
            tell_of_others(invocation.console, activities.front(), exports);
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

    static JsonContext json_context(const Invocation& invocation, archive::Archive& archive,
                                    const model::Athlete& athlete) {
        const auto settings = athlete_settings(invocation.settings);
        return {.profile = insight::read_history(archive, athlete, settings).profile,
                .zones = settings.heartrate_zones,
                .units = choose_units(invocation.settings, athlete)};
    }

    [[nodiscard]] Exports find_exports(archive::Archive& archive, AthleteId athlete,
                                       const model::Activity& activity) const {
        return m_format == "original" ? find_originals(archive, athlete, activity)
                                      : make_file(archive, athlete, activity);
    }

    static Exports find_originals(archive::Archive& archive, AthleteId athlete,
                                  const model::Activity& activity) {
        Exports exports;
        for (const auto& file : archive.files(athlete, activity.activity_id)) {
            exports.files.push_back({sync::unpack(file), file.format, file.name});
        }
        exports.missing = fmt::format("activity {} came without a file", activity.activity_id.value);
        return exports;
    }

    [[nodiscard]] Exports make_file(archive::Archive& archive, AthleteId athlete,
                                    const model::Activity& activity) const {
        const auto id = activity.activity_id.value;
        const auto recording = sync::find_recording(archive, athlete, activity);
        if (m_format == "json") {
            return file_of(json_file(archive, activity, recording, m_context));
        }
        if (!recording) {
            return {.files = {}, .missing = fmt::format("activity {} has no samples, only its summary", id)};
        }
        if (m_format == "csv") {
            return file_of(formats::write_samples_csv(*recording));
        }
        if (m_format == "geojson") {
            const auto track = formats::write_geojson_track(*recording);
            return track ? file_of(geojson_file(activity, *track)) : without_positions(id);
        }
        if (!has_moments(*recording, m_format)) {
            return {.files = {},
                    .missing = fmt::format("activity {} has no date, which a {} file needs", id, m_format),
                    .cure =
                        fmt::format("Take its file as it came:  harrier export {} --format original", id)};
        }
        if (m_format == "gpx" && formats::count_gpx_points(*recording) == 0) {
            return without_positions(id);
        }
        return file_of(m_format == "fit"   ? formats::fit::encode(*recording)
                       : m_format == "tcx" ? formats::write_tcx(*recording)
                                           : formats::write_gpx(*recording));
    }

    [[nodiscard]] Exports file_of(std::string bytes) const {
        Exports exports;
        exports.files.push_back({std::move(bytes), m_format, {}});
        return exports;
    }

    [[nodiscard]] Exports without_positions(std::int64_t id) const {
        return {.files = {},
                .missing = fmt::format("activity {} has no positions, which a {} file needs", id, m_format),
                .cure = fmt::format("Other formats do without:  harrier export {} --format tcx", id)};
    }

    // Standard output takes one file only.
    static void tell_of_others(const Console& console, const model::Activity& activity,
                               const Exports& exports) {
        if (exports.files.size() > 1) {
            console.say(fmt::format("Activity {} came with {} files; this is {}, which tells most.\n"
                                    "For all of them:  harrier export {} --format original -o DIR",
                                    activity.activity_id.value, exports.files.size(),
                                    escape_terminal(exports.files.front().name), activity.activity_id.value));
        }
    }

    static void print(const Console& console, const ExportedFile& file) {
        if (file.extension == "fit" && console.out.is_terminal) {
            throw Error(ErrorKind::usage, "a FIT file is not for a terminal",
                        "Write it to a file:  harrier export … > run.fit");
        }
        console.print_foreign(file.bytes);
    }

    void write_files(const model::Activity& activity, const Exports& exports) const {
        std::size_t number = 0;
        for (const auto& file : exports.files) {
            write_file_atomically(
                std::filesystem::path(m_folder) / file_name(activity, ++number, file.extension), file.bytes);
        }
    }

    [[nodiscard]] int write_all(const Invocation& invocation, archive::Archive& archive, AthleteId athlete,
                                const std::vector<model::Activity>& activities) const {
        make_folders(m_folder);
        std::size_t written = 0;
        std::size_t without = 0;
        std::size_t failed = 0;
        std::size_t done = 0;
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
                const auto exports = find_exports(archive, athlete, activity);
                write_files(activity, exports);
                written += exports.files.size();
                without += exports.files.empty() ? 1 : 0;
                if (exports.files.empty() && !m_all) {
                    say(exports.missing);
                } else if (exports.files.size() > 1) {
                    say(fmt::format("activity {} came with {} files: all are written, {} first",
                                    activity.activity_id.value, exports.files.size(),
                                    escape_terminal(exports.files.front().name)));
                }
            } catch (const Error& error) {
                if (error.kind() != ErrorKind::data && error.kind() != ErrorKind::io) {
                    throw;
                }
                ++failed;
                say(fmt::format("activity {}: {}", activity.activity_id.value, error.message()));
            }
            line.update(fmt::format("{} of {} activities", ++done, activities.size()));
        }
        line.clear();
        const auto number = [](std::size_t value) {
            return report::format_number(static_cast<double>(value));
        };
        invocation.console.print(fmt::format(
            "{} {} written to {}{}{}.\n", number(written), written == 1 ? "file" : "files",
            escape_terminal(m_folder),
            without > 0 ? fmt::format("; {} {} none", number(without), without == 1 ? "has" : "have") : "",
            failed > 0 ? fmt::format("; {} failed", number(failed)) : ""));
        // Of all activities some never had samples; one that was named is missed.
        return failed > 0 || (without > 0 && !m_all) ? exit_some_failed : exit_done;
    }

    std::vector<std::string> m_ids;
    bool m_all = false;
    std::string m_format = "gpx";
    std::string m_folder;
    JsonContext m_context;
};

} // namespace

std::unique_ptr<Command> make_export_command() {
    return std::make_unique<ExportCommand>();
}

} // namespace harrier::cli
