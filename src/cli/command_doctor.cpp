// SPDX-License-Identifier: MIT

// harrier doctor: looks at everything that goes wrong, a line each, with the cure below. What it prints is
// fit to be shown to strangers: no tokens, no secrets, no names, the home folder as ~.

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/config_file.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/retention.hpp"
#include "cli/session.hpp"
#include "cli/version.hpp"
#include "net/http_date.hpp"
#include "report/format.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <sys/stat.h>

namespace harrier::cli {

namespace {

enum class Health { good, note, bad };

struct Finding {
    std::string check;
    Health health = Health::good;
    std::string what;
    std::string cure{};
};

std::string_view word_of(Health health) {
    return health == Health::good ? "ok" : health == Health::note ? "note" : "bad";
}

// One after the other; a check that throws is a bad one.
class Examination {
public:
    explicit Examination(Invocation& invocation)
        : m_invocation(invocation), m_settings(invocation.settings) {}

    std::vector<Finding> run(bool offline) {
        check("harrier", [&] { return good(fmt::format("version {}", version)); });
        check("settings", [&] { return look_at_settings(); });
        check("archive", [&] { return look_at_archive(); });
        check("archive's files", [&] { return look_at_modes(); });
        check("disk", [&] { return look_at_disk(); });
        check("retention", [&] { return look_at_retention(); });
        check("login", [&] { return look_at_login(); });
        if (m_login) {
            check("application", [&] { return look_at_application(); });
            check("scopes", [&] { return look_at_scopes(); });
            check("token", [&] { return look_at_token(); });
            check("sync", [&] { return look_at_sync(); });
            if (!offline && !m_login->needs_login) {
                check("Strava", [&] { return ask_strava(); });
                if (m_date) {
                    check("clock", [&] { return look_at_clock(); });
                }
            }
        }
        return std::move(m_findings);
    }

private:
    static Finding good(std::string what) {
        return {.check = {}, .health = Health::good, .what = std::move(what)};
    }

    void check(const std::string& name, const std::function<Finding()>& look) {
        Finding finding;
        try {
            finding = look();
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::interrupted) {
                throw;
            }
            finding = {.check = {}, .health = Health::bad, .what = error.message(), .cure = error.hint()};
        }
        finding.check = name;
        finding.what = redacted(finding.what);
        finding.cure = redacted(finding.cure);
        m_findings.push_back(std::move(finding));
    }

    // The home folder tells a name.
    [[nodiscard]] std::string redacted(std::string text) const {
        const auto home = m_settings.environment.find("HOME");
        for (std::size_t at = 0; home && home->size() > 1 && (at = text.find(*home, at)) != std::string::npos;
             ++at) {
            text.replace(at, home->size(), "~");
        }
        return text;
    }

    [[nodiscard]] Finding look_at_settings() const {
        const auto file = m_settings.config_folder / "config.toml";
        (void)Config::load(file);
        return good(std::filesystem::exists(file) ? file.string() : "none set");
    }

    [[nodiscard]] Finding look_at_archive() {
        try {
            const auto archive = open_archive(m_settings, archive::Access::read);
            const auto damage = archive->find_store_damage();
            if (!damage.empty()) {
                return {.check = {},
                        .health = Health::bad,
                        .what = fmt::format("damaged: {}", damage.front()),
                        .cure = "Take a backup back:  harrier restore FILE"};
            }
            const auto athletes = archive->athletes();
            const auto count =
                athletes.empty() ? 0 : archive->summary(athletes.front().athlete_id).activities;
            return good(
                fmt::format("sound, {} activities", report::format_number(static_cast<double>(count))));
        } catch (const Error& error) {
            if (error.kind() == ErrorKind::no_archive) {
                return {.check = {}, .health = Health::note, .what = "none yet", .cure = error.hint()};
            }
            throw;
        }
    }

