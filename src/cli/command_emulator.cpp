// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "emulator/emulator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>

namespace harrier::cli {

namespace {

constexpr double fastest_clock = 100'000;

std::optional<double> parse_positive(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    return whole && value > 0 ? std::optional(value) : std::nullopt;
}

// R15,RDAY[,O15,ODAY]; Strava allows twice as many requests overall as reads.
emulator::RateLimits parse_limits(const std::string& text) {
    std::vector<long> numbers;
    for (const auto& part : split(text, ',')) {
        const auto number = parse_positive(part);
        numbers.push_back(number && *number <= 1e9 ? static_cast<long>(*number) : 0);
    }
    const bool readable =
        (numbers.size() == 2 || numbers.size() == 4) && *std::min_element(numbers.begin(), numbers.end()) > 0;
    if (!readable) {
        throw Error(ErrorKind::usage, fmt::format("--rate-limit cannot be \"{}\"", escape_terminal(text)),
                    "Reads per quarter hour and day, then all requests:  --rate-limit 100,1000,200,2000");
    }
    emulator::RateLimits limits;
    limits.read_quarter_hour = numbers[0];
    limits.read_day = numbers[1];
    limits.overall_quarter_hour = numbers.size() == 4 ? numbers[2] : 2 * numbers[0];
    limits.overall_day = numbers.size() == 4 ? numbers[3] : 2 * numbers[1];
    return limits;
}

double parse_clock_speed(const std::string& text) {
    if (text == "real") {
        return 1.0;
    }
    const auto speed = text.starts_with("fast:") ? parse_positive(text.substr(5)) : std::nullopt;
    if (!speed || *speed > fastest_clock) {
        throw Error(ErrorKind::usage, fmt::format("--clock cannot be \"{}\"", escape_terminal(text)),
                    "Write  --clock real  or, for an hour in each minute,  --clock fast:60");
    }
    return *speed;
}

emulator::Rotation parse_rotation(const std::string& word) {
    if (word == "always") {
        return emulator::Rotation::always;
    }
    return word == "never" ? emulator::Rotation::never : emulator::Rotation::on_expiry;
}

void wait_for(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait(lock, stop, [] { return false; });
}

class EmulatorCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        declare_athlete(app);
        declare_behaviour(app);
        add_texts(app, "--fault", m_faults, "SPEC",
                  "misbehave, for example 429@page=3; see docs/emulator.md");
        add_flag(app, "--admin", m_admin, "open /admin/ for tests: change activities, move the clock");
        set_examples(app, "  harrier emulator\n"
                          "  harrier emulator --port 0 --captures activities.json\n"
                          "  harrier emulator --auto-approve --rate-limit 100,1000 --clock fast:60\n"
                          "  harrier emulator --fault 429@page=3 --fault 500@n=5x3\n"
                          "To point harrier at it, set HARRIER_API_BASE, HARRIER_OAUTH_BASE,\n"
                          "HARRIER_CLIENT_ID and HARRIER_CLIENT_SECRET to what it prints.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        emulator::Emulator emulator(options(), athlete(), invocation.clock);
        invocation.console.print(emulator.ready_line() + "\n");
        if (invocation.console.err.is_terminal) {
            invocation.console.say(fmt::format("A local Strava at {}; Ctrl-C ends it.", emulator.url()));
        }
        wait_for(invocation.stop);
        return exit_done; // for a server, being stopped is how it ends well
    }

private:
    void declare_athlete(CLI::App& app) {
        add_choice(app, "--athlete", m_athlete, {"demo", "none"}, "a made-up runner, or nobody yet");
        add_text(app, "--captures", m_captures, "FILE",
                 "serve this JSON array of SummaryActivity as it stands");
        add_count(app, "--seed", m_seed, "another made-up runner for each number (default 1)");
        add_count(app, "--activities", m_activities, "how many activities the runner has (default 600)");
        exclude_each_other(app, {"--athlete", "--captures"});
    }

    void declare_behaviour(CLI::App& app) {
        add_count(app, "--port", m_port, "listen there (default 8737; 0 = any free port)");
        add_text(app, "--rate-limit", m_limits, "R15,RDAY[,O15,ODAY]",
                 "reads per quarter hour and day, all requests likewise");
        add_text(app, "--clock", m_clock, "real|fast:X", "let time run X times faster (default real)");
        add_count(app, "--latency", m_latency_ms, "wait so many milliseconds before each answer");
        add_flag(app, "--auto-approve", m_auto_approve, "approve every login at once");
        add_flag(app, "--deny", m_deny, "cancel every login at once");
        add_text(app, "--grant", m_grant, "SCOPES", "approve every login at once, but only these scopes");
        add_count(app, "--token-lifetime", m_token_lifetime_s,
                  "seconds an access token lives (default 21600)");
        add_choice(app, "--rotate", m_rotation, {"always", "expiry", "never"},
                   "when a refresh gives a new refresh token");
        add_flag(app, "--inactive", m_inactive, "the application has no subscription: 403 for all but OAuth");
        exclude_each_other(app, {"--auto-approve", "--deny", "--grant"});
    }

    [[nodiscard]] emulator::EmulatorOptions options() const {
        emulator::EmulatorOptions options;
        if (m_port && *m_port > 65535) {
            throw Error(ErrorKind::usage, fmt::format("there is no port {}", *m_port),
                        "harrier emulator --port 0");
        }
        options.port = static_cast<std::uint16_t>(m_port.value_or(options.port));
        options.limits = m_limits.empty() ? options.limits : parse_limits(m_limits);
        options.clock_speed = parse_clock_speed(m_clock);
        options.latency = std::chrono::milliseconds{m_latency_ms.value_or(0)};
        options.auto_approve = m_auto_approve;
        options.deny = m_deny;
        options.grant = m_grant.empty() ? std::nullopt : std::optional(m_grant);
        options.token_lifetime =
            std::chrono::seconds{m_token_lifetime_s.value_or(options.token_lifetime.count())};
        options.rotation = parse_rotation(m_rotation);
        options.inactive = m_inactive;
        options.faults = m_faults;
        options.admin = m_admin;
        return options;
    }

    [[nodiscard]] std::unique_ptr<emulator::ActivitySource> athlete() const {
        if (!m_captures.empty()) {
            return emulator::make_captured_athlete(read_file(m_captures));
        }
        if (m_athlete == "none") {
            return emulator::make_empty_athlete();
        }
        emulator::MadeUpOptions options;
        options.seed = static_cast<std::uint64_t>(m_seed.value_or(1));
        options.activities = static_cast<int>(std::min<std::int64_t>(m_activities.value_or(600), 1'000'000));
        return emulator::make_made_up_athlete(options);
    }

    std::string m_athlete = "demo";
    std::string m_captures;
    std::string m_limits;
    std::string m_clock = "real";
    std::string m_grant;
    std::string m_rotation = "expiry";
    std::optional<std::int64_t> m_port;
    std::optional<std::int64_t> m_seed;
    std::optional<std::int64_t> m_activities;
    std::optional<std::int64_t> m_latency_ms;
    std::optional<std::int64_t> m_token_lifetime_s;
    std::vector<std::string> m_faults;
    bool m_auto_approve = false;
    bool m_deny = false;
    bool m_inactive = false;
    bool m_admin = false;
};

} // namespace

std::unique_ptr<Command> make_emulator_command() {
    return std::make_unique<EmulatorCommand>();
}

} // namespace harrier::cli
