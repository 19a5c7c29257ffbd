// SPDX-License-Identifier: MIT
#include "formats/zip_directory.hpp"

#include "formats/little_endian.hpp"
#include "formats/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace harrier::formats {

namespace {

constexpr std::size_t entry_header_size = 46;
constexpr std::uint16_t zip64_field = 0x0001;
constexpr std::uint16_t extended_timestamp_field = 0x5455;
constexpr std::size_t max_findings = 1000;

// The list, some hundred kilobytes at a time.
class DirectoryBytes {
public:
    DirectoryBytes(const ZipSource& source, const ZipDirectory& directory)
        : m_source(source), m_next(directory.begin), m_end(directory.begin + directory.size) {}

    [[nodiscard]] bool at_end() const { return m_window.size() == m_used && m_next == m_end; }

    // The next bytes, valid until the next call.
    std::span<const std::byte> take(std::size_t size) {
        if (m_window.size() - m_used < size) {
            refill(size);
        }
        m_used += size;
        return std::span(m_window).subspan(m_used - size, size);
    }

private:
    void refill(std::size_t size) {
        constexpr std::size_t window = std::size_t{256} << 10U;
        m_window.erase(m_window.begin(), m_window.begin() + static_cast<std::ptrdiff_t>(m_used));
        m_used = 0;
        const auto kept = m_window.size();
        const auto more = std::min<std::uint64_t>(m_end - m_next, std::max(window, size));
        if (kept + more < size) {
            throw zip_error("is damaged: the list of its contents breaks off");
        }
        m_window.resize(kept + static_cast<std::size_t>(more));
        m_source.read(m_next, std::span(m_window).subspan(kept));
        m_next += more;
    }

    const ZipSource& m_source;
    std::uint64_t m_next;
    std::uint64_t m_end;
    std::vector<std::byte> m_window;
    std::size_t m_used = 0;
};

// APPNOTE 4.4.6: two-second steps since 1980.
std::optional<WallTime> dos_time(std::uint16_t date, std::uint16_t time) {
    using namespace std::chrono;
    const year_month_day day(year(1980 + (date >> 9U)), month(date >> 5U & 0x0FU),
                             std::chrono::day(date & 0x1FU));
    const hours hour(time >> 11U);
    const minutes minute(time >> 5U & 0x3FU);
    const seconds second((time & 0x1FU) * 2);
    if (!day.ok() || hour >= 24h || minute >= 60min || second >= 60s) {
        return std::nullopt;
    }
    return local_days(day) + hour + minute + second;
}

// The extra fields, one after the other: `use(id, data)`. A field that runs over the end is not one.
template <typename Use>
void for_each_extra(std::span<const std::byte> extra, const Use& use) {
    while (extra.size() >= 4) {
        const std::size_t size = get_u16(extra, 2);
        if (size > extra.size() - 4) {
            return;
        }
        use(get_u16(extra, 0), extra.subspan(4, size));
        extra = extra.subspan(4 + size);
    }
}

// Sizes and offset that are full stand in the Zip64 field, in this order. False when they do not.
bool widen(ZipEntry& entry, std::span<const std::byte> extra) {
    std::vector<std::uint64_t*> wide;
    for (auto* number : {&entry.size, &entry.compressed_size, &entry.offset}) {
        if (*number == 0xFFFFFFFFU) {
            wide.push_back(number);
        }
    }
    bool found = wide.empty();
    for_each_extra(extra, [&](std::uint16_t id, std::span<const std::byte> data) {
        if (id != zip64_field || found || data.size() < wide.size() * 8) {
            return;
        }
        for (std::size_t i = 0; i < wide.size(); ++i) {
            *wide[i] = get_u64(data, i * 8);
        }
        found = true;
    });
    return found;
}

std::optional<Instant> extended_timestamp(std::span<const std::byte> extra) {
    std::optional<Instant> time;
    for_each_extra(extra, [&](std::uint16_t id, std::span<const std::byte> data) {
        const bool has_time = id == extended_timestamp_field && data.size() >= 5 &&
                              (std::to_integer<unsigned>(data[0]) & 1U) != 0;
        if (has_time) {
            time = Instant(std::chrono::seconds(static_cast<std::int32_t>(get_u32(data, 1))));
        }
    });
    return time;
}

// The Unix mode stands in the upper half of the attributes, 0 where the packer knew none.
std::string_view fault_of_type(std::uint32_t attributes) {
    constexpr std::uint32_t type_mask = 0170000;
    constexpr std::uint32_t regular = 0100000;
    constexpr std::uint32_t folder = 0040000;
    constexpr std::uint32_t link = 0120000;
    const std::uint32_t type = attributes >> 16U & type_mask;
    if (type == 0 || type == regular || type == folder) {
        return {};
    }
    return type == link ? "is a symbolic link" : "is a device or another special file";
}

struct Listed {
    ZipEntry entry;
    std::string_view fault; // why it is left out
};

Listed read_entry(DirectoryBytes& bytes) {
    const auto header = bytes.take(entry_header_size);
    if (get_u32(header, 0) != zip_entry_signature) {
        throw zip_error("is damaged: the list of its contents cannot be read");
    }
    ZipEntry entry;
    entry.flags = get_u16(header, 8);
    entry.method = get_u16(header, 10);
    entry.modified = dos_time(get_u16(header, 14), get_u16(header, 12));
    entry.crc32 = get_u32(header, 16);
    entry.compressed_size = get_u32(header, 20);
    entry.size = get_u32(header, 24);
    const std::size_t name_size = get_u16(header, 28);
    const std::size_t extra_size = get_u16(header, 30);
    const std::size_t comment_size = get_u16(header, 32);
    const bool on_another_disk = get_u16(header, 34) != 0;
    const std::uint32_t attributes = get_u32(header, 38);
    entry.offset = get_u32(header, 42);

    const auto rest = bytes.take(name_size + extra_size + comment_size);
    const auto name = rest.first(std::min(name_size, max_zip_name + 1));
    entry.name.assign(reinterpret_cast<const char*>(name.data()), name.size());
    const auto extra = rest.subspan(name_size, extra_size);
    if (on_another_disk || !widen(entry, extra)) {
        throw zip_error("is damaged: it does not say where its entries are");
    }
    entry.modified_utc = extended_timestamp(extra);
    constexpr std::uint32_t dos_folder = 0x10;
    entry.is_directory = entry.name.ends_with('/') || (attributes & dos_folder) != 0;
    const auto fault = fault_of_zip_name(entry.name);
    return {std::move(entry), fault.empty() ? fault_of_type(attributes) : fault};
}

bool has_drive(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return name.size() >= 2 && name[1] == ':' && is_letter(name[0]);
}

} // namespace

