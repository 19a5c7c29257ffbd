// SPDX-License-Identifier: MIT

// harrier login: the whole OAuth flow, from the client id to the stored token.

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/browser.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/login_credentials.hpp"
#include "cli/login_report.hpp"
#include "cli/options.hpp"
#include "cli/pasted_redirect.hpp"
#include "cli/session.hpp"
#include "net/url.hpp"
#include "strava/fault.hpp"

#include <fmt/format.h>

#include <thread>

namespace harrier::cli {

namespace {

constexpr std::int64_t default_timeout_s = 300;
constexpr std::int64_t longest_timeout_s = 24 * 3600;

strava::Scopes wanted_scopes(const std::string& list, bool with_write) {
    auto scopes = list.empty() ? strava::default_scopes() : strava::Scopes::parse(list);
    if (with_write) {
        scopes.add("activity:write");
    }
    std::vector<std::string_view> known;
    for (const auto& info : strava::known_scopes()) {
        known.push_back(info.name);
    }
    for (const auto& name : scopes.names()) {
        if (strava::find_scope(name) == nullptr) {
            const auto meant = nearest(name, known);
            throw Error(ErrorKind::usage, fmt::format("there is no scope \"{}\"", escape_terminal(name)),
                        meant.empty() ? fmt::format("Strava's scopes: {}", fmt::join(known, ", "))
                                      : fmt::format("Did you mean:  {}", meant));
        }
    }
    if (scopes.empty()) {
        throw Error(ErrorKind::usage, "--scope names no scope",
                    "To ask for what harrier needs, leave it out:  harrier login");
    }
    return scopes;
}

// The last login, for its client id and to notice another athlete. One that cannot be read is replaced.
std::optional<strava::Login> find_previous(const strava::Vault& vault, const Console& console) {
    try {
        return vault.load();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::auth) {
            throw;
        }
        console.say(fmt::format("The stored login cannot be used and will be replaced: {}",
                                safe_lines(error.message())));
        return std::nullopt;
    }
}

// `error=` in the redirect, explained by the same table as every other fault.
Error refused_by_redirect(const std::string& error) {
    const auto pasted =
        strava::parse_pasted_answer(fmt::format("http://127.0.0.1/?error={}", net::percent_encode(error)));
    if (!pasted) {
        return {ErrorKind::auth, fmt::format("cannot log in: Strava says {}", escape_terminal(error)),
                "To try again, run:  harrier login"};
    }
    return strava::to_error(strava::explain(pasted->fault, pasted->context), "log in");
}

class LoginCommand final : public Command {
public:
    void declare(CLI::App& app) override;
    int run(Invocation& invocation) override;

private:
    [[nodiscard]] strava::Redirect obtain_redirect(const Invocation& invocation, const std::string& client_id,
                                                   const strava::Scopes& scopes) const;
    void send_to_browser(const Invocation& invocation, strava::CallbackListener& listener) const;
    void print_url(const Invocation& invocation, const std::string& url) const;
    [[nodiscard]] std::optional<strava::Redirect>
    wait(const Invocation& invocation, strava::CallbackListener& listener, bool accepts_paste) const;
    [[nodiscard]] std::chrono::seconds timeout() const;
    [[nodiscard]] std::uint16_t port() const;