    [[nodiscard]] Finding look_at_modes() const {
        struct stat status {};
        const auto& file = m_settings.archive_path;
        if (stat(file.c_str(), &status) != 0) {
            return good("none yet");
        }
        if ((status.st_mode & 077U) != 0) {
            return {.check = {},
                    .health = Health::bad,
                    .what = fmt::format("others can read {}: it holds where you live", file.string()),
                    .cure = fmt::format("chmod 600 {}", file.string())};
        }
        return good("readable by you alone");
    }

    [[nodiscard]] Finding look_at_disk() const {
        auto folder = m_settings.archive_path.parent_path();
        while (!std::filesystem::exists(folder) && folder.has_relative_path()) {
            folder = folder.parent_path();
        }
        constexpr double gigabyte = 1e9;
        const auto free = static_cast<double>(std::filesystem::space(folder).available) / gigabyte;
        auto finding = good(fmt::format("{} GB free", report::format_number(free, 1)));
        if (constexpr double little = 0.5; free < little) {
            finding.health = Health::bad;
            finding.cure = "Make room, or name another place with --archive FILE";
        }
        return finding;
    }

    [[nodiscard]] Finding look_at_login() {
        m_login = make_vault(m_settings).load(); // refuses loose modes, with the chmod line
        if (!m_login) {
            return {.check = {},
                    .health = Health::note,
                    .what = "nobody is logged in",
                    .cure = "To fetch from Strava, run:  harrier login"};
        }
        if (m_login->needs_login) {
            return {.check = {},
                    .health = Health::bad,
                    .what = "Strava no longer takes the refresh token",
                    .cure = "Run:  harrier login"};
        }
        return good("there, kept encrypted");
    }

    [[nodiscard]] Finding look_at_application() const {
        const auto& id = m_login->client.client_id;
        const bool is_number = !id.empty() && id.find_first_not_of("0123456789") == std::string::npos;
        if (!is_number) {
            return {.check = {},
                    .health = Health::bad,
                    .what = "the client id is not a number",
                    .cure = "Copy it from https://www.strava.com/settings/api, then run:  harrier login"};
        }
        return good(
            fmt::format("client id of {} digits, with its secret; the callback domain was right at the login",
                        id.size()));
    }

    [[nodiscard]] Finding look_at_scopes() const {
        const auto missing = strava::default_scopes().without(m_login->granted);
        if (!missing.empty()) {
            return {.check = {},
                    .health = m_login->granted.allows("activity:read") ? Health::note : Health::bad,
                    .what = fmt::format("granted: {}; missing: {}", m_login->granted.join(), missing.join()),
                    .cure = fmt::format("To add them, run:  harrier login --scope {}",
                                        strava::default_scopes().join())};
        }
        return good(m_login->granted.join());
    }

    [[nodiscard]] Finding look_at_token() const {
        const auto now = std::chrono::floor<std::chrono::seconds>(m_invocation.clock.now());
        const auto expires_at = m_login->token.expires_at;
        return good(expires_at > now ? fmt::format("valid for {}", format_span(expires_at - now))
                                     : "ended; the next call gets a new one");
    }

    [[nodiscard]] Finding look_at_retention() const {
        return good(expiry(m_settings, m_invocation.clock) ? "what Strava's API gave is removed after 7 days"
                                                           : "everything is kept");
    }

    // What the last syncs left behind.
    [[nodiscard]] Finding look_at_sync() const {
        if (!std::filesystem::exists(m_settings.archive_path)) {
            return good("nothing is fetched yet");
        }
        const auto archive = open_archive(m_settings, archive::Access::read);
        const auto athlete = m_login->athlete.athlete_id;
        const auto listing = archive->listing_state(athlete);
        if (!listing.complete_at || listing.resume_before) {
            return {.check = {},
                    .health = Health::note,
                    .what = "Strava's list was not read to its end yet",
                    .cure = "To go on, run:  harrier sync"};
        }
        const auto problems = archive->work_problems(athlete);
        const auto set_aside = std::count_if(problems.begin(), problems.end(), [](const auto& one) {
            return one.outcome.state == archive::WorkState::set_aside;
        });
        if (set_aside > 0) {
            return {.check = {},
                    .health = Health::note,
                    .what = fmt::format("{} failed so often that {} set aside",
                                        set_aside == 1 ? "1 request" : fmt::format("{} requests", set_aside),
                                        set_aside == 1 ? "it is" : "they are"),
                    .cure = "To see them, run:  harrier verify    To try them again:  harrier sync --mend"};
        }
        return good(fmt::format("all listed on {}", format_instant(*listing.complete_at).substr(0, 10)));
    }

