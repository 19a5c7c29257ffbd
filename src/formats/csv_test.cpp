// SPDX-License-Identifier: MIT
#include "formats/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace harrier::formats {
namespace {

using Table = std::vector<std::vector<std::string>>;

Table read_table(std::string_view text) {
    Table table;
    CsvReader reader(text);
    while (const auto* record = reader.next()) {
        table.emplace_back();
        for (std::size_t field = 0; field < record->fields.size(); ++field) {
            table.back().push_back(record->text(field));
        }
    }
    return table;
}

TEST(Csv, ReadsPlainAndQuotedFields) {
    EXPECT_EQ(read_table("a,b\n1,\"x, y\"\n"), (Table{{"a", "b"}, {"1", "x, y"}}));
    EXPECT_EQ(read_table("\"say \"\"hi\"\"\",\"\",\"\"\"\"\n"), (Table{{"say \"hi\"", "", "\""}}));
    EXPECT_EQ(read_table("\"two\nlines\",\"CR\r\nLF\"\n,,\n"),
              (Table{{"two\nlines", "CR\r\nLF"}, {"", "", ""}}));
}

TEST(Csv, EndsRecordsInThreeWays) {
    const Table expected{{"a", "b"}, {"c", "d"}};
    EXPECT_EQ(read_table("a,b\nc,d"), expected);
    EXPECT_EQ(read_table("a,b\r\nc,d\r\n"), expected);
    EXPECT_EQ(read_table("a,b\rc,d\r"), expected);
    EXPECT_EQ(read_table("\xEF\xBB\xBF"
                         "a,b\n\n\r\nc,d\n\n"),
              expected);
    EXPECT_TRUE(read_table("").empty());
    EXPECT_TRUE(read_table("\n\n").empty());
    EXPECT_EQ(read_table("\"\"\n"), (Table{{""}}));
    EXPECT_EQ(read_table("a,"), (Table{{"a", ""}}));
}

TEST(Csv, RecordsMayDifferInLength) {
    EXPECT_EQ(read_table("a,b,c\n1\n1,2,3,4\n"), (Table{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}}));
}

TEST(Csv, ABackslashIsACharacter) {
    EXPECT_EQ(read_table("\"C:\\new\\\",a\\,b\n"), (Table{{"C:\\new\\", "a\\", "b"}}));
}

TEST(Csv, QuotesInOddPlacesStay) {
    EXPECT_EQ(read_table("a\"b,5\" nail, \"x\"\n"), (Table{{"a\"b", "5\" nail", " \"x\""}}));
    EXPECT_EQ(read_table("\"a\"b\"c,d\n"), (Table{{"ab\"c", "d"}}));
}

TEST(Csv, TellsRawBytesAndLines) {
    CsvReader reader("h\r\n\"a\nb\r\nc\rd\",1\r\rlast \"x\" ");
    const auto* record = reader.next();
    EXPECT_EQ(record->raw, "h");
    EXPECT_EQ(record->line, 1U);
    record = reader.next();
    EXPECT_EQ(record->raw, "\"a\nb\r\nc\rd\",1");
    EXPECT_EQ(record->line, 2U);
    record = reader.next();
    EXPECT_EQ(record->raw, "last \"x\" ");
    EXPECT_EQ(record->line, 7U);
    EXPECT_FALSE(record->is_open);
    EXPECT_EQ(record->text(7), "");
    EXPECT_EQ(reader.next(), nullptr);
}

TEST(Csv, AnOpenQuoteTakesTheRest) {
    CsvReader reader("a,\"b\n1,2\n3,4\n");
    const auto* record = reader.next();
    EXPECT_TRUE(record->is_open);
    EXPECT_EQ(record->text(1), "b\n1,2\n3,4\n");
    EXPECT_EQ(reader.next(), nullptr);
}

TEST(Csv, SkipsFieldsBeyondTheLimit) {
    const std::string text = std::string(max_csv_fields + 4, ',') + "\na,b\n";
    CsvReader reader(text);
    const auto* record = reader.next();
    EXPECT_EQ(record->fields.size(), max_csv_fields);
    EXPECT_EQ(record->skipped_fields, 5U);
    EXPECT_EQ(reader.next()->text(1), "b");
}

std::string quoted(std::string text, bool always) {
    if (!always && text.find_first_of(",\"\r\n") == std::string::npos && !text.empty()) {
        return text;
    }
    for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
        text.insert(at, 1, '"');
    }
    return '"' + text + '"';
}

// Whatever the fields are, writing and reading gives them back, and the raw records make the file again.
TEST(Csv, AnyTableComesBack) {
    constexpr std::string_view alphabet = "ab,\"\n\r\\ ;\xC3\xA4";
    unsigned seed = 7;
    const auto draw = [&](std::size_t range) {
        seed = seed * 1664525U + 1013904223U;
        return (seed >> 8U) % range;
    };
    for (int round = 0; round < 2000; ++round) {
        const std::string end = std::vector<std::string>{"\n", "\r\n", "\r"}[draw(3)];
        Table table(1 + draw(5));
        std::string text;
        for (auto& row : table) {
            row.resize(1 + draw(4));
            for (auto& field : row) {
                for (std::size_t size = draw(6); size > 0; --size) {
                    field += alphabet[draw(alphabet.size())];
                }
                text += (&field == row.data() ? "" : ",") + quoted(field, draw(3) == 0);
            }
            text += end;
        }
        ASSERT_EQ(read_table(text), table) << text;
        std::string again;
        CsvReader reader(text);
        std::size_t line = 1;
        while (const auto* record = reader.next()) {
            ASSERT_GE(record->line, line);
            line = record->line;
            again += std::string(record->raw) + end;
        }
        ASSERT_EQ(again, text);
    }
}

} // namespace
} // namespace harrier::formats
