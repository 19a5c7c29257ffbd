// SPDX-License-Identifier: MIT
#include "sync/verification.hpp"

#include "archive/compress.hpp"
#include "archive/stream_codec.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "sync/stored_recording.hpp"

#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>

namespace harrier::sync {

namespace {

using archive::StoredBytes;
using archive::StoredKind;

constexpr const char* mend_store = "harrier restore FILE";
constexpr const char* mend_export = "harrier import EXPORT.zip";
constexpr const char* mend_file = "harrier import --again FILE";

// Reads one thing back; throws Error{data} when it cannot.
class Reader {
public:
    void read(const StoredBytes& stored) {
        switch (stored.kind) {
        case StoredKind::record:
            (void)m_decompressor.decompress(stored.bytes);
            return;
        case StoredKind::stream:
            m_streams = archive::decode_streams(stored.bytes).streams;
            return;
        case StoredKind::file: {
            archive::ImportedFile file;
            file.raw = stored.bytes;
            const auto bytes = unpack(file);
            if (sha256_hex(std::as_bytes(std::span(bytes))) != stored.key) {
                throw Error(ErrorKind::data, "its bytes are not those that were imported");
            }
        }
        }
    }

    // The samples that were read last.
    [[nodiscard]] const model::Streams& streams() const { return m_streams; }

private:
    archive::Decompressor m_decompressor;
    model::Streams m_streams;
};

Problem damage_of(const StoredBytes& stored, const Error& error) {
    Problem problem{.activity = stored.activity, .what = {}, .mend = {}};
    switch (stored.kind) {
    case StoredKind::record:
        problem.kind = ProblemKind::damaged_record;
        problem.what = fmt::format("what {} said cannot be read back: {}", stored.source, error.message());
        problem.mend = stored.source == "export_row" ? mend_export : mend_fetched;
        break;
    case StoredKind::file:
        problem.kind = ProblemKind::damaged_file;
        problem.what = fmt::format("the file {} cannot be read back: {}", stored.name, error.message());
        problem.mend = mend_file;
        break;
    case StoredKind::stream:
        problem.kind = ProblemKind::damaged_samples;
        problem.what = fmt::format("its samples cannot be read back: {}", error.message());
        problem.mend = stored.source == "file" ? mend_file : mend_fetched;
        break;
    }
    return problem;
}

// Samples of Strava's that cover less than nine tenths of both time and distance. What the archive does not
// know of the activity proves nothing.
bool is_short(const model::Streams& streams, const model::Activity& activity) {
    constexpr double enough = 0.9;
    const double elapsed = static_cast<double>(activity.elapsed_time.value_or(0));
    const bool lacks_time = streams.time.empty() || streams.time.back() < enough * elapsed;
    const double distance = activity.distance.value_or(0);
    const bool lacks_distance = streams.distance.empty() || !(streams.distance.back() >= enough * distance);
    return elapsed > 0 && lacks_time && (lacks_distance || distance <= 0);
}

void check_length(archive::Archive& archive, AthleteId athlete, const StoredBytes& stored,
                  const model::Streams& streams, std::vector<Problem>& problems) {
    if (stored.kind != StoredKind::stream || stored.source != "api_streams") {
        return;
    }
    const auto activity = archive.find_activity(athlete, stored.activity.value());
    if (activity && is_short(streams, *activity)) {
        problems.push_back({.kind = ProblemKind::short_samples,
                            .activity = stored.activity,
                            .what = fmt::format("its samples end after {:.0f} of {} s",
                                                streams.time.empty() ? 0 : streams.time.back(),
                                                activity->elapsed_time.value_or(0)),
                            .mend = mend_fetched});
    }
}

void check_work(const std::vector<archive::WorkProblem>& work, std::vector<Problem>& problems) {
    for (const auto& one : work) {
        if (one.outcome.state == archive::WorkState::set_aside) {
            problems.push_back({.kind = ProblemKind::set_aside,
                                .activity = one.item.activity_id,
                                .what = fmt::format("its {} failed {} times: {}", word_of(one.item.step),
                                                    one.outcome.attempts, one.outcome.error),
                                .mend = mend_fetched});
        }
    }
}

void check_store(archive::Archive& archive, std::vector<Problem>& problems) {
    for (const auto& damage : archive.find_store_damage()) {
        problems.push_back({.kind = ProblemKind::damaged_store, .what = damage, .mend = mend_store});
    }
}

void check_listing(const archive::ListingState& listing, std::vector<Problem>& problems) {
    if (listing == archive::ListingState{}) {
        return; // imported only; nobody has asked Strava
    }
    if (listing.resume_before) {
        problems.push_back({.kind = ProblemKind::open_listing,
                            .what = fmt::format("Strava's list is still to be read before {}",
                                                format_instant(*listing.resume_before).substr(0, 10)),
                            .mend = "harrier sync"});
    } else if (!listing.complete_at) {
        problems.push_back({.kind = ProblemKind::open_listing,
                            .what = "Strava's list was never read to its end",
                            .mend = "harrier sync"});
    }
}

void check_gaps(const archive::Gaps& gaps, std::vector<Problem>& problems) {
    if (gaps.without_samples > 0) {
        problems.push_back({.kind = ProblemKind::missing_samples,
                            .what = fmt::format("{} of {} activities have no samples", gaps.without_samples,
                                                gaps.activities),
                            .mend = "harrier sync"});
    }
    if (gaps.expired > 0) {
        problems.push_back({.kind = ProblemKind::expired,
                            .what = gaps.expired == 1
                                        ? "1 activity has expired"
                                        : fmt::format("{} activities have expired", gaps.expired),
                            .mend = "harrier sync"});
    }
    for (const auto id : gaps.tombstones) {
        problems.push_back({.kind = ProblemKind::tombstone,
                            .activity = id,
                            .what = "gone at Strava, kept here",
                            .mend = {}});
    }
}

void check_pairs(const std::vector<archive::DoubtfulPair>& pairs, std::vector<Problem>& problems) {
    for (const auto& pair : pairs) {
        problems.push_back({.kind = ProblemKind::doubtful_pair,
                            .activity = pair.first,
                            .other = pair.second,
                            .what = fmt::format("begins within a minute of activity {}", pair.second.value),
                            .mend = fmt::format("harrier show {} --sources", pair.first.value)});
    }
}

} // namespace

std::string_view word_of(ProblemKind kind) {
    constexpr std::array words{"damaged_store",   "damaged_record", "damaged_file", "damaged_samples",
                               "open_listing",    "set_aside",      "not_here",     "outdated",
                               "missing_samples", "short_samples",  "not_listed",   "budget",
                               "doubtful_pair",   "expired",        "tombstone"};
    static_assert(words.size() == all_problem_kinds.size());
    return words.at(static_cast<std::size_t>(kind));
}

bool is_notice(ProblemKind kind) {
    return kind == ProblemKind::missing_samples || kind >= ProblemKind::short_samples;
}

Verification verify(archive::Archive& archive, AthleteId athlete,
                    const std::function<void(std::int64_t, std::int64_t)>& progress,
                    const std::stop_token& stop) {
    Verification result;
    check_store(archive, result.problems);
    const auto total = archive.count_stored(athlete);
    Reader reader;
    archive.for_each_stored(athlete, [&](const StoredBytes& stored) {
        try {
            reader.read(stored);
            check_length(archive, athlete, stored, reader.streams(), result.problems);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::data) {
                throw;
            }
            result.problems.push_back(damage_of(stored, error));
        }
        ++result.checked;
        result.bytes += stored.bytes.size();
        progress(result.checked, total);
        return !stop.stop_requested();
    });
    result.complete = !stop.stop_requested();
    check_listing(archive.listing_state(athlete), result.problems);
    check_work(archive.work_problems(athlete), result.problems);
    result.gaps = archive.gaps(athlete);
    check_gaps(result.gaps, result.problems);
    check_pairs(archive.doubtful_pairs(athlete), result.problems);
    return result;
}

} // namespace harrier::sync
