// SPDX-License-Identifier: MIT

// The parts of `harrier sync` and `harrier list` that are ours alone, without network and process start:
// reading the listing's JSON, storing it, storing it again, asking for the newest.

#include "archive/sqlite_archive.hpp"
#include "emulator/activity_source.hpp"
#include "strava/json.hpp"
#include "tests/support/temporary_folder.hpp"

#include <benchmark/benchmark.h>

#include <map>
#include <span>

namespace harrier {
namespace {

constexpr std::size_t page_size = 200;

// The pages of a made-up athlete's listing, as JSON arrays.
std::vector<std::string> make_pages(int activities) {
    const auto source = emulator::make_made_up_athlete({.seed = 1, .activities = activities, .end = {}});
    std::vector<std::string> pages;
    std::size_t count = 0;
    for (const auto& one : source->activities()) {
        if (count++ % page_size == 0) {
            pages.emplace_back("[");
        }
        pages.back() += (pages.back().size() > 1 ? "," : "") + one.summary_json;
    }
    for (auto& page : pages) {
        page += "]";
    }
    return pages;
}

using Records = std::vector<std::vector<model::ActivityRecord>>;

Records parse(const std::vector<std::string>& pages) {
    Records records;
    for (const auto& page : pages) {
        records.push_back(strava::parse_activities(page));
    }
    return records;
}

AthleteId athlete_of(const Records& records) {
    return records.at(0).at(0).activity.athlete_id;
}

void store(archive::Archive& archive, const Records& records) {
    const Instant now{};
    for (const auto& page : records) {
        const bool last = &page == &records.back();
        archive::ListingState state;
        state.resume_before = last ? std::nullopt : std::optional(now);
        archive.store_listing(athlete_of(records), page, state, now);
    }
}

void read_listing(benchmark::State& state) {
    const auto pages = make_pages(2000);
    std::size_t bytes = 0;
    for (const auto& page : pages) {
        bytes += page.size();
    }
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(parse(pages));
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}
BENCHMARK(read_listing)->Unit(benchmark::kMillisecond);

void store_2000(benchmark::State& state) {
    const auto records = parse(make_pages(2000));
    for ([[maybe_unused]] auto _ : state) {
        const test::TemporaryFolder folder;
        store(*archive::open_sqlite_archive(folder.path() / "archive.db", archive::Access::write), records);
    }
}
BENCHMARK(store_2000)->Unit(benchmark::kMillisecond);

void store_2000_again(benchmark::State& state) {
    const auto records = parse(make_pages(2000));
    const test::TemporaryFolder folder;
    const auto archive = archive::open_sqlite_archive(folder.path() / "archive.db", archive::Access::write);
    store(*archive, records);
    for ([[maybe_unused]] auto _ : state) {
        store(*archive, records);
    }
}
BENCHMARK(store_2000_again)->Unit(benchmark::kMillisecond);

void open_and_list_20_of_10000(benchmark::State& state) {
    const auto records = parse(make_pages(10'000));
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "archive.db";
    store(*archive::open_sqlite_archive(path, archive::Access::write), records);
    for ([[maybe_unused]] auto _ : state) {
        const auto archive = archive::open_sqlite_archive(path, archive::Access::read);
        benchmark::DoNotOptimize(archive->activities(athlete_of(records), {.limit = 20}));
    }
}
BENCHMARK(open_and_list_20_of_10000)->Unit(benchmark::kMillisecond);

void totals_by_month_of_10000(benchmark::State& state) {
    const auto records = parse(make_pages(10'000));
    const test::TemporaryFolder folder;
    const auto archive = archive::open_sqlite_archive(folder.path() / "archive.db", archive::Access::write);
    store(*archive, records);
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(archive->totals(athlete_of(records), archive::Grouping::month, {}));
    }
}
BENCHMARK(totals_by_month_of_10000)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace harrier

BENCHMARK_MAIN();
