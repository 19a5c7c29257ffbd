// SPDX-License-Identifier: MIT
#include "formats/fit/written_records.hpp"

#include "formats/fit/messages.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string_view>

namespace harrier::formats::fit {

namespace {

constexpr std::uint8_t our_developer_index = 0;
constexpr std::string_view our_application_id = "harrier columns."; // 16 bytes

double at(const std::vector<double>& column, std::size_t row) {
    return row < column.size() ? column[row] : model::missing;
}

// Half away from zero, like std::round but for the odd last bit, and without a call.
std::int64_t rounded(double value) {
    return static_cast<std::int64_t>(value + (value < 0 ? -0.5 : 0.5));
}

template <typename Raw>
void fill_scaled(const std::vector<double>& column, RawRange range, Scale scale, std::size_t begin,
                 std::size_t end, std::byte* out, std::size_t stride) {
    const auto least = static_cast<double>(range.least) - 0.5;
    const auto most = static_cast<double>(range.most) + 0.5;
    for (std::size_t row = begin; row < end; ++row, out += stride) {
        const double value = (column[row] + scale.shift) * scale.scale;
        const bool fits = value > least && value < most; // also false for what is missing
        store_as<Raw>(out, static_cast<std::uint64_t>(fits ? rounded(value) : range.invalid));
    }
}

// Whole revolutions, and the rest in 128ths.
struct Cadence {
    std::uint8_t whole = 0xFF;
    std::uint8_t fraction = 0xFF;
};

Cadence split_cadence(double value) {
    const double in_128ths = value * 128;
    if (!(in_128ths > -0.5 && in_128ths < 255 * 128 - 0.5)) {
        return {};
    }
    const auto raw = static_cast<std::uint32_t>(rounded(in_128ths));
    return {static_cast<std::uint8_t>(raw / 128), static_cast<std::uint8_t>(raw % 128)};
}

// The antimeridian from the west would be the invalid value: it is moved by 2 cm.
std::uint32_t semicircles(double degrees) {
    constexpr double per_degree = 2147483648.0 / 180;
    constexpr std::int64_t most = 0x7FFFFFFE;
    return static_cast<std::uint32_t>(std::min(rounded(degrees * per_degree), most));
}

bool is_on_globe(double latitude, double longitude) {
    return std::abs(latitude) <= 90 && std::abs(longitude) <= 180;
}

} // namespace

void WrittenRecords::add(std::uint8_t number, BaseType type, Fill fill) {
    m_fields.push_back({number, type, static_cast<std::uint16_t>(size_of(type)), 0});
    m_fills.push_back(std::move(fill));
    m_offsets.push_back(m_size);
    m_size += size_of(type);
}

void WrittenRecords::add_scaled(std::uint8_t number, BaseType type, const std::vector<double>& column,
                                Scale scale) {
    if (column.size() < m_times.size() || column.empty()) {
        return;
    }
    const auto fill = size_of(type) == 1   ? fill_scaled<std::uint8_t>
                      : size_of(type) == 2 ? fill_scaled<std::uint16_t>
                                           : fill_scaled<std::uint32_t>;
    add(number, type, [&column, fill, range = raw_range(type), scale](const Run& run) {
        fill(column, range, scale, run.begin, run.end, run.out, run.stride);
    });
}

void WrittenRecords::add_positions(const model::Streams& streams) {
    if (streams.latitude.empty() || streams.longitude.empty()) {
        return;
    }
    const auto fill = [&streams](const std::vector<double>& column) {
        return [&streams, &column](const Run& run) {
            auto* out = run.out;
            for (std::size_t row = run.begin; row < run.end; ++row, out += run.stride) {
                const bool valid = is_on_globe(at(streams.latitude, row), at(streams.longitude, row));
                store_as<std::uint32_t>(out, valid ? semicircles(column[row]) : 0x7FFFFFFFU);
            }
        };
    };
    add(0, BaseType::int32, fill(streams.latitude));
    add(1, BaseType::int32, fill(streams.longitude));
}

void WrittenRecords::add_cadence(const std::vector<double>& column) {
    if (column.empty()) {
        return;
    }
    const auto fill = [&column](std::uint8_t Cadence::*part) {
        return [&column, part](const Run& run) {
            auto* out = run.out;
            for (std::size_t row = run.begin; row < run.end; ++row, out += run.stride) {
                store_as<std::uint8_t>(out, split_cadence(at(column, row)).*part);
            }
        };
    };
    add(4, BaseType::uint8, fill(&Cadence::whole));
    const bool any_fraction = std::any_of(column.begin(), column.end(), [](double value) {
        const auto fraction = split_cadence(value).fraction;
        return fraction != 0 && fraction != 0xFF;
    });
    if (any_fraction) {
        add(53, BaseType::uint8, fill(&Cadence::fraction));
    }
}

// As floats where that loses nothing, else as doubles.
void WrittenRecords::add_extra(const model::ExtraColumn& column) {
    const bool any = std::any_of(column.values.begin(), column.values.end(),
                                 [](double one) { return std::isfinite(one); });
    if (!any || m_extra.size() == most_extra_columns) {
        return;
    }
    constexpr double most = 3.0e38;
    const bool narrow = std::all_of(column.values.begin(), column.values.end(), [](double one) {
        return !std::isfinite(one) ||
               (std::abs(one) < most && static_cast<double>(static_cast<float>(one)) == one);
    });
    const auto type = narrow ? BaseType::float32 : BaseType::float64;
    const auto number = static_cast<std::uint8_t>(m_extra.size());
    const auto size = size_of(type);
    m_extra.push_back({&column, type});
    m_developer_fields.push_back({number, our_developer_index, static_cast<std::uint16_t>(size), 0});
    m_offsets.push_back(m_size);
    m_size += size;
    m_fills.emplace_back([&values = column.values, narrow, size](const Run& run) {
        auto* out = run.out;
        for (std::size_t row = run.begin; row < run.end; ++row, out += run.stride) {
            const double value = at(values, row);
            const bool valid = std::isfinite(value);
            const std::uint64_t raw =
                narrow ? std::bit_cast<std::uint32_t>(static_cast<float>(valid ? value : 0))
                       : std::bit_cast<std::uint64_t>(value);
            store(out, valid ? raw : ~std::uint64_t{0}, size);
        }
    });
}

WrittenRecords::WrittenRecords(const model::Recording& recording, const std::vector<std::uint32_t>& times)
    : m_times(times) {
    const auto& streams = recording.streams;
    add(253, BaseType::uint32, [&times](const Run& run) {
        auto* out = run.out;
        for (std::size_t row = run.begin; row < run.end; ++row, out += run.stride) {
            store_as<std::uint32_t>(out, times[row]);
        }
    });
    add_positions(streams);
    add_scaled(5, BaseType::uint32, streams.distance, {100, 0});
    add_scaled(78, BaseType::uint32, streams.altitude, {5, 500});
    add_scaled(73, BaseType::uint32, streams.velocity_smooth, {1000, 0});
    add_scaled(3, BaseType::uint8, streams.heartrate, {});
    add_cadence(streams.cadence);
    add_scaled(7, BaseType::uint16, streams.watts, {});
    add_scaled(13, BaseType::int8, streams.temp, {});
    add_scaled(9, BaseType::int16, streams.grade_smooth, {100, 0});
    for (const auto& column : recording.extra) {
        add_extra(column);
    }
}

void WrittenRecords::describe(Writer& writer) const {
    constexpr std::uint16_t developer_data_id = 207;
    constexpr std::uint8_t local_type = 2;
    if (m_extra.empty()) {
        return;
    }
    writer.write(local_type, NewMessage(developer_data_id)
                                 .bytes(1, BaseType::bytes, std::as_bytes(std::span(our_application_id)))
                                 .integer(3, BaseType::uint8, our_developer_index));
    for (std::size_t i = 0; i < m_extra.size(); ++i) {
        writer.write(local_type, NewMessage(global::field_description)
                                     .integer(0, BaseType::uint8, our_developer_index)
                                     .integer(1, BaseType::uint8, static_cast<std::int64_t>(i))
                                     .integer(2, BaseType::uint8, type_code(m_extra[i].type))
                                     .text(3, m_extra[i].column->name)
                                     .text(8, m_extra[i].column->units));
    }
}

void WrittenRecords::define(Writer& writer, std::uint8_t local_type) const {
    writer.define(local_type, global::record, m_fields, m_developer_fields);
}

void WrittenRecords::write(Writer& writer, std::uint8_t local_type, std::size_t begin,
                           std::size_t end) const {
    if (begin == end) {
        return;
    }
    constexpr std::size_t block = 256; // their bytes stay in the first-level cache
    const std::size_t stride = m_size + 1;
    auto* first = writer.add_messages(local_type, end - begin, m_size);
    for (std::size_t row = begin; row < end; row += block) {
        auto* out = first + (row - begin) * stride;
        for (std::size_t i = 0; i < m_fills.size(); ++i) {
            m_fills[i]({row, std::min(row + block, end), out + m_offsets[i], stride});
        }
    }
}

} // namespace harrier::formats::fit
