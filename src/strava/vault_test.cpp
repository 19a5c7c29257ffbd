// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "base/kill_point.hpp"
#include "strava/vault.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/small_login.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>

namespace harrier::strava {
namespace {

using test::file_vault;
using test::run_child;
using test::small_login;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

void write_plainly(const std::filesystem::path& path, const std::string& bytes) {
    const FileDescriptor fd(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    write_all(fd.get(), bytes, "write a test file");
}

class VaultTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file(const char* name) const { return folder / name; }
    [[nodiscard]] Vault vault() const { return file_vault(folder); }
    // Whose token is stored: "access-a" …; "" = nobody's.
    [[nodiscard]] std::string stored() const {
        const auto login = vault().load();
        return login ? login->token.access_token.reveal() : "";
    }
    [[nodiscard]] Error load_error() const {
        try {
            static_cast<void>(vault().load());
        } catch (const Error& error) {
            return error;
        }
        return {ErrorKind::internal, "it was loaded"};
    }
    void expect_mode_is_refused(const std::filesystem::path& path, mode_t mode, mode_t right) const {
        ASSERT_EQ(chmod(path.c_str(), mode), 0);
        const auto error = load_error();
        EXPECT_EQ(error.kind(), ErrorKind::io) << fmt::format("{:o}", mode);
        EXPECT_THAT(error.hint(), HasSubstr(fmt::format("chmod {:o} {}", right, quote_for_shell(path))));
        ASSERT_EQ(chmod(path.c_str(), right), 0);
    }
    [[nodiscard]] std::size_t count_files() const {
        const auto files = std::filesystem::directory_iterator(folder);
        return static_cast<std::size_t>(std::distance(begin(files), end(files)));
    }

    test::TemporaryFolder temporary{test::TemporaryFolder::memory()};
    std::filesystem::path folder = temporary.path() / "it's mine" / "harrier";
};

TEST_F(VaultTest, GivesBackWhatWasStored) {
    EXPECT_FALSE(vault().load());
    auto login = small_login("a", Instant{1900000000s});
    login.needs_login = true;
    login.athlete.firstname = "Zoë \"Z\"";
    vault().store(login);
    const auto loaded = vault().load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->client.client_id, "12345");
    EXPECT_EQ(loaded->client.client_secret.reveal(), "5ec2e7");
    EXPECT_EQ(loaded->token.access_token.reveal(), "access-a");
    EXPECT_EQ(loaded->token.refresh_token.reveal(), "refresh-a");
    EXPECT_EQ(loaded->token.expires_at, login.token.expires_at);
    EXPECT_EQ(loaded->granted, login.granted);
    EXPECT_EQ(loaded->requested, login.requested);
    EXPECT_EQ(loaded->athlete, login.athlete);
    EXPECT_TRUE(loaded->needs_login);
}

TEST_F(VaultTest, KeepsEverythingPrivateAndUnreadable) {
    vault().store(small_login("a"));
    struct stat status {};
    ASSERT_EQ(stat(folder.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, 0700U);
    EXPECT_EQ(count_files(), 3U); // vault, vault.key, vault.lock
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 07777U, 0600U) << entry.path();
        EXPECT_THAT(read_file(entry.path()), AllOf(Not(HasSubstr("access")), Not(HasSubstr("5ec2e7"))));
    }
}

TEST_F(VaultTest, RefusesLooseModesAndSaysTheChmodLine) {
    vault().store(small_login("a"));
    for (const mode_t mode : {0610U, 0620U, 0640U, 0601U, 0602U, 0604U}) {
        expect_mode_is_refused(file("vault"), mode, 0600);
        expect_mode_is_refused(file("vault.key"), mode, 0600);
    }
    for (const mode_t mode : {0710U, 0720U, 0740U, 0701U, 0702U, 0704U, 0755U}) {
        ASSERT_EQ(chmod(folder.c_str(), mode), 0);
        const auto error = load_error();
        EXPECT_EQ(error.kind(), ErrorKind::io);
        EXPECT_EQ(error.hint(), fmt::format("To close it, run:  chmod 700 '{}/it'\\''s mine/harrier'",
                                            temporary.path().string()));
        EXPECT_THROW(vault().store(small_login("b")), Error);
        ASSERT_EQ(chmod(folder.c_str(), 0700), 0);
    }
    EXPECT_EQ(stored(), "access-a");
}

