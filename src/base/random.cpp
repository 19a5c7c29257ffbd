// SPDX-License-Identifier: MIT
#include "base/random.hpp"

#include "base/error.hpp"

#include <sodium.h>

namespace harrier {

namespace {

// libsodium is safe from several threads only once it was initialised.
void initialise_once() {
    static const int outcome = sodium_init();
    if (outcome < 0) {
        throw Error(ErrorKind::internal, "the kernel gives no random numbers");
    }
}

} // namespace

std::string random_bytes(std::size_t bytes) {
    initialise_once();
    std::string result(bytes, '\0');
    randombytes_buf(result.data(), result.size());
    return result;
}

std::string random_token(std::size_t bytes) {
    const std::string raw = random_bytes(bytes);
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(bytes, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(raw.data()),
                      raw.size(), variant);
    text.pop_back(); // the final NUL
    return text;
}

std::uint32_t random_below(std::uint32_t bound) {
    initialise_once();
    return randombytes_uniform(bound);
}

} // namespace harrier