std::string_view fault_of_zip_name(std::string_view name) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (name.empty()) {
        return "has no name";
    }
    if (name.size() > max_zip_name) {
        return "has a name of more than 255 bytes";
    }
    if (!is_utf8(name)) {
        return "has a name that is not UTF-8";
    }
    if (std::any_of(name.begin(), name.end(), is_control)) {
        return "has a control character in its name";
    }
    if (name.find('\\') != std::string_view::npos) {
        return "has a backslash in its name";
    }
    if (name.front() == '/' || has_drive(name)) {
        return "has an absolute path as its name";
    }
    if (name.back() == '/') {
        name.remove_suffix(1);
    }
    for (;;) {
        const auto part = name.substr(0, name.find('/'));
        if (part.empty() || part == "." || part == "..") {
            return "has a name that leads elsewhere (\"..\", \".\" or \"//\")";
        }
        if (part.size() == name.size()) {
            return {};
        }
        name.remove_prefix(part.size() + 1);
    }
}

ZipListing read_zip_directory(const ZipSource& source, const ZipDirectory& directory) {
    ZipListing listing;
    DirectoryBytes bytes(source, directory);
    std::uint64_t count = 0;
    std::size_t unsaid = 0;
    while (!bytes.at_end()) {
        if (++count > max_zip_entries) {
            throw zip_error(fmt::format("has more than {} entries", max_zip_entries));
        }
        auto [entry, fault] = read_entry(bytes);
        if (entry.offset > directory.begin) {
            throw zip_error("is damaged: an entry lies outside of it");
        }
        entry.offset += directory.prefix;
        if (fault.empty()) {
            listing.entries.push_back(std::move(entry));
        } else if (listing.findings.size() < max_findings) {
            listing.findings.push_back({mend_utf8(entry.name), fmt::format("{}; it is left out", fault)});
        } else {
            ++unsaid;
        }
    }
    const auto mask = directory.is_zip64 ? ~std::uint64_t{0} : 0xFFFFU;
    if ((count & mask) != directory.stated_entries) {
        throw zip_error(
            fmt::format("is damaged: it lists {} entries and claims {}", count, directory.stated_entries));
    }
    if (unsaid > 0) {
        listing.findings.push_back({"", fmt::format("{} more entries are left out", unsaid)});
    }
    return listing;
}

} // namespace harrier::formats
