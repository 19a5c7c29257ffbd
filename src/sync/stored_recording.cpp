// SPDX-License-Identifier: MIT
#include "sync/stored_recording.hpp"

#include "archive/compress.hpp"
#include "archive/stream_codec.hpp"
#include "formats/activity_file.hpp"
#include "formats/gzip.hpp"

#include <algorithm>
#include <charconv>
#include <span>

namespace harrier::sync {

namespace {

// "<sha256>#2" is the second recording of its file.
std::size_t recording_index(std::string_view key) {
    const auto mark = key.find('#');
    std::size_t number = 1;
    if (mark != std::string_view::npos) {
        std::from_chars(key.data() + mark + 1, key.data() + key.size(), number);
    }
    return number - 1;
}

std::optional<model::Recording> decode_file(archive::Archive& archive, AthleteId athlete, ActivityId id,
                                            const archive::StoredStream& stream) {
    for (const auto& file : archive.files(athlete, id)) {
        if (!stream.key.starts_with(file.sha256)) {
            continue;
        }
        const auto bytes = unpack(file);
        const auto format = formats::find_format(std::as_bytes(std::span(bytes)));
        if (!format) {
            return std::nullopt;
        }
        auto decoded = formats::decode(*format, std::as_bytes(std::span(bytes)));
        if (const auto index = recording_index(stream.key); index < decoded.recordings.size()) {
            return std::move(decoded.recordings[index]);
        }
    }
    return std::nullopt;
}

} // namespace

model::Recording from_samples(const archive::StoredStream& stream) {
    auto stored = archive::decode_streams(stream.data);
    model::Recording recording;
    recording.streams = std::move(stored.streams);
    recording.extra = std::move(stored.extra);
    recording.breaks = std::move(stored.breaks);
    recording.pauses = std::move(stored.pauses);
    return recording;
}

std::string unpack(const archive::ImportedFile& file) {
    const auto raw = std::as_bytes(std::span(file.raw));
    if (formats::is_gzip(raw)) {
        return formats::gunzip(raw);
    }
    return archive::Decompressor().decompress(file.raw);
}

void describe(model::Recording& recording, const model::Activity& activity) {
    if (!recording.start) {
        recording.start = activity.start_date;
    }
    recording.name = activity.name;
    recording.description = activity.description.value_or("");
    recording.sport_type = activity.sport_type;
    if (activity.utc_offset) {
        recording.utc_offset = std::chrono::seconds{static_cast<std::int64_t>(*activity.utc_offset)};
    }
}

std::optional<model::Recording> find_recording(archive::Archive& archive, AthleteId athlete,
                                               const model::Activity& activity) {
    const auto stream = archive.find_stream(athlete, activity.activity_id);
    if (!stream) {
        return std::nullopt;
    }
    auto recording = stream->source == "file" ? decode_file(archive, athlete, activity.activity_id, *stream)
                                              : std::nullopt;
    if (!recording) {
        recording = from_samples(*stream);
    }
    describe(*recording, activity);
    return recording;
}

} // namespace harrier::sync
