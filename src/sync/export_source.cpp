// SPDX-License-Identifier: MIT
#include "sync/export_source.hpp"

#include "base/error.hpp"
#include "formats/activity_file.hpp"
#include "formats/strava_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace harrier::sync {

namespace {

std::string read_if_there(const FileStore& store, const std::string& file) {
    return store.has(file) ? store.read(file) : std::string();
}

formats::ExportTables read_tables(const FileStore& store) {
    const auto activities = store.read(export_table);
    const auto bikes = read_if_there(store, "bikes.csv");
    const auto shoes = read_if_there(store, "shoes.csv");
    const auto media = read_if_there(store, "media.csv");
    const auto profile = read_if_there(store, "profile.csv");
    return formats::read_export(
        {.activities = activities, .bikes = bikes, .shoes = shoes, .media = media, .profile = profile});
}

// When the export was made: not before its newest activity. The ZIP has the date from Strava; that of a
// folder is only the day when somebody copied it, and would make old words look new.
Instant date_of(const FileStore& store, const formats::ExportTables& tables) {
    std::optional<Instant> newest;
    for (const auto& activity : tables.activities) {
        newest = std::max(newest, activity.said.start_date);
    }
    const auto changed = store.changed(export_table);
    if (!newest) {
        return changed;
    }
    return store.keeps_dates() ? std::max(changed, *newest) : *newest;
}

// "activities//./12.fit" is "activities/12.fit". What would lead elsewhere stays as it is, and is not found.
std::string normal_name(std::string_view name) {
    std::string normal = name.starts_with('/') ? "/" : "";
    while (!name.empty()) {
        const auto part = name.substr(0, name.find('/'));
        name.remove_prefix(std::min(name.size(), part.size() + 1));
        if (!part.empty() && part != ".") {
            normal += (normal.empty() || normal.ends_with('/') ? "" : "/") + std::string(part);
        }
    }
    return normal;
}

class ExportJobs {
public:
    ExportJobs(const FileStore& store, ImportSources& sources) : m_store(store), m_sources(sources) {}

    void add_tables() {
        auto tables = read_tables(m_store);
        if (tables.athlete && m_sources.athlete &&
            tables.athlete->athlete_id != m_sources.athlete->athlete_id) {
            throw Error(ErrorKind::usage,
                        "it is another athlete's export; import each with a command of its own");
        }
        if (tables.athlete) {
            m_sources.athlete = tables.athlete;
        }
        m_as_of = date_of(m_store, tables);
        const auto header = std::make_shared<const std::string>(std::move(tables.header_raw));
        for (auto& activity : tables.activities) {
            add_row(std::move(activity), header);
        }
        for (auto& one : tables.gear) {
            m_sources.gear.push_back({.is_bike = one.is_bike,
                                      .name = std::move(one.name),
                                      .brand = std::move(one.brand),
                                      .model = std::move(one.model),
                                      .sport_types = std::move(one.sport_types),
                                      .as_of = m_as_of});
        }
        for (auto& one : tables.media) {
            m_sources.media.push_back({std::move(one.filename), std::move(one.caption), m_as_of});
        }
        for (const auto& problem : tables.failed) {
            fail(fmt::format("{}, line {}", export_table, problem.line), problem.what);
        }
        for (const auto& notice : tables.notices) {
            m_sources.notices.push_back(fmt::format("{}: {}", m_store.name(), notice));
        }
    }

    // The files that no row has named. What an export holds elsewhere is no activity: its routes are GPX
    // files.
    void add_other_files(std::string_view folder) {
        for (const auto& file : m_store.activity_files()) {
            if (file.starts_with(folder) && !m_named.contains(file)) {
                m_sources.jobs.push_back(
                    {.name = name_of(file), .row = {}, .header = {}, .file = make_file(file)});
            }
        }
    }

private:
    void add_row(formats::ExportActivity activity, const std::shared_ptr<const std::string>& header) {
        ImportJob job;
        job.name = name_of(activity.filename.empty() ? fmt::format("{}, line {}", export_table, activity.line)
                                                     : activity.filename);
        job.row = archive::ImportedRow{.said = std::move(activity.said),
                                       .raw = std::move(activity.raw),
                                       .as_of = m_as_of,
                                       .media = std::move(activity.media)};
        job.header = header;
        if (!activity.filename.empty()) {
            job.file = find_file(activity);
        }
        m_sources.jobs.push_back(std::move(job));
    }

    // The file that the row names, if there is one. A row may name activities only: an export holds logins
    // and contacts as well.
    std::optional<SourceFile> find_file(const formats::ExportActivity& activity) {
        const auto file = normal_name(activity.filename);
        m_named.insert(file);
        const bool is_activity = formats::has_activity_file_name(file);
        if (is_activity && m_store.has(file)) {
            return make_file(file);
        }
        fail(file, fmt::format("line {} of {} names it, and it is {}", activity.line, export_table,
                               is_activity ? "not there" : "no FIT, GPX or TCX file"));
        return std::nullopt;
    }

    // For people: "export.zip: activities/12.fit.gz".
    std::string name_of(const std::string& file) const { return fmt::format("{}: {}", m_store.name(), file); }

    SourceFile make_file(const std::string& file) const {
        return {.name = name_of(file),
                .changed = m_store.changed(file),
                .size = m_store.size(file),
                .read = [&store = m_store, file] { return store.read(file); },
                .budget = m_store.budget()};
    }

    void fail(const std::string& file, std::string reason) {
        m_sources.failures.push_back({name_of(file), {}, std::move(reason)});
    }

    const FileStore& m_store;
    ImportSources& m_sources;
    std::set<std::string> m_named;
    Instant m_as_of{};
};

} // namespace

void add_export(std::unique_ptr<FileStore> store, bool is_named, ImportSources& sources) {
    // Kept first: jobs that are there already read from it, whatever goes wrong with the next one.
    const FileStore& kept = *store;
    sources.open.push_back(std::move(store));
    ExportJobs jobs(kept, sources);
    const auto before = sources.jobs.size();
    const bool is_export = kept.has(export_table);
    if (is_export) {
        jobs.add_tables();
    }
    jobs.add_other_files(is_export ? "activities/" : "");
    for (auto& failure : kept.unreadable()) {
        sources.failures.push_back(std::move(failure));
    }
    if (sources.jobs.size() == before && is_export) {
        sources.notices.push_back(fmt::format("{}: {} lists no activity", kept.name(), export_table));
    } else if (sources.jobs.size() == before && is_named) {
        sources.failures.push_back(
            {kept.name(), {}, fmt::format("there is no {} and no FIT, GPX or TCX file in it", export_table)});
    } else if (sources.jobs.size() == before) {
        return; // somebody's ZIP of other things, in a folder that was named
    }
    for (const auto& notice : kept.notices()) {
        sources.notices.push_back(fmt::format("{}: {}", kept.name(), notice));
    }
}

} // namespace harrier::sync
