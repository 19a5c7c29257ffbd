// SPDX-License-Identifier: MIT

// Any bytes at all are decoded without a crash, what comes out holds together, and in each format that we
// write it comes back.

#include "formats/gpx.hpp"
#include "fuzz/decoded_file.hpp"

#include <cstdint>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace harrier;
    fuzz::check_file(formats::gpx::decode(std::as_bytes(std::span(data, size))), size);
    return 0;
}
