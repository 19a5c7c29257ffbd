// SPDX-License-Identifier: MIT
#pragma once

// A text that must not be seen: a token, a code, a client secret. It cannot be printed, formatted, compared
// or converted by accident; its memory is wiped when it goes. `reveal` is the only way to the characters, and
// easy to find in a review.

#include <cstddef>
#include <string>
#include <string_view>

namespace harrier {

class Secret {
public:
    Secret() = default;
    // Takes the text over and wipes the argument.
    explicit Secret(std::string&& text);
    explicit Secret(std::string_view text);
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    [[nodiscard]] const std::string& reveal() const { return m_text; }
    [[nodiscard]] bool empty() const { return m_text.empty(); }
    [[nodiscard]] std::size_t size() const { return m_text.size(); }

    // In constant time for equal sizes.
    [[nodiscard]] bool equals(std::string_view other) const;

private:
    std::string m_text;
};

// Overwrites the characters, then empties the text.
void wipe(std::string& text);

// Compares in a time that depends on the sizes only.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

} // namespace harrier
