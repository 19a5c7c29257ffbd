// SPDX-License-Identifier: MIT
#include "strava/vault.hpp"

#include "base/error.hpp"
#include "base/kill_point.hpp"
#include "base/random.hpp"
#include "strava/login_json.hpp"

#include <fmt/format.h>
#include <sodium.h>

namespace harrier::strava {

namespace {

constexpr const char* vault_file = "vault";
constexpr const char* temporary_file = "vault.new";
constexpr const char* lock_file = "vault.lock";

constexpr std::string_view magic = "harrier-vault ";
constexpr std::string_view first_line_start = "harrier-vault 1 key=";
constexpr std::string_view intent_start = "harrier-refresh ";
constexpr std::size_t reserved_bytes = 16 * 1024; // a vault has about 1 KiB
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr const char* log_in_again = "To start afresh, run:  harrier login";

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// nonce + box
std::string encrypt(std::string_view text, std::string_view associated, const Secret& key) {
    std::string result = random_bytes(nonce_bytes);
    result.resize(nonce_bytes + text.size() + tag_bytes);
    unsigned long long size = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char*>(result.data()) + nonce_bytes, &size, bytes_of(text), text.size(),
        bytes_of(associated), associated.size(), nullptr, bytes_of(result), bytes_of(key.reveal()));
    return result;
}

std::optional<Secret> decrypt(std::string_view box, std::string_view associated, const Secret& key) {
    if (box.size() < nonce_bytes + tag_bytes || key.size() != key_bytes) {
        return std::nullopt;
    }
    std::string text(box.size() - nonce_bytes - tag_bytes, '\0');
    unsigned long long size = 0;
    const auto sealed = box.substr(nonce_bytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            reinterpret_cast<unsigned char*>(text.data()), &size, nullptr, bytes_of(sealed), sealed.size(),
            bytes_of(associated), associated.size(), bytes_of(box), bytes_of(key.reveal())) != 0) {
        return std::nullopt;
    }
    return Secret(std::move(text));
}

std::string_view first_line_of(std::string_view vault) {
    return vault.substr(0, vault.substr(0, 64).find('\n') + 1);
}

Error damaged(const std::filesystem::path& folder) {
    return {ErrorKind::auth,
            fmt::format("the token vault {} is damaged, or its key is not the right one",
                        (folder / vault_file).string()),
            log_in_again};
}

// Nothing when it is damaged or the key is not the right one.
std::optional<Login> open_vault(std::string_view bytes, const VaultKey& key) {
    const auto json = decrypt(bytes.substr(key.first_line.size()), key.first_line, key.key);
    if (!json) {
        return std::nullopt;
    }
    try {
        return login_from_json(json->reveal());
    } catch (const Error&) {
        return std::nullopt;
    }
}

// "harrier-refresh <sha256 of the refresh token, hex>\n"
std::string intent_line(const std::optional<Login>& login) {
    std::string hash(crypto_hash_sha256_BYTES, '\0');
    const std::string_view token =
        login ? std::string_view(login->token.refresh_token.reveal()) : std::string_view();
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()), bytes_of(token), token.size());
    std::string hex(hash.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes_of(hash), hash.size());
    hex.pop_back(); // the final NUL
    return fmt::format("{}{}\n", intent_start, hex);
}

} // namespace

Vault::Vault(std::filesystem::path folder, std::unique_ptr<KeyStore> keys)
    : m_folder(std::move(folder)), m_keys(std::move(keys)), m_file_keys(make_file_key_store(m_folder)) {}

KeyStore& Vault::keys_of(std::string_view first_line) const {
    const auto is_for = [&](const KeyStore& keys) {
        return first_line == fmt::format("{}{}\n", first_line_start, keys.kind());
    };
    if (is_for(*m_keys)) {
        return *m_keys;
    }
    if (is_for(*m_file_keys)) {
        return *m_file_keys;
    }
    if (first_line.starts_with(magic) && !first_line.starts_with(first_line_start)) {
        throw Error(ErrorKind::auth,
                    fmt::format("the token vault in {} was written by a newer harrier", m_folder.string()),
                    "Update harrier, or start afresh with:  harrier login");
    }
    if (first_line == fmt::format("{}keyring\n", first_line_start)) {
        throw Error(ErrorKind::auth,
                    "the vault's key is in the desktop's keyring, which cannot be reached from here",
                    "Run this in the desktop session, or log in afresh here with:  harrier login");
    }
    throw damaged(m_folder);
}

VaultKey Vault::key_of(std::string_view bytes) const {
    const auto first_line = first_line_of(bytes);
    auto& keys = keys_of(first_line);
    std::optional<Secret> key;
    try {
        key = keys.find_key();
    } catch (const Error& error) {
        if (keys.kind() != "keyring") {
            throw;
        }
        throw Error(ErrorKind::auth, fmt::format("cannot open the token vault: {}", error.message()),
                    "Unlock the keyring and try again, or log in afresh with:  harrier login");
    }
    if (!key) {
        throw Error(ErrorKind::auth,
                    fmt::format("the key of the token vault is gone from {}", keys.description()),
                    log_in_again);
    }
    return {std::string(first_line), *std::move(key)};
}

