// SPDX-License-Identifier: MIT
#pragma once

// The faults that a user asked for with `--fault`, and when they strike.
//
//   SPEC  = WHAT "@" WHERE [ "x" TIMES ]
//   WHAT  = 429 (or any status from 400 to 599) | a name of `named_faults` | drop | truncate | slow=30s |
//   short-page | insert | delete WHERE = parts joined by ":"
//           n=7      the 7th API request (OAuth and /admin are not counted)
//           streams  requests of one endpoint, see `fault_endpoints`
//           page=3   that page of the list of activities
//           nth=2    the 2nd request that fits the parts before it; without it, the 1st
//   TIMES = how many requests in a row are struck (default 1), or "*" for all from there on
//
// "short-page@2" is short for "short-page@page=2". Any thread.

#include "emulator/fault_bodies.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::emulator {

// What to do to one request.
struct Strike {
    std::optional<int> status;     // answer with this status and its fault instead
    std::optional<FaultBody> body; // with this fault instead of the usual one; `status` is set, too
    bool drop = false;             // close the connection without an answer
    bool truncate = false;         // break off in the middle of the body
    bool insert = false;           // a new activity appears just before this request is answered
    bool erase = false;            // the newest activity disappears just before this request is answered
    std::chrono::milliseconds delay{0};
};

// One request as faults see it.
struct FaultTarget {
    std::string_view endpoint;
    std::optional<long long> page; // of the list of activities
    bool is_api = true;            // counts for n=
};

// Faults that a status alone does not say: "private", "inactive", …
struct NamedFault {
    std::string_view name;
    FaultBody body;
};
[[nodiscard]] std::span<const NamedFault> named_faults();

// The names of endpoints that a spec may use.
[[nodiscard]] std::span<const std::string_view> fault_endpoints();

class FaultPlan {
public:
    // Throws Error{usage} with the grammar for a spec that cannot be read.
    explicit FaultPlan(const std::vector<std::string>& specs);

    // Counts the request and says what strikes it.
    [[nodiscard]] Strike strike(const FaultTarget& target);
    [[nodiscard]] long long api_requests();

    // How many of the pages before `page` are short, and whether `page` itself is.
    struct ShortPages {
        long long before = 0;
        bool here = false;
    };
    [[nodiscard]] ShortPages short_pages(long long page) const;

    struct Rule {
        Strike strike;
        bool is_short_page = false;
        std::string endpoint;
        std::optional<long long> request; // n=
        std::optional<long long> page;
        long long nth = 1;
        long long times = 1;
        long long seen = 0; // requests that fitted so far
    };

private:
    std::mutex m_mutex;
    std::vector<Rule> m_rules;
    std::vector<long long> m_short_pages;
    long long m_api_requests = 0;
};

} // namespace harrier::emulator
