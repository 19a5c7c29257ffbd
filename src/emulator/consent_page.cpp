// SPDX-License-Identifier: MIT
#include "emulator/consent_page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::emulator {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --line: #8886; --accent: #2f6f5e; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; padding: 2rem 1rem; }
main { max-width: 34rem; margin: 0 auto; }
.note { border-left: 4px solid var(--accent); padding: .25rem .9rem; margin: 0 0 1.5rem; }
h1 { font-size: 1.35rem; margin: 0; }
.note p { margin: .1rem 0 0; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem 1rem; margin: 1rem 0; }
label { display: grid; grid-template-columns: 1.6rem 1fr; margin-top: .7rem; }
code { font-size: .9em; }
small { grid-column: 2; }
input[type=checkbox] { width: 1.05rem; height: 1.05rem; margin: .25rem 0 0; accent-color: var(--accent); }
.buttons { display: flex; gap: .8rem; }
button { font: inherit; padding: .5rem 1.3rem; border-radius: .4rem; border: 1px solid var(--accent); cursor: pointer; }
button.yes { background: var(--accent); color: #fff; }
button.no { background: transparent; color: inherit; }
)";

std::string page(std::string_view title, std::string_view body) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        title, style, body);
}

constexpr std::string_view heading = "<header class=\"note\">\n<h1>harrier's emulator</h1>\n"
                                     "<p>A practice Strava on this machine. No real account is touched.</p>\n"
                                     "</header>\n";

std::string_view allows(std::string_view scope) {
    const auto scopes = known_scopes();
    const auto found =
        std::find_if(scopes.begin(), scopes.end(), [&](const ScopeInfo& info) { return info.name == scope; });
    return found == scopes.end() ? std::string_view{} : found->allows;
}

// `read` goes with every login and cannot be unticked.
std::string tick_box(std::string_view scope) {
    const bool fixed = scope == "read";
    return fmt::format("<label><input type=\"checkbox\" name=\"scope\" value=\"{0}\" aria-label=\"{0}\" "
                       "aria-describedby=\"about-{0}\" checked{1}><span><code>{0}</code>{2}</span> "
                       "<small id=\"about-{0}\">{3}</small></label>\n",
                       escape_html(scope), fixed ? " disabled" : "", fixed ? " (always included)" : "",
                       escape_html(allows(scope)));
}

} // namespace

std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char letter : text) {
        switch (letter) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped += letter;
        }
    }
    return escaped;
}

std::string consent_page(const ConsentRequest& request) {
    std::string boxes;
    for (const auto& scope : request.scopes) {
        boxes += tick_box(scope);
    }
    const auto body = fmt::format(
        "{}<p>Application <strong>{}</strong> asks for access to the data of <strong>{}</strong>.</p>\n"
        "<form method=\"post\" action=\"/oauth/authorize/decision\">\n"
        "<input type=\"hidden\" name=\"nonce\" value=\"{}\">\n"
        "<fieldset>\n<legend>It may</legend>\n{}</fieldset>\n"
        "<div class=\"buttons\">\n"
        "<button class=\"yes\" type=\"submit\" name=\"decision\" value=\"authorize\" "
        "id=\"authorize\">Authorize</button>\n"
        "<button class=\"no\" type=\"submit\" name=\"decision\" value=\"cancel\" "
        "id=\"cancel\">Cancel</button>\n"
        "</div>\n</form>\n<p><small>The answer goes to {}.</small></p>\n",
        heading, escape_html(request.client_id), escape_html(request.athlete_name),
        escape_html(request.nonce), boxes, escape_html(request.redirect_host));
    return page("harrier's emulator: allow access?", body);
}

std::string notice_page(std::string_view notice, std::string_view paragraph) {
    return page("harrier's emulator", fmt::format("{}<h2>{}</h2>\n<p>{}</p>\n", heading, escape_html(notice),
                                                  escape_html(paragraph)));
}

} // namespace harrier::emulator
