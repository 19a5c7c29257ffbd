// SPDX-License-Identifier: MIT

// harrier api: any endpoint with the token of the login, the answer as it is.

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/answer_cache.hpp"
#include "cli/api_request.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"

#include <fmt/format.h>

#include <charconv>

namespace harrier::cli {

namespace {

bool is_success(const net::Response& response) {
    return response.status >= 200 && response.status < 300;
}

std::string head_of(const net::Response& response) {
    std::string text = fmt::format("HTTP {}\n", response.status);
    for (const auto& header : response.headers) {
        const bool is_secret = equal_ignoring_case(header.name, "Authorization") ||
                               equal_ignoring_case(header.name, "Set-Cookie");
        text += fmt::format("{}: {}\n", header.name, is_secret ? "(not shown)" : header.value);
    }
    return text + "\n";
}

// What stands between the brackets of a JSON array; nothing when the body is not one.
std::optional<std::string_view> inside_of_array(std::string_view body) {
    body = trim(body);
    if (body.size() < 2 || body.front() != '[' || body.back() != ']') {
        return std::nullopt;
    }
    return trim(body.substr(1, body.size() - 2));
}

void set_parameter(net::Parameters& parameters, const std::string& name, const std::string& value) {
    for (auto& [known, old] : parameters) {
        if (known == name) {
            old = value;
            return;
        }
    }
    parameters.emplace_back(name, value);
}

int first_page(const net::Parameters& query) {
    const auto text = net::find(query, "page").value_or("1");
    int page = 1;
    std::from_chars(text.data(), text.data() + text.size(), page);
    return page;
}

// Sends for one run of the command.
class Caller {
public:
    Caller(Invocation& invocation, std::optional<std::int64_t> patience_s)
        : m_invocation(invocation), m_session(invocation.settings, invocation.clock),
          m_cache(invocation.settings), m_patience_s(patience_s) {}

    net::Response fetch(const strava::ApiRequest& request) {
        const bool may_cache = m_patience_s && request.method == "GET";
        const auto key = may_cache ? key_of(request) : std::string();
        if (may_cache) {
            if (auto known = m_cache.find(key, std::chrono::seconds{*m_patience_s}, now())) {
                return *std::move(known);
            }
        }
        auto response = m_session.client.send(request, m_invocation.stop);
        if (may_cache && response.status == 200) {
            m_cache.store(key, response, now());
        }
        return response;
    }

    [[nodiscard]] Error explained(const strava::ApiRequest& request, const net::Response& response) {
        const auto explanation = strava::explain(strava::parse_fault(response.status, response.body),
                                                 m_session.client.fault_context(request, response));
        return strava::to_error(explanation,
                                fmt::format("{} {}", request.method, escape_terminal(request.path)));
    }

private:
    [[nodiscard]] Instant now() const {
        return std::chrono::floor<std::chrono::seconds>(m_invocation.clock.now());
    }
    // Another athlete's login must not see this one's answers.
    [[nodiscard]] std::string key_of(const strava::ApiRequest& request) {
        return fmt::format("{} {}{}?{}", require_login(m_session.vault).athlete.athlete_id.value,
                           m_invocation.settings.endpoints.api_base, request.path,
                           net::encode_form(request.query));
    }

    Invocation& m_invocation;
    Session m_session;
    AnswerCache m_cache;
    std::optional<std::int64_t> m_patience_s;
};

class ApiCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_argument(app, "path", m_arguments.path, "an endpoint: /athlete, athlete/activities?per_page=5");
        add_text(app, "-X,--method", m_arguments.method, "METHOD", "GET (the default), POST, PUT or DELETE");
        add_texts(
            app, "-f,--field", m_arguments.fields, "KEY=VALUE",
            "a parameter: of the query for GET and DELETE, else of the form (JSON for PUT /activities/ID)");
        add_flag(app, "--paginate", m_paginate, "fetch all pages of a list and join them to one array");
        add_flag(app, "-i,--include", m_include, "print the status and the headers before the body");
        add_count(app, "--cache", m_cache_s, "take an answer of a GET that is at most N seconds old");
        exclude_each_other(app, {"--paginate", "--include"});
        set_examples(app, "  harrier api /athlete\n"
                          "  harrier api /athlete/activities --paginate > activities.json\n"
                          "  harrier api -X PUT /activities/123 -f commute=true -f name='To work'");
    }

    int run(Invocation& invocation) override {
        const auto request = make_api_request(m_arguments, invocation.settings.endpoints.api_base);
        if (m_paginate && request.method != "GET") {
            throw Error(ErrorKind::usage, fmt::format("--paginate is for GET, not for {}", request.method),
                        "Leave out --paginate");
        }
        Caller caller(invocation, m_cache_s);
        if (m_paginate) {
            return print_pages(invocation.console, caller, request);
        }
        return print(invocation.console, caller, request, caller.fetch(request));
    }

private:
    // The body as it came, also of a fault; then the fault's meaning.
    [[nodiscard]] int print(const Console& console, Caller& caller, const strava::ApiRequest& request,
                            const net::Response& response) const {
        if (m_include) {
            console.print_foreign(head_of(response));
        }
        console.print_foreign(response.body);
        if (console.out.is_terminal && !response.body.empty() && !response.body.ends_with('\n')) {
            console.print("\n");
        }
        if (!is_success(response)) {
            throw caller.explained(request, response);
        }
        return exit_done;
    }

    // Up to an empty page, since Strava's pages may be short before the end; a page equal to the one before
    // means that the endpoint knows no pages.
    [[nodiscard]] int print_pages(const Console& console, Caller& caller, strava::ApiRequest request) const {
        if (!net::find(request.query, "per_page")) {
            request.query.emplace_back("per_page", "200");
        }
        std::string all;
        std::string previous;
        ProgressLine progress(console);
        for (int page = first_page(request.query);; ++page) {
            set_parameter(request.query, "page", std::to_string(page));
            progress.update(fmt::format("page {}", page));
            auto response = caller.fetch(request);
            const auto items = inside_of_array(response.body);
            if (!is_success(response) || !items) {
                progress.clear();
                return print(console, caller, request, response);
            }
            if (items->empty() || response.body == previous) {
                break;
            }
            all += (all.empty() ? "" : ",\n") + std::string(*items);
            previous = std::move(response.body);
        }
        progress.clear();
        console.print_foreign(fmt::format("[{}]\n", all));
        return exit_done;
    }

    ApiArguments m_arguments;
    bool m_paginate = false;
    bool m_include = false;
    std::optional<std::int64_t> m_cache_s;
};

} // namespace

std::unique_ptr<Command> make_api_command() {
    return std::make_unique<ApiCommand>();
}

} // namespace harrier::cli
