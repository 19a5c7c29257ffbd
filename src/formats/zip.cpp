// SPDX-License-Identifier: MIT
#include "formats/zip.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "formats/little_endian.hpp"
#include "formats/zip_directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace harrier::formats {

namespace {

constexpr std::size_t local_header_size = 30;
constexpr std::uint16_t stored = 0;
constexpr std::uint16_t deflated = 8;
constexpr std::uint16_t encrypted_flags = 0x2041; // bits 0, 6 and 13: APPNOTE 4.4.4
constexpr std::uint16_t patched_flag = 0x0020;
constexpr std::uint16_t descriptor_flag = 0x0008; // sizes and checksum stand behind the data
constexpr std::uint16_t level_flags = 0x0006;     // how hard the packer tried: says nothing about the bytes
constexpr std::uint64_t full = 0xFFFFFFFFU;

Error entry_error(const ZipEntry& entry, std::string_view what) {
    return {ErrorKind::data, fmt::format("\"{}\" in the ZIP archive {}", escape_terminal(entry.name), what),
            "The other files can be read; if this one matters, download the export again."};
}

std::uint64_t output_limit(std::uint64_t archive_size) {
    return archive_size > max_zip_output / max_zip_ratio ? max_zip_output : archive_size * max_zip_ratio;
}

// Sets where each entry's bytes end at the latest. The local header may be longer than it must be, which
// `read` sees; it is never shorter.
void set_ends(std::vector<ZipEntry>& entries, std::uint64_t directory_begin) {
    std::vector<std::size_t> order(entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return entries[a].offset < entries[b].offset; });
    std::uint64_t end = directory_begin;
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        auto& entry = entries[*at];
        const auto header = local_header_size + entry.name.size();
        if (entry.offset + header > end || entry.compressed_size > end - entry.offset - header) {
            throw zip_error(
                "is refused: two of its entries share the same bytes, as archives do that were made "
                "to fill a disk");
        }
        entry.end = end;
        end = entry.offset;
    }
}

void check_total(const std::vector<ZipEntry>& entries, std::uint64_t archive_size) {
    std::uint64_t left = output_limit(archive_size);
    for (const auto& entry : entries) {
        if (entry.size > left) {
            throw zip_error(
                fmt::format("is refused: it claims to hold more than {} times its own size, or more "
                            "than {} GiB",
                            max_zip_ratio, max_zip_output >> 30U));
        }
        left -= entry.size;
    }
}

// What must hold before any byte of the entry is fetched.
void check_entry(const ZipEntry& entry) {
    if ((entry.flags & encrypted_flags) != 0) {
        throw entry_error(entry, "is encrypted");
    }
    if ((entry.method != stored && entry.method != deflated) || (entry.flags & patched_flag) != 0) {
        throw entry_error(entry,
                          fmt::format("is compressed by a method that is not read ({})", entry.method));
    }
    if (entry.size > max_inflated_size || entry.compressed_size > max_inflated_size) {
        throw entry_error(entry, fmt::format("is larger than {} MiB", max_inflated_size >> 20U));
    }
    if (entry.method == stored && entry.size != entry.compressed_size) {
        throw entry_error(entry, "is damaged: it has two sizes");
    }
    if (entry.size > entry.compressed_size * max_inflated_ratio) {
        throw entry_error(entry, "claims a size that its bytes cannot hold");
    }
}

// The sizes of a local header: those in its Zip64 field where the plain ones are full. APPNOTE 4.5.3.
std::pair<std::uint64_t, std::uint64_t> local_sizes(std::span<const std::byte> header,
                                                    std::span<const std::byte> extra) {
    std::uint64_t compressed = get_u32(header, 18);
    std::uint64_t size = get_u32(header, 22);
    while (extra.size() >= 4) {
        const std::size_t length = std::min<std::size_t>(get_u16(extra, 2), extra.size() - 4);
        const auto data = extra.subspan(4, length);
        if (get_u16(extra, 0) == 0x0001) {
            std::size_t at = 0;
            for (auto* number : {&size, &compressed}) {
                if (*number == full && data.size() >= at + 8) {
                    *number = get_u64(data, at);
                    at += 8;
                }
            }
            break;
        }
        extra = extra.subspan(4 + length);
    }
    return {compressed, size};
}

bool headers_agree(const ZipEntry& entry, std::span<const std::byte> header, std::span<const std::byte> name,
                   std::span<const std::byte> extra) {
    const bool same_name =
        name.size() == entry.name.size() && std::memcmp(name.data(), entry.name.data(), name.size()) == 0;
    const auto flags = static_cast<std::uint16_t>(get_u16(header, 6) ^ entry.flags);
    if (!same_name || (flags & ~level_flags & 0xFFFF) != 0 || get_u16(header, 8) != entry.method) {
        return false;
    }
    const auto [compressed, size] = local_sizes(header, extra);
    const auto checksum = get_u32(header, 14);
    const bool same = compressed == entry.compressed_size && size == entry.size && checksum == entry.crc32;
    const bool nothing_yet = compressed == 0 && size == 0 && checksum == 0;
    return same || ((entry.flags & descriptor_flag) != 0 && nothing_yet);
}

