// SPDX-License-Identifier: MIT
#pragma once

// Bytes and bits in and out, for stored streams. Numbers are little-endian; a bit stream fills each byte from
// its lowest bit. Readers own nothing and throw Error{data} rather than read past the end.

#include "base/error.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace harrier::archive {

[[noreturn]] inline void throw_damaged(const char* what) {
    throw Error(ErrorKind::data, std::string("cannot read stored streams: they are damaged (") + what + ')');
}

// The first `size` (at most 8) bytes at `from`, as a number.
[[nodiscard]] inline std::uint64_t load_little(const char* from, std::size_t size) {
    std::uint64_t value = 0;
    std::memcpy(&value, from, size);
    if constexpr (std::endian::native == std::endian::big) {
        value = __builtin_bswap64(value);
    }
    return value;
}

class ByteWriter {
public:
    void put_byte(std::uint8_t value) { m_bytes.push_back(static_cast<char>(value)); }
    void put_bytes(std::string_view bytes) { m_bytes += bytes; }
    void put_little(std::uint64_t value, unsigned size) {
        for (unsigned i = 0; i < size; ++i) {
            put_byte(static_cast<std::uint8_t>(value >> 8 * i));
        }
    }
    // Seven bits a byte, the lowest first; the highest bit says that more follow (LEB128).
    void put_number(std::uint64_t value) {
        while (value >= 0x80) {
            put_byte(static_cast<std::uint8_t>(value | 0x80));
            value >>= 7U;
        }
        put_byte(static_cast<std::uint8_t>(value));
    }
    void put_text(std::string_view text) {
        put_number(text.size());
        put_bytes(text);
    }

    [[nodiscard]] const std::string& bytes() const { return m_bytes; }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

    [[nodiscard]] std::string_view rest() const { return m_rest; }
    [[nodiscard]] std::string_view take_bytes(std::uint64_t count) {
        if (count > m_rest.size()) {
            throw_damaged("cut short");
        }
        const auto taken = m_rest.substr(0, static_cast<std::size_t>(count));
        m_rest.remove_prefix(taken.size());
        return taken;
    }
    [[nodiscard]] std::uint8_t take_byte() { return static_cast<std::uint8_t>(take_bytes(1).front()); }
    [[nodiscard]] std::uint64_t take_number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t byte = take_byte();
            if (shift == 63 && byte > 1) {
                break;
            }
            value |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) {
                return value;
            }
        }
        throw_damaged("a number of more than 64 bits");
    }
    [[nodiscard]] std::string_view take_text() { return take_bytes(take_number()); }

private:
    std::string_view m_rest;
};

class BitWriter {
public:
    // The lowest `count` (at most 64) bits of `value`, whose other bits are 0.
    void put(std::uint64_t value, unsigned count) {
        if (count > largest_step) {
            put_step(value & 0xFFFF'FFFFU, 32);
            put_step(value >> 32U, count - 32);
        } else {
            put_step(value, count);
        }
    }
    // `value` zeros and a one.
    void put_unary(unsigned value) { put(std::uint64_t{1} << value, value + 1); }

    void clear() {
        m_size = 0;
        m_buffer = 0;
        m_filled = 0;
    }
    // What was put since the last clear(), filled up to whole bytes with zeros. Valid until the next call.
    [[nodiscard]] std::string_view finish() {
        put_step(0, (8 - m_filled) % 8);
        return {m_bytes.data(), m_size};
    }

private:
    static constexpr unsigned largest_step = 56; // together with 7 bits that wait it fits in 64

    void put_step(std::uint64_t value, unsigned count) {
        if (m_size + 8 > m_bytes.size()) {
            m_bytes.resize(2 * m_bytes.size() + 64);
        }
        m_buffer |= value << m_filled;
        m_filled += count;
        const std::uint64_t stored =
            std::endian::native == std::endian::little ? m_buffer : __builtin_bswap64(m_buffer);
        std::memcpy(&m_bytes[m_size], &stored, 8);
        m_size += m_filled / 8;
        m_buffer >>= m_filled / 8 * 8;
        m_filled %= 8;
    }

    std::string m_bytes;
    std::size_t m_size = 0;
    std::uint64_t m_buffer = 0;
    unsigned m_filled = 0;
};

// Beyond its end it gives zeros, so that a loop need not ask after each value; finish() tells.
class BitReader {
public:
    BitReader() = default;
    explicit BitReader(std::string_view bytes) : m_bytes(bytes) {}

    // At most 64 bits.
    [[nodiscard]] std::uint64_t take(unsigned count) {
        if (count > largest_step) {
            const std::uint64_t low = take_step(32);
            return low | take_step(count - 32) << 32U;
        }
        return take_step(count);
    }
    // The number of zeros before the next one.
    [[nodiscard]] unsigned take_unary(unsigned largest) {
        unsigned zeros = 0;
        while (take_step(1) == 0) {
            if (++zeros > largest) {
                throw_damaged("a table");
            }
        }
        return zeros;
    }

    // The bytes that were touched. Throws where there were too few, or where the bits left of the last one
    // are not zero.
    [[nodiscard]] std::size_t finish() {
        const auto touched = static_cast<std::size_t>((m_position + 7) / 8);
        if (touched > m_bytes.size()) {
            throw_damaged("too few bits");
        }
        if (take_step(static_cast<unsigned>((8 - m_position % 8) % 8)) != 0) {
            throw_damaged("bits that mean nothing");
        }
        return touched;
    }

private:
    static constexpr unsigned largest_step = 56;

    std::uint64_t take_step(unsigned count) {
        const auto at = static_cast<std::size_t>(m_position / 8);
        std::uint64_t word = 0;
        if (at + 8 <= m_bytes.size()) {
            word = load_little(m_bytes.data() + at, 8);
        } else if (at < m_bytes.size()) {
            word = load_little(m_bytes.data() + at, m_bytes.size() - at);
        }
        word >>= m_position % 8;
        m_position += count;
        return word & ((std::uint64_t{1} << count) - 1);
    }

    std::string_view m_bytes;
    std::uint64_t m_position = 0;
};

} // namespace harrier::archive
