// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include <array>
#include <new>
#include <openssl/evp.h>

namespace harrier {

// OpenSSL's and not libsodium's: it uses the processor's own instructions, which is 15 times as fast, and an
// import hashes every byte that it reads.
std::string sha256_hex(std::span<const std::byte> bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc(); // there is nothing else that it could fail of
    }
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += digits[digest[i] >> 4U];
        text += digits[digest[i] & 15U];
    }
    return text;
}

} // namespace harrier
