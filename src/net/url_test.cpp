// SPDX-License-Identifier: MIT
#include "net/url.hpp"

#include <gmock/gmock.h>

namespace harrier::net {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Url, EncodesEverythingButUnreservedCharacters) {
    EXPECT_EQ(percent_encode("Az09-._~"), "Az09-._~");
    EXPECT_EQ(percent_encode("a b&c=d+e/f:g,h%"), "a%20b%26c%3Dd%2Be%2Ff%3Ag%2Ch%25");
    EXPECT_EQ(percent_encode("\xC3\xA9"), "%C3%A9");
}

TEST(Url, DecodesWhatItEncodedForEveryByte) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes += static_cast<char>(i);
    }
    EXPECT_EQ(percent_decode(percent_encode(bytes)), bytes);
}

TEST(Url, LeavesBrokenEscapesAndPlusAsTheyAre) {
    EXPECT_EQ(percent_decode("100%"), "100%");
    EXPECT_EQ(percent_decode("%4"), "%4");
    EXPECT_EQ(percent_decode("%zz%+1%-1%0x"), "%zz%+1%-1%0x");
    EXPECT_EQ(percent_decode("a+b%2bc"), "a+b+c");
}

TEST(Url, EncodesAForm) {
    EXPECT_EQ(encode_form({{"a", "1"}, {"b c", "x y&z"}, {"d", ""}}), "a=1&b%20c=x%20y%26z&d=");
    EXPECT_EQ(encode_form({}), "");
}

TEST(Url, DecodesPlusAsSpaceInForms) {
    EXPECT_THAT(decode_form("a=x+y%2B&b+c=%3D"), ElementsAre(Pair("a", "x y+"), Pair("b c", "=")));
}

TEST(Url, DecodesFormsWithGapsAndWithoutValues) {
    EXPECT_THAT(decode_form("&&a&=1&b==2&"), ElementsAre(Pair("a", ""), Pair("", "1"), Pair("b", "=2")));
    EXPECT_THAT(decode_form(""), ElementsAre());
}

TEST(Url, FindsAndCountsParameters) {
    const Parameters parameters = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
    EXPECT_EQ(find(parameters, "a"), "1");
    EXPECT_EQ(find(parameters, "A"), std::nullopt);
    EXPECT_EQ(count(parameters, "a"), 2U);
    EXPECT_EQ(count(parameters, "c"), 0U);
}

TEST(Url, ParsesTheRedirectThatStravaSends) {
    const auto url =
        parse_url("http://localhost/exchange_token?state=&code=abc&scope=read,activity:read_all");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "http");
    EXPECT_EQ(url->host, "localhost");
    EXPECT_EQ(url->port, "");
    EXPECT_EQ(url->path, "/exchange_token");
    EXPECT_THAT(decode_form(url->query),
                ElementsAre(Pair("state", ""), Pair("code", "abc"), Pair("scope", "read,activity:read_all")));
}

TEST(Url, ParsesPortFragmentAndIpv6) {
    const auto url = parse_url("HTTPS://[::1]:8443?a=1#top?x");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "::1");
    EXPECT_EQ(url->port, "8443");
    EXPECT_EQ(url->path, "/");
    EXPECT_EQ(url->query, "a=1");
    EXPECT_EQ(url->fragment, "top?x");
}

TEST(Url, FormatsWhatItParsed) {
    for (const char* text : {"http://a/", "https://a.example:8080/b/c%20d?e=f&g#h", "http://[fe80::1]:1/x",
                             "http://127.0.0.1:40123/cb/AbC?state=x"}) {
        const auto url = parse_url(text);
        ASSERT_TRUE(url) << text;
        EXPECT_EQ(format_url(*url), text);
    }
    EXPECT_EQ(format_url(*parse_url("http://EXAMPLE.com")), "http://example.com/");
}

