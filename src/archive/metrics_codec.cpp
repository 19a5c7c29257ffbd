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
        throw Error(ErrorKind::data, "stored metrics are damaged");
    }
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
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
        throw Error(ErrorKind::data, "stored metrics are damaged");
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

} // namespace harrier::archive
