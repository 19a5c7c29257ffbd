// SPDX-License-Identifier: MIT

// Figures of recordings, for a comparison with other programs: file_figures FTP CP W' FILE…
// Prints a JSON object for the first recording of each file. What another program reckons by a convention of
// its own is there by that convention, too (docs/metrics.md), so that a difference that remains is one of the
// samples.

#include "analysis/activity_metrics.hpp"
#include "analysis/average.hpp"
#include "analysis/critical_power.hpp"
#include "analysis/mean_maximal.hpp"
#include "analysis/normalized_power.hpp"
#include "analysis/second_grid.hpp"
#include "analysis/summary.hpp"
#include "analysis/w_balance.hpp"
#include "base/file.hpp"
#include "formats/activity_file.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <span>
#include <string>
#include <vector>

namespace {

using namespace harrier;

struct Thresholds {
    double ftp = 0;
    analysis::CriticalPower critical;
};

class Object {
public:
    void add(std::string_view name, std::optional<double> value) {
        if (value && std::isfinite(*value)) {
            fmt::format_to(std::back_inserter(m_text), R"(,"{}":{})", name, *value);
        }
    }
    [[nodiscard]] const std::string& members() const { return m_text; }

private:
    std::string m_text;
};

void add_power(Object& object, const model::Recording& recording, const model::Metrics& metrics,
               const Thresholds& thresholds) {
    const auto& streams = recording.streams;
    if (!metrics.normalized_power) {
        return;
    }
    // Seconds as harrier's own figures take them: those of gaps and pauses are 0 W for windows of the clock,
    // and left out for means over what was recorded.
    const auto held = analysis::held_seconds(streams.time);
    const std::vector<double> ones(held.size(), 1);
    const auto is_recorded = analysis::second_grid(streams.time, ones, held, analysis::Zeros::count);
    auto filled = analysis::second_grid(streams.time, streams.watts, held, analysis::Zeros::count);
    std::replace_if(
        filled.begin(), filled.end(), [](double value) { return model::is_missing(value); }, 0.0);
    std::vector<double> recorded;
    for (std::size_t i = 0; i < filled.size(); ++i) {
        if (!model::is_missing(is_recorded[i]) && is_recorded[i] > 0) {
            recorded.push_back(filled[i]);
        }
    }
    object.add("normalized_power", metrics.normalized_power);
    object.add("normalized_power_zero_ramp",
               analysis::normalized_power(recorded, analysis::RollingStart::zero_ramp));
    object.add("normalized_power_growing",
               analysis::normalized_power(recorded, analysis::RollingStart::growing));
    object.add("xpower", metrics.xpower);
    object.add("xpower_from_zero", analysis::xpower(recorded, analysis::XPowerSeed::zero));
    object.add("recorded_s", static_cast<double>(recorded.size()));
    for (const auto& [name, model] : {std::pair("w_differential", analysis::WBalanceModel::differential),
                                      std::pair("w_plain_steps", analysis::WBalanceModel::euler),
                                      std::pair("w_integral", analysis::WBalanceModel::integral)}) {
        const auto balance = analysis::w_balance(filled, thresholds.critical, model);
        object.add(name, *std::min_element(balance.begin(), balance.end()));
    }
    constexpr std::array<std::uint32_t, 5> durations{60, 180, 300, 480, 1200};
    std::vector<analysis::MeanEffort> efforts;
    for (const auto& peak : analysis::mean_maximal(filled, durations)) {
        object.add(fmt::format("peak_{}", peak.seconds), peak.mean);
        if (peak.seconds >= 180) {
            efforts.push_back({static_cast<double>(peak.seconds), peak.mean});
        }
    }
    for (const auto& [name, model] : {std::pair("cp_work_time", analysis::CriticalModel::work_time),
                                      std::pair("cp_hyperbolic", analysis::CriticalModel::hyperbolic)}) {
        if (const auto fit = analysis::fit_critical(efforts, model)) {
            object.add(name, fit->critical);
        }
    }
}

std::string figures_of(const std::string& path, const Thresholds& thresholds) {
    const auto bytes = read_file(path);
    const auto data = std::as_bytes(std::span(bytes));
    const auto format = formats::find_format(data);
    auto decoded = format ? formats::decode(*format, data) : model::DecodedFile{};
    Object object;
    std::string sport;
    std::string start;
    if (!decoded.recordings.empty()) {
        auto& recording = decoded.recordings.front();
        const auto shown = analysis::summarize(recording);
        const auto metrics = analysis::measure(recording);
        sport = shown.sport_type;
        start = recording.start ? fmt::format("{:%Y_%m_%d_%H_%M_%S}",
                                              std::chrono::floor<std::chrono::seconds>(*recording.start))
                                : "";
        object.add("samples", static_cast<double>(recording.streams.size()));
        object.add("distance", shown.distance);
        object.add("moving_time", shown.moving_time);
        object.add("ascent", shown.total_elevation_gain);
        add_power(object, recording, metrics, thresholds);
        if (metrics.normalized_power && shown.moving_time) {
            object.add("tss", analysis::training_stress_score(static_cast<double>(*shown.moving_time),
                                                              *metrics.normalized_power, thresholds.ftp));
        }
        recording.totals = {}; // what the samples alone say
        const auto sampled = analysis::summarize(recording);
        object.add("distance_of_samples", sampled.distance);
        object.add("moving_time_of_samples", sampled.moving_time);
        object.add("ascent_of_samples", sampled.total_elevation_gain);
    }
    return fmt::format(R"({{"file":"{}","sport":"{}","start":"{}","recordings":{}{}}})",
                       std::filesystem::path(path).filename().string(), sport, start,
                       decoded.recordings.size(), object.members());
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 5) {
        std::fputs("usage: file_figures FTP CP W' FILE…\n", stderr);
        return 2;
    }
    const Thresholds thresholds{std::atof(argv[1]), {std::atof(argv[2]), std::atof(argv[3])}};
    for (int i = 4; i < argc; ++i) {
        fmt::print("{}\n", figures_of(argv[i], thresholds));
    }
    return 0;
}
