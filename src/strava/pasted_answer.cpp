// SPDX-License-Identifier: MIT
#include "base/text.hpp"
#include "net/url.hpp"
#include "strava/fault.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace harrier::strava {

namespace {

constexpr std::size_t longest_paste = 256 * 1024;
constexpr std::size_t longest_sentence = 400;
constexpr std::size_t longest_object = 64 * 1024;
constexpr int most_objects_tried = 200;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':';
}

// Colours that jq or a terminal put in.
std::string without_escapes(std::string_view text) {
    std::string clean;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b' && i + 1 < text.size() && text[i + 1] == '[') {
            i += 2;
            while (i < text.size() && (text[i] < '@' || text[i] > '~')) {
                ++i;
            }
        } else {
            clean += text[i];
        }
    }
    return clean;
}

// The heads of `curl -i` or `curl -v`: the last one counts, the others were 100 Continue, a proxy or a
// redirect.
struct Heads {
    int status = 0;
    std::vector<net::Header> headers;
    std::string method;
    std::string target;
    std::size_t body_at = 0; // where the text after the last head begins
};

int status_in(std::string_view line) {
    const auto space = line.find(' ');
    if (!line.starts_with("HTTP/") || space == std::string_view::npos || line.size() < space + 4) {
        return 0;
    }
    const auto digits = line.substr(space + 1, 3);
    const bool is_status = std::all_of(digits.begin(), digits.end(), is_digit) &&
                           (line.size() == space + 4 || !is_digit(line[space + 4]));
    return is_status ? (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0') : 0;
}

void read_request_line(Heads& heads, std::string_view line) {
    const auto words = split(line, ' ');
    if (words.size() >= 3 && words[2].starts_with("HTTP/") && words[1].starts_with('/')) {
        heads.method = words[0];
        heads.target = words[1];
    }
}

Heads read_heads(std::string_view text) {
    Heads heads;
    bool in_head = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = trim(text.substr(at, end - at));
        at = std::min(end + 1, text.size());
        if (line.starts_with("> ")) {
            read_request_line(heads, line.substr(2));
        }
        if (line.starts_with('<') && (line.size() == 1 || line[1] == ' ')) {
            line = trim(line.substr(1));
        }
        const auto colon = line.find(':');
        if (const int status = status_in(line); status != 0) {
            heads.status = status;
            heads.headers.clear();
            in_head = true;
            heads.body_at = at;
        } else if (in_head && line.empty()) {
            in_head = false;
            heads.body_at = at;
        } else if (in_head && colon != std::string_view::npos) {
            heads.headers.push_back(
                {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
        }
    }
    return heads;
}

// The text of the object that begins at `open`, by counting brackets outside strings; empty when it does not
// end, or is too long for a fault.
std::string_view object_at(std::string_view text, std::size_t open) {
    text = text.substr(0, open + longest_object);
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && --depth == 0) {
            return text.substr(open, i + 1 - open);
        }
    }
    return {};
}

// The first object in a text that says something about a fault or a token.
std::optional<Fault> find_fault_object(std::string_view text, int status) {
    std::size_t open = text.find('{');
    for (int tries = 0; open != std::string_view::npos && tries < most_objects_tried; ++tries) {
        if (const auto candidate = object_at(text, open); !candidate.empty()) {
            auto fault = parse_fault(status, candidate);
            const bool is_text = fault.message.starts_with('{'); // not JSON
            if (!is_text && (!fault.items.empty() || !fault.message.empty())) {
                return fault;
            }
        }
        open = text.find('{', open + 1);
    }
    return std::nullopt;
}

// JSON as people's tools spoil it: Python's single quotes, typographic quotes, lines broken by a terminal.
std::string with_plain_quotes(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto three = text.substr(i, 3);
        if (three == "\u201c" || three == "\u201d") {
            plain += '"';
            i += 2;
        } else if (text[i] == '\'') {
            plain += '"';
        } else if (text[i] != '\n' && text[i] != '\r') {
            plain += text[i];
        }
    }
    return plain;
}

bool ends_address(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0 || c == '"' || c == '\'' || c == '<' ||
           c == '>' || c == '`' || c == ')';
}