    std::string m_scope;
    std::string m_client_id;
    bool m_write = false;
    bool m_no_browser = false;
    bool m_bare_code = false;
    std::optional<std::int64_t> m_port;
    std::optional<std::int64_t> m_timeout_s;
};

void LoginCommand::declare(CLI::App& app) {
    add_text(app, "--scope", m_scope, "LIST",
             fmt::format("scopes to ask for ({})", strava::default_scopes().join()));
    add_flag(app, "--write", m_write, "ask for activity:write too");
    add_flag(app, "--no-browser", m_no_browser,
             "print the address; take the redirect from the listener or pasted, whichever comes first");
    add_text(app, "--client-id", m_client_id, "ID",
             "your application's id (else HARRIER_CLIENT_ID, else the last login's, else asked for)");
    add_count(app, "--port", m_port, "listen on this port of 127.0.0.1 (any free one)");
    add_count(app, "--timeout", m_timeout_s,
              fmt::format("give up after so many seconds ({})", default_timeout_s));
    add_flag(app, "--insecure-bare-code", m_bare_code,
             "with --no-browser, take a pasted code without its address");
    set_examples(app,
                 "  harrier login                       everything harrier needs\n"
                 "  harrier login --write               and leave to upload and edit\n"
                 "  harrier login --no-browser          on a machine without a screen\n"
                 "The client secret comes from HARRIER_CLIENT_SECRET or is asked for, never from a flag.");
}

std::chrono::seconds LoginCommand::timeout() const {
    const auto seconds = m_timeout_s.value_or(default_timeout_s);
    if (seconds < 1 || seconds > longest_timeout_s) {
        throw Error(ErrorKind::usage, fmt::format("--timeout {} is not between 1 s and a day", seconds),
                    "To wait for five minutes, leave it out");
    }
    return std::chrono::seconds{seconds};
}

std::uint16_t LoginCommand::port() const {
    const auto port = m_port.value_or(0);
    if (port > 65535) {
        throw Error(ErrorKind::usage, fmt::format("{} is not a port", port),
                    "For any free port, leave out --port");
    }
    return static_cast<std::uint16_t>(port);
}

void LoginCommand::print_url(const Invocation& invocation, const std::string& url) const {
    const auto& console = invocation.console;
    console.say("Open this address in a browser, on any machine, and click Authorize:");
    console.print(url + "\n");
    if (console.read_line_until) {
        console.say("If the page it ends at cannot be opened there, copy that page's address\n"
                    "and paste it here, then press Enter.");
    }
}

void LoginCommand::send_to_browser(const Invocation& invocation, strava::CallbackListener& listener) const {
    const auto& console = invocation.console;
    if (open_browser(listener.make_start_url(), invocation.settings.environment)) {
        console.say("Your browser opens Strava's page; click Authorize there. If it does not, open:");
    } else {
        console.say("No browser could be started. Open this address in one on this machine:");
    }
    console.say(fmt::format("  {}", listener.make_start_url()));
}

std::optional<strava::Redirect> LoginCommand::wait(const Invocation& invocation,
                                                   strava::CallbackListener& listener,
                                                   bool accepts_paste) const {
    const auto& console = invocation.console;
    std::jthread reader;
    if (accepts_paste && console.read_line_until) {
        reader = std::jthread([&](const std::stop_token& stop) {
            // The end of the input is no answer: the listener goes on waiting.
            while (auto line = console.read_line_until(stop)) {
                const auto outcome = take_pasted_line(listener, *line, m_bare_code);
                wipe(*line);
                if (!outcome.note.empty()) {
                    console.say(outcome.note);
                }
                if (outcome.taken) {
                    return;
                }
            }
        });
    }
    return listener.wait(timeout(), invocation.stop);
}

strava::Redirect LoginCommand::obtain_redirect(const Invocation& invocation, const std::string& client_id,
                                               const strava::Scopes& scopes) const {
    const auto& settings = invocation.settings;
    const bool opens_browser = !m_no_browser && can_open_browser(settings.environment);
    strava::CallbackListener listener({.port = port(), .bind_to_browser = opens_browser});
    const auto url = strava::authorize_url(settings.endpoints, client_id, listener.redirect_uri(), scopes,
                                           listener.state());
    listener.start(url);
    if (opens_browser) {
        send_to_browser(invocation, listener);
    } else {
        print_url(invocation, url);
    }
    auto redirect = wait(invocation, listener, !opens_browser);
    if (!redirect && invocation.stop.stop_requested()) {
        throw Error(ErrorKind::interrupted, "the login was interrupted");
    }
    if (!redirect) {
        throw Error(ErrorKind::auth,
                    fmt::format("no answer came from Strava's page within {} s", timeout().count()),
                    "To try again, run:  harrier login   (more time: --timeout S)");
    }
    if (!redirect->error.empty()) {
        throw refused_by_redirect(redirect->error);
    }
    return *std::move(redirect);
}

// Spends the code. The disk is proved good before, since a code works once.
strava::Login exchange(const Invocation& invocation, strava::Vault& vault,
                       const strava::ClientCredentials& client, const strava::Redirect& redirect,
                       const strava::Scopes& requested) {
    net::CurlTransport transport(user_agent());
    auto update = vault.begin_replacement();
    update.reserve();
    strava::Login login;
    login.client = client;
    login.requested = requested;
    try {
        auto grant = strava::exchange_code(transport, invocation.clock, invocation.settings.endpoints, client,
                                           redirect.code);
        if (!grant.athlete) {
            throw Error(ErrorKind::data, "cannot log in: Strava's answer does not say who you are",
                        "To try again, run:  harrier login");
        }
        login.token = std::move(grant.token);
        // The redirect says what was granted; a pasted code says nothing.
        login.granted = redirect.granted ? *redirect.granted : grant.scopes.value_or(requested);
        if (!redirect.granted && !grant.scopes) {
            invocation.console.say("The code does not say what was granted, so this is what was asked for.");
        }
        login.athlete = *std::move(grant.athlete);
    } catch (const Error&) {
        update.release();
        throw;
    }
    update.commit(login);
    return login;
}

void report(const Console& console, const strava::Vault& vault, const std::optional<strava::Login>& previous,
            const strava::Login& login) {
    console.print(describe_grant(login));
    if (previous && previous->athlete.athlete_id != login.athlete.athlete_id) {
        console.say(fmt::format("This is another athlete than before, who was {}.\n"
                                "If you did not mean to change, run:  harrier logout",
                                athlete_label(previous->athlete)));
    }
    const auto missing = describe_missing(login);
    if (!missing.empty()) {
        console.err.write(missing);
    }
    console.say(fmt::format("The token is kept encrypted in {}\nIts key is in {}", vault.folder().string(),
                            vault.key_description()));
    if (login.granted.allows("activity:read")) {
        console.say("To fetch your activities, run:  harrier sync");
    }
}

int LoginCommand::run(Invocation& invocation) {
    const auto& console = invocation.console;
    const auto scopes = wanted_scopes(m_scope, m_write);
    static_cast<void>(timeout()); // a wrong one shows before anything is asked
    auto vault = make_vault(invocation.settings);
    const auto previous = find_previous(vault, console);
    const auto credentials = find_credentials(invocation, m_client_id, previous);
    static_cast<void>(vault.begin_replacement()); // so does a folder that cannot be used

    const auto redirect = obtain_redirect(invocation, credentials.client.client_id, scopes);
    strava::Login login;
    try {
        login = exchange(invocation, vault, credentials.client, redirect, scopes);
    } catch (const Error& error) {
        if (credentials.were_remembered && error.kind() == ErrorKind::auth) {
            console.say(
                fmt::format("The client id and secret are those of your last login. To enter others:  "
                            "harrier login --client-id {}",
                            credentials.client.client_id));
        }
        throw;
    }
    report(console, vault, previous, login);
    return exit_done;
}

} // namespace

std::unique_ptr<Command> make_login_command() {
    return std::make_unique<LoginCommand>();
}

} // namespace harrier::cli
