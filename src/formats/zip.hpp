// SPDX-License-Identifier: MIT
#pragma once

// Reads a ZIP archive (PKWARE APPNOTE 6.3.10, with Zip64) out of anything that gives its bytes by offset:
// nothing is mapped, unpacked or written. Hostile archives are refused before they cost anything: see the
// limits below, and docs/strava-export.md. Names of entries are keys to look up, never paths.
//
// Errors that concern the whole archive are thrown by the constructor, those of one entry by `read`, both as
// Error{data}; the other entries stay readable. What was left out is told by `findings`.

#include "base/time.hpp"
#include "formats/inflate.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::formats {

constexpr std::uint64_t max_zip_entries = 200'000;
constexpr std::uint64_t max_zip_output = std::uint64_t{20} << 30U; // bytes, all entries together
constexpr std::uint64_t max_zip_ratio = 200;                       // of all entries to the archive
constexpr std::size_t max_zip_name = 255;                          // bytes

// Where an archive lies. `read` fills the whole span from that offset or throws; it is never asked for bytes
// beyond `size`, and must serve as many threads at once as call `ZipReader::read`.
struct ZipSource {
    std::uint64_t size = 0;
    std::function<void(std::uint64_t offset, std::span<std::byte> into)> read;
};
// Borrows the bytes.
[[nodiscard]] ZipSource zip_in_memory(std::span<const std::byte> bytes);

struct ZipEntry {
    std::string name; // UTF-8, checked: no part of it is empty, "." or ".."; a folder's ends in '/'
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::uint32_t crc32 = 0;
    std::uint64_t compressed_size = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0; // of its local header in the source
    std::uint64_t end = 0;    // where the next entry or the list of contents begins: its bytes end before
    std::optional<WallTime> modified;    // as the clock showed where it was packed; two-second steps
    std::optional<Instant> modified_utc; // from the extended-timestamp field
    bool is_directory = false;
};

// An entry that was left out, or something odd about the archive.
struct ZipFinding {
    std::string name; // valid UTF-8, perhaps shortened; "" = the archive itself
    std::string what;
};

class ZipReader {
public:
    // Reads the list of contents. Throws Error{data} when there is none, when it does not fit the file, or
    // when a limit is passed: too many entries, too much output, or two entries that share bytes.
    explicit ZipReader(ZipSource source);

    // In the order of the list of contents.
    [[nodiscard]] const std::vector<ZipEntry>& entries() const { return m_entries; }
    // At most 1,000, then one that counts the others.
    [[nodiscard]] const std::vector<ZipFinding>& findings() const { return m_findings; }
    // The entry of exactly that name; null when there is none.
    [[nodiscard]] const ZipEntry* find(std::string_view name) const;

    // The entry's bytes, inflated, with local header, size and checksum verified. Any number of threads at
    // once. Throws Error{data}, naming the entry.
    [[nodiscard]] std::string read(const ZipEntry& entry) const;
    // The entry's bytes as the archive stores them; only its headers are verified.
    [[nodiscard]] std::string read_compressed(const ZipEntry& entry) const;

    // What all reads of this archive may still give: each read counts, also a second one of the same entry. A
    // gzip file among the entries is to be inflated against it as well (gunzip).
    [[nodiscard]] InflateBudget& budget() const { return m_budget; }

private:
    // The region of the source that holds the entry, and where its data lies within.
    struct Stored {
        std::string region;
        std::size_t begin = 0;
    };
    [[nodiscard]] Stored read_stored(const ZipEntry& entry) const;
    void index_names();

    ZipSource m_source;
    std::vector<ZipEntry> m_entries;
    std::vector<std::size_t> m_by_name; // places in m_entries, sorted by name
    std::vector<ZipFinding> m_findings;
    mutable InflateBudget m_budget;
};

} // namespace harrier::formats
