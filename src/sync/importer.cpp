// SPDX-License-Identifier: MIT
#include "sync/importer.hpp"

#include "sync/prepared_item.hpp"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

namespace harrier::sync {

namespace {

// A transaction for each item would wait for the disk thousands of times; a large one would lose more when it
// is killed.
constexpr std::size_t batch_items = 64;
constexpr std::size_t batch_bytes = 8U << 20U;

// Of all items together while they are read and decoded: some dozens of recordings of an hour.
constexpr std::uint64_t bytes_under_way = std::uint64_t{32} << 20U;

KnownFiles find_known_files(archive::Archive& archive, AthleteId athlete) {
    KnownFiles known;
    for (auto& file : archive.known_files(athlete)) {
        const auto sha256 = file.sha256;
        known.emplace(sha256, std::move(file));
    }
    return known;
}

// Stores items in batches.
class BatchWriter {
public:
    BatchWriter(archive::Archive& archive, AthleteId athlete) : m_archive(archive), m_athlete(athlete) {}

    void add(archive::ImportItem item, std::string name) {
        m_bytes += size_of(item);
        m_items.push_back(std::move(item));
        m_names.push_back(std::move(name));
        if (m_items.size() >= batch_items || m_bytes >= batch_bytes) {
            flush();
        }
    }
    void flush() {
        if (m_items.empty()) {
            return;
        }
        const auto outcome = m_archive.store_import(m_athlete, m_items);
        m_counts += outcome;
        for (const auto& refused : outcome.refused) {
            m_refused.push_back({m_names.at(refused.index), {}, refused.reason});
        }
        m_items.clear();
        m_names.clear();
        m_bytes = 0;
    }
    [[nodiscard]] archive::StoreCounts counts() const { return m_counts; }
    // What the archive would not take.
    [[nodiscard]] const std::vector<ImportFailure>& refused() const { return m_refused; }

private:
    archive::Archive& m_archive;
    AthleteId m_athlete;
    std::vector<archive::ImportItem> m_items;
    std::vector<std::string> m_names; // of the items, for people
    std::size_t m_bytes = 0;
    archive::StoreCounts m_counts;
    std::vector<ImportFailure> m_refused;
};

// A clock that ran ahead would make its files the newest word for years.
void end_dates_at(Instant now, std::vector<ImportJob>& jobs) {
    for (auto& job : jobs) {
        if (job.row) {
            job.row->as_of = std::min(job.row->as_of, now);
        }
        if (job.file) {
            job.file->changed = std::min(job.file->changed, now);
        }
    }
}

// The same for gear and photos.
template <typename Belongings>
void end_belongings_at(Instant now, Belongings& belongings) {
    for (auto& one : belongings) {
        one.as_of = std::min(one.as_of, now);
    }
}

// Adds what one item gave to the result.
void note(const PreparedItem& prepared, bool has_file, ImportResult& result) {
    ++result.items;
    result.files += has_file ? 1 : 0;
    result.bytes += prepared.bytes;
    // A row speaks for its file.
    result.counts.unchanged += prepared.has_known_file && !prepared.item.row ? 1 : 0;
    if (prepared.failure) {
        result.failures.push_back(*prepared.failure);
    }
    result.findings.insert(result.findings.end(), prepared.findings.begin(), prepared.findings.end());
}

// What a dry run has no use for: where the item belongs does not depend on it.
void leave_out_bytes(archive::ImportItem& item) {
    if (item.file) {
        item.file->raw.clear();
    }
    for (auto& recording : item.recordings) {
        recording.streams.clear();
        recording.laps.clear();
    }
}

std::vector<PreparedItems::Work> make_workers(unsigned threads, const KnownFiles& known,
                                              std::vector<ImportJob>& jobs) {
    std::vector<PreparedItems::Work> workers;
    for (unsigned i = 0; i < threads; ++i) {
        workers.emplace_back(
            [&jobs, preparer = std::make_shared<ItemPreparer>(known)](std::size_t item, auto& room) {
                return preparer->prepare(std::move(jobs[item]), room);
            });
    }
    return workers;
}

} // namespace

ImportResult Importer::run(AthleteId athlete, ImportSources sources,
                           const std::function<void(const ImportProgress&)>& progress, std::stop_token stop) {
    if (m_options.now) {
        end_dates_at(*m_options.now, sources.jobs);
        end_belongings_at(*m_options.now, sources.gear);
        end_belongings_at(*m_options.now, sources.media);
    }
    if (!m_options.dry_run) {
        return store(athlete, std::move(sources), progress, stop);
    }
    ImportResult result;
    m_archive.rehearse([&] { result = store(athlete, std::move(sources), progress, stop); });
    return result;
}

ImportResult Importer::store(AthleteId athlete, ImportSources sources,
                             const std::function<void(const ImportProgress&)>& progress,
                             const std::stop_token& stop) {
    auto& jobs = sources.jobs;
    ImportResult result;
    result.failures = std::move(sources.failures);
    const auto known = m_options.again ? KnownFiles() : find_known_files(m_archive, athlete);
    const auto total = jobs.size();
    if (!sources.gear.empty() || !sources.media.empty()) {
        m_archive.store_belongings(athlete, sources.gear, sources.media);
    }
    BatchWriter writer(m_archive, athlete);
    std::vector<bool> has_file;
    for (const auto& job : jobs) {
        has_file.push_back(job.file.has_value());
    }
    const auto threads =
        m_options.threads > 0 ? m_options.threads : std::max(std::thread::hardware_concurrency(), 1U);
    PreparedItems work(total, make_workers(threads, known, jobs),
                       {.ahead = std::size_t{4} * threads + 4, .bytes = bytes_under_way});
    while (auto prepared = work.next(stop)) {
        note(*prepared, has_file[result.items], result);
        if (m_options.dry_run) {
            leave_out_bytes(prepared->item);
        }
        prepared->item.again = m_options.again;
        writer.add(std::move(prepared->item), std::move(prepared->name));
        progress(
            {.done = result.items, .total = total, .bytes = result.bytes, .failed = result.failures.size()});
    }
    writer.flush();
    result.failures.insert(result.failures.end(), writer.refused().begin(), writer.refused().end());
    result.counts += writer.counts();
    result.complete = result.items == total;
    return result;
}

} // namespace harrier::sync
