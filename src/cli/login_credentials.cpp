// SPDX-License-Identifier: MIT
#include "cli/login_credentials.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace harrier::cli {

namespace {

constexpr const char* where_to_find =
    "harrier speaks to Strava as your own API application. This is asked once:\n"
    "  1. Open https://www.strava.com/settings/api and create an application; any\n"
    "     name and website will do. Since June 2026 that needs a Strava subscription.\n"
    "  2. As its Authorization Callback Domain, enter:  localhost\n"
    "  3. The page then shows the Client ID and the Client Secret.";

constexpr const char* without_terminal =
    "Set HARRIER_CLIENT_ID and HARRIER_CLIENT_SECRET (from strava.com/settings/api)";

std::string ask(const Console& console, std::string_view question, bool echo) {
    console.err.write(question);
    auto answer = console.read_line(echo);
    if (!echo) {
        console.say(""); // the line break that was typed was not shown
    }
    if (!answer) {
        throw Error(ErrorKind::usage, "no answer was given", without_terminal);
    }
    std::string trimmed(trim(*answer));
    wipe(*answer);
    return trimmed;
}

bool is_client_id(std::string_view id) {
    return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void require_client_id(const std::string& id) {
    if (!is_client_id(id)) {
        // Not quoted: it may be the secret, pasted into the wrong place.
        throw Error(ErrorKind::usage, "the client id is a number, and this is none",
                    "It is shown above the client secret at https://www.strava.com/settings/api");
    }
}

// Asks a terminal, after an explanation before the first question.
class Questions {
public:
    explicit Questions(const Console& console) : m_console(console) {}

    std::string ask_for(std::string_view what, std::string_view question, bool echo) {
        if (!m_console.can_prompt()) {
            throw Error(ErrorKind::usage,
                        "the " + std::string(what) + " of your Strava application is not known",
                        without_terminal);
        }
        if (!m_explained) {
            m_console.say(where_to_find);
            m_explained = true;
        }
        return ask(m_console, question, echo);
    }

    // A slip of the fingers gets two more tries.
    std::string ask_for_client_id() {
        auto id = ask_for("client id", "Client ID: ", true);
        for (int tries = 1; tries < 3 && !is_client_id(id); ++tries) {
            m_console.say("That is no number. The Client ID is shown above the Client Secret.");
            id = ask_for("client id", "Client ID: ", true);
        }
        return id;
    }

private:
    const Console& m_console;
    bool m_explained = false;
};

} // namespace

LoginCredentials find_credentials(const Invocation& invocation, const std::string& id_flag,
                                  const std::optional<strava::Login>& previous) {
    const auto& settings = invocation.settings;
    Questions questions(invocation.console);
    LoginCredentials credentials;
    auto& [id, secret] = credentials.client;
    if (!id_flag.empty()) {
        id = id_flag;
    } else if (settings.client_id) {
        id = *settings.client_id;
    } else {
        id = previous ? previous->client.client_id : questions.ask_for_client_id();
    }
    require_client_id(id);
    const bool is_known = previous && previous->client.client_id == id;
    const bool asks_again = !id_flag.empty() && invocation.console.can_prompt();
    if (settings.client_secret) {
        secret = *settings.client_secret;
    } else if (is_known && !asks_again) {
        secret = previous->client.client_secret;
        credentials.were_remembered = true;
    } else {
        secret = Secret(questions.ask_for("client secret", "Client Secret (not shown): ", false));
    }
    if (secret.empty()) {
        throw Error(ErrorKind::usage, "the client secret is empty", without_terminal);
    }
    return credentials;
}

} // namespace harrier::cli
