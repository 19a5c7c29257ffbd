// SPDX-License-Identifier: MIT
#include "net/curl_failure.hpp"

#include <curl/curl.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace harrier::net {
namespace {

using namespace std::chrono_literals;

Error explain(int code, std::string host = "www.strava.com") {
    CurlFailure failure;
    failure.code = code;
    failure.host = std::move(host);
    failure.detail = "libcurl's words";
    failure.os_error = ECONNREFUSED;
    return explain_failure(failure, {});
}

std::string timeout_message(bool connected, std::chrono::microseconds elapsed) {
    CurlFailure failure;
    failure.code = CURLE_OPERATION_TIMEDOUT;
    failure.host = "www.strava.com";
    failure.connected = connected;
    failure.elapsed = elapsed;
    return explain_failure(failure, {}).message();
}

TEST(CurlFailure, NamesTheHostAndTheCause) {
    EXPECT_EQ(explain(CURLE_COULDNT_RESOLVE_HOST).message(), "cannot find the host www.strava.com (DNS)");
    EXPECT_EQ(explain(CURLE_COULDNT_RESOLVE_PROXY).message(),
              "cannot find the proxy on the way to www.strava.com");
    EXPECT_EQ(explain(CURLE_COULDNT_CONNECT).message(),
              "cannot connect to www.strava.com: Connection refused");
    EXPECT_EQ(explain(CURLE_PEER_FAILED_VERIFICATION).message(),
              "the certificate of www.strava.com is not trusted: libcurl's words");
    EXPECT_EQ(explain(CURLE_SSL_CONNECT_ERROR).message(),
              "no secure connection (TLS 1.2 or newer) with www.strava.com");
    EXPECT_EQ(explain(CURLE_PARTIAL_FILE).message(), "the answer of www.strava.com was cut short");
    EXPECT_EQ(explain(CURLE_GOT_NOTHING).message(), "www.strava.com closed the connection without an answer");
    EXPECT_EQ(explain(CURLE_RECV_ERROR).message(), "www.strava.com broke the connection off");
    EXPECT_EQ(explain(CURLE_HTTP2).message(), "no usable answer from www.strava.com: libcurl's words");
}

TEST(CurlFailure, IsAlwaysTheNetworksAndHasACure) {
    for (int code = 1; code < CURL_LAST; ++code) {
        EXPECT_EQ(explain(code).kind(), ErrorKind::network) << code;
        EXPECT_NE(explain(code).hint(), "") << code;
    }
}

TEST(CurlFailure, ThinksOfTheEmulatorOnThisMachine) {
    EXPECT_EQ(explain(CURLE_COULDNT_CONNECT, "127.0.0.1").hint(),
              "Nothing listens there. To start the emulator, run:  harrier emulator");
    EXPECT_EQ(explain(CURLE_COULDNT_CONNECT).hint(),
              "Check the internet connection and run the same command again");
}

TEST(CurlFailure, TellsTheThreeTimeLimitsApart) {
    EXPECT_EQ(timeout_message(false, 15s), "cannot connect to www.strava.com within 15 s");
    EXPECT_EQ(timeout_message(true, 45s), "www.strava.com sent nothing more for 30 s");
    EXPECT_EQ(timeout_message(true, 120s), "www.strava.com gave no whole answer within 120 s");
}

} // namespace
} // namespace harrier::net
