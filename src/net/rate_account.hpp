// SPDX-License-Identifier: MIT
#pragma once

// The account of an app's requests at Strava, one file for all processes: every request is taken out of it
// before it is sent, and what the answer's headers say corrects it. Windows are those of Strava's clock (the
// `Date` header), read on the steady clock from the first answer on, so that a wall clock that jumps opens no
// window twice.
//
// A process that dies loses nothing; a machine that loses power may lose the last requests, which the next
// answer tells again. What cannot be read or written is forgotten: no account is worth more than the answer.

#include "base/clock.hpp"
#include "net/rate_limit.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace harrier::net {

// Which limits a request counts towards.
enum class RequestKind {
    read,   // everything but uploads: both pairs
    upload, // only the overall pair
};

// The limits of an app until Strava tells its own. Source: Strava's "Rate Limits" page.
constexpr RatePair usual_overall_limits{{200, 0}, {2000, 0}};
constexpr RatePair usual_read_limits{{100, 0}, {1000, 0}};

// Of a limit, less the reserve in per cent; at least 1.
[[nodiscard]] long usable(long limit, int reserve);

struct Denial {
    Instant until{};           // by Strava's clock
    std::chrono::seconds wait; // from now, at least 1 s
};

struct SeenRate {
    RateUsage usage;
    Instant seen_at; // when an answer last told it
};

class RateAccount {
public:
    // `uniform(bound)` gives a number in [0, bound] (injected for tests). Another app's account in the file
    // is dropped.
    RateAccount(std::filesystem::path file, std::string app, Clock& clock,
                std::function<std::uint32_t(std::uint32_t)> uniform);

    // Takes one request. Nothing when it may be sent; else nothing was taken, and the window that is used up
    // opens again at the denial's moment: the boundary and 1 to 15 s, lest two clocks disagree.
    [[nodiscard]] std::optional<Denial> take(RequestKind kind, int reserve);
    // What came of a request that was taken. An answer 429 closes the account for everybody until its window
    // opens.
    void settle(const Response& answer);
    // It had no whole answer; Strava may have counted it all the same.
    void settle_unanswered();

    // As far as answers told, with windows that have ended since set back to 0; nothing before the first one.
    [[nodiscard]] std::optional<SeenRate> look();

private:
    struct State;

    [[nodiscard]] Instant now(const State& state);
    [[nodiscard]] State load() const;
    void save(const State& state) const;
    template <typename Work>
    auto locked(Work&& work);

    std::filesystem::path m_file;
    std::string m_app;
    Clock& m_clock;
    std::function<std::uint32_t(std::uint32_t)> m_uniform;
    // Strava's clock at a moment of the steady one, once an answer told it.
    std::optional<Instant> m_date;
    std::chrono::milliseconds m_date_at{0};
};

} // namespace harrier::net
