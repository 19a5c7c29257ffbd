// SPDX-License-Identifier: MIT
#include "archive/metrics_codec.hpp"

#include "base/error.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace harrier::archive {

namespace {

static_assert(std::endian::native == std::endian::little, "the bytes are written as they lie in memory");

Error damaged() {
    return {ErrorKind::data, "stored metrics are damaged"};
}

template <typename Number>
void append(std::string& bytes, Number number) {
    std::array<char, sizeof(Number)> buffer{};
    std::memcpy(buffer.data(), &number, sizeof(Number));
    bytes.append(buffer.data(), buffer.size());
}

template <typename Number>
Number take(std::string_view& bytes) {
    Number number{};
    std::memcpy(&number, bytes.data(), sizeof(Number));
    bytes.remove_prefix(sizeof(Number));
    return number;
}

void append_floats(std::string& bytes, const std::vector<float>& values) {
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
}

std::vector<float> take_floats(std::string_view bytes) {
    if (bytes.size() % sizeof(float) != 0) {
        throw damaged();
    }
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

// From one coordinate to the next, whichever way it goes.
void append_step(std::string& bytes, std::uint32_t from, std::uint32_t to) {
    const std::uint32_t step = to - from;
    std::uint32_t folded = step << 1 ^ (step >> 31 != 0 ? ~std::uint32_t{0} : 0);
    for (; folded >= 0x80; folded >>= 7) {
        bytes += static_cast<char>(folded | 0x80);
    }
    bytes += static_cast<char>(folded);
}

std::uint32_t take_step(std::string_view& bytes, std::uint32_t from) {
    constexpr int bits = 32;
    std::uint32_t folded = 0;
    for (int shift = 0;; shift += 7) {
        if (bytes.empty() || shift >= bits) {
            throw damaged();
        }
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        folded |= std::uint32_t{byte & 0x7FU} << shift;
        if (byte < 0x80) {
            return from + (folded >> 1 ^ ((folded & 1) != 0 ? ~std::uint32_t{0} : 0));
        }
    }
}

} // namespace

std::string encode_histogram(const model::Histogram& histogram) {
    std::string bytes;
    if (!histogram.seconds.empty()) {
        append(bytes, histogram.step);
        append(bytes, static_cast<std::uint32_t>(histogram.first));
        append_floats(bytes, histogram.seconds);
    }
    return bytes;
}

model::Histogram decode_histogram(std::string_view bytes) {
    if (bytes.empty()) {
        return {};
    }
    if (bytes.size() < sizeof(double) + sizeof(std::uint32_t)) {
        throw damaged();
    }
    model::Histogram histogram;
    histogram.step = take<double>(bytes);
    histogram.first = take<std::uint32_t>(bytes);
    histogram.seconds = take_floats(bytes);
    return histogram;
}

std::string encode_curve(const model::MeanMaximalCurve& curve) {
    std::string bytes;
    append_floats(bytes, curve);
    return bytes;
}

model::MeanMaximalCurve decode_curve(std::string_view bytes) {
    return take_floats(bytes);
}

std::string encode_tiles(std::span<const model::Tile> tiles) {
    std::string bytes;
    model::Tile last;
    for (const auto& tile : tiles) {
        append_step(bytes, last.x, tile.x);
        append_step(bytes, last.y, tile.y);
        last = tile;
    }
    return bytes;
}

std::vector<model::Tile> decode_tiles(std::string_view bytes) {
    std::vector<model::Tile> tiles;
    model::Tile last;
    while (!bytes.empty()) {
        last.x = take_step(bytes, last.x);
        last.y = take_step(bytes, last.y);
        tiles.push_back(last);
    }
    return tiles;
}

} // namespace harrier::archive
