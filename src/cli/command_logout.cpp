// SPDX-License-Identifier: MIT

// harrier logout: revokes the token at Strava and forgets it here, the second even when the first fails.

#include "base/error.hpp"
#include "cli/answer_cache.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/login_report.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

class LogoutCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_flag(app, "--keep-remote", m_keep_remote, "forget the token here, leave it valid at Strava");
        set_examples(app, "  harrier logout\n"
                          "Stored activities stay. Client id and secret are forgotten with the token.");
    }

    int run(Invocation& invocation) override {
        const auto& console = invocation.console;
        auto vault = make_vault(invocation.settings);
        std::optional<strava::Login> login;
        std::string unreadable;
        try {
            login = vault.load();
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::auth) {
                throw;
            }
            unreadable = error.message();
        }
        if (!login && unreadable.empty()) {
            console.print("Nobody is logged in.\n");
            return exit_done;
        }
        std::string failure = unreadable;
        if (login && !m_keep_remote) {
            failure = revoke(invocation, *login);
        }
        vault.remove();
        AnswerCache(invocation.settings).clear();
        console.print(login ? fmt::format("Logged out {}.\n", athlete_label(login->athlete))
                            : std::string("The stored login is removed.\n"));
        console.say("Token, client id and client secret are forgotten here; stored activities stay.");
        if (failure.empty() || m_keep_remote) {
            return exit_done;
        }
        console.say(fmt::format("harrier: the token was not revoked at Strava: {}\n"
                                "To do it by hand, open https://www.strava.com/settings/apps",
                                safe_lines(failure)));
        return exit_some_failed;
    }

private:
    // What went wrong, "" when nothing did. Never throws: the local part must follow.
    static std::string revoke(const Invocation& invocation, const strava::Login& login) {
        try {
            net::CurlTransport transport(user_agent());
            const auto outcome =
                strava::revoke(transport, invocation.settings.endpoints, login.client, login.token);
            invocation.console.say(outcome == strava::Revocation::revoked
                                       ? "The token is revoked at Strava."
                                       : "The token was not valid at Strava any more.");
            return {};
        } catch (const Error& error) {
            return error.message();
        }
    }

    bool m_keep_remote = false;
};

} // namespace

std::unique_ptr<Command> make_logout_command() {
    return std::make_unique<LogoutCommand>();
}

} // namespace harrier::cli
