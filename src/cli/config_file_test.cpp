// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/config_file.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>

namespace harrier::cli {
namespace {

using testing::HasSubstr;

class ConfigFileTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file() const { return m_folder.path() / "config" / "config.toml"; }

    void write(std::string_view text) const {
        std::filesystem::create_directories(file().parent_path());
        std::ofstream(file()) << text;
    }
    std::string refusal(const std::function<void()>& work) {
        try {
            work();
        } catch (const Error& error) {
            return fmt::format("{}: {} / {}", name(error.kind()), error.message(), error.hint());
        }
        return "nothing";
    }

    test::TemporaryFolder m_folder;
};

TEST_F(ConfigFileTest, IsEmptyWithoutAFile) {
    EXPECT_FALSE(Config::load(file()).find_text("athlete.ftp").has_value());
}

TEST_F(ConfigFileTest, GivesWhatWasSet) {
    store_config(file(), "athlete.ftp", "250");
    store_config(file(), "athlete.sex", "female");
    store_config(file(), "load.tsb", "same_day");
    store_config(file(), "athlete.ftp", "255.5");
    const auto config = Config::load(file());
    EXPECT_EQ(config.find_number("athlete.ftp"), 255.5);
    EXPECT_EQ(config.find_text("athlete.sex"), "female");
    EXPECT_EQ(read_file(file()), "[athlete]\nftp = 255.5\nsex = \"female\"\n\n[load]\ntsb = \"same_day\"\n");
    store_config(file(), "athlete.ftp", std::nullopt);
    EXPECT_FALSE(Config::load(file()).find_number("athlete.ftp").has_value());
}

TEST_F(ConfigFileTest, AKeyWithoutATopicStandsAboveTheFirst) {
    write("[athlete]\nftp=250\n");
    store_config(file(), "retention", "7d");
    EXPECT_EQ(read_file(file()), "retention = \"7d\"\n[athlete]\nftp=250\n");
    EXPECT_EQ(Config::load(file()).find_text("retention"), "7d");
    store_config(file(), "retention", "keep");
    EXPECT_EQ(Config::load(file()).find_text("retention"), "keep");
    EXPECT_THAT(refusal([&] { store_config(file(), "retention", "8d"); }), HasSubstr("keep, 7d"));
    store_config(file(), "retention", std::nullopt);
    EXPECT_EQ(read_file(file()), "[athlete]\nftp=250\n");
    write("retention = \"for ever\"\n");
    EXPECT_THAT(refusal([&] { (void)Config::load(file()); }), HasSubstr("for ever"));
}

TEST_F(ConfigFileTest, LeavesTheRestOfTheFileAsItStands) {
    write("# mine\n[load]  # averages\nctl_days = 40 # not 42\n\n[athlete]\nftp=250\n");
    store_config(file(), "athlete.ftp", "260");
    EXPECT_EQ(read_file(file()),
              "# mine\n[load]  # averages\nctl_days = 40 # not 42\n\n[athlete]\nftp = 260\n");
}

TEST_F(ConfigFileTest, NamesTheLineThatCannotBeRead) {
    write("[athlete]\nftp = = 3\n");
    EXPECT_THAT(refusal([&] { (void)Config::load(file()); }), HasSubstr("line 2"));
    EXPECT_THAT(refusal([&] { store_config(file(), "athlete.ftp", "250"); }), HasSubstr("line 2"));
    EXPECT_EQ(read_file(file()), "[athlete]\nftp = = 3\n");
}

TEST_F(ConfigFileTest, RefusesWhatItDoesNotKnow) {
    EXPECT_THAT(refusal([&] { store_config(file(), "athlete.ftpp", "1"); }),
                HasSubstr("Did you mean athlete.ftp?"));
    EXPECT_THAT(refusal([&] { store_config(file(), "athlete.ftp", "5000"); }), HasSubstr("50 to 600"));
    EXPECT_THAT(refusal([&] { store_config(file(), "athlete.ftp", "nan"); }), HasSubstr("50 to 600"));
    EXPECT_THAT(refusal([&] { store_config(file(), "athlete.sex", "x\ny"); }), HasSubstr("female, male"));
    EXPECT_FALSE(std::filesystem::exists(file()));
    write("[athlete]\nfpt = 3\n");
    EXPECT_THAT(refusal([&] { (void)Config::load(file()); }), HasSubstr("athlete.fpt"));
    write("ftp = 3\n");
    EXPECT_THAT(refusal([&] { (void)Config::load(file()); }), HasSubstr("no setting \"ftp\""));
    write("[athlete]\nftp = \"lots\"\n");
    EXPECT_THAT(refusal([&] { (void)Config::load(file()); }), HasSubstr("cannot be \"lots\""));
    write("[athlete]\nftp = [1]\n");
    EXPECT_THAT(refusal([&] { (void)Config::load(file()); }), HasSubstr("cannot be \"\""));
}

} // namespace
} // namespace harrier::cli
