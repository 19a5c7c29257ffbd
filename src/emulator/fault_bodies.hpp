// SPDX-License-Identifier: MIT
#pragma once

// Strava's fault bodies, byte for byte, with their status. Compiled in only here, so that a test can hold
// each one against a written copy. Where a body was never seen in the wild the comment says so.

#include <string>
#include <string_view>

namespace harrier::emulator {

struct FaultBody {
    int status = 0;
    std::string_view body;
};

namespace fault {

// OAuth.
constexpr FaultBody unknown_client{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"Application","field":"client_id","code":"invalid"}]})"};
constexpr FaultBody redirect_uri_invalid{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"Application","field":"redirect_uri","code":"invalid"}]})"};
constexpr FaultBody scope_invalid{
    400, R"({"message":"Bad Request","errors":[{"resource":"Authorize","field":"scope","code":"invalid"}]})"};
// By analogy with the scope; never seen.
constexpr FaultBody response_type_invalid{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"Authorize","field":"response_type","code":"invalid"}]})"};
constexpr FaultBody approval_prompt_invalid{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"Authorize","field":"approval_prompt","code":"invalid"}]})"};
constexpr FaultBody wrong_secret{
    401,
    R"({"message":"Authorization Error","errors":[{"resource":"Application","field":"","code":"invalid"}]})"};
constexpr FaultBody code_invalid{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"AuthorizationCode","field":"code","code":"invalid"}]})"};
// The same in 2018.
constexpr FaultBody code_invalid_2018{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"RequestToken","field":"code","code":"invalid"}]})"};
constexpr FaultBody refresh_token_invalid{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"RefreshToken","field":"refresh_token","code":"invalid"}]})"};
// By analogy; never seen.
constexpr FaultBody grant_type_invalid{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"Application","field":"grant_type","code":"invalid"}]})"};
constexpr FaultBody revoke_unauthorised{401, R"({"message":"Authorization Error","errors":[]})"};
// The status is known, the body is by analogy.
constexpr FaultBody revoke_without_token{400, R"({"message":"Bad Request","errors":[]})"};

// API.
constexpr FaultBody token_invalid{
    401,
    R"({"message":"Authorization Error","errors":[{"resource":"Athlete","field":"access_token","code":"invalid"}]})"};
constexpr FaultBody internal_only{
    401,
    R"({"message":"Authorization Error","errors":[{"resource":"Application","field":"internal","code":"invalid"}]})"};
constexpr FaultBody application_inactive{
    403,
    R"({"message":"Forbidden","errors":[{"resource":"Application","field":"Status","code":"Inactive"}]})"};
constexpr FaultBody forbidden{403, R"({"message":"Forbidden","errors":[]})"};
constexpr FaultBody private_object{
    403, R"({"message":"Forbidden","errors":[{"resource":"Activity","field":"","code":"private"}]})"};
// The status is known, the body is by analogy.
constexpr FaultBody payment_required{402, R"({"message":"Payment Required","errors":[]})"};
constexpr FaultBody unknown_path{
    404,
    R"({"message":"Record Not Found","errors":[{"resource":"resource","field":"path","code":"invalid"}]})"};
constexpr FaultBody activity_not_found{
    404,
    R"({"message":"Resource Not Found","errors":[{"resource":"Activity","field":"","code":"not found"}]})"};
constexpr FaultBody activity_not_found_older{
    404,
    R"({"message":"Record Not Found","errors":[{"resource":"Activity","field":"id","code":"invalid"}]})"};
// By analogy with the activity; never seen.
constexpr FaultBody gear_not_found{
    404, R"({"message":"Resource Not Found","errors":[{"resource":"Gear","field":"","code":"not found"}]})"};
constexpr FaultBody after_in_the_future{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"Application","field":"after","code":"future"}]})"};
constexpr FaultBody callback_not_verifiable{
    400,
    R"({"message":"Bad Request","errors":[{"resource":"PushSubscription","field":"callback url","code":"not verifiable"}]})"};
constexpr FaultBody overall_rate_limit{
    429,
    R"({"message":"Rate Limit Exceeded","errors":[{"resource":"Application","field":"overall rate limit","code":"exceeded"}]})"};
// By analogy with the overall limit; never seen.
constexpr FaultBody read_rate_limit{
    429,
    R"({"message":"Rate Limit Exceeded","errors":[{"resource":"Application","field":"read rate limit","code":"exceeded"}]})"};

// 401: the token lacks `scope` ("activity:read" gives the field "activity:read_permission").
[[nodiscard]] std::string scope_missing(std::string_view scope);
// 400: a number that cannot be read. By analogy; never seen.
[[nodiscard]] std::string parameter_invalid(std::string_view parameter);
// The page that Strava shows at authorize when the application has all the athletes it may have (403, HTML).
[[nodiscard]] std::string athlete_limit_page();
// The body that stands for any other status of a `--fault`: HTML for 5xx, a Fault without items else.
[[nodiscard]] std::string other(int status);

} // namespace fault

// "Not Found"
[[nodiscard]] std::string_view reason_phrase(int status);

} // namespace harrier::emulator
