// SPDX-License-Identifier: MIT
#include "archive/backup.hpp"

#include "archive/schema.hpp"
#include "archive/sqlite_file.hpp"
#include "base/error.hpp"
#include "base/kill_point.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace harrier::archive {

namespace {

void sync_path(const std::filesystem::path& path, int flags) {
    const FileDescriptor fd(open(path.c_str(), flags | O_CLOEXEC));
    if (!fd || fsync(fd.get()) != 0) {
        throw errno_error(fmt::format("write {} to disk", path.string()), errno);
    }
}

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

// An empty file that nobody else can read; SQLite writes into it.
void create_private(const std::filesystem::path& path) {
    unlink(path.c_str());
    const FileDescriptor fd(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd) {
        throw errno_error(fmt::format("create {}", path.string()), errno);
    }
}

std::int64_t ask_number(SQLite::Database& database, const char* sql) {
    SQLite::Statement row(database, sql);
    row.executeStep();
    return row.getColumn(0).getInt64();
}

// The first complaint of SQLite about the file; "" when there is none.
std::string find_damage(SQLite::Database& database) {
    SQLite::Statement row(database, "PRAGMA integrity_check(1)");
    row.executeStep();
    if (auto text = row.getColumn(0).getString(); text != "ok") {
        refuse_unread_page(text);
        return text;
    }
    SQLite::Statement orphan(database, "PRAGMA foreign_key_check");
    return orphan.executeStep()
               ? fmt::format("a row of {} belongs to nothing", orphan.getColumn(0).getString())
               : std::string();
}

// Copies all that is committed to `fresh`, reads the copy through, and puts it on the disk.
CopySummary write_checked(SQLite::Database& from, const std::filesystem::path& fresh,
                          const std::filesystem::path& named) {
    create_private(fresh);
    SQLite::Statement vacuum(from, "VACUUM INTO ?");
    vacuum.bind(1, fresh.string());
    vacuum.exec();
    CopySummary summary;
    {
        SQLite::Database database(fresh.string(), SQLite::OPEN_READONLY);
        if (const auto damage = find_damage(database); !damage.empty()) {
            throw Error(ErrorKind::data, fmt::format("{} is damaged: {}", named.string(), damage),
                        "To see what is affected, run:  harrier verify");
        }
        summary.activities = ask_number(database, "SELECT count(*) FROM activity WHERE deleted_at IS NULL");
    }
    sync_path(fresh, O_RDONLY);
    summary.bytes = std::filesystem::file_size(fresh);
    return summary;
}

// A copy is opened as a stranger's file: read only, and nothing in its schema is trusted.
SQLite::Database open_copy(const std::filesystem::path& copy) {
    SQLite::Database database(copy.string(), SQLite::OPEN_READONLY);
    sqlite3_db_config(database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    database.exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;");
    if (ask_number(database, "PRAGMA application_id") != std::int64_t{application_id}) {
        throw Error(ErrorKind::data, fmt::format("{} is not a copy of a harrier archive", copy.string()),
                    "Name a file that harrier backup has written");
    }
    if (ask_number(database, "PRAGMA user_version") > schema_version) {
        throw Error(ErrorKind::data, fmt::format("{} was written by a newer harrier", copy.string()),
                    "Update harrier, then run the command again");
    }
    if (const auto damage = find_damage(database); !damage.empty()) {
        throw Error(ErrorKind::data, fmt::format("{} is damaged: {}", copy.string(), damage),
                    "Nothing was changed; take an older copy");
    }
    return database;
}

std::filesystem::path free_name(const std::filesystem::path& archive) {
    std::filesystem::path name = archive.string() + ".before-restore";
    for (int number = 2; std::filesystem::exists(name); ++number) {
        name = fmt::format("{}.before-restore-{}", archive.string(), number);
    }
    return name;
}

// Ends the log of the archive, so that its file alone holds everything.
void fold_log(const std::filesystem::path& archive) {
    SQLite::Database database(archive.string(), SQLite::OPEN_READWRITE);
    SQLite::Statement checkpoint(database, "PRAGMA wal_checkpoint(TRUNCATE)");
    checkpoint.executeStep();
    if (checkpoint.getColumn(0).getInt() != 0) {
        throw Error(ErrorKind::locked,
                    fmt::format("another harrier is reading the archive {}", archive.string()),
                    "Wait until it has ended, then run the command again");
    }
}

// Puts `fresh` in the archive's place in one step, and gives the name under which the old one is kept.
std::filesystem::path exchange(const std::filesystem::path& fresh, const std::filesystem::path& archive) {
    fold_log(archive);
    const auto kept = free_name(archive);
    HARRIER_KILL_POINT("archive: before a copy takes its place");
    if (renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, archive.c_str(), RENAME_EXCHANGE) != 0) {
        throw errno_error(fmt::format("put the copy in the place of {}", archive.string()), errno);
    }
    HARRIER_KILL_POINT("archive: after a copy took its place");
    std::filesystem::rename(fresh, kept);
    return kept;
}

} // namespace

CopySummary back_up(const std::filesystem::path& archive, const std::filesystem::path& copy, bool replace) {
    return guarded(archive, [&] {
        auto file = open_sqlite_file(archive, Access::read);
        if (!replace && std::filesystem::exists(std::filesystem::symlink_status(copy))) {
            throw Error(ErrorKind::usage, fmt::format("{} is there already", copy.string()),
                        "To replace it, add --force");
        }
        const std::filesystem::path fresh = copy.string() + ".new";
        auto summary = write_checked(file.database, fresh, archive);
        HARRIER_KILL_POINT("archive: before a backup appears");
        if (rename(fresh.c_str(), copy.c_str()) != 0) {
            throw errno_error(fmt::format("write {}", copy.string()), errno);
        }
        sync_path(folder_of(copy), O_RDONLY | O_DIRECTORY);
        return summary;
    });
}

CopySummary restore(const std::filesystem::path& copy, const std::filesystem::path& archive) {
    if (!std::filesystem::exists(copy)) {
        throw Error(ErrorKind::io, fmt::format("there is no file {}", copy.string()));
    }
    make_folders(folder_of(archive), 0700);
    const auto lock = FileLock::acquire(archive.string() + ".lock", std::chrono::milliseconds{300});
    if (!lock) {
        throw Error(ErrorKind::locked,
                    fmt::format("another harrier is writing to the archive {}", archive.string()),
                    "Wait until it has ended, then run the command again");
    }
    const std::filesystem::path fresh = archive.string() + ".restore";
    auto summary = guarded(copy, [&] {
        auto database = open_copy(copy);
        return write_checked(database, fresh, copy);
    });
    guarded(archive, [&] {
        { // as an archive is kept
            SQLite::Database database(fresh.string(), SQLite::OPEN_READWRITE);
            database.exec("PRAGMA journal_mode=WAL;");
        }
        sync_path(fresh, O_RDONLY);
        if (std::filesystem::exists(archive)) {
            summary.kept = exchange(fresh, archive);
        } else {
            unlink((archive.string() + "-wal").c_str()); // of an archive that somebody removed
            unlink((archive.string() + "-shm").c_str());
            std::filesystem::rename(fresh, archive);
        }
        sync_path(folder_of(archive), O_RDONLY | O_DIRECTORY);
    });
    return summary;
}

} // namespace harrier::archive
