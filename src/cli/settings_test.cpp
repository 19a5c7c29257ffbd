// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "cli/settings.hpp"

#include <gtest/gtest.h>

namespace harrier::cli {

namespace {

Environment environment(std::map<std::string, std::string, std::less<>> variables) {
    return Environment(std::move(variables));
}

TEST(Settings, FollowTheXdgFolders) {
    const auto settings =
        make_settings({}, environment({{"HOME", "/home/eva"}, {"XDG_STATE_HOME", "/var/state"}}));
    EXPECT_EQ(settings.archive_path, "/home/eva/.local/share/harrier/archive.db");
    EXPECT_EQ(settings.state_folder, "/var/state/harrier");
    EXPECT_EQ(settings.config_folder, "/home/eva/.config/harrier");
    EXPECT_FALSE(settings.plain_home);
}

TEST(Settings, IgnoreARelativeXdgFolderAsTheStandardAsks) {
    const auto settings =
        make_settings({}, environment({{"HOME", "/home/eva"}, {"XDG_STATE_HOME", "state"}}));
    EXPECT_EQ(settings.state_folder, "/home/eva/.local/state/harrier");
}

TEST(Settings, PutEverythingUnderOneHome) {
    const auto settings = make_settings({}, environment({{"HARRIER_HOME", "/data/h"}}));
    EXPECT_EQ(settings.archive_path, "/data/h/archive.db");
    EXPECT_EQ(settings.state_folder, "/data/h/state");
    EXPECT_TRUE(settings.plain_home);
}

TEST(Settings, LetAFlagWinOverAVariable) {
    GlobalFlags flags;
    flags.home = "/flag";
    flags.archive = "/elsewhere/a.db";
    const auto settings =
        make_settings(flags, environment({{"HARRIER_HOME", "/v"}, {"HARRIER_ARCHIVE", "/v.db"}}));
    EXPECT_EQ(settings.state_folder, "/flag/state");
    EXPECT_EQ(settings.archive_path, "/elsewhere/a.db");
}

TEST(Settings, NeedAHome) {
    try {
        static_cast<void>(make_settings({}, environment({})));
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
        EXPECT_NE(error.hint().find("--home"), std::string::npos);
    }
}

TEST(Settings, TakeTwoBasesAndDropTheirLastSlash) {
    const auto settings =
        make_settings({}, environment({{"HOME", "/h"},
                                       {"HARRIER_API_BASE", "http://127.0.0.1:8737/api/v3/"},
                                       {"HARRIER_OAUTH_BASE", "http://127.0.0.1:8737/oauth"}}));
    EXPECT_EQ(settings.endpoints.api_base, "http://127.0.0.1:8737/api/v3");
    EXPECT_EQ(settings.endpoints.oauth_base, "http://127.0.0.1:8737/oauth");
}

TEST(Settings, RefuseABaseThatIsNoUrl) {
    EXPECT_THROW(static_cast<void>(make_settings(
                     {}, environment({{"HOME", "/h"}, {"HARRIER_API_BASE", "ftp://strava.example"}}))),
                 Error);
}

TEST(Settings, RefuseToSendATokenUnencryptedBeyondThisMachine) {
    for (const auto* variable : {"HARRIER_API_BASE", "HARRIER_OAUTH_BASE"}) {
        EXPECT_THROW(static_cast<void>(make_settings(
                         {}, environment({{"HOME", "/h"}, {variable, "http://www.strava.com/api/v3"}}))),
                     Error);
        EXPECT_NO_THROW(static_cast<void>(
            make_settings({}, environment({{"HOME", "/h"}, {variable, "http://[::1]:8737"}}))));
    }
}

TEST(Environment, CountsAnEmptyVariableAsNotSet) {
    EXPECT_FALSE(environment({{"NO_COLOR", ""}}).find("NO_COLOR"));
    EXPECT_EQ(environment({{"TERM", "xterm"}}).find("TERM"), "xterm");
}

TEST(Environment, ReadsTheProcessForm) {
    const char* entries[] = {"A=1", "B=x=y", "broken", nullptr};
    const Environment parsed{static_cast<const char* const*>(entries)};
    EXPECT_EQ(parsed.find("A"), "1");
    EXPECT_EQ(parsed.find("B"), "x=y");
    EXPECT_FALSE(parsed.find("broken"));
}

} // namespace

} // namespace harrier::cli
