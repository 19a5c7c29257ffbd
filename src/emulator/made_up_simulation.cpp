// SPDX-License-Identifier: MIT
#include "emulator/made_up_simulation.hpp"

#include "emulator/repeatable_random.hpp"

#include <algorithm>

namespace harrier::emulator {

namespace {

constexpr double resting_heartrate = 49;
constexpr double threshold_heartrate = 169;
constexpr double highest_heartrate = 189;
constexpr double threshold_watts = 232;
constexpr int longest_s = 12 * 3600; // no outing of the plan comes near

template <typename Int>
Int rounded(double value) {
    return static_cast<Int>(value < 0 ? value - 0.5 : value + 0.5);
}

// Speed on a grade, as a factor of the flat, and its price.
double running_speed_factor(double grade) {
    return std::clamp(1.0 / (1.0 + 0.8 * (running_cost(grade) - 1.0)), 0.35, 1.22);
}

double riding_speed_factor(double grade) {
    return grade > 0 ? std::max(0.28, 1.0 / (1.0 + 15.0 * grade)) : std::min(1.65, 1.0 - 7.0 * grade);
}

double riding_watts(double speed, double grade) {
    return std::max(0.0, speed * (78.0 * 9.81 * (grade + 0.005) + 0.19 * speed * speed));
}

// The speed that takes as much out of the athlete as an hour's race.
double threshold_mps(const Workout& workout) {
    switch (workout.motion) {
    case Motion::run:
        return workout.threshold_mps;
    case Motion::walk:
        return 2.6;
    default:
        return workout.flat_speed_mps * 1.3;
    }
}

// A person in motion with a device, second by second.
class Outing {
public:
    Outing(const Workout& workout, const Route* route)
        : m_workout(workout), m_route(route), m_random(seed_of(workout.seed, 1)),
          m_smart(workout.device == Device::old_watch), m_distance_factor(m_random.between(0.9990, 1.0045)),
          m_barometer_m(m_random.between(-4.0, 4.0)), m_heartrate(m_random.between(72, 88)),
          m_temperature_c(workout.temperature_c + 5.0) {
        take_grade();
        m_north_m = m_random.between(-5.0, 5.0); // no two runs begin at the same doorstep
        m_east_m = m_random.between(-5.0, 5.0);
        if (workout.trap == Trap::long_belt) {
            m_distance_factor = 1.18;
        }
    }

    [[nodiscard]] std::vector<Sample> record() {
        m_samples.reserve(expected_samples());
        write(false);
        while (m_distance_m < m_workout.distance_m && m_time_s < longest_s) {
            if (m_next_pause < m_workout.pauses.size() &&
                m_workout.pauses[m_next_pause].at_m <= m_distance_m) {
                stand(m_workout.pauses[m_next_pause++]);
            }
            advance();
        }
        if (m_samples.back().time_s != m_time_s) {
            write(true);
        }
        return std::move(m_samples);
    }

private:
    [[nodiscard]] std::size_t expected_samples() const {
        double seconds = m_workout.distance_m / (0.6 * m_workout.flat_speed_mps) + 60;
        for (const Pause& pause : m_workout.pauses) {
            seconds += pause.clock_stops ? 1 : pause.duration_s;
        }
        return static_cast<std::size_t>(m_smart ? seconds / 3 : seconds);
    }

    // Four small independent numbers in [-0.5, 0.5) from one draw.
    struct Jitter {
        double a;
        double b;
        double c;
        double d;
    };
    Jitter jitter() {
        const std::uint64_t bits = m_random.next();
        const auto part = [bits](unsigned shift) {
            return static_cast<double>((bits >> shift) & 0xffffU) * 0x1p-16 - 0.5;
        };
        return {part(0), part(16), part(32), part(48)};
    }

    void advance() {
        const Jitter j = jitter();
        while (m_distance_m > m_workout.stages[m_stage].until_m && m_stage + 1 < m_workout.stages.size()) {
            ++m_stage;
        }
        if (m_route != nullptr) {
            m_place = m_route->at(m_distance_m);
        }
        m_pace_noise = 0.97 * m_pace_noise + 0.022 * j.a;
        m_north_m = 0.995 * m_north_m + 0.52 * j.b;
        m_east_m = 0.995 * m_east_m + 0.52 * j.c;
        m_barometer_m += 0.03 * j.d;
        if (m_place.grade != m_grade) {
            take_grade();
        }
        const double wanted = m_workout.flat_speed_mps * m_workout.stages[m_stage].intensity *
                              m_grade_factor * (1.0 + m_pace_noise);
        m_speed_mps += (wanted - m_speed_mps) * 0.22;
        m_distance_m += m_speed_mps;
        ++m_time_s;
        feel(j.a);
        if (!m_smart || m_time_s >= m_due_s) {
            write(true);
            m_due_s = m_time_s + 1 + static_cast<int>((m_random.next() >> 40U) % 8);
        }
    }