std::vector<std::string> addresses(std::string_view text) {
    std::vector<std::string> found;
    for (const std::string_view start : {"http://", "https://", "localhost", "127.0.0.1"}) {
        for (auto at = text.find(start); at != std::string_view::npos; at = text.find(start, at + 1)) {
            const bool is_inside_another = at > 0 && (text[at - 1] == '/' || is_word(text[at - 1]));
            if (is_inside_another) {
                continue;
            }
            const auto* end = std::find_if(text.begin() + at, text.end(), ends_address);
            const std::string address(text.begin() + at, end);
            found.push_back(start.starts_with("http") ? address : "http://" + address);
        }
    }
    return found;
}

// The address that a login ended at, if there is one.
bool read_redirect(PastedAnswer& answer, std::string_view text) {
    for (const auto& address : addresses(text)) {
        const auto url = net::parse_url(address);
        if (!url) {
            continue;
        }
        const auto parameters = net::decode_form(url->query);
        const auto error = net::find(parameters, "error");
        const auto scope = net::find(parameters, "scope");
        const auto code = net::find(parameters, "code");
        if (error) {
            answer.fault.items.push_back({"Redirect", "error", *error});
            answer.fault.message = *error;
            return true;
        }
        if (code && (scope || net::find(parameters, "state"))) {
            answer.fault.items.push_back({"Redirect", "code", "ok"});
            if (scope) {
                answer.context.granted = Scopes::parse(*scope);
            }
            return true;
        }
    }
    return false;
}

std::string without_addresses(std::string text) {
    for (const std::string_view start : {"http://", "https://"}) {
        for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at)) {
            const auto begin = text.begin() + static_cast<std::ptrdiff_t>(at);
            text.erase(begin, std::find_if(begin, text.end(), ends_address));
        }
    }
    return text;
}

// A status among words: "429", "Error 403: …", "401 Client Error". Below 400 only as the very first word.
int status_among_words(std::string_view text) {
    for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
        const bool is_number = is_digit(text[i]) && is_digit(text[i + 1]) && is_digit(text[i + 2]);
        const bool stands_alone = (i == 0 || !is_word(text[i - 1])) &&
                                  (i + 3 == text.size() || !is_word(text[i + 3]) || text[i + 3] == ':');
        if (!is_number || !stands_alone) {
            continue;
        }
        const int number = (text[i] - '0') * 100 + (text[i + 1] - '0') * 10 + (text[i + 2] - '0');
        if (number < 600 && (number >= 400 || (i == 0 && number >= 200))) {
            return number;
        }
    }
    return 0;
}

struct Phrase {
    std::string_view words; // lower case
    std::string_view resource;
    std::string_view field;
    std::string_view code;
};

// What people and tools say when the body itself is not at hand.
constexpr std::array phrases{
    Phrase{"access_denied", "Redirect", "error", "access_denied"},
    Phrase{"access denied", "Redirect", "error", "access_denied"},
    Phrase{"not verifiable", "PushSubscription", "callback url", "not verifiable"},
    Phrase{"subscription already exists", "PushSubscription", "", "already exists"},
    Phrase{"redirect_uri", "Application", "redirect_uri", "invalid"},
    Phrase{"callback domain", "Application", "redirect_uri", "invalid"},
    Phrase{"client_secret", "Application", "client_secret", "invalid"},
    Phrase{"client secret", "Application", "client_secret", "invalid"},
    Phrase{"wrong secret", "Application", "client_secret", "invalid"},
    Phrase{"client_id", "Application", "client_id", "invalid"},
    Phrase{"client id", "Application", "client_id", "invalid"},
    Phrase{"refresh_token", "RefreshToken", "refresh_token", "invalid"},
    Phrase{"refresh token", "RefreshToken", "refresh_token", "invalid"},
    Phrase{"refreshtoken", "RefreshToken", "refresh_token", "invalid"},
    Phrase{"authorizationcode", "AuthorizationCode", "code", "invalid"},
    Phrase{"authorization code", "AuthorizationCode", "code", "invalid"},
    Phrase{"used code", "AuthorizationCode", "code", "invalid"},
    Phrase{"access_token", "Athlete", "access_token", "invalid"},
    Phrase{"access token", "Athlete", "access_token", "invalid"},
    Phrase{"future", "Application", "after", "future"},
    Phrase{"athlete limit", "Page", "html", "403"},
};