TEST_F(VaultTest, RefusesLinksPipesAndOtherOwners) {
    vault().store(small_login("a"));
    const auto aside = temporary.path() / "aside";
    std::filesystem::rename(file("vault"), aside);
    std::filesystem::create_symlink(aside, file("vault"));
    EXPECT_THAT(load_error().message(), HasSubstr("symbolic link"));
    std::filesystem::remove(file("vault"));
    std::filesystem::create_hard_link(aside, file("vault"));
    EXPECT_THAT(load_error().message(), HasSubstr("hard link"));
    std::filesystem::remove(file("vault"));
    ASSERT_EQ(mkfifo(file("vault").c_str(), 0600), 0);
    EXPECT_THAT(load_error().message(), HasSubstr("not a regular file"));
    std::filesystem::remove(file("vault"));
    std::filesystem::rename(aside, file("vault"));
    EXPECT_EQ(stored(), "access-a");
    const auto moved = temporary.path() / "moved";
    std::filesystem::rename(folder, moved);
    std::filesystem::create_directory_symlink(moved, folder);
    EXPECT_THAT(load_error().message(), HasSubstr("symbolic link"));
}

TEST_F(VaultTest, RefusesTheFilesOfAnotherUser) {
    if (geteuid() != 0) {
        GTEST_SKIP() << "only root can give files away";
    }
    vault().store(small_login("a"));
    ASSERT_EQ(chown(file("vault").c_str(), 65534, 65534), 0);
    EXPECT_THAT(load_error().message(), HasSubstr("another user"));
    EXPECT_THAT(load_error().hint(), HasSubstr("chown"));
    ASSERT_EQ(chown(file("vault").c_str(), 0, 0), 0);
    ASSERT_EQ(chown(folder.c_str(), 65534, 65534), 0);
    EXPECT_THAT(load_error().message(), HasSubstr("another user"));
}

TEST_F(VaultTest, RefusesEveryFlippedByteAndEveryCut) {
    vault().store(small_login("a"));
    const auto whole = read_file(file("vault"));
    ASSERT_LT(whole.size(), 2048U);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 1);
        write_plainly(file("vault"), flipped);
        ASSERT_EQ(load_error().kind(), ErrorKind::auth) << at;
        ASSERT_THAT(load_error().hint(), HasSubstr("harrier login"));
        write_plainly(file("vault"), whole.substr(0, at));
        ASSERT_EQ(load_error().kind(), ErrorKind::auth) << at;
    }
    write_plainly(file("vault"), whole + "x");
    EXPECT_EQ(load_error().kind(), ErrorKind::auth);
    write_plainly(file("vault"), whole);
    EXPECT_EQ(stored(), "access-a");
}

TEST_F(VaultTest, RefusesAWrongKeyALostKeyAndANewerVersion) {
    vault().store(small_login("a"));
    const auto key = read_file(file("vault.key"));
    write_plainly(file("vault.key"), std::string(32, 'k'));
    EXPECT_THAT(load_error().message(), HasSubstr("damaged, or its key"));
    write_plainly(file("vault.key"), "short");
    EXPECT_THAT(load_error().message(), HasSubstr("damaged"));
    std::filesystem::remove(file("vault.key"));
    EXPECT_THAT(load_error().message(), HasSubstr("key of the token vault is gone"));
    write_plainly(file("vault.key"), key);
    write_plainly(file("vault"), "harrier-vault 2 key=file\nwhatever comes then");
    EXPECT_THAT(load_error().message(), HasSubstr("newer harrier"));
    write_plainly(file("vault"), "harrier-vault 1 key=keyring\nwhatever comes then");
    EXPECT_THAT(load_error().message(), HasSubstr("keyring"));
}