    // One request tells of the network, the token, the application, the limits, and Strava's clock.
    [[nodiscard]] Finding ask_strava() {
        Session session(m_settings, m_invocation.clock);
        strava::ApiRequest request;
        request.path = "/athlete";
        const auto answer = session.client.call(request, "read the athlete", m_invocation.stop);
        m_date = net::parse_http_date(answer.header("Date").value_or(""));
        m_answered_at = std::chrono::floor<std::chrono::seconds>(m_invocation.clock.now());
        const auto& rate = session.client.last_rate();
        const auto& pair = rate.read ? rate.read : rate.overall;
        if (!pair) {
            return good("answers");
        }
        auto finding =
            good(fmt::format("answers; {} of {} requests used today", pair->day.usage, pair->day.limit));
        if (pair->day.limit > 0 && pair->day.usage >= pair->day.limit) {
            finding.health = Health::note;
            finding.cure = "Nothing more is answered before midnight UTC";
        }
        return finding;
    }

    // A wrong clock cannot harm the limits, whose windows are Strava's; it does harm the dates of what is
    // fetched, and certificates.
    [[nodiscard]] Finding look_at_clock() const {
        constexpr std::chrono::seconds tolerance{30};
        const auto ahead = m_answered_at - *m_date;
        if (std::chrono::abs(ahead) <= tolerance) {
            return good("agrees with Strava's");
        }
        return {.check = {},
                .health = Health::bad,
                .what = fmt::format("{} {} Strava's", format_span(std::chrono::abs(ahead)),
                                    ahead.count() > 0 ? "ahead of" : "behind"),
                .cure = "Set it:  sudo timedatectl set-ntp true"};
    }

    Invocation& m_invocation;
    const Settings& m_settings;
    std::optional<strava::Login> m_login;
    std::optional<Instant> m_date; // Strava's, of the one answer
    Instant m_answered_at{};
    std::vector<Finding> m_findings;
};

std::string to_text(const std::vector<Finding>& findings) {
    std::string text;
    for (const auto& finding : findings) {
        text += fmt::format("{:<5}{:<17}{}\n", word_of(finding.health), finding.check,
                            escape_terminal(finding.what));
        if (finding.health != Health::good && !finding.cure.empty()) {
            text += fmt::format("{:<22}{}\n", "", escape_terminal(finding.cure));
        }
    }
    return text;
}

std::string to_json(const std::vector<Finding>& findings) {
    auto list = nlohmann::ordered_json::array();
    for (const auto& finding : findings) {
        list.push_back({{"check", finding.check},
                        {"health", word_of(finding.health)},
                        {"what", finding.what},
                        {"cure", finding.cure.empty() ? nlohmann::ordered_json()
                                                      : nlohmann::ordered_json(finding.cure)}});
    }
    return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

class DoctorCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_flag(app, "--offline", m_offline, "ask Strava nothing");
        add_flag(app, "--json", m_json, "print an array: check, health (ok, note, bad), what, cure");
        set_examples(
            app, "  harrier doctor\n"
                 "  harrier doctor --offline\n"
                 "Costs one request. Holds no secret and no name: fit to be pasted where you ask for help.\n"
                 "Exit code 1 when something is bad.");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        const auto findings = Examination(invocation).run(m_offline);
        invocation.console.print(m_json ? to_json(findings) : to_text(findings));
        const bool is_bad = std::any_of(findings.begin(), findings.end(),
                                        [](const Finding& finding) { return finding.health == Health::bad; });
        return is_bad ? exit_failed : exit_done;
    }

private:
    bool m_offline = false;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_doctor_command() {
    return std::make_unique<DoctorCommand>();
}

} // namespace harrier::cli
