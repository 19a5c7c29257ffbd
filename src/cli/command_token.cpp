// SPDX-License-Identifier: MIT

// harrier token: a valid access token for curl.

#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"

#include <fmt/format.h>

namespace harrier::cli {

namespace {

class TokenCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_flag(app, "--header", m_header, "print the whole header: Authorization: Bearer …");
        set_examples(app, "  harrier token --header | curl -H @- https://www.strava.com/api/v3/athlete");
    }

    int run(Invocation& invocation) override {
        auto vault = make_vault(invocation.settings);
        net::CurlTransport transport(user_agent());
        strava::VaultTokenSource tokens(vault, transport, invocation.clock, invocation.settings.endpoints);
        auto line =
            fmt::format("{}{}\n", m_header ? "Authorization: Bearer " : "", tokens.access_token().reveal());
        invocation.console.print(line);
        wipe(line);
        const auto login = vault.load();
        if (login && login->needs_login) {
            invocation.console.say(fmt::format("This token cannot be refreshed any more and ends at {}.\n"
                                               "To log in again, run:  harrier login",
                                               format_instant(login->token.expires_at)));
        }
        return exit_done;
    }

private:
    bool m_header = false;
};

} // namespace

std::unique_ptr<Command> make_token_command() {
    return std::make_unique<TokenCommand>();
}

} // namespace harrier::cli
