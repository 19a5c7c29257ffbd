// SPDX-License-Identifier: MIT
#pragma once

// The bulk export as jobs of an import, from its ZIP or from the folder that it was unpacked into: both are a
// store of files with names.

#include "base/file.hpp"
#include "formats/zip.hpp"
#include "sync/import_sources.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::sync {

// The table that makes a ZIP or a folder a bulk export.
inline constexpr const char* export_table = "activities.csv";

// Of one of the export's tables: a row takes about 1 KB.
inline constexpr std::uint64_t max_table_bytes = std::uint64_t{64} << 20U;

// Files by name, as the export names them: "activities/12.fit.gz". Any thread may read.
class FileStore : public OpenSource {
public:
    // For people.
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual bool has(const std::string& file) const = 0;
    // Throws Error.
    [[nodiscard]] virtual std::string read(const std::string& file) const = 0;
    [[nodiscard]] virtual Instant changed(const std::string& file) const = 0;
    // The bytes that `read` gives.
    [[nodiscard]] virtual std::uint64_t size(const std::string& file) const = 0;
    // True when the dates of the files are those that the exporter gave them, and not those of a copy.
    [[nodiscard]] virtual bool keeps_dates() const = 0;
    // The files that end like activities, sorted.
    [[nodiscard]] virtual std::vector<std::string> activity_files() const = 0;
    [[nodiscard]] virtual formats::InflateBudget* budget() const { return nullptr; }
    // What was left out or is odd.
    [[nodiscard]] virtual std::vector<std::string> notices() const { return {}; }
    // What cannot be read of the list of files.
    [[nodiscard]] virtual std::vector<ImportFailure> unreadable() const { return {}; }
};

class FolderStore final : public FileStore {
public:
    explicit FolderStore(std::filesystem::path folder);

    [[nodiscard]] std::string name() const override { return m_folder.string(); }
    [[nodiscard]] bool has(const std::string& file) const override;
    [[nodiscard]] std::string read(const std::string& file) const override;
    [[nodiscard]] Instant changed(const std::string& file) const override;
    [[nodiscard]] std::uint64_t size(const std::string& file) const override;
    [[nodiscard]] bool keeps_dates() const override { return false; }
    [[nodiscard]] std::vector<std::string> activity_files() const override { return m_activities; }
    [[nodiscard]] std::vector<std::string> notices() const override { return m_notices; }
    [[nodiscard]] std::vector<ImportFailure> unreadable() const override { return m_unreadable; }

private:
    // Nothing when it is not there, and for a name or link that would lead out of the folder. What is there
    // and cannot be read is found: reading it tells why.
    [[nodiscard]] std::optional<std::filesystem::path> find(const std::string& file) const;

    std::filesystem::path m_folder;
    std::vector<std::string> m_activities;
    std::vector<std::string> m_notices;
    std::vector<ImportFailure> m_unreadable;
};

class ZipStore final : public FileStore {
public:
    // Throws Error when it cannot be read or is no ZIP.
    explicit ZipStore(const std::filesystem::path& path);

    [[nodiscard]] std::string name() const override { return m_path.string(); }
    [[nodiscard]] bool has(const std::string& file) const override;
    [[nodiscard]] std::string read(const std::string& file) const override;
    [[nodiscard]] Instant changed(const std::string& file) const override;
    [[nodiscard]] std::uint64_t size(const std::string& file) const override;
    [[nodiscard]] bool keeps_dates() const override { return true; }
    [[nodiscard]] std::vector<std::string> activity_files() const override;
    [[nodiscard]] formats::InflateBudget* budget() const override { return &m_reader.budget(); }
    [[nodiscard]] std::vector<std::string> notices() const override;

private:
    [[nodiscard]] const formats::ZipEntry& entry(const std::string& file) const;

    std::filesystem::path m_path;
    FileDescriptor m_file;
    formats::ZipReader m_reader;
    std::string m_prefix; // the folder inside the ZIP that the export lies in: "" or "export_123/"
};

// Adds the rows, their files, and the activity files that no row names. A ZIP without activities.csv is a
// mere bundle of files; one with nothing in it is a failure only if somebody named it.
void add_export(std::unique_ptr<FileStore> store, bool is_named, ImportSources& sources);

// When a file was last changed; the beginning of 1970 when nobody knows.
[[nodiscard]] Instant last_change(const std::filesystem::path& path);

} // namespace harrier::sync
