// SPDX-License-Identifier: MIT
#include "cli/pasted_redirect.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace harrier::cli {

namespace {

constexpr const char* no_state_note =
    "This address has no state, so nothing proves that the login began here.\n"
    "It is taken because you pasted it: check the athlete's name below.";

bool looks_like_code(std::string_view text) {
    return text.size() >= 16 && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

} // namespace

PasteOutcome take_pasted_line(strava::CallbackListener& listener, std::string_view line,
                              bool bare_code_allowed) {
    const auto text = trim(line);
    if (text.empty()) {
        return {};
    }
    if (looks_like_code(text)) {
        if (!bare_code_allowed) {
            return {false,
                    "That is a bare code. Paste the whole address that the browser ended at (or allow\n"
                    "bare codes with --insecure-bare-code). Still waiting."};
        }
        strava::Redirect redirect;
        redirect.code = Secret(text);
        return {listener.accept(redirect), ""};
    }
    const auto redirect = strava::parse_redirect_url(text);
    if (!redirect) {
        return {false, "That is not the address a login ends at, one with code= in it. Still waiting."};
    }
    if (redirect->state.empty()) {
        return {listener.accept(*redirect), no_state_note};
    }
    if (!listener.offer(*redirect)) {
        return {false, "That address belongs to another login: its state is not the one of this login.\n"
                       "Open the address above and paste the one it ends at. Still waiting."};
    }
    return {true, ""};
}

} // namespace harrier::cli
