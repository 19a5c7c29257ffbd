// SPDX-License-Identifier: MIT
#include "archive/import_writer.hpp"

#include "archive/import_reader.hpp"
#include "archive/quality.hpp"
#include "archive/statement.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::archive {

namespace {

using model::Source;

std::string key_of(const ImportedFile& file, const ImportedRecording& recording) {
    return recording.index == 0 ? file.sha256 : fmt::format("{}#{}", file.sha256, recording.index + 1);
}

// The recording of a file that its row speaks of: the one that starts nearest to it.
std::size_t find_own_recording(const ImportItem& item) {
    std::size_t nearest = 0;
    auto smallest = std::chrono::seconds::max();
    for (std::size_t i = 0; i < item.recordings.size(); ++i) {
        const auto& start = item.recordings[i].said.start_date;
        if (start && item.row->said.start_date) {
            if (const auto apart = std::chrono::abs(*start - *item.row->said.start_date); apart < smallest) {
                smallest = apart;
                nearest = i;
            }
        }
    }
    return nearest;
}

} // namespace

ImportWriter::ImportWriter(SQLite::Database& database)
    : m_activities(database), m_linker(database, m_activities),
      m_row(database, "SELECT activity_id, fetched_at, raw FROM source_record WHERE athlete_id = ? AND "
                      "source = 'export_row' AND source_key = ?"),
      m_file(database, "INSERT INTO file (athlete_id, sha256, name, format, size, raw, findings) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?)"),
      m_sighting(database, fmt::format("SELECT {} FROM file f WHERE f.athlete_id = ? AND f.sha256 = ?",
                                       sighting_columns)),
      m_rename(database, "UPDATE file SET name = ?, raw = ? WHERE athlete_id = ? AND sha256 = ?"),
      m_redate(database, "UPDATE source_record SET fetched_at = ?1 WHERE athlete_id = ?2 AND source = 'file' "
                         "AND source_key >= ?3 AND source_key < ?3 || '$'"),
      m_claim_of(database, "SELECT coalesce(strava_id, 0) FROM file WHERE athlete_id = ? AND sha256 = ?"),
      m_claim(database, "UPDATE file SET strava_id = ? WHERE athlete_id = ? AND sha256 = ?"),
      m_stream(database, "INSERT INTO stream (athlete_id, activity_id, source, source_key, samples, data) "
                         "VALUES (?, ?, 'file', ?, ?, ?)"),
      m_replace(database,
                "UPDATE file SET format = ?, size = ?, raw = ?, findings = ? WHERE athlete_id = ? AND "
                "sha256 = ?"),
      m_forget_stream(database, "DELETE FROM stream WHERE athlete_id = ? AND activity_id = ? AND source = "
                                "'file' AND source_key = ?"),
      m_forget_laps(database,
                    "DELETE FROM lap WHERE athlete_id = ? AND activity_id = ? AND source = 'file' AND "
                    "source_key = ?"),
      m_forget_metrics(database, "DELETE FROM metrics WHERE athlete_id = ? AND activity_id = ? AND "
                                 "stream_source = 'file' AND stream_key = ?"),
      m_laps(database), m_belongings(database) {}

void ImportWriter::begin(AthleteId athlete) {
    m_athlete = athlete;
    m_activities.begin(athlete);
    m_linker.begin(athlete);
    m_belongings.begin(athlete);
}

StoreCounts ImportWriter::store(const ImportItem& item) {
    Changes changes;
    std::optional<std::int64_t> row_activity;
    if (item.row) {
        row_activity = store_row(item, changes);
        m_belongings.link_media(*row_activity, *item.row);
    }
    if (item.file) {
        store_recordings(item, row_activity, changes);
    }
    settle(changes);
    StoreCounts counts;
    for (const auto& [activity_id, change] : changes) {
        ++(change == Change::added     ? counts.added
           : change == Change::updated ? counts.updated
                                       : counts.unchanged);
    }
    return counts;
}

void ImportWriter::settle(Changes& changes) {
    for (const auto& [activity_id, change] : changes) {
        if (change != Change::none) {
            m_linker.note(activity_id);
        }
    }
    for (const auto& move : m_linker.settle()) {
        if (move.leaves_nothing) {
            changes.erase(move.from);
        }
        auto& change = changes[move.to];
        change = std::max(change, move.is_new ? Change::added : Change::updated);
    }
}

std::int64_t ImportWriter::store_row(const ImportItem& item, Changes& changes) {
    const auto& row = *item.row;
    if (!row.said.strava_id) {
        throw Error(ErrorKind::data, "cannot store a row of the export: it has no activity id");
    }
    const auto key = fmt::to_string(row.said.strava_id->value);
    if (const auto owner = m_activities.find_owner(Source::export_row, key)) {
        replace_row(*owner, row, key, item.again, changes);
        return *owner;
    }
    const auto frame = m_compressor.compress(row.raw);
    return place_row(
        item, {.source = Source::export_row, .key = key, .as_of = row.as_of, .said = row.said, .raw = frame},
        changes);
}

