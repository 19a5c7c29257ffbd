// SPDX-License-Identifier: MIT
#include "sync/fetch_pass.hpp"

#include "archive/stream_codec.hpp"
#include "base/kill_point.hpp"
#include "sync/stored_recording.hpp"

#include <algorithm>
#include <utility>

namespace harrier::sync {

namespace {

using archive::Step;
using archive::WorkItem;
using archive::WorkState;

Phase phase_of(Step step) {
    return step == Step::streams ? Phase::streams : Phase::details;
}

archive::FetchedStreams encode(const model::Recording& recording) {
    return {.data = archive::encode_streams({.streams = recording.streams,
                                             .extra = recording.extra,
                                             .breaks = recording.breaks,
                                             .pauses = recording.pauses}),
            .samples = static_cast<std::int64_t>(recording.streams.size())};
}

} // namespace

std::chrono::seconds rest_after(int attempts) {
    if (attempts <= 1) {
        return std::chrono::seconds{0};
    }
    std::chrono::seconds rest = std::chrono::minutes{15};
    for (int i = 2; i < attempts; ++i) {
        rest *= 4;
    }
    return rest;
}

bool FetchPass::run(Step step, bool only_again) {
    auto items = m_run.archive.due_work(m_run.athlete, step, m_run.now());
    const bool sees_private = m_run.remote.granted().allows("activity:read_all");
    std::erase_if(items, [&](const WorkItem& item) {
        return !is_wanted(item, sees_private) || (only_again && !item.is_again);
    });
    auto& progress = m_run.progress;
    progress.phase = phase_of(step);
    progress.total = static_cast<std::int64_t>(items.size());
    progress.fetched = {};
    for (const auto& item : items) {
        if (!m_run.may_ask()) {
            return false;
        }
        fetch(item);
        progress.fetched = counts_of(item);
        progress.streams = counts(Step::streams).stored;
        m_run.show();
    }
    blame_unanswered();
    return true;
}

bool FetchPass::is_wanted(const WorkItem& item, bool sees_private) const {
    const bool is_too_old = m_run.options.since && item.start_date && *item.start_date < *m_run.options.since;
    // With fewer scopes than it was listed with, Strava would say of a private one that there is none.
    return !is_too_old && (!item.is_private || sees_private);
}

void FetchPass::fetch(const WorkItem& item) {
    try {
        fetch_item(item);
    } catch (const Error& error) {
        const bool is_unanswered = error.kind() == ErrorKind::network || error.kind() == ErrorKind::remote;
        if (!is_unanswered) {
            throw;
        }
        m_unanswered.push_back({item, error.message()});
        if (m_unanswered.size() >= most_unanswered) {
            throw;
        }
    }
}

FetchPass::Answer FetchPass::ask(const WorkItem& item) {
    const auto widen = [](auto&& answer) {
        return std::visit([](auto&& value) { return Answer(std::forward<decltype(value)>(value)); },
                          std::forward<decltype(answer)>(answer));
    };
    return item.step == Step::streams ? widen(m_run.remote.streams(item.strava_id, m_run.stop))
                                      : widen(m_run.remote.detail(item.strava_id, m_run.stop));
}

void FetchPass::fetch_item(const WorkItem& item) {
    std::optional<Answer> answer;
    std::string damage;
    try {
        answer = ask(item);
        m_run.note_request();
    } catch (const Error& error) {
        m_run.note_request();
        if (error.kind() != ErrorKind::data) {
            throw;
        }
        damage = error.message();
    }
    blame_unanswered();
    if (!answer) {
        note_failure(item, damage);
    } else if (auto* recording = std::get_if<model::Recording>(&*answer)) {
        store(item, std::move(*recording));
    } else if (const auto* detail = std::get_if<model::ActivityDetail>(&*answer)) {
        store(item, *detail);
    } else if (const auto* refusal = std::get_if<strava::Refusal>(&*answer)) {
        note_failure(item, refusal->message);
    } else {
        note_absent(item);
    }
}

void FetchPass::store(const WorkItem& item, model::Recording recording) {
    archive::FetchedStreams encoded;
    try {
        encoded = encode(recording);
    } catch (const Error& error) { // more samples than the archive keeps
        note_failure(item, error.message());
        return;
    }
    HARRIER_KILL_POINT("sync: before samples are stored");
    m_run.archive.together([&] {
        m_run.archive.store_streams(m_run.athlete, item, encoded, m_run.now());
        if (m_run.options.derive) {
            if (const auto activity = m_run.archive.find_activity(m_run.athlete, item.activity_id)) {
                describe(recording, *activity);
            }
            m_run.options.derive(m_run.archive, m_run.athlete, item.activity_id, recording);
        }
    });
    HARRIER_KILL_POINT("sync: after samples were stored");
    ++counts_of(item).stored;
}

void FetchPass::store(const WorkItem& item, const model::ActivityDetail& detail) {
    if (detail.record.activity.strava_id != item.strava_id) {
        note_failure(item, "the details that came are those of another activity");
        return;
    }
    HARRIER_KILL_POINT("sync: before details are stored");
    m_run.archive.store_detail(m_run.athlete, item, detail, m_run.now());
    HARRIER_KILL_POINT("sync: after details were stored");
    ++counts_of(item).stored;
}

void FetchPass::note_absent(const WorkItem& item) {
    m_run.archive.store_outcome(m_run.athlete, item, {.state = WorkState::absent, .at = m_run.now()});
    ++counts_of(item).absent;
}

void FetchPass::note_failure(const WorkItem& item, const std::string& message) {
    const int attempts = item.attempts + 1;
    const bool set_aside = attempts >= most_attempts;
    const auto now = m_run.now();
    m_run.archive.store_outcome(
        m_run.athlete, item,
        {.state = set_aside ? WorkState::set_aside : WorkState::failed,
         .at = now,
         .attempts = attempts,
         .next_at = set_aside ? std::nullopt : std::optional(now + rest_after(attempts)),
         .error = message});
    m_failures.push_back({item, message, set_aside});
    ++counts_of(item).failed;
}

void FetchPass::blame_unanswered() {
    for (const auto& [item, message] : std::exchange(m_unanswered, {})) {
        note_failure(item, message);
    }
}

} // namespace harrier::sync
