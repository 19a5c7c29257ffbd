// SPDX-License-Identifier: MIT
#pragma once

// JSON text written piece by piece, with numbers spelled as Strava spells them: whole numbers without a
// point, the others with one to `digits` decimals and no needless zeros ("34.0", "3.145"). Decimal numbers
// come as whole multiples of a small unit, so that no rounding depends on the machine.

#include <cstdint>
#include <string>
#include <string_view>

namespace harrier::emulator {

class JsonText {
public:
    JsonText& open_object() { return open('{'); }
    JsonText& close_object() { return close('}'); }
    JsonText& open_array() { return open('['); }
    JsonText& close_array() { return close(']'); }

    JsonText& key(std::string_view name);
    // Escaped, also & < > as the API does.
    JsonText& text(std::string_view value);
    JsonText& whole(std::int64_t value);
    // decimal(12345, 2) writes 123.45, decimal(12300, 2) writes 123.0.
    JsonText& decimal(std::int64_t units, int digits);
    JsonText& boolean(bool value);
    JsonText& null();
    // A finished JSON text, or several members of an object.
    JsonText& raw(std::string_view json);

    JsonText& text(std::string_view name, std::string_view value) { return key(name).text(value); }
    JsonText& whole(std::string_view name, std::int64_t value) { return key(name).whole(value); }
    JsonText& decimal(std::string_view name, std::int64_t units, int digits) {
        return key(name).decimal(units, digits);
    }
    JsonText& boolean(std::string_view name, bool value) { return key(name).boolean(value); }
    JsonText& null(std::string_view name) { return key(name).null(); }
    JsonText& raw(std::string_view name, std::string_view json) { return key(name).raw(json); }

    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    JsonText& open(char bracket);
    JsonText& close(char bracket);
    void separate();

    std::string m_text;
    bool m_needs_comma = false;
};

} // namespace harrier::emulator