TEST_F(VaultTest, ANewLoginReplacesADamagedVaultAndADamagedKey) {
    vault().store(small_login("a"));
    write_plainly(file("vault"), "junk");
    write_plainly(file("vault.key"), "junk");
    vault().store(small_login("b"));
    EXPECT_EQ(stored(), "access-b");
}

TEST_F(VaultTest, RemovesLoginKeyAndLeftOversButNotTheLock) {
    EXPECT_FALSE(vault().remove());
    vault().store(small_login("a"));
    write_plainly(file("vault.new"), "left over");
    EXPECT_TRUE(vault().remove());
    EXPECT_EQ(count_files(), 1U);
    EXPECT_TRUE(std::filesystem::exists(file("vault.lock")));
    EXPECT_FALSE(vault().remove());
    EXPECT_FALSE(vault().load());
}

TEST_F(VaultTest, AnUpdateReadsAgainUnderTheLock) {
    vault().store(small_login("a"));
    auto one = vault();
    auto other = vault();
    {
        auto update = one.begin_update();
        EXPECT_THROW(static_cast<void>(other.begin_update(20ms)), Error);
        update.reserve();
        update.commit(small_login("b"));
    }
    auto update = other.begin_update(20ms);
    ASSERT_TRUE(update.login());
    EXPECT_EQ(update.login()->token.access_token.reveal(), "access-b");
    EXPECT_FALSE(update.was_interrupted());
}

TEST_F(VaultTest, TakingTheNoteBackLeavesNoTrace) {
    vault().store(small_login("a"));
    auto one = vault();
    {
        auto update = one.begin_update();
        update.reserve();
        EXPECT_GE(std::filesystem::file_size(file("vault.new")), 16U * 1024);
        update.release();
    }
    EXPECT_EQ(count_files(), 3U);
    EXPECT_FALSE(one.begin_update().was_interrupted());
}

TEST_F(VaultTest, AnUnfinishedRefreshIsSeenByTheNextUpdate) {
    vault().store(small_login("a"));
    auto one = vault();
    one.begin_update().reserve(); // and then nothing: the process died
    {
        const auto update = one.begin_update();
        EXPECT_TRUE(update.was_interrupted());
        EXPECT_EQ(update.login()->token.access_token.reveal(), "access-a");
    }
    EXPECT_FALSE(one.begin_update().was_interrupted());
    one.begin_update().reserve();
    one.store(small_login("b")); // a login in between makes the note void
    EXPECT_FALSE(one.begin_update().was_interrupted());
}

TEST_F(VaultTest, AFailedRenameKeepsBothTheOldVaultAndTheNewToken) {
    vault().store(small_login("a"));
    const auto aside = temporary.path() / "aside";
    auto one = vault();
    {
        auto update = one.begin_update();
        update.reserve();
        std::filesystem::rename(file("vault"), aside);
        std::filesystem::create_directories(file("vault") / "x"); // nothing can be renamed over it
        EXPECT_THROW(update.commit(small_login("b")), Error);
        std::filesystem::remove_all(file("vault"));
        std::filesystem::rename(aside, file("vault"));
    }
    EXPECT_EQ(stored(), "access-a");
    EXPECT_EQ(one.begin_update().login()->token.access_token.reveal(), "access-b");
    EXPECT_EQ(stored(), "access-b");
}

TEST_F(VaultTest, AFullDiskShowsBeforeATokenIsSpent) {
    vault().store(small_login("a"));
    const auto end = run_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4096, 4096};
        setrlimit(RLIMIT_FSIZE, &small);
        auto one = vault();
        auto update = one.begin_update();
        try {
            update.reserve();
        } catch (const Error& error) {
            const bool says_so = error.message().find("nothing was sent") != std::string::npos;
            return error.kind() == ErrorKind::io && says_so ? 0 : 2;
        }
        return 1;
    });
    EXPECT_EQ(end.exit, 0);
    EXPECT_EQ(count_files(), 3U);
    EXPECT_EQ(stored(), "access-a");
}

