// SPDX-License-Identifier: MIT
#include "archive/migration.hpp"

#include "archive/schema.hpp"
#include "archive/statement.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/kill_point.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace harrier::archive {

namespace {

void sync_file(const std::filesystem::path& path) {
    const FileDescriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd || fsync(fd.get()) != 0) {
        throw errno_error(fmt::format("write {} to disk", path.string()), errno);
    }
}

// Under another name until it is whole. SQLite writes into an empty file that is there, so nobody else can
// ever read it.
void keep_copy(SQLite::Database& database, const std::filesystem::path& copy) {
    const std::filesystem::path fresh = copy.string() + ".new";
    unlink(fresh.c_str());
    {
        const FileDescriptor fd(
            open(fresh.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!fd) {
            throw errno_error(fmt::format("copy the archive to {}", copy.string()), errno);
        }
    }
    SQLite::Statement vacuum(database, "VACUUM INTO ?");
    vacuum.bind(1, fresh.string());
    vacuum.exec();
    sync_file(fresh);
    if (rename(fresh.c_str(), copy.c_str()) != 0) {
        throw errno_error(fmt::format("copy the archive to {}", copy.string()), errno);
    }
    sync_folder(copy.parent_path());
}

// Rows that refer to others that are not there.
std::int64_t count_strays(SQLite::Database& database) {
    SQLite::Statement strays(database, "SELECT count(*) FROM pragma_foreign_key_check");
    return find_number(strays).value_or(0);
}

} // namespace

void migrate(const std::filesystem::path& path, int from_version) {
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF;");
    keep_copy(database, fmt::format("{}.v{}", path.string(), from_version));
    HARRIER_KILL_POINT("archive: before it is brought to a new version");
    // A step can only be judged by what it adds: strays that an old archive has must not lock its owner out.
    const auto strays = count_strays(database);
    for (int version = from_version; version < schema_version; ++version) {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        database.exec(migration_sql(version));
        if (count_strays(database) > strays) {
            throw Error(ErrorKind::internal,
                        fmt::format("cannot bring the archive from version {} to {}: rows would be lost",
                                    version, version + 1),
                        "The archive is as it was. Keep it, and report this");
        }
        database.exec(fmt::format("PRAGMA user_version={}", version + 1));
        transaction.commit();
        HARRIER_KILL_POINT("archive: after a step to a new version");
    }
}

} // namespace harrier::archive
