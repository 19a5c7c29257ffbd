// SPDX-License-Identifier: MIT
#pragma once

// HttpTransport over libcurl: one kept connection per host, TLS 1.2 or newer with peer and host checks always
// on, http and https only, gzip, no redirects, no cookies, no netrc, no proxy credentials in messages.

#include "net/http.hpp"

#include <memory>
#include <string>

namespace harrier::net {

// One request at a time; a second thread makes its own transport. libcurl is opened by the first one made.
class CurlTransport final : public HttpTransport {
public:
    // `user_agent`: "harrier/0.1.0 (+https://…)". `ca_file`: another CA bundle, for tests of TLS.
    explicit CurlTransport(std::string user_agent, std::string ca_file = {});
    ~CurlTransport() override;

    [[nodiscard]] Response send(const Request& request, std::stop_token stop = {}) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harrier::net
