// SPDX-License-Identifier: MIT
#pragma once

// The made-up athlete and what is said about them: profile, zones, totals, shoes and bikes, as the API's
// JSON. Pure.

#include "base/time.hpp"
#include "emulator/json_text.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::emulator {

inline constexpr std::int64_t made_up_athlete_id = 73'190'264;

// What one activity adds to the totals.
struct Contribution {
    Instant start{};
    std::string_view type;
    std::string_view gear_id;
    bool is_public = true;
    std::int64_t distance_dm = 0;
    int moving_s = 0;
    int elapsed_s = 0;
    int climb_dm = 0;
};

class Profile {
public:
    // Totals are those of the evening `end`.
    explicit Profile(Instant end) : m_end(end) {}

    void add(const Contribution& activity);

    [[nodiscard]] std::string athlete_json() const;
    [[nodiscard]] std::string athlete_summary_json() const;
    [[nodiscard]] std::string zones_json() const;
    [[nodiscard]] std::string stats_json() const;
    // DetailedGear; nothing for gear that the athlete doesn't own.
    [[nodiscard]] std::optional<std::string> gear_json(std::string_view id) const;
    // SummaryGear, as in an activity's detail.
    [[nodiscard]] std::optional<std::string> gear_summary_json(std::string_view id) const;

private:
    struct Sum {
        std::int64_t count = 0;
        std::int64_t distance_dm = 0;
        std::int64_t moving_s = 0;
        std::int64_t elapsed_s = 0;
        std::int64_t climb_dm = 0;
        void add(const Contribution& activity);
    };
    static constexpr std::size_t gear_count = 6;
    static constexpr std::size_t family_count = 3; // ride, run, swim

    static void write_sum(JsonText& json, const Sum& sum, bool is_recent);
    void write_gear(JsonText& json, std::size_t index, bool detailed) const;

    Instant m_end;
    std::array<Sum, family_count> m_recent{}; // the last four weeks
    std::array<Sum, family_count> m_all{};
    std::array<Sum, family_count> m_this_year{};
    std::array<std::int64_t, gear_count> m_gear_dm{};
};

} // namespace harrier::emulator
