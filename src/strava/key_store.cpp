// SPDX-License-Identifier: MIT
#include "base/error.hpp"
#include "strava/private_folder.hpp"
#include "strava/secret_service.hpp"
#include "strava/vault.hpp"

#include <sodium.h>

namespace harrier::strava {

namespace {

constexpr std::size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr const char* key_file = "vault.key";
constexpr const char* temporary_key_file = "vault.key.new";

class FileKeyStore final : public KeyStore {
public:
    explicit FileKeyStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    std::string_view kind() const override { return "file"; }

    std::optional<Secret> find_key() override {
        const auto folder = PrivateFolder::find(m_folder);
        auto bytes = folder ? folder->find_file(key_file) : std::nullopt;
        if (!bytes) {
            return std::nullopt;
        }
        if (bytes->size() != key_bytes) {
            throw Error(ErrorKind::auth, "the key file " + description() + " is damaged",
                        "To start afresh, run:  harrier login");
        }
        return Secret(std::move(*bytes));
    }

    void store_key(const Secret& key) override {
        const auto folder = PrivateFolder::make(m_folder);
        auto fd = folder.create(temporary_key_file);
        folder.fill(fd, key.reveal(), temporary_key_file);
        folder.put_in_place(std::move(fd), temporary_key_file, key_file);
    }

    void forget_key() override {
        if (const auto folder = PrivateFolder::find(m_folder)) {
            folder->remove_file(key_file);
            folder->remove_file(temporary_key_file);
        }
    }

    std::string description() const override { return (m_folder / key_file).string(); }

private:
    std::filesystem::path m_folder;
};

class KeyringKeyStore final : public KeyStore {
public:
    KeyringKeyStore(std::filesystem::path folder, std::chrono::milliseconds patience)
        : m_folder(std::move(folder)), m_patience(patience) {}

    std::string_view kind() const override { return "keyring"; }

    std::optional<Secret> find_key() override {
        const auto encoded = find_in_secret_service(m_folder.string(), m_patience);
        if (!encoded) {
            return std::nullopt;
        }
        std::string key(key_bytes, '\0');
        std::size_t size = 0;
        const auto& text = encoded->reveal();
        if (sodium_base642bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), text.data(),
                              text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0 ||
            size != key_bytes) {
            throw Error(ErrorKind::auth, "the vault's key in the keyring is damaged",
                        "To start afresh, run:  harrier login");
        }
        return Secret(std::move(key));
    }

    void store_key(const Secret& key) override {
        constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
        std::string text(sodium_base64_encoded_len(key.size(), variant), '\0');
        sodium_bin2base64(text.data(), text.size(),
                          reinterpret_cast<const unsigned char*>(key.reveal().data()), key.size(), variant);
        text.pop_back(); // the final NUL
        store_in_secret_service(m_folder.string(), Secret(std::move(text)), m_patience);
    }

    void forget_key() override { remove_from_secret_service(m_folder.string(), m_patience); }

    std::string description() const override { return "the keyring"; }

private:
    std::filesystem::path m_folder;
    std::chrono::milliseconds m_patience;
};

} // namespace

std::unique_ptr<KeyStore> make_file_key_store(std::filesystem::path folder) {
    return std::make_unique<FileKeyStore>(std::move(folder));
}

std::unique_ptr<KeyStore> make_keyring_key_store(std::filesystem::path folder,
                                                 std::chrono::milliseconds patience) {
    return std::make_unique<KeyringKeyStore>(std::move(folder), patience);
}

} // namespace harrier::strava
