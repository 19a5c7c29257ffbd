// SPDX-License-Identifier: MIT
#include "formats/export_dates.hpp"

#include "base/text.hpp"
#include "formats/utf8.hpp"
#include "formats/xml_values.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <vector>

namespace harrier::formats {

namespace {

// A word means a month when it is the beginning of names of that month only, three bytes at least.
constexpr std::array<std::string_view, 12> month_names{
    "january januar janvier enero gennaio janeiro januari ocak stycznia январь января janv",
    "february februar février febrero febbraio fevereiro februari şubat Şubat lutego февраль февраля",
    "march märz mars marzo março maart mrt mart marca март марта maret",
    "april avril abril aprile nisan kwietnia апрель апреля",
    "may mai mayo maggio maio mei mayıs maja maj мая май",
    "june juni juin junio giugno junho haziran czerwca июнь июня",
    "july juli juillet julio luglio julho temmuz lipca июль июля",
    "august août agosto augustus augusti ağustos sierpnia август августа agustus agt",
    "september septembre septiembre setiembre settembre setembro eylül września сентябрь сентября",
    "october oktober octobre octubre ottobre outubro ekim października октябрь октября",
    "november novembre noviembre novembro kasım listopada ноябрь ноября",
    "december dezember décembre diciembre dicembre dezembro aralık grudnia декабрь декабря desember"};

bool begins_one_of(std::string_view names, std::string_view word) {
    for (auto at = names.find(word); at != std::string_view::npos; at = names.find(word, at + 1)) {
        if (at == 0 || names[at - 1] == ' ') {
            return true;
        }
    }
    return false;
}

std::optional<int> month_of(std::string_view word) {
    std::optional<int> month;
    for (std::size_t i = 0; i < month_names.size(); ++i) {
        if (begins_one_of(month_names[i], word)) {
            if (month) {
                return std::nullopt;
            }
            month = static_cast<int>(i) + 1;
        }
    }
    return month;
}

struct Number {
    int value = 0;
    std::size_t digits = 0;
};

struct Parts {
    std::vector<Number> numbers; // in their order
    std::optional<int> month;    // where it is a word
    std::optional<bool> afternoon;
    bool has_slash = false;
    bool is_wrong = false;
};

// The marks of twelve-hour clocks. "a. m." comes as one word; those of East Asia follow the day without a
// space.
constexpr std::string_view morning_marks[] = {"午前", "上午", "오전"};
constexpr std::string_view afternoon_marks[] = {"午後", "下午", "오후"};

bool ends_with_one_of(std::string_view word, std::span<const std::string_view> marks) {
    return std::any_of(marks.begin(), marks.end(),
                       [&](std::string_view mark) { return word.ends_with(mark); });
}

void take_word(Parts& parts, const std::string& word) {
    constexpr std::size_t shortest_month = 3;
    if (word == "am" || ends_with_one_of(word, morning_marks)) {
        parts.afternoon = false;
    } else if (word == "pm" || ends_with_one_of(word, afternoon_marks)) {
        parts.afternoon = true;
    } else if (word.size() >= shortest_month) {
        if (const auto month = month_of(word)) {
            parts.is_wrong = parts.is_wrong || parts.month.has_value();
            parts.month = month;
        }
    }
}

// What separates words, of the characters beyond ASCII.
bool is_foreign_space(std::string_view character) {
    constexpr std::string_view spaces[] = {"\u00A0", "\u2007", "\u2009", "\u200E", "\u200F", "\u202F"};
    return std::find(std::begin(spaces), std::end(spaces), character) != std::end(spaces);
}

bool is_letter(std::string_view character) {
    const char c = character[0];
    return character.size() > 1 ? !is_foreign_space(character)
                                : (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Digits make numbers, letters make words, all else separates. "a. m." becomes "am".
Parts take_apart(std::string_view text) {
    Parts parts;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty() && word != "a" && word != "p") {
            take_word(parts, word);
            word.clear();
        }
    };
    bool in_number = false;
    while (!text.empty()) {
        const std::size_t size = std::max<std::size_t>(1, utf8_size(text));
        const char c = text[0];
        const bool is_digit = c >= '0' && c <= '9';
        if (is_digit) {
            end_word();
            word.clear();
            if (!in_number) {
                parts.numbers.emplace_back();
            }
            auto& number = parts.numbers.back();
            number.value = number.digits < 5 ? number.value * 10 + (c - '0') : number.value;
            ++number.digits;
        } else if (is_letter(text.substr(0, size))) {
            word += to_lower(text.substr(0, size));
        } else {
            end_word();
        }
        parts.has_slash = parts.has_slash || c == '/';
        in_number = is_digit;
        text.remove_prefix(size);
    }
    end_word();
    return parts;
}

struct Day {
    int year = 0;
    int month = 0;
    int day = 0;
};

std::optional<Day> day_of(const Parts& parts, std::size_t date_numbers) {
    const auto& n = parts.numbers;
    const auto is_year = [&](std::size_t i) { return n[i].digits == 4; };
    if (date_numbers == 2) {
        if (is_year(0) == is_year(1)) {
            return std::nullopt;
        }
        return is_year(0) ? Day{n[0].value, *parts.month, n[1].value}
                          : Day{n[1].value, *parts.month, n[0].value};
    }
    if (is_year(0)) {
        return Day{n[0].value, n[1].value, n[2].value};
    }
    if (!is_year(2)) {
        return std::nullopt;
    }
    const bool month_first = parts.has_slash && n[1].value > 12;
    return month_first ? Day{n[2].value, n[0].value, n[1].value} : Day{n[2].value, n[1].value, n[0].value};
}

std::optional<std::chrono::seconds> clock_of(const Parts& parts, std::size_t first) {
    const auto& n = parts.numbers;
    int hour = n[first].value;
    const int minute = n[first + 1].value;
    const int second = first + 2 < n.size() ? n[first + 2].value : 0;
    if (parts.afternoon) {
        if (hour < 1 || hour > 12) {
            return std::nullopt;
        }
        hour = hour % 12 + (*parts.afternoon ? 12 : 0);
    }
    if (hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    return std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

} // namespace

std::optional<Instant> read_export_date(std::string_view text) {
    constexpr std::size_t longest = 100;
    if (text.size() > longest) {
        return std::nullopt;
    }
    if (const auto plain = read_time(text)) {
        return std::chrono::floor<std::chrono::seconds>(plain->moment);
    }
    const auto parts = take_apart(text);
    const std::size_t date_numbers = parts.month ? 2 : 3;
    const std::size_t clock_numbers = parts.numbers.size() - std::min(parts.numbers.size(), date_numbers);
    if (parts.is_wrong || (clock_numbers != 2 && clock_numbers != 3)) {
        return std::nullopt;
    }
    const auto day = day_of(parts, date_numbers);
    const auto clock = clock_of(parts, date_numbers);
    constexpr int first_year = 1900;
    constexpr int last_year = 2099;
    if (!day || !clock || day->year < first_year || day->year > last_year) {
        return std::nullopt;
    }
    using namespace std::chrono;
    const year_month_day date{year(day->year), month(static_cast<unsigned>(day->month)),
                              std::chrono::day(static_cast<unsigned>(day->day))};
    return date.ok() ? std::optional<Instant>(sys_days(date) + *clock) : std::nullopt;
}

} // namespace harrier::formats