// Names that are there twice: only the first entry of exactly one name is kept.
void settle_twins(std::vector<ZipEntry>& entries, std::vector<ZipFinding>& findings) {
    std::map<std::string, std::string> by_folded;
    std::set<std::string> others; // kept, and known there under another case
    constexpr std::size_t max_told = 1000;
    std::erase_if(entries, [&](const ZipEntry& entry) {
        const auto [at, is_new] = by_folded.emplace(to_lower(entry.name), entry.name);
        if (is_new) {
            return false;
        }
        const bool is_same = at->second == entry.name || !others.insert(entry.name).second;
        if (findings.size() < max_told) {
            findings.push_back({entry.name, is_same
                                                ? "is there twice; the first one is read"
                                                : "differs from another name only by upper and lower case"});
        }
        return is_same;
    });
}

} // namespace

ZipSource zip_in_memory(std::span<const std::byte> bytes) {
    return {bytes.size(), [bytes](std::uint64_t offset, std::span<std::byte> into) {
                if (offset > bytes.size() || into.size() > bytes.size() - offset) {
                    throw Error(ErrorKind::internal, "bytes outside of the archive were asked for");
                }
                std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
            }};
}

ZipReader::ZipReader(ZipSource source) : m_source(std::move(source)), m_budget(output_limit(m_source.size)) {
    const auto directory = find_zip_directory(m_source);
    auto listing = read_zip_directory(m_source, directory);
    m_entries = std::move(listing.entries);
    m_findings = std::move(listing.findings);
    set_ends(m_entries, directory.begin);
    check_total(m_entries, m_source.size);
    settle_twins(m_entries, m_findings);
    if (directory.trailing > 0) {
        m_findings.push_back(
            {"", fmt::format("{} bytes behind the archive's end are ignored", directory.trailing)});
    }
    index_names();
}

void ZipReader::index_names() {
    m_by_name.resize(m_entries.size());
    std::iota(m_by_name.begin(), m_by_name.end(), std::size_t{0});
    std::sort(m_by_name.begin(), m_by_name.end(),
              [&](std::size_t a, std::size_t b) { return m_entries[a].name < m_entries[b].name; });
}

const ZipEntry* ZipReader::find(std::string_view name) const {
    const auto at = std::lower_bound(
        m_by_name.begin(), m_by_name.end(), name,
        [&](std::size_t place, std::string_view wanted) { return m_entries[place].name < wanted; });
    return at != m_by_name.end() && m_entries[*at].name == name ? &m_entries[*at] : nullptr;
}

ZipReader::Stored ZipReader::read_stored(const ZipEntry& entry) const {
    check_entry(entry);
    // One request for header and data: most entries follow one another without a gap.
    constexpr std::uint64_t longest_extra = 0xFFFF;
    const auto wanted = local_header_size + entry.name.size() + longest_extra + entry.compressed_size;
    Stored result;
    result.region.resize(static_cast<std::size_t>(std::min(entry.end - entry.offset, wanted)));
    m_source.read(entry.offset, std::as_writable_bytes(std::span(result.region)));

    const auto region = std::as_bytes(std::span(result.region));
    if (get_u32(region, 0) != zip_local_signature) {
        throw entry_error(entry, "is damaged: its header is not where it should be");
    }
    const std::size_t name_size = get_u16(region, 26);
    const std::size_t extra_size = get_u16(region, 28);
    result.begin = local_header_size + name_size + extra_size;
    if (result.begin > region.size() || entry.compressed_size > region.size() - result.begin) {
        throw entry_error(entry, "shares its bytes with another one");
    }
    if (!headers_agree(entry, region, region.subspan(local_header_size, name_size),
                       region.subspan(local_header_size + name_size, extra_size))) {
        throw entry_error(entry, "is described in two ways that do not agree");
    }
    return result;
}

std::string ZipReader::read_compressed(const ZipEntry& entry) const {
    auto [region, begin] = read_stored(entry);
    return region.substr(begin, static_cast<std::size_t>(entry.compressed_size));
}

std::string ZipReader::read(const ZipEntry& entry) const {
    auto [region, begin] = read_stored(entry);
    if (!m_budget.take(entry.size)) {
        throw entry_error(entry, "is refused: more was read of this archive than one like it can hold");
    }
    const auto compressed_size = static_cast<std::size_t>(entry.compressed_size);
    std::string bytes;
    if (entry.method == stored) {
        bytes = region.substr(begin, compressed_size);
    } else {
        const auto compressed = std::as_bytes(std::span(region)).subspan(begin, compressed_size);
        auto inflated = inflate(compressed, entry.size, entry.size);
        if (inflated.end == InflateEnd::damaged) {
            throw entry_error(entry, "is damaged: it cannot be unpacked");
        }
        if (inflated.end == InflateEnd::too_large || inflated.bytes.size() != entry.size ||
            inflated.consumed != compressed_size) {
            throw entry_error(entry, "is not as long as the archive says");
        }
        bytes = std::move(inflated.bytes);
    }
    if (crc32(std::as_bytes(std::span(bytes))) != entry.crc32) {
        throw entry_error(entry, "is damaged: its checksum is wrong");
    }
    return bytes;
}

} // namespace harrier::formats
