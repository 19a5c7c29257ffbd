// SPDX-License-Identifier: MIT
#pragma once

// Files and exports in a folder of the test's own, and short ways to import them.

#include "archive/sqlite_archive.hpp"
#include "sync/importer.hpp"
#include "tests/support/archive_dump.hpp"
#include "tests/support/archive_fixture.hpp"
#include "tests/support/made_up_export.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace harrier::test {

constexpr AthleteId importing_athlete{77};

class ImportFixture : public ArchiveFixture {
protected:
    std::filesystem::path write(const std::string& name, std::string_view bytes) const {
        const auto file = m_folder.path() / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }
    std::filesystem::path write_export(const std::string& name, const tests::MadeUpExport& made) const {
        return write(name, made.zip());
    }
    [[nodiscard]] std::filesystem::path unpack_export(const std::string& folder,
                                                      const tests::MadeUpExport& made) const {
        for (const auto& file : made.files) {
            write(folder + "/" + file.name, file.content);
        }
        return m_folder.path() / folder;
    }
    static sync::ImportResult import(archive::Archive& archive,
                                     const std::vector<std::filesystem::path>& paths,
                                     sync::ImportOptions options = {}) {
        return sync::Importer(archive, options)
            .run(importing_athlete, sync::find_import_sources(paths), [](const auto&) {});
    }
    // The dump of a new archive after an import.
    std::string dump_of(const std::vector<std::filesystem::path>& paths, sync::ImportOptions options = {}) {
        const auto file = m_folder.path() / fmt::format("dump{}.db", ++m_dumps);
        (void)import(*archive::open_sqlite_archive(file, archive::Access::write), paths, options);
        return dump_archive(file);
    }
    static std::vector<model::Activity> all(archive::Archive& archive) {
        return archive.activities(importing_athlete,
                                  {.sort = "start_date", .order = archive::SortOrder::ascending});
    }

    int m_dumps = 0;
};

} // namespace harrier::test
