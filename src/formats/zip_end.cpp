// SPDX-License-Identifier: MIT

// The record at the end of a ZIP archive. APPNOTE 4.3.14 to 4.3.16.

#include "formats/little_endian.hpp"
#include "formats/zip_directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace harrier::formats {

namespace {

constexpr std::uint32_t end_signature = 0x06054B50;
constexpr std::uint32_t zip64_end_signature = 0x06064B50;
constexpr std::uint32_t zip64_locator_signature = 0x07064B50;
constexpr std::size_t end_size = 22;
constexpr std::size_t locator_size = 20;
constexpr std::size_t zip64_end_size = 56;
constexpr std::size_t longest_comment = 0xFFFF;
constexpr std::uint64_t max_directory_size = std::uint64_t{256} << 20U;

std::vector<std::byte> read_at(const ZipSource& source, std::uint64_t offset, std::size_t size) {
    std::vector<std::byte> bytes(size);
    source.read(offset, bytes);
    return bytes;
}

std::optional<std::uint32_t> signature_at(const ZipSource& source, std::uint64_t offset) {
    if (source.size < 4 || offset > source.size - 4) {
        return std::nullopt;
    }
    return get_u32(read_at(source, offset, 4), 0);
}

// The fields of an end record, plain or Zip64.
struct End {
    std::uint64_t disks = 0; // this one's number, or the list's: 0 where there is only one
    std::uint64_t entries_here = 0;
    std::uint64_t entries = 0;
    std::uint64_t directory_size = 0;
    std::uint64_t directory_offset = 0;
};

End read_end(std::span<const std::byte> bytes) {
    return {get_u16(bytes, 4) | std::uint64_t{get_u16(bytes, 6)}, get_u16(bytes, 8), get_u16(bytes, 10),
            get_u32(bytes, 12), get_u32(bytes, 16)};
}

End read_zip64_end(std::span<const std::byte> bytes) {
    return {get_u32(bytes, 16) | std::uint64_t{get_u32(bytes, 20)}, get_u64(bytes, 24), get_u64(bytes, 32),
            get_u64(bytes, 40), get_u64(bytes, 48)};
}

// A field of the plain record that is full refers to the other one; any other value must be the same in both.
bool agree(const End& plain, const End& wide) {
    const auto same = [](std::uint64_t narrow, std::uint64_t value, std::uint64_t all_ones) {
        return narrow == all_ones || narrow == value;
    };
    return same(plain.disks, wide.disks, 0xFFFF) && same(plain.entries_here, wide.entries_here, 0xFFFF) &&
           same(plain.entries, wide.entries, 0xFFFF) &&
           same(plain.directory_size, wide.directory_size, 0xFFFFFFFF) &&
           same(plain.directory_offset, wide.directory_offset, 0xFFFFFFFF);
}

struct Zip64End {
    End fields;
    std::uint64_t offset = 0;
};

std::optional<Zip64End> find_zip64_end(const ZipSource& source, std::uint64_t end_offset) {
    if (end_offset < locator_size + zip64_end_size ||
        signature_at(source, end_offset - locator_size) != zip64_locator_signature) {
        return std::nullopt;
    }
    const auto locator = read_at(source, end_offset - locator_size, locator_size);
    // What stands before the archive is not counted in its offsets, so the usual place comes first.
    for (const auto offset : {end_offset - locator_size - zip64_end_size, get_u64(locator, 8)}) {
        if (offset <= end_offset - locator_size - zip64_end_size &&
            signature_at(source, offset) == zip64_end_signature) {
            return Zip64End{read_zip64_end(read_at(source, offset, zip64_end_size)), offset};
        }
    }
    return std::nullopt;
}

// What the record says, if it can be true.
std::optional<ZipDirectory> check_end(const ZipSource& source, std::uint64_t offset,
                                      std::span<const std::byte> record) {
    auto fields = read_end(record);
    auto directory_end = offset;
    const auto wide = find_zip64_end(source, offset);
    if (wide) {
        if (!agree(fields, wide->fields)) {
            return std::nullopt;
        }
        fields = wide->fields;
        directory_end = wide->offset;
    }
    if (fields.disks != 0 || fields.entries_here != fields.entries || fields.directory_size > directory_end ||
        fields.directory_offset > directory_end - fields.directory_size) {
        return std::nullopt;
    }
    ZipDirectory directory;
    directory.begin = directory_end - fields.directory_size;
    directory.size = fields.directory_size;
    directory.prefix = directory.begin - fields.directory_offset;
    directory.stated_entries = fields.entries;
    directory.is_zip64 = wide.has_value();
    directory.trailing = source.size - offset - end_size - get_u16(record, 20);
    // A file that begins as an archive has nothing before it: this one was cut, and the record is that of
    // another archive stored in it.
    if (directory.prefix > 0 && signature_at(source, 0) == zip_local_signature) {
        return std::nullopt;
    }
    const bool is_empty = fields.directory_size == 0 && fields.entries == 0;
    if (!is_empty && signature_at(source, directory.begin) != zip_entry_signature) {
        return std::nullopt;
    }
    return directory;
}

Error no_end(const ZipSource& source) {
    const auto first = signature_at(source, 0);
    if (first == zip_local_signature) {
        return zip_error(
            "is cut short or damaged: the list of its contents, which stands at the end, is missing");
    }
    return {ErrorKind::data, "this is no ZIP archive",
            "Strava's export is a file named export_….zip; give that one."};
}

} // namespace

Error zip_error(std::string_view what) {
    return {ErrorKind::data, fmt::format("the ZIP archive {}", what),
            "Download the export again, or ask Strava for a new one, and give the file as it came."};
}

ZipDirectory find_zip_directory(const ZipSource& source) {
    if (source.size < end_size) {
        throw no_end(source);
    }
    const auto size = std::min<std::uint64_t>(source.size, end_size + longest_comment);
    const auto tail = read_at(source, source.size - size, static_cast<std::size_t>(size));
    const std::span<const std::byte> all = tail;
    std::optional<ZipDirectory> found;
    bool is_exact = false;
    for (std::size_t at = all.size() - end_size + 1; at-- > 0;) {
        if (get_u32(all, at) != end_signature || at + end_size + get_u16(all, at + 20) > all.size()) {
            continue;
        }
        const auto one = check_end(source, source.size - size + at, all.subspan(at, end_size));
        if (!one) {
            continue;
        }
        // One that ends with the file is the archive's own; one with more behind it may stand in a stored
        // file.
        if (one->trailing == 0 && is_exact) {
            throw zip_error(
                "has two ends that could both be its own, so programs would not agree what is in it");
        }
        if (!found || (one->trailing == 0 && !is_exact)) {
            found = one;
            is_exact = one->trailing == 0;
        }
    }
    if (!found) {
        throw no_end(source);
    }
    if (found->stated_entries > max_zip_entries || found->size > max_directory_size) {
        throw zip_error(
            fmt::format("claims {} entries; at most {} are read", found->stated_entries, max_zip_entries));
    }
    return *found;
}

} // namespace harrier::formats