    // What a new grade does to speed and effort; the same for all steps between two points of the route.
    void take_grade() {
        m_grade = m_place.grade;
        const bool rides = m_workout.motion == Motion::ride;
        m_grade_factor = rides ? riding_speed_factor(m_grade) : running_speed_factor(m_grade);
        m_effort_per_mps = running_cost(m_grade) / threshold_mps(m_workout);
    }

    // Heart and legs follow the effort with a delay; the heart drifts upwards over the hours.
    void feel(double noise) {
        double demand = 0;
        if (m_workout.motion == Motion::ride) {
            const double watts = riding_watts(m_speed_mps, m_grade) * (1.0 + 0.5 * noise);
            m_watts = watts;
            demand = watts * (1.0 / threshold_watts);
            m_cadence = watts < 5 ? 0 : 84 + 12 * noise + m_pace_noise * 60;
        } else {
            demand = m_speed_mps * m_effort_per_mps;
            m_cadence = m_workout.motion == Motion::run ? 67.5 + 6 * m_speed_mps + 2 * noise
                                                        : 38 + 13 * m_speed_mps + 2 * noise;
        }
        beat(demand);
    }

    void beat(double demand) {
        const double span = threshold_heartrate - resting_heartrate;
        const double drift = m_time_s * (1.0 / 900.0);
        const double wanted =
            std::min(highest_heartrate, resting_heartrate + span * (0.25 + 0.75 * demand) + drift);
        m_heartrate += (wanted - m_heartrate) * (wanted > m_heartrate ? 0.032 : 0.02);
        m_temperature_c += (m_workout.temperature_c - m_temperature_c) * 0.0025;
    }

    void stand(const Pause& pause) {
        if (m_samples.back().time_s != m_time_s) {
            write(true);
        }
        m_speed_mps = 0;
        m_cadence = 0;
        m_watts = 0;
        for (int i = 0; i < pause.duration_s; ++i) {
            ++m_time_s;
            beat(0.05);
            if (!pause.clock_stops && (!m_smart || i + 1 == pause.duration_s)) {
                write(false);
            }
        }
        if (pause.clock_stops) {
            write(false);
        }
        m_speed_mps = 0.6 * m_workout.flat_speed_mps; // off again at once
    }

    void write(bool moving) {
        Sample& sample = m_samples.emplace_back();
        sample.time_s = m_time_s;
        sample.distance_dm = rounded<std::int32_t>(m_distance_m * m_distance_factor * 10);
        sample.speed_mmps = m_time_s == 0 ? 0 : rounded<std::int32_t>(m_speed_mps * m_distance_factor * 1000);
        sample.heartrate = rounded<std::uint8_t>(m_heartrate);
        sample.cadence = rounded<std::uint8_t>(m_cadence);
        sample.watts = rounded<std::int16_t>(m_watts);
        sample.temperature_c = rounded<std::int8_t>(m_temperature_c);
        sample.moving = moving;
        if (m_route != nullptr) {
            locate(sample);
        }
    }

    void locate(Sample& sample) {
        if (m_time_s == 0) {
            m_place = m_route->at(0);
            const DegreeLengths degree = degree_lengths(m_place.lat);
            m_lat_per_m = 1.0 / degree.lat_m;
            m_lng_per_m = 1.0 / degree.lng_m;
        }
        sample.lat_e6 = rounded<std::int32_t>((m_place.lat + m_north_m * m_lat_per_m) * 1e6);
        sample.lng_e6 = rounded<std::int32_t>((m_place.lng + m_east_m * m_lng_per_m) * 1e6);
        sample.altitude_dm = rounded<std::int32_t>((m_place.altitude_m + m_barometer_m) * 5) * 2;
        sample.grade_permille = rounded<std::int16_t>(m_place.grade * 1000);
    }

    const Workout& m_workout;
    const Route* m_route;
    RepeatableRandom m_random;
    bool m_smart;
    double m_distance_factor;
    double m_barometer_m;
    double m_heartrate;
    double m_temperature_c;

