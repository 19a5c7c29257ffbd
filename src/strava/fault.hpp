// SPDX-License-Identifier: MIT
#pragma once

// What Strava's answers mean when they are not what was asked for: one table from (status, resource, field,
// code) to a cause with a stable name, a sentence, and the cure. The client and `harrier explain` read the
// same table.

#include "base/error.hpp"
#include "base/time.hpp"
#include "net/http.hpp"
#include "strava/scopes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::strava {

// Strava's Fault body: {"message": …, "errors": [{"resource": …, "field": …, "code": …}]}.
struct FaultItem {
    std::string resource;
    std::string field;
    std::string code;
};

struct Fault {
    int status = 0; // 0 = not known (only a body was given)
    std::string message;
    std::vector<FaultItem> items;
};

// What is known about the moment; it only makes the explanation more exact.
struct FaultContext {
    std::string method; // of the request, "" = unknown
    std::string path;   // without base and query: "/athlete/activities"
    std::optional<Scopes> granted;
    std::optional<Instant> now;
    std::vector<net::Header> headers; // of the answer
    std::string client_id;            // for the corrected authorize URL
    std::string authorize_base;       // "https://www.strava.com/oauth"
};

struct Explanation {
    std::string cause; // stable word: "missing_scope"; all of them: `causes()`
    std::string scope; // the missing scope, else ""
    ErrorKind kind = ErrorKind::remote;
    std::string message; // what happened, one sentence
    std::string why;     // how it comes about; one or more sentences, may be empty
    std::string hint;    // the next command or setting, one line
    std::string url;     // a corrected authorize URL, else ""
};

// Never throws: a body that is not JSON, or `errors` that is not a list, gives a Fault without items.
[[nodiscard]] Fault parse_fault(int status, std::string_view body);

[[nodiscard]] Explanation explain(const Fault& fault, const FaultContext& context);

// The same as the exception the client throws: message "cannot DOING: …", hint = the cure.
[[nodiscard]] Error to_error(const Explanation& explanation, std::string_view doing);

// Reads what a user pasted: a JSON body, a whole `curl -i` output (also several heads, HTTP/2, CRLF or LF),
// "403 Application Inactive", a bare status, a redirect URL with error=, an HTML error page.
struct PastedAnswer {
    Fault fault;
    FaultContext context;
};
[[nodiscard]] std::optional<PastedAnswer> parse_pasted_answer(std::string_view text);

struct CauseInfo {
    std::string_view name;
    std::string_view meaning;
};
// Every cause that `explain` can give, for help and documentation.
[[nodiscard]] const std::vector<CauseInfo>& causes();

} // namespace harrier::strava
