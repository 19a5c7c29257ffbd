// SPDX-License-Identifier: MIT
#pragma once

// A local Strava: OAuth with a consent page, and the API, with Strava's own rules, faults and limits. It
// shares no code with the client (it never includes strava/): a client checked by its own code proves
// nothing.

#include "base/clock.hpp"
#include "emulator/activity_source.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace harrier::emulator {

enum class Rotation { always, on_expiry, never };

struct RateLimits {
    long overall_quarter_hour = 200;
    long overall_day = 2000;
    long read_quarter_hour = 100;
    long read_day = 1000;
};

struct EmulatorOptions {
    std::uint16_t port = 8737; // 0 = any free port
    RateLimits limits{};
    double clock_speed = 1.0; // the emulator's time runs so many times faster than the clock below
    std::chrono::milliseconds latency{0};
    bool auto_approve = false;          // the consent page approves by itself, everything that was asked
    bool deny = false;                  // the consent page cancels by itself
    std::optional<std::string> grant{}; // grant only these scopes, whatever is ticked
    std::chrono::seconds token_lifetime{21600};
    Rotation rotation = Rotation::on_expiry;
    bool inactive = false;             // the application has no subscription: 403 for everything but OAuth
    std::vector<std::string> faults{}; // "429@page=3", "500@n=5x3", … see docs
    bool admin = false;                // opens /admin/…
    std::string client_id = "12345";
    std::string client_secret{}; // empty = made up at start
    int threads = 2;
};

class Emulator {
public:
    // Binds and serves at once. Throws Error{io} for a taken port, Error{usage} for a fault that cannot be
    // read.
    Emulator(EmulatorOptions options, std::unique_ptr<ActivitySource> source, Clock& clock);
    ~Emulator();

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string url() const;        // http://127.0.0.1:8737
    [[nodiscard]] std::string api_base() const;   // …/api/v3
    [[nodiscard]] std::string oauth_base() const; // …/oauth
    [[nodiscard]] std::string client_id() const;
    [[nodiscard]] std::string client_secret() const;
    // The line that `harrier emulator` prints when it is ready.
    [[nodiscard]] std::string ready_line() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harrier::emulator
