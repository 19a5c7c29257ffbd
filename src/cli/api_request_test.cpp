// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/api_request.hpp"

#include <gtest/gtest.h>

namespace harrier::cli {

namespace {

constexpr std::string_view base = "https://www.strava.com/api/v3";

strava::ApiRequest make(std::string path, std::string method = "GET", std::vector<std::string> fields = {}) {
    return make_api_request({std::move(path), std::move(method), std::move(fields)}, base);
}

ErrorKind refusal_of(std::string path, std::string method = "GET", std::vector<std::string> fields = {}) {
    try {
        (void)make(std::move(path), std::move(method), std::move(fields));
    } catch (const Error& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(ApiRequest, TakesAPathInEverySpelling) {
    for (const auto* path : {"/athlete", "athlete", "//athlete", "api/v3/athlete", "/api/v3/athlete",
                             "https://www.strava.com/api/v3/athlete", "/athlete#top"}) {
        EXPECT_EQ(make(path).path, "/athlete") << path;
    }
}

TEST(ApiRequest, KeepsTheQueryAndAddsFieldsToIt) {
    const auto request = make("athlete/activities?page=2&after=5", "get", {"per_page=10", "note=a=b c"});
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.path, "/athlete/activities");
    EXPECT_EQ(net::encode_form(request.query), "page=2&after=5&per_page=10&note=a%3Db%20c");
    EXPECT_TRUE(request.body.empty());
}

TEST(ApiRequest, SendsFieldsAsAForm) {
    const auto request = make("/activities", "POST", {"name=Lunch run", "elapsed_time=60"});
    EXPECT_EQ(request.content_type, "application/x-www-form-urlencoded");
    EXPECT_EQ(request.body, "name=Lunch%20run&elapsed_time=60");
    EXPECT_TRUE(request.query.empty());
}

TEST(ApiRequest, SendsAnUpdateOfAnActivityAsJson) {
    const auto request = make("/activities/7", "put", {"commute=true", "name=5", "gear_id=b1", "x=null"});
    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(request.body, R"({"commute":true,"gear_id":"b1","name":5,"x":null})");
}

TEST(ApiRequest, TheTokenGoesToTheApiOnly) {
    for (const auto* path :
         {"https://evil.example/api/v3/athlete", "http://www.strava.com/api/v3/athlete",
          "https://www.strava.com/oauth/token", "https://www.strava.com/api/v3.evil.example/",
          "https://www.strava.com@evil.example/api/v3/athlete", "ftp://x/y"}) {
        EXPECT_EQ(refusal_of(path), ErrorKind::usage) << path;
    }
    EXPECT_EQ(make("athlete?next=https://evil.example/").path, "/athlete");
}

TEST(ApiRequest, RefusesWhatCannotBeMeant) {
    EXPECT_EQ(refusal_of(""), ErrorKind::usage);
    EXPECT_EQ(refusal_of("/"), ErrorKind::usage);
    EXPECT_EQ(refusal_of("/a\nb"), ErrorKind::usage);
    EXPECT_EQ(refusal_of("/athlete", "GET /x"), ErrorKind::usage);
    EXPECT_EQ(refusal_of("/athlete", "GET", {"novalue"}), ErrorKind::usage);
    EXPECT_EQ(refusal_of("/athlete", "GET", {"=x"}), ErrorKind::usage);
}

} // namespace

} // namespace harrier::cli