#ifdef HARRIER_KILLPOINTS

// Runs `work` in children that kill themselves at the 1st, 2nd … kill point, until one survives. After each
// the vault must hold "a" or "b". Returns how many were killed.
template <typename Work>
int kill_at_every_step(const std::function<void()>& prepare, const Work& work,
                       const std::function<void()>& check) {
    for (int n = 1;; ++n) {
        prepare();
        const auto end = run_child([&] {
            arm_kill_points(n);
            work();
            return 0;
        });
        check();
        if (end.signal != SIGKILL) {
            EXPECT_EQ(end.exit, 0);
            return n - 1;
        }
    }
}

class VaultKills : public VaultTest {
protected:
    void check_after_kill() {
        EXPECT_THAT(stored(), AnyOf("access-a", "access-b"));
        EXPECT_LE(count_files(), 4U); // at most one temporary file
        auto one = vault();
        const auto update = one.begin_update(100ms); // the lock died with its holder
        ASSERT_TRUE(update.login());
        EXPECT_THAT(update.login()->token.access_token.reveal(), AnyOf("access-a", "access-b"));
        EXPECT_EQ(count_files(), 3U);
    }
};

TEST_F(VaultKills, AtEachStepOfARefreshTheOldOrTheNewVaultIsReadable) {
    const int killed = kill_at_every_step([&] { vault().store(small_login("a")); },
                                          [&] {
                                              auto one = vault();
                                              auto update = one.begin_update();
                                              update.reserve();
                                              update.commit(small_login("b"));
                                          },
                                          [&] { check_after_kill(); });
    EXPECT_GE(killed, 12);
    EXPECT_EQ(stored(), "access-b");
}

TEST_F(VaultKills, AtEachStepOfALoginTheOldOrTheNewVaultIsReadable) {
    const int killed =
        kill_at_every_step([&] { vault().store(small_login("a")); }, [&] { vault().store(small_login("b")); },
                           [&] { check_after_kill(); });
    EXPECT_GE(killed, 7);
}

TEST_F(VaultKills, AtEachStepOfTheFirstLoginThereIsNoneOrAWholeOne) {
    const int killed = kill_at_every_step(
        [&] { std::filesystem::remove_all(folder); }, [&] { vault().store(small_login("b")); },
        [&] {
            EXPECT_THAT(stored(), AnyOf("", "access-b"));
            vault().store(small_login("c"));
            EXPECT_EQ(stored(), "access-c");
            EXPECT_EQ(count_files(), 3U) << "the key's temporary file stays";
        });
    EXPECT_GE(killed, 13);
}

#endif

TEST_F(VaultTest, TheLockDiesWithItsHolder) {
    vault().store(small_login("a"));
    for (int i = 0; i < 40; ++i) {
        int ready[2];
        ASSERT_EQ(pipe(ready), 0);
        const auto holder = test::start_child([&] {
            auto one = vault();
            const auto update = one.begin_update();
            [[maybe_unused]] const auto written = write(ready[1], "x", 1);
            pause();
            return 0;
        });
        char byte = 0;
        ASSERT_EQ(read(ready[0], &byte, 1), 1);
        kill(holder, SIGKILL);
        auto one = vault();
        EXPECT_TRUE(one.begin_update(5s).login());
        EXPECT_EQ(test::wait_for(holder).signal, SIGKILL);
        close(ready[0]);
        close(ready[1]);
    }
}

