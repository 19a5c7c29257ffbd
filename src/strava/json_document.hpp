// SPDX-License-Identifier: MIT
#pragma once

// A whole JSON text through simdjson, with an error that says where it stops being JSON. Only this room's
// readers of JSON include this.

#include <simdjson.h>

#include <string_view>

namespace harrier::strava {

// The root; it lives as long as the parser. `what` completes "cannot read …". Throws Error{data} with the
// byte offset when the text is not JSON from its first byte to its last.
[[nodiscard]] simdjson::dom::element parse_document(simdjson::dom::parser& parser, std::string_view json,
                                                    std::string_view what);

} // namespace harrier::strava
