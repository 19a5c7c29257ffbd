// SPDX-License-Identifier: MIT
#pragma once

// The token vault: one encrypted file that holds the login, kept so that no crash, full disk, second process
// or curious eye harms it. Folder 0700, files 0600, owned by the user, no symlinks or hard links, or it is
// refused with the cure.
//
// File format (version 1): "harrier-vault 1\n", then a 24-byte nonce, then the XChaCha20-Poly1305 box of a
// JSON object; associated data = the first line. The key comes from the keyring where there is one, else from
// the key file beside the vault (which protects backups and copies, not against the same user).

#include "base/clock.hpp"
#include "base/file.hpp"
#include "base/secret.hpp"
#include "strava/oauth.hpp"

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
    // The 32-byte key; nothing when there is none yet. Must answer within 3 s or give up (Error{io}).
    [[nodiscard]] virtual std::optional<Secret> find_key() = 0;
    virtual void store_key(const Secret& key) = 0;
    [[nodiscard]] virtual std::string description() const = 0; // "the keyring", "/home/…/vault.key"
};

[[nodiscard]] std::unique_ptr<KeyStore> make_file_key_store(std::filesystem::path folder);
// Null when harrier was built without libsecret or no secret service answers within 3 s.
[[nodiscard]] std::unique_ptr<KeyStore> find_keyring_key_store();

class Vault {
public:
    // `folder` is made 0700 on the first store. Nothing is read before it is asked for.
    Vault(std::filesystem::path folder, std::unique_ptr<KeyStore> keys);

    // Nothing when there is no login. Throws Error{auth} when the vault is damaged or the key does not fit
    // (hint: harrier login), Error{io} when modes or owner are loose (hint: the chmod line).
    [[nodiscard]] std::optional<Login> load() const;
    void store(const Login& login);
    // Removes the login (not the lock file). True when there was one.
    bool remove();

    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] std::string key_description() const { return m_keys->description(); }

    // One update at a time, over all processes. While it lives nobody else changes the vault.
    class Update {
    public:
        // Re-read under the lock.
        [[nodiscard]] const std::optional<Login>& login() const { return m_login; }
        // Notes that `refresh_token` is about to be spent and reserves the space for the answer, so that a
        // full disk shows before the token is burnt. Throws Error{io}; nothing has been sent then.
        void reserve();
        // Writes, fsyncs, renames into place, clears the note.
        void commit(const Login& login);
        // True when an earlier refresh was begun and never finished (crash or power loss in between).
        [[nodiscard]] bool was_interrupted() const { return m_was_interrupted; }

    private:
        friend class Vault;
        Update(Vault& vault, FileLock lock);

        Vault& m_vault;
        FileLock m_lock;
        std::optional<Login> m_login;
        bool m_was_interrupted = false;
        FileDescriptor m_reserved;
    };
    // Waits up to `patience` for the lock; Error{locked} after that.
    [[nodiscard]] Update begin_update(std::chrono::milliseconds patience = std::chrono::seconds{60});

private:
    std::filesystem::path m_folder;
    std::unique_ptr<KeyStore> m_keys;
};

} // namespace harrier::strava
