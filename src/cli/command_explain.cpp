// SPDX-License-Identifier: MIT

// harrier explain: what an answer of Strava's means and what to do. No login, no network, no archive.

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/paragraph.hpp"
#include "strava/fault.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace harrier::cli {

namespace {

constexpr int widest_text = 80;

std::string list_of_causes() {
    std::string lines;
    for (const auto& cause : strava::causes()) {
        lines += fmt::format("  {:<24}{}\n", cause.name, cause.meaning);
    }
    return lines;
}

std::string to_json(const strava::Explanation& explanation, int status) {
    const auto text = [](const std::string& value) {
        return value.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(value);
    };
    nlohmann::ordered_json object;
    object["cause"] = explanation.cause;
    object["scope"] = text(explanation.scope);
    object["status"] = status == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(status);
    object["message"] = sentence(explanation.message);
    object["detail"] = text(explanation.detail);
    object["why"] = text(explanation.why);
    object["hint"] = explanation.hint;
    object["url"] = text(explanation.url);
    object["resets_at"] = text(explanation.resets_at ? format_instant(*explanation.resets_at) : "");
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string heading(const Console& console, std::string_view text) {
    return console.out.colour ? fmt::format("\x1b[1m{}\x1b[0m\n", text) : fmt::format("{}\n", text);
}

std::string to_text(const strava::Explanation& explanation, const Console& console) {
    const int width = std::min(console.width, widest_text);
    std::string text = heading(console, "What happened");
    text += paragraph(sentence(explanation.message), width, "  ");
    text += paragraph(explanation.detail, width, "  ");
    if (!explanation.why.empty()) {
        text += "\n" + heading(console, "Why") + paragraph(explanation.why, width, "  ");
    }
    text += "\n" + heading(console, "What to do") + hint_lines(explanation.hint, width, "  ");
    if (!explanation.url.empty()) {
        text +=
            paragraph("Without harrier: open this corrected link, leave the boxes ticked, and exchange the "
                      "new code:",
                      width, "  ");
        text += fmt::format("    {}\n", explanation.url);
    }
    return text;
}

class ExplainCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_texts(app, "answer", m_words, "ANSWER", "the answer; without it, standard input is read");
        add_flag(app, "--json", m_json, "print an object: cause, scope, message, why, hint, url …");
        set_examples(app, "  curl -i https://www.strava.com/api/v3/athlete -H … | harrier explain\n"
                          "  harrier explain '{\"message\":\"Authorization Error\",\"errors\":[…]}'\n"
                          "  harrier explain 403 Application Inactive\n"
                          "  harrier explain 'http://localhost/exchange_token?state=&code=…&scope=read'\n\n"
                          "Reads a JSON body, a whole curl -i or curl -v output, a status, the address\n"
                          "that a login ended at, an HTML page, or the words of another tool.\n\n"
                          "Causes:\n" +
                              list_of_causes());
    }

    int run(Invocation& invocation) override {
        const auto answer = strava::parse_pasted_answer(read(invocation.console));
        if (!answer) {
            throw Error(ErrorKind::data, "this does not look like an answer of Strava's",
                        "Paste all of it, status and headers included:  curl -i … | harrier explain");
        }
        auto context = answer->context;
        context.now = std::chrono::floor<std::chrono::seconds>(invocation.clock.now());
        context.authorize_base = invocation.settings.endpoints.oauth_base;
        if (context.client_id.empty()) {
            context.client_id = invocation.settings.client_id.value_or("");
        }
        const auto explanation = strava::explain(answer->fault, context);
        if (m_json) {
            invocation.console.print_foreign(to_json(explanation, answer->fault.status));
        } else {
            invocation.console.print(to_text(explanation, invocation.console));
        }
        return explanation.cause == "unknown" ? exit_failed : exit_done;
    }

private:
    [[nodiscard]] std::string read(const Console& console) const {
        if (!m_words.empty()) {
            return join(m_words, " ");
        }
        if (console.in_is_terminal) {
            console.say("Paste Strava's answer, then press Enter and Ctrl-D:");
        }
        auto text = console.read_all();
        if (trim(text).empty()) {
            throw Error(ErrorKind::usage, "there is nothing to explain",
                        "Give it Strava's answer:  curl -i … | harrier explain");
        }
        return text;
    }

    std::vector<std::string> m_words;
    bool m_json = false;
};

} // namespace

std::unique_ptr<Command> make_explain_command() {
    return std::make_unique<ExplainCommand>();
}

} // namespace harrier::cli