// "activity:read_permission" anywhere in the words.
std::string permission_among(std::string_view text) {
    const auto at = text.find("_permission");
    if (at == std::string_view::npos) {
        return {};
    }
    auto begin = at;
    while (begin > 0 && is_word(text[begin - 1])) {
        --begin;
    }
    return std::string(text.substr(begin, at - begin)) + "_permission";
}

void read_words(Fault& fault, const std::string& text) {
    const std::string words = to_lower(without_addresses(text));
    fault.message = words;
    if (fault.status == 0) {
        fault.status = status_among_words(words);
    }
    if (const auto permission = permission_among(words); !permission.empty()) {
        fault.items.push_back({"AccessToken", permission, "missing"});
        return;
    }
    for (const auto& phrase : phrases) {
        if (words.find(phrase.words) == std::string::npos) {
            continue;
        }
        fault.items.push_back(
            {std::string(phrase.resource), std::string(phrase.field), std::string(phrase.code)});
        if (phrase.words == "athlete limit") {
            fault.message = "limit of connected athletes";
        }
        return;
    }
}

std::size_t find_page(std::string_view text) {
    const std::string lower = to_lower(text);
    std::size_t first = std::string::npos;
    for (const std::string_view tag : {"<!doctype", "<html", "<head", "<title", "<body", "<h1"}) {
        first = std::min(first, lower.find(tag));
    }
    return first;
}

std::string path_in(std::string_view target) {
    for (const std::string_view base : {"/api/v3/", "api-v3.strava.com/"}) {
        if (const auto at = target.find(base); at != std::string_view::npos) {
            const auto rest = target.substr(at + base.size() - 1);
            return std::string(rest.begin(), std::find_if(rest.begin(), rest.end(), [](char c) {
                                   return ends_address(c) || c == '?' || c == '#';
                               }));
        }
    }
    return target.find("/oauth/token") != std::string_view::npos ? "/oauth/token" : "";
}

FaultContext context_of(std::string_view text, Heads& heads) {
    FaultContext context;
    context.method = heads.method;
    context.path = path_in(heads.target.empty() ? text : heads.target);
    context.headers = std::move(heads.headers);
    if (const auto at = text.find("client_id="); at != std::string_view::npos) {
        const auto rest = text.substr(at + 10);
        context.client_id.assign(rest.begin(), std::find_if_not(rest.begin(), rest.end(), is_digit));
    }
    return context;
}

// Everything but a fault object and a redirect: a page, a list, or words.
void read_rest(Fault& fault, std::string_view text) {
    if (const auto page = find_page(text); page != std::string::npos) {
        auto found = parse_fault(fault.status, text.substr(page));
        if (found.status == 0) {
            found.status = status_among_words(found.message);
        }
        fault = std::move(found);
    } else if (text.starts_with('[') || text.starts_with('{')) {
        fault.status =
            fault.status == 0 && text.find("resource_state") != std::string_view::npos ? 200 : fault.status;
    } else if (text.size() <= longest_sentence) {
        read_words(fault, std::string(text));
    }
}

} // namespace

std::optional<PastedAnswer> parse_pasted_answer(std::string_view pasted) {
    const std::string clean = without_escapes(trim(pasted.substr(0, longest_paste)));
    const std::string_view text = clean;
    Heads heads = read_heads(text);
    const std::string_view body = trim(text.substr(heads.body_at));

    PastedAnswer answer;
    answer.fault.status = heads.status;
    answer.context = context_of(text, heads);
    auto object = find_fault_object(body, heads.status);
    if (!object) {
        object = find_fault_object(with_plain_quotes(body), heads.status);
    }
    if (object) {
        answer.fault = *std::move(object);
        return answer;
    }
    if (!read_redirect(answer, text)) {
        read_rest(answer.fault, body);
    }
    if (explain(answer.fault, answer.context).cause == "unknown" && answer.fault.status == 0) {
        return std::nullopt;
    }
    return answer;
}

} // namespace harrier::strava