VaultKey Vault::new_key() {
    const auto ensure_key = [](KeyStore& keys) -> VaultKey {
        std::optional<Secret> key;
        try {
            key = keys.find_key();
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::auth) { // a damaged key is replaced
                throw;
            }
        }
        if (!key) {
            key = Secret(random_bytes(key_bytes));
            keys.store_key(*key);
        }
        return {fmt::format("{}{}\n", first_line_start, keys.kind()), *std::move(key)};
    };
    try {
        return ensure_key(*m_keys);
    } catch (const Error&) {
        if (m_keys->kind() == "file") {
            throw;
        }
        return ensure_key(*m_file_keys); // the keyring is locked, hangs, or is not there
    }
}

std::optional<Login> Vault::load() const {
    const auto folder = PrivateFolder::find(m_folder);
    const auto bytes = folder ? folder->find_file(vault_file) : std::nullopt;
    if (!bytes) {
        return std::nullopt;
    }
    auto login = open_vault(*bytes, key_of(*bytes));
    if (!login) {
        throw damaged(m_folder);
    }
    return login;
}

void Vault::store(const Login& login) {
    begin_replacement().commit(login);
}

bool Vault::remove() {
    if (!PrivateFolder::find(m_folder)) {
        return false;
    }
    const auto update = begin_replacement();
    const auto keyring_line = fmt::format("{}keyring\n", first_line_start);
    bool uses_keyring = false;
    try {
        const auto bytes = update.m_folder.find_file(vault_file);
        uses_keyring = bytes && first_line_of(*bytes) == keyring_line;
    } catch (const Error&) {
        // A vault that cannot be read can still be removed.
    }
    const bool was_there = update.m_folder.remove_file(vault_file);
    update.m_folder.remove_file(temporary_file);
    update.m_folder.sync();
    m_file_keys->forget_key();
    if (uses_keyring && m_keys->kind() == "keyring") {
        try {
            m_keys->forget_key();
        } catch (const Error&) {
            // A key without a vault opens nothing.
        }
    }
    return was_there;
}

std::string Vault::key_description() const {
    const auto folder = PrivateFolder::find(m_folder);
    const auto bytes = folder ? folder->find_file(vault_file) : std::nullopt;
    return bytes ? keys_of(first_line_of(*bytes)).description() : m_keys->description();
}

Vault::Update Vault::lock(std::chrono::milliseconds patience) {
    auto folder = PrivateFolder::make(m_folder);
    auto lock = FileLock::acquire(m_folder / lock_file, patience);
    if (!lock) {
        throw Error(ErrorKind::locked, "another harrier is busy with the token vault",
                    "Run the command again when the other one is done");
    }
    return {*this, std::move(folder), *std::move(lock)};
}

Vault::Update Vault::begin_update(std::chrono::milliseconds patience) {
    auto update = lock(patience);
    update.read();
    return update;
}

Vault::Update Vault::begin_replacement(std::chrono::milliseconds patience) {
    return lock(patience);
}

Vault::Update::Update(Vault& vault, PrivateFolder folder, FileLock lock)
    : m_vault(vault), m_folder(std::move(folder)), m_lock(std::move(lock)) {}

void Vault::Update::read() {
    const auto left_over = settle_left_over();
    const auto bytes = m_folder.find_file(vault_file);
    if (!bytes) {
        return;
    }
    m_key = m_vault.key_of(*bytes);
    m_login = open_vault(*bytes, *m_key);
    if (!m_login) {
        throw damaged(m_vault.m_folder);
    }
    // A note about this very token, or an answer that was being written over the note.
    m_was_interrupted = left_over.starts_with(intent_line(m_login)) || left_over.starts_with(magic);
}

// What a crashed writer left behind is put in place when it is whole, else removed and returned.
std::string Vault::Update::settle_left_over() {
    auto left_over = m_folder.find_file(temporary_file);
    if (!left_over) {
        return {};
    }
    if (left_over->starts_with(magic) && open_vault(*left_over, m_vault.key_of(*left_over))) {
        m_folder.rename(temporary_file, vault_file);
        return {};
    }
    m_folder.remove_file(temporary_file);
    return *std::move(left_over);
}

void Vault::Update::reserve() {
    try {
        if (!m_key) {
            m_key = m_vault.new_key();
        }
        auto fd = m_folder.create(temporary_file);
        // Random, so that no file system can store it in less than its size.
        m_folder.fill(fd, intent_line(m_login) + random_bytes(reserved_bytes), temporary_file);
        m_folder.sync();
        m_reserved = std::move(fd);
    } catch (const Error& error) {
        try {
            release();
        } catch (const Error&) {
            // The first error says more.
        }
        throw Error(error.kind(), fmt::format("{}; nothing was sent to Strava", error.message()),
                    fmt::format("Your login is unharmed. Make room or mend the disk of {}, then try again",
                                m_folder.path().string()));
    }
    HARRIER_KILL_POINT("vault: reserved");
}

void Vault::Update::release() {
    m_reserved = {};
    m_folder.remove_file(temporary_file);
}

void Vault::Update::commit(const Login& login) {
    HARRIER_KILL_POINT("vault: before commit");
    if (!m_key) {
        m_key = m_vault.new_key();
    }
    auto json = login_to_json(login);
    const auto bytes = m_key->first_line + encrypt(json, m_key->first_line, m_key->key);
    wipe(json);
    auto fd = m_reserved ? std::move(m_reserved) : m_folder.create(temporary_file);
    m_folder.fill(fd, bytes, temporary_file);
    m_folder.put_in_place(std::move(fd), temporary_file, vault_file);
    m_login = login;
    m_was_interrupted = false;
}

} // namespace harrier::strava