    std::vector<Sample> m_samples;
    RoutePoint m_place;
    double m_lat_per_m = 0; // degrees
    double m_lng_per_m = 0;
    double m_grade = 0;
    double m_grade_factor = 1;
    double m_effort_per_mps = 0;
    int m_time_s = 0;
    int m_due_s = 0;
    std::size_t m_stage = 0;
    std::size_t m_next_pause = 0;
    double m_distance_m = 0;
    double m_speed_mps = 0;
    double m_pace_noise = 0;
    double m_north_m = 0;
    double m_east_m = 0;
    double m_cadence = 0;
    double m_watts = 0;
};

// One sample for each length of the pool, and one for each rest at the wall.
std::vector<Sample> swim_lengths(const Workout& workout) {
    constexpr int pool_m = 25;
    RepeatableRandom random(seed_of(workout.seed, 1));
    std::vector<Sample> samples(1);
    Sample now;
    double heartrate = 96;
    now.heartrate = rounded<std::uint8_t>(heartrate);
    samples.front().heartrate = now.heartrate;
    for (int length = 1; length * pool_m <= rounded<int>(workout.distance_m); ++length) {
        const int duration_s = rounded<int>(pool_m / workout.flat_speed_mps * random.between(0.94, 1.08));
        heartrate += (random.between(138, 150) - heartrate) * 0.35;
        now.time_s += duration_s;
        now.distance_dm = length * pool_m * 10;
        now.speed_mmps = pool_m * 1000 / duration_s;
        now.heartrate = rounded<std::uint8_t>(heartrate);
        now.moving = true;
        samples.push_back(now);
        if (length % 8 == 0) {
            now.time_s += 15 + static_cast<int>(random.below(25));
            heartrate -= 14;
            now.speed_mmps = 0;
            now.moving = false;
            now.heartrate = rounded<std::uint8_t>(heartrate);
            samples.push_back(now);
        }
    }
    return samples;
}

// Heart rate alone, each third second.
std::vector<Sample> stay(const Workout& workout) {
    RepeatableRandom random(seed_of(workout.seed, 1));
    std::vector<Sample> samples;
    double heartrate = 71;
    std::size_t stage = 0;
    for (int t = 0; t <= workout.duration_s; t += 3) {
        while (t > workout.stages[stage].until_m && stage + 1 < workout.stages.size()) {
            ++stage;
        }
        const double wanted = 62 + 110 * workout.stages[stage].intensity + 30 * (random.unit() - 0.5);
        heartrate += (wanted - heartrate) * 0.05;
        Sample& sample = samples.emplace_back();
        sample.time_s = t;
        sample.heartrate = rounded<std::uint8_t>(heartrate);
        sample.temperature_c = 22;
        sample.moving = t > 0;
    }
    return samples;
}

// The position leaps to the other side of the valley for four seconds, and the phone adds up both leaps.
void teleport(std::vector<Sample>& samples) {
    constexpr std::int32_t away_e6 = 3700; // 412 m to the north
    constexpr std::int32_t leap_dm = 4120;
    const std::size_t leaves = samples.size() * 2 / 5;
    std::int32_t added_dm = 0;
    for (std::size_t i = leaves; i < samples.size(); ++i) {
        const bool is_away = i < leaves + 4;
        if (i == leaves || i == leaves + 4) {
            added_dm += leap_dm;
            samples[i].speed_mmps = 41'200;
        }
        samples[i].lat_e6 += is_away ? away_e6 : 0;
        samples[i].distance_dm += added_dm;
    }
}

// Behind the run: two minutes at the wheel on the straight road to the south, legs and heart at rest.
void drive_home(std::vector<Sample>& samples) {
    for (int i = 0; i < 170; ++i) {
        Sample next = samples.back();
        const std::int32_t step_dm = i < 10 ? 10 * i : 135;
        next.time_s += 1;
        next.distance_dm += step_dm;
        next.lat_e6 -= step_dm * 9 / 10;
        next.speed_mmps = step_dm * 100;
        next.cadence = 0;
        next.grade_permille = 0;
        next.moving = step_dm > 0;
        next.heartrate = static_cast<std::uint8_t>(next.heartrate > 92 && i % 3 == 0 ? next.heartrate - 1
                                                                                     : next.heartrate);
        samples.push_back(next);
    }
}

} // namespace

double running_cost(double grade) {
    const double g = std::clamp(grade, -0.3, 0.4);
    return 1.0 + g * (3.3 + 15.0 * g);
}

Recording simulate(const Workout& workout, const Terrain& terrain) {
    Recording recording;
    if (workout.manual) {
        return recording;
    }
    recording.has_heartrate = workout.has_heartrate;
    recording.has_temperature = workout.device != Device::phone && workout.device != Device::none;
    if (workout.motion == Motion::still) {
        recording.samples = stay(workout);
        return recording;
    }
    recording.has_distance = true;
    if (workout.motion == Motion::pool) {
        recording.samples = swim_lengths(workout);
        recording.has_temperature = false;
        return recording;
    }
    const Route* route = workout.route ? &terrain.route(*workout.route) : nullptr;
    recording.has_position = route != nullptr;
    recording.has_cadence = (workout.motion == Motion::run && workout.device != Device::phone) ||
                            (workout.motion == Motion::ride && workout.has_power_meter);
    recording.has_watts = workout.has_power_meter;
    recording.samples = Outing(workout, route).record();
    if (workout.trap == Trap::teleport) {
        teleport(recording.samples);
    } else if (workout.trap == Trap::car_ride) {
        drive_home(recording.samples);
    }
    return recording;
}

} // namespace harrier::emulator
