// SPDX-License-Identifier: MIT
#include "sync/prepared_item.hpp"

#include "analysis/summary.hpp"
#include "archive/stream_codec.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "formats/activity_file.hpp"
#include "formats/gzip.hpp"
#include "formats/polyline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <new>
#include <span>
#include <string_view>
#include <utility>

namespace harrier::sync {

namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

model::Activity describe(const model::Recording& recording) {
    auto said = analysis::summarize(recording);
    if (const auto track = analysis::summary_track(recording); !track.empty()) {
        said.summary_polyline = formats::encode_polyline(track);
    }
    return said;
}

std::size_t count_columns(const model::Recording& recording) {
    const auto& streams = recording.streams;
    const auto columns = {&streams.time,      &streams.latitude,    &streams.longitude,
                          &streams.distance,  &streams.altitude,    &streams.velocity_smooth,
                          &streams.heartrate, &streams.cadence,     &streams.watts,
                          &streams.temp,      &streams.grade_smooth};
    const auto said = std::count_if(columns.begin(), columns.end(), [](auto* one) { return !one->empty(); });
    return static_cast<std::size_t>(said) + recording.extra.size();
}

archive::ImportedRecording make_recording(model::Recording recording, std::size_t index) {
    archive::ImportedRecording result;
    result.index = index;
    result.said = describe(recording);
    result.samples = static_cast<std::int64_t>(recording.streams.size());
    result.columns = count_columns(recording);
    result.laps = std::move(recording.laps);
    if (result.samples > 0) {
        result.streams = archive::encode_streams({.streams = std::move(recording.streams),
                                                  .extra = std::move(recording.extra),
                                                  .breaks = std::move(recording.breaks),
                                                  .pauses = std::move(recording.pauses)});
    }
    return result;
}

bool is_transition(const model::Recording& recording) {
    return recording.original_sport.starts_with("transition");
}

ImportFailure make_failure(const SourceFile& source, const model::Finding& finding) {
    return {source.name, finding.offset, finding.what};
}

// A damaged file can have something odd in every message: the first tell what is wrong with it.
std::vector<ImportFailure> first_findings(const SourceFile& source,
                                          const std::vector<model::Finding>& findings) {
    constexpr std::size_t most = 20;
    std::vector<ImportFailure> first;
    for (std::size_t i = 0; i < std::min(findings.size(), most); ++i) {
        first.push_back(make_failure(source, findings[i]));
    }
    if (findings.size() > most) {
        first.push_back({source.name, {}, fmt::format("and {} more of this kind", findings.size() - most)});
    }
    return first;
}

// What a file of usual contents takes while it is decoded, as a multiple of its bytes: the parsed tree of an
// XML file and the samples of any.
constexpr std::uint64_t decoding_cost = 5;

// The parsed tree of a large file is many small pieces, which the allocator would keep for the next one: with
// several in a row, the process holds twice what it uses.
void give_back_memory([[maybe_unused]] std::size_t size) {
#ifdef __GLIBC__
    constexpr std::size_t large = 8U << 20U;
    if (size > large) {
        malloc_trim(0);
    }
#endif
}

} // namespace

PreparedItem ItemPreparer::prepare(ImportJob job, PreparedItems::Room& room) {
    PreparedItem prepared;
    prepared.name = std::move(job.name);
    prepared.item.row = std::move(job.row);
    if (prepared.item.row && job.header) {
        prepared.item.row->raw = *job.header + "\n" + prepared.item.row->raw;
    }
    if (!job.file) {
        return prepared;
    }
    try {
        add_file(*job.file, prepared, room);
    } catch (const Error& error) {
        prepared.failure = ImportFailure{job.file->name, {}, error.message()};
    } catch (const std::bad_alloc&) {
        prepared.failure = ImportFailure{job.file->name, {}, "there is not enough memory for it"};
    } catch (const std::exception& error) { // of the file system, say: a file that went away meanwhile
        prepared.failure = ImportFailure{job.file->name, {}, error.what()};
    }
    give_back_memory(prepared.bytes);
    if (prepared.failure) {
        prepared.item.file.reset();
        prepared.item.recordings.clear();
    }
    room.keep(archive::size_of(prepared.item));
    return prepared;
}