std::optional<std::string> ImportWriter::find_raw(const std::string& frame) {
    try {
        return m_decompressor.decompress(frame);
    } catch (const Error&) {
        return std::nullopt;
    }
}

void ImportWriter::replace_row(std::int64_t activity_id, const ImportedRow& row, const std::string& key,
                               bool again, Changes& changes) {
    auto& change = changes[activity_id];
    m_row.bind(1, m_athlete.value);
    bind_text(m_row, 2, key);
    m_row.executeStep();
    const auto stored_at = parse_instant(m_row.getColumn(1).getText()).value_or(Instant{});
    const auto stored_raw = find_raw(m_row.getColumn(2).getString());
    m_row.reset();
    const bool is_lost = again && !stored_raw;
    if (stored_raw == row.raw && !again) {
        // The date of an export is that of a file, which a copy makes newer: the same words keep the oldest.
        if (row.as_of < stored_at && m_activities.redate(activity_id, Source::export_row, key, row.as_of)) {
            m_linker.note(activity_id);
        }
        return;
    }
    if (!is_lost && (row.as_of < stored_at || (row.as_of == stored_at && row.raw < stored_raw))) {
        return; // an older export than the one that is here
    }
    const auto said = m_activities.statements(activity_id);
    const bool says_the_same = std::any_of(said.begin(), said.end(), [&](const model::Statement& statement) {
        return statement.source == Source::export_row && statement.said == row.said;
    });
    const auto frame = m_compressor.compress(row.raw);
    m_linker.note(activity_id);
    m_activities.put(
        activity_id,
        {.source = Source::export_row, .key = key, .as_of = row.as_of, .said = row.said, .raw = frame});
    change = says_the_same ? change : Change::updated;
}

// The activity of that Strava id; else the one that the row's own file made when it was loose; else one that
// loose files of the same outing made; else a new one.
std::int64_t ImportWriter::place_row(const ImportItem& item, const RecordToStore& record, Changes& changes) {
    if (const auto listed = m_activities.find_activity(*record.said.strava_id)) {
        m_linker.note(*listed);
        m_activities.put(*listed, record);
        changes[*listed] = Change::updated;
        return *listed;
    }
    std::vector<std::int64_t> unlisted;
    if (item.file && !item.recordings.empty()) {
        const auto key = key_of(*item.file, item.recordings[find_own_recording(item)]);
        const auto owner = m_activities.find_owner(Source::file, key);
        if (owner && m_activities.is_unlisted(*owner)) {
            unlisted.push_back(*owner);
        }
    }
    if (unlisted.empty()) {
        unlisted = m_activities.find_same_outings(record.said, true);
    }
    if (unlisted.empty()) {
        const auto added = m_activities.add(record);
        changes[added] = Change::added;
        return added;
    }
    m_activities.put(unlisted.front(), record);
    changes[unlisted.front()] = Change::updated;
    return unlisted.front();
}

bool ImportWriter::claim(const ImportedFile& file, const ImportedRow& row) {
    m_claim_of.bind(1, m_athlete.value);
    bind_text(m_claim_of, 2, file.sha256);
    const auto claimed_by = find_number(m_claim_of);
    const auto wanted_by = row.said.strava_id->value;
    if (claimed_by.value_or(0) == wanted_by) {
        return true;
    }
    // Two rows that name the same bytes: the older activity has them, in whatever order they come.
    if (claimed_by.value_or(0) != 0 && *claimed_by < wanted_by) {
        return false;
    }
    m_claim.bind(1, wanted_by);
    m_claim.bind(2, m_athlete.value);
    bind_text(m_claim, 3, file.sha256);
    run(m_claim);
    return true;
}

void ImportWriter::store_recordings(const ImportItem& item, std::optional<std::int64_t> row_activity,
                                    Changes& changes) {
    if (item.recordings.empty()) {
        return;
    }
    store_file(*item.file, item.again);
    const bool is_claimed = row_activity && claim(*item.file, *item.row);
    const auto own = is_claimed ? find_own_recording(item) : item.recordings.size();
    for (std::size_t i = 0; i < item.recordings.size(); ++i) {
        const auto& recording = item.recordings[i];
        const auto key = key_of(*item.file, recording);
        const auto target = own == i ? row_activity : std::nullopt;
        const RecordToStore record{.source = Source::file,
                                   .key = key,
                                   .as_of = item.file->as_of,
                                   .said = recording.said,
                                   .raw = {},
                                   .quality = quality_of(*item.file, recording),
                                   .is_cut = recording.is_cut};
        if (const auto owner = m_activities.find_owner(Source::file, key)) {
            if (target && *owner != *target) {
                m_linker.note(*owner);
                m_activities.move_file(key, *owner, *target);
                forget_or_update(*owner, changes);
                changes[*target] = std::max(changes[*target], Change::updated);
            } else {
                changes.emplace(*owner, Change::none);
            }
            if (item.again) {
                replace_recording(target.value_or(*owner), recording, record);
                changes[target.value_or(*owner)] = Change::updated;
            }
            continue;
        }
        const auto activity_id = place_recording(record, target, changes);
        store_stream(activity_id, key, recording);
        m_laps.store(m_athlete, ActivityId{activity_id}, Source::file, key, recording.laps);
    }
}

