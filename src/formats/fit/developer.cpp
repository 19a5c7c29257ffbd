// SPDX-License-Identifier: MIT
#include "formats/fit/developer.hpp"

#include "formats/fit/value.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace harrier::formats::fit {

namespace {

// Real files have some dozens.
constexpr std::size_t most_slots = 128;
constexpr std::size_t most_descriptions = 1000;

bool is_of(const FieldDescription& description, const DeveloperFieldDefinition& field) {
    return description.developer == field.developer && description.number == field.number;
}

} // namespace

bool DeveloperValues::describe(FieldDescription description) {
    if (m_descriptions.size() == most_descriptions) {
        return false;
    }
    bool changes = false;
    for (auto& slot : m_slots) {
        if (slot.closed || !is_of(description, slot.field)) {
            continue;
        }
        if (!slot.description) {
            slot.description = m_descriptions.size();
        } else if (m_descriptions[*slot.description] != description) {
            slot.closed = true;
            changes = true;
        }
    }
    m_descriptions.push_back(std::move(description));
    return changes;
}

std::optional<std::uint16_t> DeveloperValues::slot_for(const DeveloperFieldDefinition& field,
                                                       bool big_endian) {
    const auto same = [&](const Slot& slot) {
        return !slot.closed && slot.field.number == field.number && slot.field.developer == field.developer &&
               slot.field.size == field.size && slot.big_endian == big_endian;
    };
    const auto found = std::find_if(m_slots.begin(), m_slots.end(), same);
    if (found != m_slots.end()) {
        return static_cast<std::uint16_t>(found - m_slots.begin());
    }
    if (m_slots.size() == most_slots) {
        return std::nullopt;
    }
    Slot& slot = m_slots.emplace_back();
    slot.field = field;
    slot.big_endian = big_endian;
    const auto described = std::find_if(m_descriptions.rbegin(), m_descriptions.rend(),
                                        [&](const auto& one) { return is_of(one, field); });
    if (described != m_descriptions.rend()) {
        slot.description = static_cast<std::size_t>(m_descriptions.rend() - described) - 1;
    }
    return static_cast<std::uint16_t>(m_slots.size() - 1);
}

void DeveloperValues::add(std::uint16_t slot_number, const Message& run, std::size_t offset,
                          std::uint32_t row) {
    Slot& slot = m_slots[slot_number];
    const auto end = row + static_cast<std::uint32_t>(run.count);
    if (!slot.rows.empty() && slot.rows.back().end == row) {
        slot.rows.back().end = end;
    } else {
        slot.rows.push_back({row, end});
    }
    const std::size_t size = std::min<std::size_t>(slot.field.size, sizeof(Raw));
    const std::byte* next = run.data.data() + offset;
    for (std::size_t i = 0; i < run.count; ++i, next += run.stride()) {
        std::memcpy(slot.values.emplace_back().data(), next, size);
    }
}

// The first element of an array stands for all of them.
bool DeveloperValues::fill(const Slot& slot, const FieldDescription& description,
                           std::vector<double>& column) {
    bool any = false;
    std::size_t next = 0;
    for (const auto& rows : slot.rows) {
        for (std::size_t row = rows.begin; row < rows.end; ++row, ++next) {
            const auto raw = load_number(slot.values[next].data(), description.type, slot.big_endian);
            if (raw && row < column.size()) {
                column[row] = *raw / description.scale - description.offset;
                any = true;
            }
        }
    }
    return any;
}

std::vector<DeveloperColumn> DeveloperValues::take(std::size_t rows) {
    std::vector<DeveloperColumn> columns;
    std::vector<std::size_t> described_by; // of each column
    for (auto& slot : m_slots) {
        const auto* description = slot.description ? &m_descriptions[*slot.description] : nullptr;
        if (description == nullptr || description->type == BaseType::string ||
            slot.field.size % size_of(description->type) != 0) {
            continue;
        }
        // One field has several slots when its size, byte order or meaning changes on the way.
        const auto same = std::find_if(described_by.begin(), described_by.end(), [&](std::size_t other) {
            const auto& one = m_descriptions[other];
            return is_of(one, slot.field) && one.name == description->name && one.units == description->units;
        });
        if (same != described_by.end()) {
            fill(slot, *description,
                 columns[static_cast<std::size_t>(same - described_by.begin())].column.values);
            continue;
        }
        std::vector<double> values(rows, model::missing);
        if (fill(slot, *description, values)) {
            const bool of_record = description->native_message.value_or(global::record) == global::record;
            columns.push_back({{description->name, description->units, std::move(values)},
                               of_record ? description->native_field : std::nullopt});
            described_by.push_back(*slot.description);
        }
        slot = {}; // its memory is needed for the next column
    }
    m_slots.clear();
    return columns;
}

} // namespace harrier::formats::fit
