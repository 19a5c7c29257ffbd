// SPDX-License-Identifier: MIT
#pragma once

// The emulator's pages: the consent page with a tick box per scope, and short notices. A style of their own,
// nothing loaded from elsewhere; everything that came with a request is escaped. Pure.

#include "emulator/granted_scopes.hpp"

#include <string>
#include <string_view>

namespace harrier::emulator {

[[nodiscard]] std::string escape_html(std::string_view text);

struct ConsentRequest {
    std::string client_id;
    std::string athlete_name;
    std::string redirect_host; // where the answer goes: "127.0.0.1:40123"
    ScopeList scopes;
    std::string nonce; // ties the form to this page
};

[[nodiscard]] std::string consent_page(const ConsentRequest& request);
// A page with a heading and one paragraph.
[[nodiscard]] std::string notice_page(std::string_view heading, std::string_view paragraph);

} // namespace harrier::emulator
