// SPDX-License-Identifier: MIT
#pragma once

// The activities as they stand now: the source's, plus what faults and /admin added, edited and deleted.
// Listings are cut from finished texts by index, so that a page costs no more than copying it. Any thread.

#include "emulator/activity_source.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace harrier::emulator {

struct ListQuery {
    bool include_private = false;
    std::optional<std::int64_t> after{};  // epoch seconds, exclusive
    std::optional<std::int64_t> before{}; // epoch seconds, exclusive
    std::size_t skip = 0;
    std::size_t limit = 30;
};

class ActivityShelf {
public:
    explicit ActivityShelf(const ActivitySource& source);

    // A JSON array: newest first, but oldest first when only `after` is given.
    [[nodiscard]] std::string list(const ListQuery& query) const;
    [[nodiscard]] std::size_t size() const;

    [[nodiscard]] std::shared_ptr<const ListedActivity> find(std::int64_t id) const;
    // DetailedActivity: the source's, with later edits laid over it; made from the summary for a new one.
    [[nodiscard]] std::optional<std::string> detail_json(std::int64_t id) const;

    // Throws Error{data} when the text is not a SummaryActivity with an `id` and a `start_date`.
    // Puts it in the place of one with the same id, if there is one. Returns the id.
    std::int64_t put(std::string summary_json);
    // Lays the keys of a JSON object over a summary. False when there is none with that id.
    bool edit(std::int64_t id, const std::string& changes_json);
    bool remove(std::int64_t id);

    // What faults do: a copy of the newest, an hour later, with an id of its own; and the newest disappears.
    void insert_newest();
    void remove_newest();

private:
    using Item = std::shared_ptr<const ListedActivity>;

    void place(Item item);
    bool take_out(std::int64_t id);
    void index();

    const ActivitySource& m_source;
    mutable std::shared_mutex m_mutex;
    std::vector<Item> m_all;    // newest first
    std::vector<Item> m_public; // the same without only-me ones
    std::unordered_map<std::int64_t, Item> m_by_id;
    std::unordered_set<std::int64_t> m_edited;
};

} // namespace harrier::emulator