TEST(Url, RefusesEverythingButPlainHttpAddresses) {
    for (const std::string_view text : {"",
                                        "localhost",
                                        "localhost/exchange_token?code=1",
                                        "//a/b",
                                        "ftp://a/",
                                        "file:///etc/passwd",
                                        "javascript://a/%0aalert(1)",
                                        "http://",
                                        "http:///path",
                                        "http://:80/",
                                        "http://user@a/",
                                        "http://user:pass@a/",
                                        "http://a@b@c/",
                                        "http://a:0/",
                                        "http://a:65536/",
                                        "http://a:+1/",
                                        "http://a:1x/",
                                        "http://a:-1/",
                                        "http://a:1:2/",
                                        "http://[::1/",
                                        "http://[::1]x/",
                                        "http://[]/",
                                        "http://[a.b/]/",
                                        "http://a b/",
                                        "http://a/b c",
                                        "http://a/\r\nHost: b",
                                        "http://a\\b/",
                                        "http://a%2e/",
                                        "http://\xC3\xA9/",
                                        " http://a/",
                                        "http://a/\x7f"}) {
        EXPECT_FALSE(parse_url(text)) << text;
    }
    EXPECT_FALSE(parse_url(std::string_view("http://a/\0b", 11)));
}

constexpr std::string_view curl_type =
    "multipart/form-data; boundary=------------------------0123456789abcdef";

TEST(Multipart, ReadsWhatCurlSends) {
    const std::string body = "--------------------------0123456789abcdef\r\n"
                             "Content-Disposition: form-data; name=\"client_id\"\r\n\r\n"
                             "12345\r\n"
                             "--------------------------0123456789abcdef\r\n"
                             "Content-Disposition: form-data; name=\"grant_type\"\r\n\r\n"
                             "authorization_code\r\n"
                             "--------------------------0123456789abcdef--\r\n";
    const auto parameters = decode_multipart(curl_type, body);
    ASSERT_TRUE(parameters);
    EXPECT_THAT(*parameters,
                ElementsAre(Pair("client_id", "12345"), Pair("grant_type", "authorization_code")));
}

TEST(Multipart, KeepsLineBreaksInValuesAndEmptyValues) {
    const auto parameters =
        decode_multipart("Multipart/Form-Data; charset=utf-8; boundary=\"x y\"",
                         "preamble\r\n--x y\r\ncontent-disposition:form-data;name=a\r\n"
                         "Content-Type: text/plain\r\n\r\n\r\none\r\ntwo\r\n"
                         "--x y  \r\nContent-Disposition: form-data; filename=f; name=\"b\\\"c\""
                         "\r\n\r\n\r\n--x y--");
    ASSERT_TRUE(parameters);
    EXPECT_THAT(*parameters, ElementsAre(Pair("a", "\r\none\r\ntwo"), Pair("b\"c", "")));
}

TEST(Multipart, ReadsABodyWithoutParts) {
    EXPECT_THAT(decode_multipart("multipart/form-data; boundary=x", "--x--\r\n"),
                testing::Optional(ElementsAre()));
}

TEST(Multipart, RefusesAnotherTypeAndAMissingBoundary) {
    EXPECT_FALSE(decode_multipart("application/x-www-form-urlencoded", "a=1"));
    EXPECT_FALSE(decode_multipart("multipart/mixed; boundary=x", "--x--"));
    EXPECT_FALSE(decode_multipart("multipart/form-data", "--x--"));
    EXPECT_FALSE(decode_multipart("multipart/form-data; boundary=", "----"));
    EXPECT_FALSE(decode_multipart("multipart/form-data; boundary=" + std::string(71, 'x'), "--x--"));
    EXPECT_FALSE(decode_multipart("", ""));
}

TEST(Multipart, RefusesABodyCutAtAnyByte) {
    const std::string body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--";
    ASSERT_TRUE(decode_multipart("multipart/form-data; boundary=x", body));
    for (std::size_t cut = 0; cut < body.size(); ++cut) {
        EXPECT_FALSE(decode_multipart("multipart/form-data; boundary=x", body.substr(0, cut))) << cut;
    }
}

TEST(Multipart, RefusesAPartWithoutAName) {
    EXPECT_FALSE(decode_multipart("multipart/form-data; boundary=x",
                                  "--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"));
    EXPECT_FALSE(decode_multipart("multipart/form-data; boundary=x", "--x\r\n\r\n1\r\n--x--"));
}

TEST(Url, KnowsThisMachine) {
    EXPECT_TRUE(is_loopback("127.0.0.1"));
    EXPECT_TRUE(is_loopback("::1"));
    EXPECT_TRUE(is_loopback("localhost"));
    EXPECT_FALSE(is_loopback("localhost.evil.test"));
    EXPECT_FALSE(is_loopback("127.0.0.1.evil.test"));
    EXPECT_FALSE(is_loopback("www.strava.com"));
}

} // namespace
} // namespace harrier::net
