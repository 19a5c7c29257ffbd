// SPDX-License-Identifier: MIT
#pragma once

// Dates of Strava's bulk export, which follow the language of the account. Pure.
// Seen in real exports: "Sep 12, 2018, 3:02:23 PM" (also with a narrow no-break space before PM),
// "09.12.2022, 15:24:49", "24 mai 2012 à 16:27:40", "28 août 2026, 17:33:44", "6. 9. 2026 11:18:40", and
// before July 2019 "2018-09-12 15:02:23". Others are read by the same rules, not by a list of forms.

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace harrier::formats {

// The moment, which the export gives in UTC whatever the language; nothing for a text that is no date with a
// time. The month may be a word in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish,
// Russian, Turkish, Indonesian or a Scandinavian language, whole or shortened. Numbers alone: the year first
// where it has four digits, else day, month, year; with slashes month before day only where the other order
// is impossible.
[[nodiscard]] std::optional<Instant> read_export_date(std::string_view text);

} // namespace harrier::formats
