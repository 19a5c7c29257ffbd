// SPDX-License-Identifier: MIT
#include "insight/athlete_profile.hpp"

#include "analysis/activity_metrics.hpp"
#include "analysis/critical_power.hpp"
#include "model/sport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace harrier::insight {

namespace {

using archive::MeasuredActivity;

constexpr double usual_resting_heartrate = 60; // bpm
constexpr double enough_seconds_at_max = 10;   // over all activities
constexpr double ftp_share = 0.95;             // of the best 20 min (Allen and Coggan)
constexpr double twenty_minutes = 1200;        // s

std::optional<Threshold> as_set(const std::optional<double>& value) {
    return value ? std::optional(Threshold{*value, Origin::set, "set by you"}) : std::nullopt;
}

// What the sensors showed over all activities.
class Extremes {
public:
    void add(const MeasuredActivity& one) {
        if (!one.metrics) {
            return;
        }
        const auto& heartrate = one.metrics->heartrate;
        m_seconds_at.resize(std::max(m_seconds_at.size(), heartrate.first + heartrate.seconds.size()));
        for (std::size_t i = 0; i < heartrate.seconds.size(); ++i) {
            m_seconds_at[heartrate.first + i] += static_cast<double>(heartrate.seconds[i]);
        }
        const auto family = model::family_of(one.sport_type);
        if (family == "ride") {
            keep_best(m_power, one.metrics->power_curve);
        } else if (family == "run") {
            keep_best(m_speed, one.metrics->speed_curve);
        }
    }

    // The highest heart rate that was held for some seconds: a single peak is a sensor's fault.
    [[nodiscard]] std::optional<double> max_heartrate() const {
        double seconds = 0;
        for (std::size_t bpm = m_seconds_at.size(); bpm-- > 0;) {
            seconds += m_seconds_at[bpm];
            if (seconds >= enough_seconds_at_max) {
                return static_cast<double>(bpm);
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<double> best_power(double seconds) const {
        return mean_over(m_power, seconds);
    }

    [[nodiscard]] std::optional<double> critical_speed() const {
        std::vector<analysis::MeanEffort> efforts;
        const auto durations = analysis::curve_durations();
        for (std::size_t i = 0; i < m_speed.size() && i < durations.size(); ++i) {
            if (std::isfinite(m_speed[i])) {
                efforts.push_back({static_cast<double>(durations[i]), static_cast<double>(m_speed[i])});
            }
        }
        const auto fit = analysis::fit_critical(efforts);
        return fit ? std::optional(fit->critical) : std::nullopt;
    }

private:
    static void keep_best(model::MeanMaximalCurve& best, const model::MeanMaximalCurve& curve) {
        best.resize(std::max(best.size(), curve.size()), std::nanf(""));
        for (std::size_t i = 0; i < curve.size(); ++i) {
            best[i] = std::fmax(best[i], curve[i]);
        }
    }
    static std::optional<double> mean_over(const model::MeanMaximalCurve& curve, double seconds) {
        const auto durations = analysis::curve_durations();
        for (std::size_t i = 0; i < curve.size() && i < durations.size(); ++i) {
            if (durations[i] == static_cast<std::uint32_t>(seconds) && std::isfinite(curve[i])) {
                return static_cast<double>(curve[i]);
            }
        }
        return std::nullopt;
    }

    std::vector<double> m_seconds_at; // by bpm
    model::MeanMaximalCurve m_power;
    model::MeanMaximalCurve m_speed;
};

AthleteProfile make_profile(const Extremes& extremes, const model::Athlete& athlete,
                            const AthleteSettings& settings) {
    AthleteProfile profile;
    profile.max_heartrate = as_set(settings.max_heartrate);
    if (const auto seen = extremes.max_heartrate(); seen && !profile.max_heartrate) {
        profile.max_heartrate = Threshold{*seen, Origin::seen, "the highest that was held for 10 s"};
    }
    profile.resting_heartrate =
        as_set(settings.resting_heartrate)
            .value_or(Threshold{usual_resting_heartrate, Origin::assumed, "as many people have"});
    profile.threshold_heartrate = as_set(settings.threshold_heartrate);
    if (!profile.threshold_heartrate && profile.max_heartrate) {
        const auto estimate =
            analysis::estimated_threshold({profile.resting_heartrate.value, profile.max_heartrate->value});
        profile.threshold_heartrate = Threshold{estimate, Origin::assumed, "85 % of the reserve"};
    }
    profile.ftp = as_set(settings.ftp);
    if (const auto best = extremes.best_power(twenty_minutes); best && !profile.ftp) {
        profile.ftp = Threshold{ftp_share * *best, Origin::seen, "95 % of the best 20 min"};
    }
    profile.threshold_speed = as_set(settings.threshold_speed);
    if (const auto speed = extremes.critical_speed(); speed && !profile.threshold_speed) {
        profile.threshold_speed = Threshold{*speed, Origin::seen, "critical speed of the best 2 to 20 min"};
    }
    profile.is_female = settings.is_female;
    if (!profile.is_female && athlete.sex) {
        profile.is_female = *athlete.sex == "F";
    }
    return profile;
}

} // namespace

analysis::LoadThresholds AthleteProfile::load_thresholds() const {
    analysis::LoadThresholds thresholds;
    if (max_heartrate && max_heartrate->value > resting_heartrate.value) {
        thresholds.heart = analysis::HeartRange{resting_heartrate.value, max_heartrate->value};
        thresholds.heartrate = threshold_heartrate->value;
    }
    if (ftp) {
        thresholds.ftp = ftp->value;
    }
    if (threshold_speed) {
        thresholds.speed = threshold_speed->value;
    }
    if (is_female) {
        thresholds.weights = *is_female ? analysis::trimp_women : analysis::trimp_men;
    }
    return thresholds;
}

History read_history(archive::Archive& archive, const model::Athlete& athlete,
                     const AthleteSettings& settings) {
    History history;
    Extremes extremes;
    archive.for_each_measured(athlete.athlete_id, [&](MeasuredActivity&& one) {
        extremes.add(one);
        history.activities.push_back(std::move(one));
    });
    history.profile = make_profile(extremes, athlete, settings);
    return history;
}

} // namespace harrier::insight
