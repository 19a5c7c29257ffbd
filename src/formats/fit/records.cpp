// SPDX-License-Identifier: MIT
#include "formats/fit/records.hpp"

#include "formats/fit/value.hpp"
#include "model/recording.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace harrier::formats::fit {

namespace {

constexpr double degrees_per_semicircle = 180.0 / 2147483648.0; // exact: a multiple of a power of two

struct KnownField {
    std::uint8_t number;
    RecordColumn column;
    std::uint8_t rank;
    double scale;
    double shift;
    double factor = 1;
};

// Numbers, scales and offsets of the `record` message.
constexpr KnownField known_fields[] = {
    {0, RecordColumn::latitude, 1, 1, 0, degrees_per_semicircle},
    {1, RecordColumn::longitude, 1, 1, 0, degrees_per_semicircle},
    {2, RecordColumn::altitude, 1, 5, 500},
    {3, RecordColumn::heartrate, 1, 1, 0},
    {4, RecordColumn::cadence, 1, 1, 0},
    {5, RecordColumn::distance, 1, 100, 0},
    {6, RecordColumn::speed, 1, 1000, 0},
    {7, RecordColumn::watts, 1, 1, 0},
    {9, RecordColumn::grade, 1, 100, 0},
    {13, RecordColumn::temperature, 1, 1, 0},
    {53, RecordColumn::fractional_cadence, 1, 128, 0},
    {73, RecordColumn::speed, 2, 1000, 0},
    {78, RecordColumn::altitude, 2, 5, 500},
};
constexpr std::uint8_t compressed_speed_distance_field = 8;

std::uint16_t bit(RecordColumn column) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(column));
}

// The value that says "no value".
template <typename T>
constexpr T invalid = std::numeric_limits<T>::max();

} // namespace

// No record of eight bytes or more, and no file of three bytes per sample, ever meets these.
Room room_for_file(std::size_t bytes) {
    constexpr std::size_t free_rows = 2'000'000; // 23 days of seconds
    constexpr std::size_t free_cells = 12'000'000;
    return {free_rows + bytes / 8, free_cells + bytes};
}

std::size_t RecordTable::cells() const {
    constexpr std::size_t times = 2; // as they stand in the file, and as seconds since the start
    return m_timestamps.size() * (static_cast<std::size_t>(std::popcount(m_used_columns)) +
                                  m_developer_values.slot_count() + times);
}

Room RecordTable::room_left() const {
    return {m_room.rows - std::min(m_room.rows, size()), m_room.cells - std::min(m_room.cells, cells())};
}

void RecordTable::use(Plan& plan, RecordColumn column) {
    plan.columns = static_cast<std::uint16_t>(plan.columns | bit(column));
    m_used_columns = static_cast<std::uint16_t>(m_used_columns | bit(column));
}

void RecordTable::add_field(Plan& plan, const FieldDefinition& field, bool big_endian) {
    if (field.number == compressed_speed_distance_field && field.size == 3) {
        use(plan, RecordColumn::distance);
        use(plan, RecordColumn::speed);
        plan.loads.push_back({field.offset, field.type, RecordColumn::distance, 0, nullptr, {}});
        return;
    }
    const auto* known = std::find_if(std::begin(known_fields), std::end(known_fields),
                                     [&](const KnownField& one) { return one.number == field.number; });
    // A field that had to be kept as bytes has no number to give, unless it is a single byte by nature.
    const bool is_number =
        field.type != BaseType::string && (field.type != BaseType::bytes || field.size == 1);
    if (known != std::end(known_fields) && is_number) {
        use(plan, known->column);
        const bool scaled = known->scale != 1 || known->shift != 0;
        plan.loads.push_back({field.offset,
                              field.type,
                              known->column,
                              known->rank,
                              loader_for(field.type, big_endian, scaled),
                              {known->scale, known->shift, known->factor}});
    }
}

const RecordTable::Plan& RecordTable::plan_for(const Message& run) {
    Plan& plan = m_plans[run.local_type];
    const Definition& definition = *run.definition;
    if (plan.generation == definition.generation) {
        return plan;
    }
    plan.generation = definition.generation;
    plan.columns = 0;
    plan.loads.clear();
    plan.developer_loads.clear();
    // Backwards, since a later load wins and of a doubled field the first valid one counts.
    for (auto field = definition.fields.rbegin(); field != definition.fields.rend(); ++field) {
        add_field(plan, *field, definition.big_endian);
    }
    std::stable_sort(plan.loads.begin(), plan.loads.end(),
                     [](const Load& a, const Load& b) { return a.rank < b.rank; });
    for (const auto& field : definition.developer_fields) {
        if (const auto slot = m_developer_values.slot_for(field, definition.big_endian)) {
            plan.developer_loads.push_back({field.offset, *slot});
        }
    }
    return plan;
}

template <typename T, bool big_endian, bool scaled>
bool RecordTable::load_integers(const Source& source, const Scaling& scaling, double* out) {
    const std::byte* next = source.first;
    bool any = false;
    for (std::size_t i = 0; i < source.count; ++i, next += source.stride) {
        const T raw = detail::load<T>(next, big_endian);
        const bool valid = raw != invalid<T>;
        const double value = scaled ? static_cast<double>(raw) / scaling.scale - scaling.shift
                                    : static_cast<double>(raw) * scaling.factor;
        out[i] = valid ? value : out[i];
        any |= valid;
    }
    return any;
}

