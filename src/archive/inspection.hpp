// SPDX-License-Identifier: MIT
#pragma once

// What `harrier verify` looks at: everything that the archive keeps as bytes, and what is odd about its rows.

#include "base/ids.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace harrier::archive {

enum class StoredKind {
    record, // what a source said: one zstd frame
    file,   // the bytes of an imported file: one zstd frame, or gzip; their SHA-256 is the key
    stream, // samples: decode_streams() reads them
};

struct StoredBytes {
    StoredKind kind = StoredKind::record;
    std::optional<ActivityId> activity; // a file's is one of those that it gave
    std::string source;                 // "api_summary", "export_row", "file" …
    std::string key;
    std::string name; // of a file, where it was found
    std::string bytes;
};

// Two activities that may be the same outing: they begin within a minute in the same kind of sport, and were
// not joined.
struct DoubtfulPair {
    ActivityId first{};
    ActivityId second{};
};

// What a sync has not brought, and what Strava has no more.
struct Gaps {
    std::int64_t activities = 0;      // tombstones left out
    std::int64_t without_samples = 0; // recorded by a device, and only their summary is here
    std::int64_t without_start = 0;   // nothing says when
    std::vector<ActivityId> tombstones{};
    std::int64_t expired = 0; // nothing is here but their number (Archive::forget_api)
};

class Inspection {
public:
    virtual ~Inspection() = default;

    // What the store itself complains of; empty when it is sound.
    [[nodiscard]] virtual std::vector<std::string> find_store_damage() = 0;
    [[nodiscard]] virtual std::int64_t count_stored(AthleteId athlete) = 0;
    // Every record, file and stream; `visit` gives false to end it.
    virtual void for_each_stored(AthleteId athlete, const std::function<bool(StoredBytes)>& visit) = 0;
    // By the first, then the second.
    [[nodiscard]] virtual std::vector<DoubtfulPair> doubtful_pairs(AthleteId athlete) = 0;
    [[nodiscard]] virtual Gaps gaps(AthleteId athlete) = 0;
};

} // namespace harrier::archive
