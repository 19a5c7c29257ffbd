// SPDX-License-Identifier: MIT
#include "emulator/answers.hpp"

#include <fmt/format.h>

namespace harrier::emulator {

namespace {

constexpr std::string_view server_name = "harrier-emulator";

std::string status_header(int status) {
    return fmt::format("{} {}", status, reason_phrase(status));
}

} // namespace

net::ServerResponse json_answer(int status, std::string body) {
    const bool fault = status >= 400;
    net::ServerResponse answer;
    answer.status = status;
    answer.headers = {{"Content-Type", "application/json; charset=utf-8"},
                      {"Server", std::string(server_name)},
                      {"Status", status_header(status)},
                      {"Vary", fault ? "Origin" : "Accept, Origin"},
                      {"Cache-Control", fault ? "no-cache" : "max-age=0, private, must-revalidate"},
                      {"Access-Control-Allow-Origin", "*"}};
    answer.body = std::move(body);
    return answer;
}

net::ServerResponse fault_answer(const FaultBody& fault) {
    return json_answer(fault.status, std::string(fault.body));
}

net::ServerResponse stream_answer(std::string body) {
    net::ServerResponse answer;
    answer.headers = {{"Content-Type", "application/json; charset=utf-8"},
                      {"Server", std::string(server_name)},
                      {"Vary", "Origin"},
                      {"Access-Control-Allow-Origin", "*"}};
    answer.body = std::move(body);
    return answer;
}

net::ServerResponse html_answer(int status, std::string body) {
    net::ServerResponse answer;
    answer.status = status;
    // No form-action rule: browsers apply it to the redirect that follows the form, too.
    answer.headers = {
        {"Content-Type", "text/html; charset=utf-8"},
        {"Server", std::string(server_name)},
        {"Status", status_header(status)},
        {"Cache-Control", "no-store"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"}};
    answer.body = std::move(body);
    return answer;
}

net::ServerResponse redirect_answer(std::string location) {
    net::ServerResponse answer;
    answer.status = 302;
    answer.headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Server", std::string(server_name)},
                      {"Status", status_header(302)},
                      {"Cache-Control", "no-cache"},
                      {"Referrer-Policy", "no-referrer"},
                      {"Location", std::move(location)}};
    return answer;
}

net::ServerResponse preflight_answer() {
    net::ServerResponse answer;
    answer.headers = {{"Server", std::string(server_name)},
                      {"Access-Control-Allow-Origin", "*"},
                      {"Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD"},
                      {"Access-Control-Allow-Headers", "authorization, content-type"},
                      {"Access-Control-Max-Age", "1728000"}};
    return answer;
}

} // namespace harrier::emulator
