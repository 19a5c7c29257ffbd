// SPDX-License-Identifier: MIT
#include "archive/sqlite_file.hpp"

#include "archive/migration.hpp"
#include "archive/schema.hpp"
#include "base/error.hpp"
#include "base/kill_point.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <span>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace harrier::archive {

namespace {

constexpr int busy_timeout_ms = 5'000;
// Long enough for a command that only notes something; a sync that runs is told of at once.
constexpr std::chrono::milliseconds lock_patience{300};

struct Header {
    std::uint32_t version = 0;
    std::uint32_t application = 0;
};

std::uint32_t big_endian(const unsigned char* bytes) {
    return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U |
           std::uint32_t{bytes[3]};
}

Error foreign(const std::filesystem::path& path) {
    return {ErrorKind::data, fmt::format("{} is not a harrier archive; it was left as it is", path.string()),
            "Name another file:  harrier --archive FILE …"};
}

Error newer(const std::filesystem::path& path, std::uint32_t version) {
    return {ErrorKind::data,
            fmt::format("{} was written by a newer harrier (archive version {}, this one reads {})",
                        path.string(), version, schema_version),
            "Update harrier, or name another file:  harrier --archive FILE …"};
}

Header header_of(const unsigned char* page) {
    // Offsets: sqlite.org/fileformat.html, "The Database Header".
    return {.version = big_endian(page + 60), .application = big_endian(page + 68)};
}

bool is_database(const unsigned char* page) {
    constexpr std::string_view magic("SQLite format 3\0", 16);
    return std::equal(magic.begin(), magic.end(), page,
                      [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
}

std::size_t read_at(const FileDescriptor& fd, std::span<unsigned char> bytes, std::size_t offset,
                    const std::filesystem::path& path) {
    const ssize_t count = pread(fd.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0) {
        throw errno_error(fmt::format("read the archive {}", path.string()), errno);
    }
    return static_cast<std::size_t>(count);
}

// The header as the log has it. A loss of power while the log is brought into the file may damage the first
// page there; the log still holds it, and SQLite reads it from there. Format: sqlite.org/fileformat.html,
// "The Write-Ahead Log"; the checksums are left to SQLite.
std::optional<Header> find_header_in_log(const std::filesystem::path& path) {
    const std::filesystem::path log = path.string() + "-wal";
    const FileDescriptor fd(open(log.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<unsigned char, 32> head{};
    if (!fd || read_at(fd, head, 0, log) < head.size() || (big_endian(&head[0]) & ~1U) != 0x377f0682U) {
        return std::nullopt;
    }
    const std::size_t page_size = big_endian(&head[8]);
    std::optional<Header> found;
    std::array<unsigned char, 24 + 100> frame{}; // and as much of its page as is looked at
    for (std::size_t at = head.size(); read_at(fd, frame, at, log) == frame.size(); at += 24 + page_size) {
        if (!std::equal(&frame[8], &frame[16], &head[16])) {
            break; // what is left of an older log
        }
        if (big_endian(&frame[0]) == 1 && is_database(&frame[24])) {
            found = header_of(&frame[24]);
        }
    }
    return found;
}

// Nothing when there is no file, or an empty one. Throws when the file is not ours to open.
std::optional<Header> find_header(const std::filesystem::path& path) {
    const FileDescriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return std::nullopt;
        }
        throw errno_error(fmt::format("open the archive {}", path.string()), errno);
    }
    std::array<unsigned char, 100> bytes{};
    const auto count = read_at(fd, bytes, 0, path);
    if (count == 0) {
        return std::nullopt;
    }
    const bool is_whole = count == bytes.size() && is_database(bytes.data());
    const auto header = is_whole ? header_of(bytes.data()) : find_header_in_log(path).value_or(Header{});
    if (header.application != application_id) {
        throw foreign(path);
    }
    if (header.version > std::uint32_t{schema_version}) {
        throw newer(path, header.version);
    }
    return header;
}

void configure(SQLite::Database& database, Access access) {
    sqlite3* handle = database.getHandle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // "Run" in double quotes is a column's name and never a text: a slip in --where is an error, not silence.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    database.exec("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                  "PRAGMA foreign_keys=ON;");
    if (access == Access::read) {
        database.exec("PRAGMA wal_autocheckpoint=0;");
    } else {
        // 16 MiB of log between checkpoints: a whole first listing is then checkpointed once, at the end.
        database.exec("PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000;");
    }
}

// The version may still stand in the log alone; SQLite looks there, too.
std::uint32_t version_of(SQLite::Database& database) {
    SQLite::Statement version(database, "PRAGMA user_version");
    version.executeStep();
    return version.getColumn(0).getUInt();
}

void check_version(SQLite::Database& database, const std::filesystem::path& path) {
    if (const auto stored = version_of(database); stored > std::uint32_t{schema_version}) {
        throw newer(path, stored);
    }
}

SQLite::Database connect(const std::string& name, const std::filesystem::path& path, Access access,
                         int flags) {
    SQLite::Database database(name, flags, busy_timeout_ms);
    configure(database, access);
    check_version(database, path);
    return database;
}

std::string immutable_uri(const std::filesystem::path& path) {
    std::string uri = "file:";
    for (const char c : path.string()) {
        uri += c == '%' || c == '?' || c == '#' ? fmt::format("%{:02X}", static_cast<unsigned char>(c))
                                                : std::string(1, c);
    }
    return uri + "?immutable=1";
}

bool has_log(const std::filesystem::path& path) {
    struct stat status {};
    return stat((path.string() + "-wal").c_str(), &status) == 0 && status.st_size > 0;
}

// Reading a WAL file needs its -shm beside it. In a folder where that cannot be made (another user's, a
// read-only disk) the file is read as it stands, which is right as long as there is no log to read with it.
SQLite::Database connect_to_read(const std::filesystem::path& path) {
    try {
        return connect(path.string(), path, Access::read, SQLite::OPEN_READONLY);
    } catch (const SQLite::Exception& error) {
        const int code = error.getErrorCode();
        if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || has_log(path)) {
            throw;
        }
    }
    return connect(immutable_uri(path), path, Access::read, SQLite::OPEN_READONLY | SQLite::OPEN_URI);
}

void sync_to_disk(const std::filesystem::path& path, int flags) {
    const FileDescriptor fd(open(path.c_str(), flags | O_CLOEXEC));
    if (!fd || fsync(fd.get()) != 0) {
        throw errno_error(fmt::format("write {} to disk", path.string()), errno);
    }
}

// Made under another name and renamed, so that a crash never leaves half an archive. The writer's lock is
// held. 0600 before SQLite sees it: it gets places where somebody lives, and SQLite gives the log the same
// mode.
void create(const std::filesystem::path& path) {
    const std::filesystem::path fresh = path.string() + ".new";
    unlink(fresh.c_str());
    {
        const FileDescriptor fd(
            open(fresh.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!fd) {
            throw errno_error(fmt::format("create the archive {}", path.string()), errno);
        }
    }
    {
        SQLite::Database database(fresh.string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;");
        database.exec(fmt::format("BEGIN; PRAGMA application_id={}; PRAGMA user_version={}; {} COMMIT;",
                                  application_id, schema_version, schema_sql()));
        database.exec("PRAGMA journal_mode=WAL;");
    }
    sync_to_disk(fresh, O_RDONLY);
    HARRIER_KILL_POINT("archive: before it appears");
    // The log of an archive that somebody removed must not be played into this one.
    unlink((path.string() + "-wal").c_str());
    unlink((path.string() + "-shm").c_str());
    if (rename(fresh.c_str(), path.c_str()) != 0) {
        throw errno_error(fmt::format("create the archive {}", path.string()), errno);
    }
    sync_to_disk(path.parent_path(), O_RDONLY | O_DIRECTORY);
    HARRIER_KILL_POINT("archive: after it appeared");
}

SqliteFile open_to_write(const std::filesystem::path& path) {
    make_folders(path.parent_path(), 0700);
    // Looked at before the lock as well: beside a file that is not ours not even a lock file is left.
    (void)find_header(path);
    auto lock = FileLock::acquire(path.string() + ".lock", lock_patience);
    if (!lock) {
        throw Error(ErrorKind::locked,
                    fmt::format("another harrier is writing to the archive {}", path.string()),
                    "Wait until it has ended, then run the command again");
    }
    if (!find_header(path)) {
        create(path);
    }
    const auto connect_to_write = [&path] {
        return connect(path.string(), path, Access::write, SQLite::OPEN_READWRITE);
    };
    auto database = connect_to_write();
    const auto version = static_cast<int>(version_of(database));
    if (version == schema_version) {
        return {std::move(lock), std::move(database)};
    }
    { const auto closed = std::move(database); }
    migrate(path, version);
    return {std::move(lock), connect_to_write()};
}

} // namespace

SqliteFile open_sqlite_file(const std::filesystem::path& named, Access access) {
    // One archive, one lock, by whatever link it is named.
    std::error_code ignored;
    const auto canonical = std::filesystem::weakly_canonical(std::filesystem::absolute(named), ignored);
    const auto path = canonical.empty() ? std::filesystem::absolute(named) : canonical;
    return guarded(path, [&]() -> SqliteFile {
        if (access == Access::write) {
            return open_to_write(path);
        }
        if (!find_header(path)) {
            throw Error(ErrorKind::no_archive, fmt::format("there is no archive at {}", path.string()),
                        "To fill one, run:  harrier sync   or:  harrier import EXPORT.zip");
        }
        auto database = connect_to_read(path);
        if (version_of(database) == schema_version) {
            return {std::nullopt, std::move(database)};
        }
        { const auto closed = std::move(database); }
        { const auto migrated = open_to_write(path); }
        return {std::nullopt, connect_to_read(path)};
    });
}

void refuse_unread_page(std::string_view complaint) {
    constexpr std::string_view mark = "error code=";
    const auto at = complaint.find(mark);
    int code = 0;
    if (at != std::string_view::npos) {
        const auto number = complaint.substr(at + mark.size());
        std::from_chars(number.data(), number.data() + number.size(), code);
    }
    if ((code & 0xff) == SQLITE_IOERR) { // the rest is detail
        throw SQLite::Exception("disk I/O error", SQLITE_IOERR);
    }
}

Error explain(const SQLite::Exception& error, const std::filesystem::path& path) {
    const auto message = [&](std::string_view what) {
        return fmt::format("cannot {} the archive {}: {}", what, path.string(), error.what());
    };
    switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::locked, message("use"), "Wait until the other command has ended, then try again"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorKind::data, message("read"),
                fmt::format("To set it aside and begin anew, run:  "
                            "mkdir '{0}.damaged' && mv '{0}'-* '{0}' '{0}.damaged/'; harrier sync",
                            path.string())};
    case SQLITE_FULL:
        return {ErrorKind::io, message("write to"), "Free some space on the disk; what is stored stays"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_AUTH:
        return {ErrorKind::io, message("use"),
                fmt::format("Look at who may use it:  ls -la '{}'", path.parent_path().string())};
    default:
        return {ErrorKind::internal, message("use"), {}};
    }
}

} // namespace harrier::archive
