// SPDX-License-Identifier: MIT
#pragma once

// Text of an XML 1.0 file, piece by piece: words that nobody can break out of, numbers and times that read
// back to the same. Whatever the locale of this machine. One thread per writer.

#include "model/recording.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace harrier::formats {

// What an element can hold. A heart rate in beats per minute is whole, and one of 300 fits no byte.
struct NumberKind {
    double least = 0;
    double most = 0;
    bool whole = false;
};

// Any number that our readers take for one of a sensor: |value| below a thousand million.
inline constexpr NumberKind any_number{-999'999'999, 999'999'999, false};
// As the schemas of Garmin's extensions and of TCX have them.
inline constexpr NumberKind whole_heart_rate{1, 255, true};
inline constexpr NumberKind whole_cadence{0, 254, true};

// The value as the element holds it, rounded where it is whole; missing where it does not fit.
[[nodiscard]] double fitted(double value, const NumberKind& kind);

// The most of a text that is written, in bytes before escaping: our readers refuse what is much longer.
constexpr std::size_t longest_xml_text = 65'536;

class XmlWriter {
public:
    // Reserves room for the whole file.
    explicit XmlWriter(std::size_t size_guess) { m_text.reserve(size_guess); }

    // Markup as it is.
    XmlWriter& raw(std::string_view markup) {
        m_text += markup;
        return *this;
    }
    // Escaped. Characters that XML forbids and bytes that are not UTF-8 become U+FFFD; what is longer than
    // longest_xml_text is cut between two characters.
    XmlWriter& words(std::string_view text);
    // The shortest decimal number, without an exponent, that reads back to the same double.
    XmlWriter& number(double value);
    // "2020-04-18T11:10:44Z", with three digits of a fraction where it is not zero; years 0 to 9999.
    XmlWriter& time(model::Moment moment);

    // <tag>…</tag>. Nothing for an empty text and a missing number.
    XmlWriter& element(std::string_view tag, std::string_view text);
    XmlWriter& element(std::string_view tag, double value);
    XmlWriter& element(std::string_view tag, model::Moment moment);

    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    XmlWriter& open(std::string_view tag) { return raw("<").raw(tag).raw(">"); }
    XmlWriter& close(std::string_view tag) { return raw("</").raw(tag).raw(">"); }

    std::string m_text;
};

// Whether `time` can write it.
[[nodiscard]] bool has_xml_time(model::Moment moment);

} // namespace harrier::formats
