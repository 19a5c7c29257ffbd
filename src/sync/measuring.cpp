// SPDX-License-Identifier: MIT
#include "sync/measuring.hpp"

#include "analysis/activity_metrics.hpp"
#include "base/error.hpp"
#include "base/kill_point.hpp"
#include "base/ordered_work.hpp"
#include "sync/stored_recording.hpp"

#include <algorithm>
#include <span>
#include <thread>
#include <variant>

namespace harrier::sync {

namespace {

using archive::Measurement;
using archive::MeasurementInput;

// So many are read, computed and stored at a time: a transaction each would wait for the disk.
constexpr std::size_t measured_at_once = 128;

model::Recording recording_of(const MeasurementInput& input) {
    auto recording = from_samples(input.stream);
    describe(recording, input.activity);
    return recording;
}

using Outcome = std::variant<Measurement, MeasuringFailure>;

Outcome measure_one(const MeasurementInput& input) {
    const auto id = input.activity.activity_id;
    try {
        return Measurement{.activity = id,
                           .stream_source = input.stream.source,
                           .stream_key = input.stream.key,
                           .metrics = analysis::measure(recording_of(input),
                                                        {.sport_type = input.activity.sport_type,
                                                         .trainer = input.activity.trainer.value_or(false),
                                                         .distance = input.activity.distance,
                                                         .treadmill_scale = input.mark.treadmill_scale})};
    } catch (const Error& error) {
        return MeasuringFailure{id, error.message()};
    }
}

// What is to be computed of some activities; of those without samples that what is kept has to go.
struct Batch {
    std::vector<MeasurementInput> inputs;
    std::vector<Measurement> gone;
};

Batch read_batch(archive::Archive& archive, AthleteId athlete, std::span<const ActivityId> ids) {
    Batch batch;
    for (const auto id : ids) {
        if (auto input = archive.measurement_input(athlete, id)) {
            batch.inputs.push_back(*std::move(input));
        } else {
            batch.gone.push_back({.activity = id});
        }
    }
    return batch;
}

} // namespace

int algorithm_version() {
    return analysis::algorithm_version;
}

MeasuringResult measure(archive::Archive& archive, AthleteId athlete,
                        const std::function<void(std::size_t, std::size_t)>& progress,
                        const std::stop_token& stop, const MeasuringOptions& options) {
    MeasuringResult result;
    const auto version = algorithm_version();
    const auto ids = archive.unmeasured(athlete, version);
    const auto threads =
        options.threads > 0 ? options.threads : std::max(std::thread::hardware_concurrency(), 1U);
    for (std::size_t begin = 0; begin < ids.size(); begin += measured_at_once) {
        const auto count = std::min(measured_at_once, ids.size() - begin);
        auto batch = read_batch(archive, athlete, std::span(ids).subspan(begin, count));
        std::vector<OrderedWork<Outcome>::Work> workers(
            threads, [&batch](std::size_t item, auto&) { return measure_one(batch.inputs[item]); });
        OrderedWork<Outcome> work(batch.inputs.size(), std::move(workers),
                                  {.ahead = batch.inputs.size() + 1});
        auto measurements = std::move(batch.gone);
        while (auto outcome = work.next(stop)) {
            if (auto* failure = std::get_if<MeasuringFailure>(&*outcome)) {
                result.failures.push_back(std::move(*failure));
            } else {
                measurements.push_back(std::get<Measurement>(*std::move(outcome)));
            }
        }
        HARRIER_KILL_POINT("sync: before metrics are stored");
        archive.store_metrics(athlete, version, measurements);
        result.measured += measurements.size();
        if (stop.stop_requested()) {
            return result;
        }
        progress(begin + count, ids.size());
    }
    archive.note_measured(athlete, version);
    result.complete = true;
    return result;
}

} // namespace harrier::sync
