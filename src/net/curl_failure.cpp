// SPDX-License-Identifier: MIT
#include "net/curl_failure.hpp"

#include "net/url.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <system_error>

namespace harrier::net {

namespace {

std::string seconds_text(std::chrono::milliseconds duration) {
    return fmt::format("{:g} s", static_cast<double>(duration.count()) / 1000);
}

// Which of the three time limits it was.
std::string describe_timeout(const CurlFailure& failure, const Request& request) {
    if (failure.elapsed >= request.total_timeout) {
        return fmt::format("{} gave no whole answer within {}", failure.host,
                           seconds_text(request.total_timeout));
    }
    if (!failure.connected) {
        return fmt::format("cannot connect to {} within {}", failure.host,
                           seconds_text(request.connect_timeout));
    }
    return fmt::format("{} sent nothing more for {}", failure.host, seconds_text(request.stall_timeout));
}

std::string describe(const CurlFailure& failure, const Request& request) {
    switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return fmt::format("cannot find the host {} (DNS)", failure.host);
    case CURLE_COULDNT_RESOLVE_PROXY:
        return fmt::format("cannot find the proxy on the way to {}", failure.host);
    case CURLE_COULDNT_CONNECT:
        return fmt::format("cannot connect to {}: {}", failure.host,
                           failure.os_error == 0 ? "no answer"
                                                 : std::generic_category().message(failure.os_error));
    case CURLE_OPERATION_TIMEDOUT:
        return describe_timeout(failure, request);
    case CURLE_PEER_FAILED_VERIFICATION:
        return fmt::format("the certificate of {} is not trusted: {}", failure.host, failure.detail);
    case CURLE_SSL_CONNECT_ERROR:
        return fmt::format("no secure connection (TLS 1.2 or newer) with {}", failure.host);
    case CURLE_PARTIAL_FILE:
        return fmt::format("the answer of {} was cut short", failure.host);
    case CURLE_GOT_NOTHING:
        return fmt::format("{} closed the connection without an answer", failure.host);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return fmt::format("{} broke the connection off", failure.host);
    default:
        return fmt::format("no usable answer from {}: {}", failure.host, failure.detail);
    }
}

std::string cure(const CurlFailure& failure) {
    switch (failure.code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return "Check this computer's clock, and whether a proxy or virus scanner opens TLS connections";
    case CURLE_COULDNT_RESOLVE_PROXY:
        return "Check the environment variables https_proxy and http_proxy";
    case CURLE_COULDNT_CONNECT:
        if (is_loopback(failure.host)) {
            return "Nothing listens there. To start the emulator, run:  harrier emulator";
        }
        [[fallthrough]];
    default:
        return "Check the internet connection and run the same command again";
    }
}

} // namespace

Error explain_failure(const CurlFailure& failure, const Request& request) {
    return {ErrorKind::network, describe(failure, request), cure(failure)};
}

} // namespace harrier::net
