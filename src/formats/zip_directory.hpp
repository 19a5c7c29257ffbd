// SPDX-License-Identifier: MIT
#pragma once

// The list of contents of a ZIP archive (central directory) and the record at its end that tells where it is.
// Used by ZipReader alone, which checks what the whole list must obey.

#include "base/error.hpp"
#include "formats/zip.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace harrier::formats {

constexpr std::uint32_t zip_local_signature = 0x04034B50; // of an entry's own header
constexpr std::uint32_t zip_entry_signature = 0x02014B50; // of its line in the list of contents

struct ZipDirectory {
    std::uint64_t begin = 0; // in the source
    std::uint64_t size = 0;
    std::uint64_t prefix = 0;   // bytes before the archive's own first byte: that of a self-extracting one
    std::uint64_t trailing = 0; // bytes behind its end
    std::uint64_t stated_entries = 0;
    bool is_zip64 = false; // else the number of entries is only known modulo 65,536
};

// Finds the end record. Throws Error{data} when there is none, or several that could be it, or when it names
// several disks or places outside the file.
[[nodiscard]] ZipDirectory find_zip_directory(const ZipSource& source);

struct ZipListing {
    std::vector<ZipEntry> entries; // `end` is not set yet
    std::vector<ZipFinding> findings;
};

// Reads the list in pieces of some hundred kilobytes. Entries whose name or type cannot be accepted become
// findings. Throws Error{data} when the list is damaged or too long.
[[nodiscard]] ZipListing read_zip_directory(const ZipSource& source, const ZipDirectory& directory);

// Empty for a name that is accepted, else what is wrong with it.
[[nodiscard]] std::string_view fault_of_zip_name(std::string_view name);

// Every archive-level error has the same cure.
[[nodiscard]] Error zip_error(std::string_view what);

} // namespace harrier::formats
