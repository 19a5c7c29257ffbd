// SPDX-License-Identifier: MIT
#pragma once

// A disk for SQLite that fails, fills up or loses power where a test says. It stands before SQLite's own VFS
// as long as it lives, for every connection of the process; one at a time, used by one thread.
//
// Power loss follows what a disk promises (sqlite.org/atomiccommit.html): what was synced stays; of each
// sector written since, the old bytes, the new ones, or others may stand there; a name that was made or
// removed since its file was last synced may be there or not.

#include "base/file.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <new>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace harrier::test {

enum class DiskFault {
    io_error,   // EIO, and what a disk that was made read-only gives
    disk_full,  // ENOSPC; half of what was to be written is
    power_loss, // neither this operation nor a later one reaches the disk
};

class FaultDisk {
public:
    // Logs are brought into the file after so many pages, whatever the connection asks for; 0 = as it asks.
    explicit FaultDisk(int checkpoint_pages = 0) : m_checkpoint_pages(checkpoint_pages) {
        current() = this;
        m_vfs = *m_real;
        m_vfs.zName = "faults";
        m_vfs.szOsFile = static_cast<int>(sizeof(File)) + m_real->szOsFile;
        m_vfs.xOpen = open;
        m_vfs.xDelete = erase;
        sqlite3_vfs_register(&m_vfs, 1);
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(connected));
    }
    ~FaultDisk() {
        sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(connected));
        sqlite3_vfs_unregister(&m_vfs);
        sqlite3_vfs_register(m_real, 1);
        current() = nullptr;
    }
    FaultDisk(const FaultDisk&) = delete;
    FaultDisk& operator=(const FaultDisk&) = delete;

    // The n-th operation from now (1 = the next) fails, and with `stays` every later one. Operations are
    // opens, writes, syncs, removals, changes of a size; reads too, of an io_error.
    void strike(int nth, DiskFault fault, bool stays = false) {
        m_left = nth;
        m_fault = fault;
        m_stays = stays || fault == DiskFault::power_loss;
        m_has_struck = false;
    }
    void repair() { m_left = 0; }
    [[nodiscard]] bool has_struck() const { return m_has_struck; }
    [[nodiscard]] int operations() const { return m_operations; }

    // The machine comes up again: files get what a disk could hold now. All connections are closed.
    void power_up(unsigned seed) {
        std::mt19937 random(seed);
        for (auto& [path, shadow] : m_shadows) {
            shadow.settle(path, random);
        }
        m_shadows.clear();
        repair();
    }

