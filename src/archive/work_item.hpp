// SPDX-License-Identifier: MIT
#pragma once

// What is fetched for each activity after it was listed, one request each, and how far that has come. An item
// is due by itself: a listed activity that nobody has asked for yet needs no row to be found, so nothing can
// be lost between listing and fetching.

#include "base/ids.hpp"
#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::archive {

enum class Step {
    streams, // samples; not for manual entries, nor where a file has given them
    details, // the API's answer for one activity, with laps, gear and efforts
};

inline constexpr std::array<std::string_view, 2> step_words{"streams", "details"};
[[nodiscard]] constexpr std::string_view word_of(Step step) {
    return step_words.at(static_cast<std::size_t>(step));
}

enum class WorkState {
    due,       // fetched before, and the activity has changed since
    done,      // stored
    absent,    // Strava has none: final
    failed,    // to be tried again from `next_at` on
    set_aside, // failed so often that only a change or a full sync tries it again
};

inline constexpr std::array<std::string_view, 5> work_state_words{"due", "done", "absent", "failed",
                                                                  "set_aside"};
[[nodiscard]] constexpr std::string_view word_of(WorkState state) {
    return work_state_words.at(static_cast<std::size_t>(state));
}

// One request to make.
struct WorkItem {
    ActivityId activity_id;
    StravaId strava_id;
    Step step = Step::streams;
    int attempts = 0; // that failed since it was last done
    std::optional<Instant> start_date{};
    bool is_private = false; // only the athlete sees it, so activity:read_all is needed
    bool is_again = false;   // fetched before, and the activity has changed since
};

// What came of it.
struct WorkOutcome {
    WorkState state = WorkState::done;
    Instant at{};
    int attempts = 0;
    std::optional<Instant> next_at{}; // of `failed`
    std::string error{};              // of `failed` and `set_aside`
};

struct WorkProblem {
    WorkItem item;
    WorkOutcome outcome;
};

// Samples as the API gave them, ready to be written.
struct FetchedStreams {
    std::string data; // encode_streams()
    std::int64_t samples = 0;
};

// How much is to be fetched.
struct WorkCounts {
    std::int64_t due = 0;       // now
    std::int64_t again = 0;     // of these, the ones that were fetched before
    std::int64_t waiting = 0;   // failed, not to be tried yet
    std::int64_t set_aside = 0; // not to be tried again by itself
};

} // namespace harrier::archive
