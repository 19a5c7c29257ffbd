// SPDX-License-Identifier: MIT
#pragma once

// Builds ZIP archives byte by byte, good ones and ones that lie.

#include <cstddef>
#include <cstdint>
#include <libdeflate.h>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::tests {

inline std::string little_endian(std::uint64_t value, std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) {
        bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
    }
    return bytes;
}
inline std::string u16(std::uint64_t value) {
    return little_endian(value, 2);
}
inline std::string u32(std::uint64_t value) {
    return little_endian(value, 4);
}
inline std::string u64(std::uint64_t value) {
    return little_endian(value, 8);
}

inline std::string deflated(std::string_view text) {
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(9), libdeflate_free_compressor);
    std::string bytes(libdeflate_deflate_compress_bound(compressor.get(), text.size()), '\0');
    bytes.resize(
        libdeflate_deflate_compress(compressor.get(), text.data(), text.size(), bytes.data(), bytes.size()));
    return bytes;
}

inline std::uint32_t checksum(std::string_view text) {
    return libdeflate_crc32(0, text.data(), text.size());
}

struct GzipOptions {
    std::string extra = {};
    std::string name = {};
    std::string comment = {};
    bool has_header_checksum = false;
};

// One member.
inline std::string gzipped(std::string_view text, const GzipOptions& options = {}) {
    const int flags = (options.has_header_checksum ? 2 : 0) + (options.extra.empty() ? 0 : 4) +
                      (options.name.empty() ? 0 : 8) + (options.comment.empty() ? 0 : 16);
    std::string bytes = "\x1F\x8B\x08";
    bytes += static_cast<char>(flags);
    bytes += u32(0) + std::string("\2\3");
    bytes += options.extra.empty() ? "" : u16(options.extra.size()) + options.extra;
    bytes += options.name.empty() ? "" : options.name + '\0';
    bytes += options.comment.empty() ? "" : options.comment + '\0';
    bytes += options.has_header_checksum ? u16(checksum(bytes) & 0xFFFFU) : "";
    return bytes + deflated(text) + u32(checksum(text)) + u32(text.size());
}

// One entry; what is set here lies, the rest is as it should be.
struct ZipFile {
    std::string name;
    std::string content = {};
    int method = 8;
    int flags = 0;
    std::uint32_t attributes = 0; // external: the Unix mode in the upper half
    std::string extra = {};
    bool has_descriptor = false; // sizes behind the data
    bool is_zip64 = false;       // sizes and offset in the Zip64 field
    std::optional<std::string> compressed = {};
    std::optional<std::uint64_t> size = {};
    std::optional<std::uint64_t> compressed_size = {};
    std::optional<std::uint32_t> crc = {};
    std::optional<std::uint64_t> offset = {}; // in the list of contents
    // In the local header only:
    std::optional<std::string> local_name = {};
    std::optional<int> local_method = {};
    std::optional<int> local_flags = {};
    std::optional<std::uint64_t> local_size = {};
    std::string local_extra = {};
};

class ZipBuilder {
public:
    ZipBuilder& add(const ZipFile& file) {
        const std::uint64_t offset = m_bytes.size();
        const auto data = file.compressed    ? *file.compressed
                          : file.method == 8 ? deflated(file.content)
                                             : file.content;
        const auto size = file.size.value_or(file.content.size());
        const auto compressed_size = file.compressed_size.value_or(data.size());
        const auto crc = file.crc.value_or(checksum(file.content));
        const int flags = file.flags | (file.has_descriptor ? 8 : 0);
        const auto name = file.local_name.value_or(file.name);
        const auto local_size = file.local_size.value_or(size);
        std::string extra = file.extra + file.local_extra;
        if (file.is_zip64) {
            extra += u16(1) + u16(16) + u64(local_size) + u64(compressed_size);
        }
        m_bytes += "PK\3\4" + u16(20) + u16(static_cast<unsigned>(file.local_flags.value_or(flags))) +
                   u16(static_cast<unsigned>(file.local_method.value_or(file.method))) + stamp();
        if (file.has_descriptor) {
            m_bytes += u32(0) + u32(0) + u32(0);
        } else {
            m_bytes += u32(crc) + u32(file.is_zip64 ? full : compressed_size) +
                       u32(file.is_zip64 ? full : local_size);
        }
        m_bytes += u16(name.size()) + u16(extra.size()) + name + extra + data;
        if (file.has_descriptor) {
            m_bytes += "PK\7\10" + u32(crc) + u32(compressed_size) + u32(size);
        }
        list(file, crc, compressed_size, size, flags, file.offset.value_or(offset));
        return *this;
    }

    // Only a line in the list of contents.
    ZipBuilder& list(const ZipFile& file, std::uint32_t crc, std::uint64_t compressed_size,
                     std::uint64_t size, int flags, std::uint64_t offset) {
        std::string extra = file.extra;
        if (file.is_zip64) {
            extra += u16(1) + u16(24) + u64(size) + u64(compressed_size) + u64(offset);
        }
        m_directory += "PK\1\2" + u16(20 + 3 * 256) + u16(20) + u16(static_cast<unsigned>(flags)) +
                       u16(static_cast<unsigned>(file.method)) + stamp() + u32(crc) +
                       u32(file.is_zip64 ? full : compressed_size) + u32(file.is_zip64 ? full : size) +
                       u16(file.name.size()) + u16(extra.size()) + u16(0) + u16(0) + u16(0) +
                       u32(file.attributes) + u32(file.is_zip64 ? full : offset) + file.name + extra;
        ++m_count;
        return *this;
    }

    ZipBuilder& append(std::string_view bytes) {
        m_bytes += bytes;
        return *this;
    }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }

    [[nodiscard]] std::string build(const std::string& comment = {}, bool zip64_end = false) const {
        return finish({m_count, m_directory.size(), m_bytes.size(), comment, zip64_end});
    }

    struct End {
        std::uint64_t count = 0;
        std::uint64_t directory_size = 0;
        std::uint64_t directory_offset = 0;
        std::string comment = {};
        bool is_zip64 = false;
    };
    [[nodiscard]] std::string finish(const End& end) const {
        std::string bytes = m_bytes + m_directory;
        if (end.is_zip64) {
            const auto at = bytes.size();
            bytes += "PK\6\6" + u64(44) + u16(45) + u16(45) + u32(0) + u32(0) + u64(end.count) +
                     u64(end.count) + u64(end.directory_size) + u64(end.directory_offset);
            bytes += "PK\6\7" + u32(0) + u64(at) + u32(1);
            return bytes + end_record(0xFFFF, full, full, end.comment);
        }
        return bytes + end_record(end.count, end.directory_size, end.directory_offset, end.comment);
    }
    static std::string end_record(std::uint64_t count, std::uint64_t size, std::uint64_t offset,
                                  const std::string& comment = {}) {
        return "PK\5\6" + u16(0) + u16(0) + u16(count) + u16(count) + u32(size) + u32(offset) +
               u16(comment.size()) + comment;
    }

private:
    static constexpr std::uint64_t full = 0xFFFFFFFF;
    // 2023-11-14 22:13:20
    static std::string stamp() { return u16(22 * 2048 + 13 * 32 + 10) + u16(43 * 512 + 11 * 32 + 14); }

    std::string m_bytes;
    std::string m_directory;
    std::uint64_t m_count = 0;
};

} // namespace harrier::tests