void ItemPreparer::add_file(const SourceFile& source, PreparedItem& prepared, PreparedItems::Room& room) {
    if (!room.take(source.size)) {
        return;
    }
    auto stored = source.read();
    std::string inflated;
    const bool is_packed = formats::is_gzip(bytes_of(stored));
    if (is_packed) {
        const auto limit = formats::max_activity_size(stored.size());
        const auto likely = std::min(limit, formats::claimed_size(bytes_of(stored)));
        if (!room.take(stored.size() + likely)) {
            return;
        }
        inflated = formats::gunzip(bytes_of(stored), limit, source.budget);
    }
    const auto bytes = bytes_of(is_packed ? inflated : stored);
    if (!room.take(stored.size() + decoding_cost * bytes.size())) {
        return;
    }
    prepared.bytes = bytes.size();
    auto sha256 = sha256_hex(bytes);
    if (is_known(sha256, source, prepared.item)) {
        prepared.has_known_file = true;
        prepared.findings = find_again(source, sha256, bytes);
        return;
    }
    const auto format = formats::find_format(bytes);
    if (!format) {
        prepared.failure = ImportFailure{source.name, 0, "it is no FIT, GPX or TCX file"};
        return;
    }
    auto decoded = formats::decode(*format, bytes);
    if (decoded.recordings.empty()) {
        prepared.failure = decoded.findings.empty()
                               ? ImportFailure{source.name, {}, "there is no activity in it"}
                               : make_failure(source, decoded.findings.front());
        return;
    }
    prepared.findings = first_findings(source, decoded.findings);
    // The minutes between two sports of a triathlon are nobody's activity, unless they are all there is.
    const bool has_sport = !std::all_of(decoded.recordings.begin(), decoded.recordings.end(), is_transition);
    for (std::size_t i = 0; i < decoded.recordings.size(); ++i) {
        if (!has_sport || !is_transition(decoded.recordings[i])) {
            auto& recording =
                prepared.item.recordings.emplace_back(make_recording(std::move(decoded.recordings[i]), i));
            recording.is_cut = decoded.is_cut && i + 1 == decoded.recordings.size();
        }
    }
    // What came compressed is kept as it came.
    prepared.item.file =
        archive::ImportedFile{.sha256 = std::move(sha256),
                              .name = source.name,
                              .format = std::string(formats::word_of(*format)),
                              .size = static_cast<std::int64_t>(bytes.size()),
                              .raw = is_packed ? std::move(stored) : m_compressor.compress(stored),
                              .as_of = source.changed,
                              .is_rewritten = decoded.is_rewritten,
                              .findings = static_cast<std::int64_t>(decoded.findings.size())};
}

std::vector<ImportFailure> ItemPreparer::find_again(const SourceFile& source, const std::string& sha256,
                                                    std::span<const std::byte> bytes) const {
    const auto format = m_known.at(sha256).has_findings ? formats::find_format(bytes) : std::nullopt;
    return format ? first_findings(source, formats::decode(*format, bytes).findings)
                  : std::vector<ImportFailure>();
}

bool ItemPreparer::is_known(const std::string& sha256, const SourceFile& source,
                            const archive::ImportItem& item) const {
    const auto found = m_known.find(sha256);
    if (found == m_known.end()) {
        return false;
    }
    const auto& known = found->second;
    if (archive::Sighting{source.changed, source.name} < known.sighting) {
        return false;
    }
    // Of two rows that name the same bytes the older one has them (archive/import_writer.hpp).
    return !item.row || !item.row->said.strava_id ||
           (known.strava_id && *known.strava_id <= *item.row->said.strava_id);
}

} // namespace harrier::sync
