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

#include <filesystem>
#include <vector>

namespace harrier::cli {

namespace {

class LogoutCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_flag(app, "--keep-remote", m_keep_remote, "forget the token here, leave it valid at Strava");
        add_flag(
            app, "--purge", m_purge,
            "remove everything that ever came from Strava's API; what came from files and exports stays");
        set_examples(
            app,
            "  harrier logout\n"
            "  harrier logout --purge\n"
            "Without --purge, stored activities stay. Client id and secret are forgotten with the token.");
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
        if (m_purge) {
            purge(invocation, login);
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
        console.say(m_purge
                        ? "Token, client id and client secret are forgotten here."
                        : "Token, client id and client secret are forgotten here; stored activities stay.");
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

    // Before the login is forgotten, since it tells whose data is meant. Copies that older versions left
    // beside the archive hold the same data and go, too.
    static void purge(const Invocation& invocation, const std::optional<strava::Login>& login) {
        const auto& path = invocation.settings.archive_path;
        if (!std::filesystem::exists(path)) {
            invocation.console.print("There is no archive, and nothing to remove.\n");
            return;
        }
        const auto archive = open_archive(invocation.settings, archive::Access::write);
        archive::Forgotten total;
        for (const auto& athlete : archive->athletes()) {
            if (!login || athlete.athlete_id == login->athlete.athlete_id) {
                const auto forgotten = archive->purge_api(athlete.athlete_id);
                total.records += forgotten.records;
                total.streams += forgotten.streams;
                total.activities += forgotten.activities;
            }
        }
        const auto copies = remove_copies(path);
        invocation.console.print(fmt::format("Removed: records of Strava's API ({}), sets of samples ({}), "
                                             "activities that nothing else tells of "
                                             "({}), older copies of the archive ({}).\n",
                                             total.records, total.streams, total.activities, copies));
        invocation.console.say("Backups that you have made elsewhere are yours to remove.");
    }

    // "archive.db.v3", as migrations leave them.
    static int remove_copies(const std::filesystem::path& path) {
        int removed = 0;
        const auto prefix = path.filename().string() + ".v";
        std::vector<std::filesystem::path> copies;
        for (const auto& entry : std::filesystem::directory_iterator(path.parent_path())) {
            if (entry.path().filename().string().starts_with(prefix)) {
                copies.push_back(entry.path());
            }
        }
        for (const auto& copy : copies) {
            removed += std::filesystem::remove(copy) ? 1 : 0;
        }
        return removed;
    }

    bool m_keep_remote = false;
    bool m_purge = false;
};

} // namespace

std::unique_ptr<Command> make_logout_command() {
    return std::make_unique<LogoutCommand>();
}

} // namespace harrier::cli