// Floats, 64-bit numbers, and types whose invalid value is 0: rare.
bool RecordTable::load_others(const Source& source, const Scaling& scaling, double* out) {
    bool any = false;
    for (std::size_t i = 0; i < source.count; ++i) {
        if (const auto raw = load_number(source.first + i * source.stride, source.type, source.big_endian)) {
            out[i] = *raw * scaling.factor / scaling.scale - scaling.shift;
            any = true;
        }
    }
    return any;
}

template <typename T>
RecordTable::Loader RecordTable::integer_loader(bool big_endian, bool scaled) {
    if (big_endian) {
        return scaled ? load_integers<T, true, true> : load_integers<T, true, false>;
    }
    return scaled ? load_integers<T, false, true> : load_integers<T, false, false>;
}

RecordTable::Loader RecordTable::loader_for(BaseType type, bool big_endian, bool scaled) {
    switch (type) {
    case BaseType::uint8:
    case BaseType::enumeration:
    case BaseType::bytes:
        return integer_loader<std::uint8_t>(false, scaled);
    case BaseType::int8:
        return integer_loader<std::int8_t>(false, scaled);
    case BaseType::uint16:
        return integer_loader<std::uint16_t>(big_endian, scaled);
    case BaseType::int16:
        return integer_loader<std::int16_t>(big_endian, scaled);
    case BaseType::uint32:
        return integer_loader<std::uint32_t>(big_endian, scaled);
    case BaseType::int32:
        return integer_loader<std::int32_t>(big_endian, scaled);
    default:
        return load_others;
    }
}

// 12 bits of speed (1/100 m/s), then the lowest 12 bits of a distance (1/16 m) that goes on growing.
void RecordTable::expand_compressed(const Source& source, std::size_t row) {
    double* distances = tail(RecordColumn::distance, row);
    double* speeds = tail(RecordColumn::speed, row);
    for (std::size_t i = 0; i < source.count; ++i) {
        const std::byte* bytes = source.first + i * source.stride;
        const auto packed = detail::load<std::uint16_t>(bytes, false) |
                            static_cast<std::uint32_t>(std::to_integer<unsigned>(bytes[2])) << 16U;
        if (packed == 0xFFFFFFU) {
            continue;
        }
        m_accumulated_distance += ((packed >> 12U) - m_accumulated_distance) & 0xFFFU;
        speeds[i] = (packed & 0xFFFU) / 100.0;
        distances[i] = m_accumulated_distance / 16.0;
        m_columns[static_cast<std::size_t>(RecordColumn::speed)].any = true;
        m_columns[static_cast<std::size_t>(RecordColumn::distance)].any = true;
    }
}

void RecordTable::add_timestamps(const Message& run, std::size_t guess) {
    const std::size_t row = m_timestamps.size();
    if (m_timestamps.capacity() < row + run.count) {
        m_timestamps.reserve(std::max(guess, 2 * m_timestamps.capacity()));
    }
    m_timestamps.resize(row + run.count, run.timestamp.value_or(no_timestamp));
    if (const auto offset = run.definition->timestamp_offset) {
        const std::byte* next = run.data.data() + *offset;
        for (std::size_t i = 0; i < run.count; ++i, next += run.stride()) {
            const auto value = detail::load<std::uint32_t>(next, run.definition->big_endian);
            m_timestamps[row + i] = value != no_timestamp ? value : m_timestamps[row + i];
        }
    }
}

bool RecordTable::add(const Message& run, std::size_t bytes_left) {
    const Plan& plan = plan_for(run);
    const std::size_t row = size();
    if (row + run.count > m_room.rows || cells() > m_room.cells) {
        return false;
    }
    const std::size_t guess = row + std::min(m_room.rows - row, bytes_left / run.stride() + run.count);
    add_timestamps(run, guess);
    for (std::size_t i = 0; i < record_column_count; ++i) {
        if ((plan.columns >> i & 1U) == 0) {
            continue;
        }
        auto& values = m_columns[i].values;
        if (values.capacity() < row + run.count) {
            values.reserve(std::max(guess, 2 * values.capacity()));
        }
        values.resize(row + run.count, model::missing);
    }
    for (const auto& load : plan.loads) {
        const Source source{run.data.data() + load.offset, run.stride(), run.count, load.type,
                            run.definition->big_endian};
        if (load.loader == nullptr) {
            expand_compressed(source, row);
        } else if (load.loader(source, load.scaling, tail(load.column, row))) {
            m_columns[static_cast<std::size_t>(load.column)].any = true;
        }
    }
    for (const auto& load : plan.developer_loads) {
        m_developer_values.add(load.slot, run, load.offset, static_cast<std::uint32_t>(row));
    }
    return true;
}

void RecordTable::describe(FieldDescription description) {
    if (m_developer_values.describe(std::move(description))) {
        for (auto& plan : m_plans) {
            plan.generation = 0;
        }
    }
}

void RecordTable::drop_last() {
    if (m_timestamps.empty()) {
        return;
    }
    m_timestamps.pop_back();
    for (auto& column : m_columns) {
        column.values.resize(std::min(column.values.size(), m_timestamps.size()));
        column.any = std::any_of(column.values.begin(), column.values.end(),
                                 [](double value) { return !model::is_missing(value); });
    }
}

std::vector<double> RecordTable::take(RecordColumn column) {
    auto& taken = m_columns[static_cast<std::size_t>(column)];
    if (!taken.any) {
        return {};
    }
    taken.values.resize(size(), model::missing);
    return std::move(taken.values);
}

std::vector<DeveloperColumn> RecordTable::take_developer_columns() {
    return m_developer_values.take(size());
}

} // namespace harrier::formats::fit
