// SPDX-License-Identifier: MIT
#pragma once

// The samples of a FIT file. Each definition of a `record` message becomes a short plan of loads, and a run
// of records goes through the plan column by column, so that a message costs no look-up and no allocation.
// Components are expanded, and the enhanced field wins where both are valid.

#include "formats/fit/developer.hpp"
#include "formats/fit/reader.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace harrier::formats::fit {

enum class RecordColumn : std::uint8_t {
    latitude,  // degrees
    longitude, // degrees
    distance,  // m
    altitude,  // m
    speed,     // m/s
    heartrate, // bpm
    cadence,   // rpm
    watts,
    temperature, // °C
    grade,       // %
    fractional_cadence,
};
constexpr std::size_t record_column_count = 11;

// What the samples of one file may take. A record of a byte or two that is read into a dozen columns would
// otherwise blow a small file up a hundredfold.
struct Room {
    std::size_t rows = 0;
    std::size_t cells = 0;
};
[[nodiscard]] Room room_for_file(std::size_t bytes);

class RecordTable {
public:
    explicit RecordTable(Room room) : m_room(room) {}

    // Appends the records of a run; `bytes_left` from its start to the file's end helps to guess how many
    // will come. False when there is no room for them.
    [[nodiscard]] bool add(const Message& run, std::size_t bytes_left);
    void describe(FieldDescription description);
    // Takes the last record back.
    void drop_last();

    [[nodiscard]] std::size_t size() const { return m_timestamps.size(); }
    [[nodiscard]] Room room_left() const;

    // Seconds since 1989-12-31T00:00:00Z; no_timestamp for a record without a time.
    [[nodiscard]] const std::vector<std::uint32_t>& timestamps() const { return m_timestamps; }
    static constexpr std::uint32_t no_timestamp = 0xFFFFFFFFU;

    // Moves a column out: empty when no record had a valid value, else as long as the table.
    [[nodiscard]] std::vector<double> take(RecordColumn column);
    [[nodiscard]] std::vector<std::uint32_t> take_timestamps() { return std::move(m_timestamps); }
    [[nodiscard]] std::vector<DeveloperColumn> take_developer_columns();

private:
    struct Scaling {
        double scale = 1; // value = raw * factor / scale - shift
        double shift = 0;
        double factor = 1;
    };
    // Equal fields of many records.
    struct Source {
        const std::byte* first = nullptr;
        std::size_t stride = 0;
        std::size_t count = 0;
        BaseType type = BaseType::bytes;
        bool big_endian = false;
    };
    // Writes the valid values into `out` and leaves the others alone; true when there was one.
    using Loader = bool (*)(const Source& source, const Scaling& scaling, double* out);
    struct Load {
        std::uint32_t offset = 0;
        BaseType type = BaseType::bytes;
        RecordColumn column = RecordColumn::latitude;
        std::uint8_t rank = 0;   // later loads win
        Loader loader = nullptr; // null: compressed_speed_distance
        Scaling scaling;
    };
    struct DeveloperLoad {
        std::uint32_t offset = 0;
        std::uint16_t slot = 0;
    };
    struct Plan {
        std::uint32_t generation = 0;
        std::uint16_t columns = 0; // one bit each
        std::vector<Load> loads;
        std::vector<DeveloperLoad> developer_loads;
    };
    struct Column {
        std::vector<double> values; // may be shorter than the table: the rest is missing
        bool any = false;           // holds a valid value
    };

    const Plan& plan_for(const Message& run);
    void add_field(Plan& plan, const FieldDefinition& field, bool big_endian);
    void use(Plan& plan, RecordColumn column);
    [[nodiscard]] static Loader loader_for(BaseType type, bool big_endian, bool scaled);
    template <typename T>
    [[nodiscard]] static Loader integer_loader(bool big_endian, bool scaled);
    template <typename T, bool big_endian, bool scaled>
    static bool load_integers(const Source& source, const Scaling& scaling, double* out);
    static bool load_others(const Source& source, const Scaling& scaling, double* out);
    [[nodiscard]] std::size_t cells() const;
    void add_timestamps(const Message& run, std::size_t guess);
    void expand_compressed(const Source& source, std::size_t row);
    double* tail(RecordColumn column, std::size_t row) {
        return m_columns[static_cast<std::size_t>(column)].values.data() + row;
    }

    Room m_room;
    std::array<Plan, 16> m_plans; // by local type
    std::vector<std::uint32_t> m_timestamps;
    std::array<Column, record_column_count> m_columns;
    std::uint16_t m_used_columns = 0; // one bit each
    DeveloperValues m_developer_values;
    std::uint32_t m_accumulated_distance = 0; // 1/16 m, compressed_speed_distance
};

} // namespace harrier::formats::fit
