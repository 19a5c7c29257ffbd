// SPDX-License-Identifier: MIT

// Any bytes at all are opened as a ZIP archive, and every entry is read, gzip files in it too; then the bytes
// are read as a gzip file. Nothing crashes, and nothing gets past the limits.

#include "base/error.hpp"
#include "formats/gzip.hpp"
#include "formats/zip.hpp"
#include "fuzz/check.hpp"

#include <cstdint>
#include <span>

namespace {

using namespace harrier;

void read_entry(const formats::ZipReader& zip, const formats::ZipEntry& entry) {
    const auto before = zip.budget().left();
    try {
        const auto bytes = zip.read(entry);
        fuzz::check(bytes.size() == entry.size);
        fuzz::check(before - zip.budget().left() == bytes.size());
        (void)formats::gunzip(std::as_bytes(std::span(bytes)), formats::max_inflated_size, &zip.budget());
    } catch (const Error& error) {
        fuzz::check(error.kind() == ErrorKind::data);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    try {
        const formats::ZipReader zip(formats::zip_in_memory(bytes));
        for (const auto& entry : zip.entries()) {
            fuzz::check(entry.offset < entry.end && entry.end <= size);
            fuzz::check(zip.find(entry.name) == &entry);
            read_entry(zip, entry);
        }
    } catch (const Error& error) {
        fuzz::check(error.kind() == ErrorKind::data);
    }
    try {
        fuzz::check(formats::gunzip(bytes).size() <= size * formats::max_inflated_ratio);
    } catch (const Error& error) {
        fuzz::check(error.kind() == ErrorKind::data);
    }
    return 0;
}
