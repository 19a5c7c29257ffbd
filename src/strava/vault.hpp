// SPDX-License-Identifier: MIT
#pragma once

// The token vault: one encrypted file that holds the login, kept so that no crash, full disk, second process
// or curious eye harms it. Folder 0700, files 0600, owned by the user, no symlinks or hard links, or it is
// refused with the cure.
//
// File format (version 1): "harrier-vault 1 key=file\n" (or key=keyring), then a 24-byte nonce, then the
// XChaCha20-Poly1305 box of a JSON object; associated data = the first line. The key comes from the keyring
// where there is one, else from the key file beside the vault (which protects backups and copies, not against
// the same user). A vault stays with the kind of key that it was made with until the next login.
//
// Files in the folder: vault, vault.key, vault.lock (never deleted), and vault.new while a write is under way
// or after it was cut off. Under the lock a vault.new that is whole is put in place, so that a crash between
// write and rename loses nothing; one that only reserves space tells that a refresh was interrupted.

#include "base/clock.hpp"
#include "base/file.hpp"
#include "base/secret.hpp"
#include "strava/oauth.hpp"
#include "strava/private_folder.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace harrier::strava {

// Everything a login is.
struct Login {
    ClientCredentials client;
    Token token;
    Scopes granted;
    Scopes requested;
    model::Athlete athlete;
    // Set when Strava refused the refresh token: only a new login helps. The access token may live on till it
    // expires.
    bool needs_login = false;
};

// Where the vault's key is kept. `file` is always there; a keyring may be.
class KeyStore {
public:
    virtual ~KeyStore() = default;
    // "file" or "keyring": the vault's first line names the one that holds its key.
    [[nodiscard]] virtual std::string_view kind() const = 0;
    // The 32-byte key; nothing when there is none yet. Must answer within 3 s or give up (Error{io}).
    [[nodiscard]] virtual std::optional<Secret> find_key() = 0;
    virtual void store_key(const Secret& key) = 0;
    virtual void forget_key() = 0;
    [[nodiscard]] virtual std::string description() const = 0; // "the keyring", "/home/…/vault.key"
};

[[nodiscard]] std::unique_ptr<KeyStore> make_file_key_store(std::filesystem::path folder);

// The desktop's keyring through libsecret, which is loaded when the first key is asked for and not before.
// One key per vault folder. Every call gives up after `patience`.
[[nodiscard]] std::unique_ptr<KeyStore>
make_keyring_key_store(std::filesystem::path folder,
                       std::chrono::milliseconds patience = std::chrono::seconds{3});

// A key and the first line of the vaults that it opens.
struct VaultKey {
    std::string first_line;
    Secret key;
};

class Vault {
public:
    // `folder` is made 0700 on the first store. Nothing is read before it is asked for. `keys` are for a new
    // vault; when they give up, the key file serves. One Vault object is for one thread at a time.
    Vault(std::filesystem::path folder, std::unique_ptr<KeyStore> keys);

    // Nothing when there is no login. Throws Error{auth} when the vault is damaged or the key does not fit
    // (hint: harrier login), Error{io} when modes or owner are loose (hint: the chmod line).
    [[nodiscard]] std::optional<Login> load() const;
    void store(const Login& login);
    // Removes the login and its key (not the lock file). True when there was one.
    bool remove();

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    // Of the key that the stored vault uses; of the one that a new vault would use when there is none.
    [[nodiscard]] std::string key_description() const;

    // One update at a time, over all processes. While it lives nobody else changes the vault.
    class Update {
    public:
        // Re-read under the lock.
        [[nodiscard]] const std::optional<Login>& login() const { return m_login; }
        // Notes that the refresh token is about to be spent and reserves the space for the answer, so that a
        // full disk shows before the token is burnt. Throws Error{io}; nothing has been sent then.
        void reserve();
        // Takes the note back: nothing was spent after all.
        void release();
        // Writes, fsyncs, renames into place, clears the note.
        void commit(const Login& login);
        // True when an earlier refresh was begun and never finished (crash or power loss in between).
        [[nodiscard]] bool was_interrupted() const { return m_was_interrupted; }

    private:
        friend class Vault;
        Update(Vault& vault, PrivateFolder folder, FileLock lock);
        void read();
        [[nodiscard]] std::string settle_left_over();

        Vault& m_vault;
        PrivateFolder m_folder;
        FileLock m_lock;
        std::optional<Login> m_login;
        std::optional<VaultKey> m_key;
        bool m_was_interrupted = false;
        FileDescriptor m_reserved;
    };
    // Waits up to `patience` for the lock; Error{locked} after that. Throws as `load` does.
    [[nodiscard]] Update begin_update(std::chrono::milliseconds patience = std::chrono::seconds{60});
    // For a new login: whatever is stored, even damaged, is not read and will be replaced.
    [[nodiscard]] Update begin_replacement(std::chrono::milliseconds patience = std::chrono::seconds{60});

private:
    [[nodiscard]] Update lock(std::chrono::milliseconds patience);
    [[nodiscard]] VaultKey key_of(std::string_view bytes) const;
    [[nodiscard]] VaultKey new_key();
    [[nodiscard]] KeyStore& keys_of(std::string_view first_line) const;

    std::filesystem::path m_folder;
    std::unique_ptr<KeyStore> m_keys;
    std::unique_ptr<KeyStore> m_file_keys;
};

} // namespace harrier::strava