TEST_F(VaultTest, TwoFirstLoginsAtOnceAgreeOnOneKey) {
    for (int round = 0; round < 10; ++round) {
        std::filesystem::remove_all(folder);
        std::vector<pid_t> children;
        for (int i = 0; i < 4; ++i) {
            children.push_back(test::start_child([&] {
                vault().store(small_login("a"));
                return stored() == "access-a" ? 0 : 1;
            }));
        }
        for (const auto child : children) {
            EXPECT_EQ(test::wait_for(child).exit, 0);
        }
        EXPECT_EQ(stored(), "access-a");
    }
}

// A keyring that can be told to fail.
struct FakeKeyring final : KeyStore {
    struct Content {
        std::optional<Secret> key;
        bool answers = true;
    };
    explicit FakeKeyring(Content& shared) : content(shared) {}
    void require_answer() const {
        if (!content.answers) {
            throw Error(ErrorKind::io, "cannot use the keyring: it does not answer");
        }
    }
    std::string_view kind() const override { return "keyring"; }
    std::optional<Secret> find_key() override {
        require_answer();
        return content.key;
    }
    void store_key(const Secret& key) override {
        require_answer();
        content.key = key;
    }
    void forget_key() override {
        require_answer();
        content.key.reset();
    }
    std::string description() const override { return "the keyring"; }

    Content& content;
};

class VaultInKeyring : public VaultTest {
protected:
    Vault keyring_vault() { return {folder, std::make_unique<FakeKeyring>(keyring)}; }

    FakeKeyring::Content keyring;
};

TEST_F(VaultInKeyring, KeepsNoKeyBesideTheVault) {
    keyring_vault().store(small_login("a"));
    EXPECT_FALSE(std::filesystem::exists(file("vault.key")));
    EXPECT_EQ(keyring_vault().key_description(), "the keyring");
    EXPECT_EQ(keyring_vault().load()->token.access_token.reveal(), "access-a");
    EXPECT_TRUE(keyring_vault().remove());
    EXPECT_FALSE(keyring.key);
}

TEST_F(VaultInKeyring, SaysSoWhenTheKeyringIsLockedOrNotThere) {
    keyring_vault().store(small_login("a"));
    EXPECT_THAT(load_error().message(), HasSubstr("desktop's keyring"));
    keyring.answers = false;
    auto locked = keyring_vault();
    try {
        static_cast<void>(locked.load());
        ADD_FAILURE() << "it was loaded";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::auth);
        EXPECT_THAT(error.message(), HasSubstr("does not answer"));
        EXPECT_THAT(error.hint(), HasSubstr("Unlock"));
    }
    EXPECT_TRUE(locked.remove());
}

TEST_F(VaultInKeyring, FallsBackToTheKeyFileWhenTheKeyringGivesUp) {
    keyring.answers = false;
    keyring_vault().store(small_login("a"));
    EXPECT_EQ(stored(), "access-a");
    keyring.answers = true; // the vault stays with its key file until the next login
    auto one = keyring_vault();
    EXPECT_EQ(one.key_description(), file("vault.key").string());
    auto update = one.begin_update();
    update.commit(small_login("b"));
    EXPECT_FALSE(keyring.key);
    EXPECT_EQ(stored(), "access-b");
}

TEST_F(VaultTest, AKeyringThatNeverAnswersIsGivenUp) {
    // A session bus that takes the connection and then says nothing.
    const auto path = (temporary.path() / "bus").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ASSERT_LT(path.size(), sizeof address.sun_path);
    path.copy(address.sun_path, path.size());
    const FileDescriptor bus(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(bind(bus.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(listen(bus.get(), 4), 0);
    const auto end = run_child([&] {
        setenv("DBUS_SESSION_BUS_ADDRESS", ("unix:path=" + path).c_str(), 1);
        Vault one(folder, make_keyring_key_store(folder, 300ms));
        const auto before = std::chrono::steady_clock::now();
        one.store(small_login("a"));
        return std::chrono::steady_clock::now() - before < 3s && stored() == "access-a" ? 0 : 1;
    });
    EXPECT_EQ(end.exit, 0);
}

} // namespace
} // namespace harrier::strava
