// SPDX-License-Identifier: MIT
#include "emulator/fault_bodies.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace harrier::emulator {
namespace {

// The reference's bodies, written out whole: a change of one byte in the source must be made here, too.
TEST(FaultBodies, AreByteEqualToTheReference) {
    const std::vector<std::pair<FaultBody, FaultBody>> table{
        {fault::unknown_client,
         {400, "{\"message\":\"Bad "
               "Request\",\"errors\":[{\"resource\":\"Application\",\"field\":\"client_id\",\"code\":"
               "\"invalid\"}]}"}},
        {fault::redirect_uri_invalid,
         {400, "{\"message\":\"Bad "
               "Request\",\"errors\":[{\"resource\":\"Application\",\"field\":\"redirect_uri\",\"code\":"
               "\"invalid\"}]}"}},
        {fault::scope_invalid,
         {400,
          "{\"message\":\"Bad "
          "Request\",\"errors\":[{\"resource\":\"Authorize\",\"field\":\"scope\",\"code\":\"invalid\"}]}"}},
        {fault::wrong_secret,
         {401, "{\"message\":\"Authorization "
               "Error\",\"errors\":[{\"resource\":\"Application\",\"field\":\"\",\"code\":\"invalid\"}]}"}},
        {fault::code_invalid,
         {400, "{\"message\":\"Bad "
               "Request\",\"errors\":[{\"resource\":\"AuthorizationCode\",\"field\":\"code\",\"code\":"
               "\"invalid\"}]}"}},
        {fault::refresh_token_invalid,
         {400, "{\"message\":\"Bad "
               "Request\",\"errors\":[{\"resource\":\"RefreshToken\",\"field\":\"refresh_token\",\"code\":"
               "\"invalid\"}]}"}},
        {fault::revoke_unauthorised, {401, "{\"message\":\"Authorization Error\",\"errors\":[]}"}},
        {fault::token_invalid,
         {401, "{\"message\":\"Authorization "
               "Error\",\"errors\":[{\"resource\":\"Athlete\",\"field\":\"access_token\",\"code\":"
               "\"invalid\"}]}"}},
        {fault::internal_only,
         {401, "{\"message\":\"Authorization "
               "Error\",\"errors\":[{\"resource\":\"Application\",\"field\":\"internal\",\"code\":"
               "\"invalid\"}]}"}},
        {fault::application_inactive,
         {403, "{\"message\":\"Forbidden\",\"errors\":[{\"resource\":\"Application\",\"field\":\"Status\","
               "\"code\":\"Inactive\"}]}"}},
        {fault::forbidden, {403, "{\"message\":\"Forbidden\",\"errors\":[]}"}},
        {fault::private_object,
         {403, "{\"message\":\"Forbidden\",\"errors\":[{\"resource\":\"Activity\",\"field\":\"\",\"code\":"
               "\"private\"}]}"}},
        {fault::unknown_path,
         {404, "{\"message\":\"Record Not "
               "Found\",\"errors\":[{\"resource\":\"resource\",\"field\":\"path\",\"code\":\"invalid\"}]}"}},
        {fault::activity_not_found,
         {404, "{\"message\":\"Resource Not "
               "Found\",\"errors\":[{\"resource\":\"Activity\",\"field\":\"\",\"code\":\"not found\"}]}"}},
        {fault::activity_not_found_older,
         {404, "{\"message\":\"Record Not "
               "Found\",\"errors\":[{\"resource\":\"Activity\",\"field\":\"id\",\"code\":\"invalid\"}]}"}},
        {fault::after_in_the_future,
         {400,
          "{\"message\":\"Bad "
          "Request\",\"errors\":[{\"resource\":\"Application\",\"field\":\"after\",\"code\":\"future\"}]}"}},
        {fault::code_invalid_2018,
         {400,
          "{\"message\":\"Bad "
          "Request\",\"errors\":[{\"resource\":\"RequestToken\",\"field\":\"code\",\"code\":\"invalid\"}]}"}},
        {fault::callback_not_verifiable,
         {400,
          "{\"message\":\"Bad Request\",\"errors\":[{\"resource\":\"PushSubscription\",\"field\":\"callback "
          "url\",\"code\":\"not verifiable\"}]}"}},
        {fault::overall_rate_limit,
         {429, "{\"message\":\"Rate Limit "
               "Exceeded\",\"errors\":[{\"resource\":\"Application\",\"field\":\"overall rate "
               "limit\",\"code\":\"exceeded\"}]}"}},
        {fault::read_rate_limit,
         {429,
          "{\"message\":\"Rate Limit Exceeded\",\"errors\":[{\"resource\":\"Application\",\"field\":\"read "
          "rate limit\",\"code\":\"exceeded\"}]}"}},
    };
    for (const auto& [built, written] : table) {
        EXPECT_EQ(built.status, written.status) << written.body;
        EXPECT_EQ(built.body, written.body);
    }
}

TEST(FaultBodies, NameTheMissingScopeAsAPermission) {
    EXPECT_EQ(fault::scope_missing("activity:read"),
              "{\"message\":\"Authorization Error\",\"errors\":[{\"resource\":\"AccessToken\","
              "\"field\":\"activity:read_permission\",\"code\":\"missing\"}]}");
}

TEST(FaultBodies, ShowThePageOfTheAthleteLimit) {
    EXPECT_NE(fault::athlete_limit_page().find("Error 403: Limit of connected athletes exceeded"),
              std::string::npos);
}

TEST(FaultBodies, StandInTheCapturedErrors) {
    const std::filesystem::path folder = std::filesystem::path(HARRIER_SHARED) / "captures" / "errors";
    if (!std::filesystem::exists(folder)) {
        GTEST_SKIP() << "no captures in " << folder;
    }
    const std::vector<std::pair<std::string, std::string_view>> files{
        {"400-token-invalid-client.json", fault::unknown_client.body},
        {"400-token-invalid-code.json", fault::code_invalid_2018.body},
        {"401-authorization.json", fault::wrong_secret.body},
        {"403-comments-2022.json", fault::forbidden.body}};
    for (const auto& [name, body] : files) {
        std::ifstream file(folder / name);
        std::ostringstream text;
        text << file.rdbuf();
        EXPECT_NE(text.str().find("\"body\": " + std::string(body)), std::string::npos) << name;
    }
}

} // namespace
} // namespace harrier::emulator
