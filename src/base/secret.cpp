// SPDX-License-Identifier: MIT
#include "base/secret.hpp"

#include <sodium.h>

#include <utility>

namespace harrier {

void wipe(std::string& text) {
    // The whole capacity: a text that was longer once may have left its tail behind.
    text.resize(text.capacity());
    sodium_memzero(text.data(), text.size());
    text.clear();
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           (left.empty() || sodium_memcmp(left.data(), right.data(), left.size()) == 0);
}

Secret::Secret(std::string&& text) : m_text(text) {
    wipe(text);
}

Secret::Secret(std::string_view text) : m_text(text) {}

Secret::Secret(Secret&& other) noexcept : m_text(other.m_text) {
    wipe(other.m_text);
}

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) {
        wipe(m_text);
        m_text = other.m_text;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe(m_text);
        m_text = other.m_text;
        wipe(other.m_text);
    }
    return *this;
}

Secret::~Secret() {
    wipe(m_text);
}

bool Secret::equals(std::string_view other) const {
    return equal_in_constant_time(m_text, other);
}

} // namespace harrier