void ImportWriter::replace_recording(std::int64_t activity_id, const ImportedRecording& recording,
                                     const RecordToStore& record) {
    for (auto* forget : {&m_forget_stream, &m_forget_laps, &m_forget_metrics}) {
        forget->bind(1, m_athlete.value);
        forget->bind(2, activity_id);
        bind_text(*forget, 3, record.key);
        run(*forget);
    }
    m_linker.note(activity_id);
    m_activities.put(activity_id, record);
    store_stream(activity_id, std::string(record.key), recording);
    m_laps.store(m_athlete, ActivityId{activity_id}, Source::file, std::string(record.key), recording.laps);
}

void ImportWriter::forget_or_update(std::int64_t activity_id, Changes& changes) {
    if (m_activities.statements(activity_id).empty()) {
        changes.erase(activity_id);
    } else {
        auto& change = changes[activity_id];
        change = std::max(change, Change::updated);
    }
}

std::int64_t ImportWriter::place_recording(const RecordToStore& record,
                                           std::optional<std::int64_t> row_activity, Changes& changes) {
    auto target = row_activity;
    if (!target) {
        m_linker.expect_loose_file();
        // Several that fit are a doubt, and doubtful pairs stay apart.
        const auto same = m_activities.find_same_outings(record.said, false);
        target = same.size() == 1 ? std::optional(same.front()) : std::nullopt;
    }
    if (!target) {
        const auto added = m_activities.add(record);
        changes[added] = Change::added;
        return added;
    }
    m_activities.put(*target, record);
    changes[*target] = std::max(changes[*target], Change::updated);
    return *target;
}

void ImportWriter::store_file(const ImportedFile& file, bool again) {
    const auto known = find_sighting(file);
    if (known && again) {
        m_replace.bindNoCopy(1, file.format);
        m_replace.bind(2, file.size);
        bind_blob(m_replace, 3, file.raw);
        m_replace.bind(4, file.findings);
        m_replace.bind(5, m_athlete.value);
        m_replace.bindNoCopy(6, file.sha256);
        run(m_replace);
    }
    if (!known) {
        insert_file(file);
    } else if (Sighting{file.as_of, file.name} < *known) {
        meet_again(file);
    }
}

std::optional<Sighting> ImportWriter::find_sighting(const ImportedFile& file) {
    m_sighting.bind(1, m_athlete.value);
    m_sighting.bindNoCopy(2, file.sha256);
    std::optional<Sighting> sighting;
    if (m_sighting.executeStep()) {
        sighting = read_sighting(m_sighting, 0);
    }
    m_sighting.reset();
    return sighting;
}

void ImportWriter::meet_again(const ImportedFile& file) {
    m_rename.bindNoCopy(1, file.name);
    bind_blob(m_rename, 2, file.raw);
    m_rename.bind(3, m_athlete.value);
    m_rename.bindNoCopy(4, file.sha256);
    run(m_rename);
    bind_text(m_redate, 1, format_instant(file.as_of));
    m_redate.bind(2, m_athlete.value);
    bind_text(m_redate, 3, file.sha256);
    run(m_redate);
}

void ImportWriter::insert_file(const ImportedFile& file) {
    m_file.bind(1, m_athlete.value);
    m_file.bindNoCopy(2, file.sha256);
    m_file.bindNoCopy(3, file.name);
    m_file.bindNoCopy(4, file.format);
    m_file.bind(5, file.size);
    bind_blob(m_file, 6, file.raw);
    m_file.bind(7, file.findings);
    run(m_file);
}

void ImportWriter::store_stream(std::int64_t activity_id, const std::string& key,
                                const ImportedRecording& recording) {
    if (recording.streams.empty()) {
        return;
    }
    m_stream.bind(1, m_athlete.value);
    m_stream.bind(2, activity_id);
    m_stream.bindNoCopy(3, key);
    m_stream.bind(4, recording.samples);
    bind_blob(m_stream, 5, recording.streams);
    run(m_stream);
}

} // namespace harrier::archive
