// SPDX-License-Identifier: MIT
#pragma once

// What Strava's answers mean when they are not what was asked for: one table from (status, resource, field,
// code) to a cause with a stable name, a sentence, and the cure. The client and `harrier explain` read the
// same table. Pure; nothing here throws.

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

// What is not a Fault body is written as items too, so that one table can hold everything:
// Redirect/error/<word> and Redirect/code/ok (the address that a login ends at), Token/expires_at/<seconds>
// (a token answer), Upload/error/duplicate and Upload/error/failed, Page/html/<status> (a web page).
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
    std::string scope; // the scope to ask for when one is missing, else ""
    ErrorKind kind = ErrorKind::remote;
    std::string message;              // what happened: one sentence that begins small and has no final stop
    std::string detail;               // one line of facts beside it ("Granted: read"), may be empty
    std::string why;                  // how it comes about; one or more sentences, may be empty
    std::string hint;                 // the next command or setting, one line
    std::string url;                  // a corrected authorize URL, else ""
    std::optional<Instant> resets_at; // of a rate limit
};

// A body that is not JSON, or `errors` that is not a list, gives a Fault without items. The token in a token
// answer is never kept.
[[nodiscard]] Fault parse_fault(int status, std::string_view body);

[[nodiscard]] Explanation explain(const Fault& fault, const FaultContext& context);

// The explanation of a scope that is known to be missing before anything was sent. `missing` is not empty.
[[nodiscard]] Explanation explain_missing(const Scopes& missing, const FaultContext& context);

// The same as the exception the client throws: message "cannot DOING: …", hint = the cure.
[[nodiscard]] Error to_error(const Explanation& explanation, std::string_view doing);

// Reads what a user pasted: a JSON body with anything around it, a whole `curl -i` or `curl -v` output (also
// several heads, HTTP/2, CRLF or LF), "403 Application Inactive", a bare status, the address that a login
// ended at, an HTML error page, the words of another tool's message. Nothing when it is none of these.
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