private:
    // What of a file is on the disk for sure, and what came since.
    class Shadow {
    public:
        // Others than SQLite may have written the file: it counts as synced as it stands, unless SQLite
        // itself has something open there.
        void open(const std::string& path, bool is_there) {
            if (!is_there) {
                m_synced.clear();
                m_changes.clear();
            } else if (m_changes.empty()) {
                m_synced = read_file(path);
            }
            m_is_named = m_is_there ? m_is_named : is_there;
            m_is_there = true;
        }
        void write(std::size_t offset, std::string bytes) {
            m_changes.emplace_back(Write{offset, std::move(bytes)});
        }
        void resize(std::size_t size) { m_changes.emplace_back(size); }
        void sync() {
            for (const auto& change : std::exchange(m_changes, {})) {
                apply(change);
            }
            m_is_named = true;
            m_before.reset();
        }
        void erase(bool is_synced) {
            if (m_is_named) {
                m_before = m_synced;
            }
            if (is_synced) {
                m_before.reset();
            }
            m_is_there = false;
            m_is_named = false;
            m_changes.clear();
        }
        // Makes the file what it could be after the loss of power.
        void settle(const std::string& path, std::mt19937& random) {
            for (const auto& change : m_changes) {
                if (const auto* written = std::get_if<Write>(&change)) {
                    settle_sectors(*written, random);
                } else if (random() % 2 == 0) {
                    apply(change);
                }
            }
            if (m_is_named || (m_is_there && random() % 2 == 0)) {
                std::ofstream(path, std::ios::binary) << m_synced;
            } else if (m_before && random() % 2 == 0) {
                std::ofstream(path, std::ios::binary) << *m_before;
            } else {
                std::filesystem::remove(path);
            }
        }

    private:
        struct Write {
            std::size_t offset;
            std::string bytes;
        };
        using Change = std::variant<Write, std::size_t>; // or a new size

        void apply(const Change& change) {
            if (const auto* size = std::get_if<std::size_t>(&change)) {
                m_synced.resize(*size);
                return;
            }
            const auto& [offset, bytes] = std::get<Write>(change);
            m_synced.resize(std::max(m_synced.size(), offset + bytes.size()));
            bytes.copy(&m_synced[offset], bytes.size());
        }
        void settle_sectors(const Write& written, std::mt19937& random) {
            constexpr std::size_t sector = 512;
            enum Fate { kept, garbled, dropped, fates };
            // As often one fate for the whole write as one for each sector.
            const auto fate_of_all = random() % (2 * fates);
            for (std::size_t at = 0; at < written.bytes.size(); at += sector) {
                auto bytes = written.bytes.substr(at, sector);
                const auto fate = fate_of_all < fates ? fate_of_all : random() % fates;
                if (fate == garbled) {
                    bytes.assign(bytes.size(), static_cast<char>(random()));
                }
                if (fate != dropped) {
                    apply(Write{written.offset + at, std::move(bytes)});
                }
            }
        }

        std::string m_synced;
        std::vector<Change> m_changes;
        bool m_is_there = false;             // as programs see it
        bool m_is_named = false;             // its name is on the disk for sure
        std::optional<std::string> m_before; // what has that name if it is not
    };

    struct File : sqlite3_file {
        sqlite3_file* real;
        Shadow* shadow; // none for temporary files
    };

    static FaultDisk*& current() {
        static FaultDisk* disk = nullptr;
        return disk;
    }
    static File& of(sqlite3_file* file) { return *static_cast<File*>(file); }
    static const sqlite3_io_methods& methods_of(sqlite3_file* file) { return *of(file).real->pMethods; }

    // The fault that strikes this operation.
    std::optional<DiskFault> next() {
        ++m_operations;
        if (m_left <= 0 || --m_left > 0) {
            return std::nullopt;
        }
        m_left = m_stays ? 1 : 0;
        m_has_struck = true;
        return m_fault;
    }

    static int connected(sqlite3* database, char** /*message*/, const void* /*api*/) {
        if (current()->m_checkpoint_pages > 0) {
            sqlite3_wal_autocheckpoint(database, current()->m_checkpoint_pages);
        }
        return SQLITE_OK;
    }

    static int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out_flags) {
        auto& disk = *current();
        file->pMethods = nullptr;
        if (disk.next()) {
            return SQLITE_CANTOPEN;
        }
        auto* opened = new (file) File{};
        opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
        const bool was_there = name != nullptr && std::filesystem::exists(name);
        const int result = disk.m_real->xOpen(disk.m_real, name, opened->real, flags, out_flags);
        if (opened->real->pMethods == nullptr) {
            return result;
        }
        if (name != nullptr) {
            opened->shadow = &disk.m_shadows[name];
            opened->shadow->open(name, was_there);
        }
        file->pMethods = &methods;
        return result;
    }
    static int erase(sqlite3_vfs* /*vfs*/, const char* name, int sync_folder) {
        auto& disk = *current();
        if (disk.next()) {
            return SQLITE_IOERR_DELETE;
        }
        if (const auto found = disk.m_shadows.find(name); found != disk.m_shadows.end()) {
            found->second.erase(sync_folder != 0);
        }
        return disk.m_real->xDelete(disk.m_real, name, sync_folder);
    }

    static int close(sqlite3_file* file) { return methods_of(file).xClose(of(file).real); }
    static int read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
        auto& disk = *current();
        if (disk.m_fault == DiskFault::io_error && disk.next()) {
            return SQLITE_IOERR_READ;
        }
        return methods_of(file).xRead(of(file).real, bytes, count, offset);
    }
    static int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
        const auto fault = current()->next();
        if (fault == DiskFault::io_error || fault == DiskFault::power_loss) {
            return SQLITE_IOERR_WRITE;
        }
        if (fault) {
            count /= 2;
        }
        if (auto* shadow = of(file).shadow; shadow != nullptr && count > 0) {
            shadow->write(static_cast<std::size_t>(offset),
                          std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(count)));
        }
        const int result = methods_of(file).xWrite(of(file).real, bytes, count, offset);
        return fault ? SQLITE_FULL : result;
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        if (current()->next()) {
            return SQLITE_IOERR_TRUNCATE;
        }
        if (auto* shadow = of(file).shadow) {
            shadow->resize(static_cast<std::size_t>(size));
        }
        return methods_of(file).xTruncate(of(file).real, size);
    }
    // The promise alone counts; the real disk need not be waited for.
    static int sync(sqlite3_file* file, int /*flags*/) {
        if (current()->next()) {
            return SQLITE_IOERR_FSYNC;
        }
        if (auto* shadow = of(file).shadow) {
            shadow->sync();
        }
        return SQLITE_OK;
    }
    static int size(sqlite3_file* file, sqlite3_int64* bytes) {
        return methods_of(file).xFileSize(of(file).real, bytes);
    }
    static int lock(sqlite3_file* file, int level) { return methods_of(file).xLock(of(file).real, level); }
    static int unlock(sqlite3_file* file, int level) {
        return methods_of(file).xUnlock(of(file).real, level);
    }
    static int is_reserved(sqlite3_file* file, int* result) {
        return methods_of(file).xCheckReservedLock(of(file).real, result);
    }
    static int control(sqlite3_file* file, int what, void* argument) {
        if (what == SQLITE_FCNTL_PRAGMA && current()->m_checkpoint_pages > 0 &&
            std::string_view(static_cast<char**>(argument)[1]) == "wal_autocheckpoint") {
            return SQLITE_OK; // done: it stays as it is
        }
        return methods_of(file).xFileControl(of(file).real, what, argument);
    }
    static int sector_size(sqlite3_file* file) { return methods_of(file).xSectorSize(of(file).real); }
    static int traits(sqlite3_file* file) { return methods_of(file).xDeviceCharacteristics(of(file).real); }
    static int map(sqlite3_file* file, int region, int bytes, int extend, volatile void** address) {
        if (current()->next()) {
            return SQLITE_IOERR_SHMMAP;
        }
        return methods_of(file).xShmMap(of(file).real, region, bytes, extend, address);
    }
    static int lock_map(sqlite3_file* file, int offset, int count, int flags) {
        return methods_of(file).xShmLock(of(file).real, offset, count, flags);
    }
    static void barrier(sqlite3_file* file) { methods_of(file).xShmBarrier(of(file).real); }
    static int unmap(sqlite3_file* file, int erases) {
        return methods_of(file).xShmUnmap(of(file).real, erases);
    }
    static constexpr sqlite3_io_methods methods{
        2,       close,       read,   write, truncate, sync,    size,  lock,    unlock, is_reserved,
        control, sector_size, traits, map,   lock_map, barrier, unmap, nullptr, nullptr};

    sqlite3_vfs* m_real = sqlite3_vfs_find(nullptr);
    sqlite3_vfs m_vfs{};
    std::map<std::string, Shadow> m_shadows; // by path
    int m_checkpoint_pages;
    int m_operations = 0;
    int m_left = 0; // operations until the fault; 0 = none comes
    DiskFault m_fault = DiskFault::io_error;
    bool m_stays = false;
    bool m_has_struck = false;
};

} // namespace harrier::test
