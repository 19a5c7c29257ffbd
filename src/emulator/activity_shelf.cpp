// SPDX-License-Identifier: MIT
#include "emulator/activity_shelf.hpp"

#include "base/error.hpp"
#include "emulator/activity_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

namespace harrier::emulator {

namespace {

using Item = std::shared_ptr<const ListedActivity>;

std::int64_t seconds_of(const Item& item) {
    return item->start_date.time_since_epoch().count();
}

template <typename Iterator>
std::string join_summaries(Iterator first, Iterator last) {
    std::size_t bytes = 2;
    for (auto item = first; item != last; ++item) {
        bytes += (*item)->summary_json.size() + 1;
    }
    std::string text;
    text.reserve(bytes);
    text += '[';
    for (auto item = first; item != last; ++item) {
        if (item != first) {
            text += ',';
        }
        text += (*item)->summary_json;
    }
    return text += ']';
}

} // namespace

ActivityShelf::ActivityShelf(const ActivitySource& source) : m_source(source) {
    for (auto& activity : source.activities()) {
        m_all.push_back(std::make_shared<const ListedActivity>(std::move(activity)));
        m_by_id[m_all.back()->id] = m_all.back();
    }
    index();
}

std::string ActivityShelf::list(const ListQuery& query) const {
    const std::shared_lock lock(m_mutex);
    const auto& items = query.include_private ? m_all : m_public;
    auto first = items.begin();
    auto last = items.end();
    if (query.before) {
        first = std::partition_point(first, last,
                                     [&](const Item& item) { return seconds_of(item) >= *query.before; });
    }
    if (query.after) {
        last = std::partition_point(first, last,
                                    [&](const Item& item) { return seconds_of(item) > *query.after; });
    }
    const auto count = static_cast<std::size_t>(last - first);
    const auto from = static_cast<std::ptrdiff_t>(std::min(query.skip, count));
    const auto to =
        static_cast<std::ptrdiff_t>(std::min(count - static_cast<std::size_t>(from), query.limit)) + from;
    if (query.after && !query.before) {
        const auto oldest = std::make_reverse_iterator(last);
        return join_summaries(oldest + from, oldest + to);
    }
    return join_summaries(first + from, first + to);
}

std::size_t ActivityShelf::size() const {
    const std::shared_lock lock(m_mutex);
    return m_all.size();
}

std::shared_ptr<const ListedActivity> ActivityShelf::find(std::int64_t id) const {
    const std::shared_lock lock(m_mutex);
    const auto found = m_by_id.find(id);
    return found == m_by_id.end() ? nullptr : found->second;
}

std::optional<std::string> ActivityShelf::detail_json(std::int64_t id) const {
    const auto item = find(id);
    if (!item) {
        return std::nullopt;
    }
    bool edited = false;
    {
        const std::shared_lock lock(m_mutex);
        edited = m_edited.contains(id);
    }
    auto detail = m_source.detail_json(id);
    if (!detail) {
        return detail_from_summary(item->summary_json);
    }
    return edited ? overlay(*detail, item->summary_json, true) : std::move(*detail);
}

std::int64_t ActivityShelf::put(std::string summary_json) {
    auto item = std::make_shared<const ListedActivity>(read_summary(std::move(summary_json), "the activity"));
    const auto id = item->id;
    const std::unique_lock lock(m_mutex);
    take_out(id);
    place(std::move(item));
    return id;
}

bool ActivityShelf::edit(std::int64_t id, const std::string& changes_json) {
    const std::unique_lock lock(m_mutex);
    const auto found = m_by_id.find(id);
    if (found == m_by_id.end()) {
        return false;
    }
    auto item = std::make_shared<const ListedActivity>(
        read_summary(overlay(found->second->summary_json, changes_json, false), "the changed activity"));
    take_out(id);
    place(std::move(item));
    return true;
}

bool ActivityShelf::remove(std::int64_t id) {
    const std::unique_lock lock(m_mutex);
    const bool found = take_out(id);
    index();
    return found;
}

void ActivityShelf::insert_newest() {
    const std::unique_lock lock(m_mutex);
    if (m_all.empty()) {
        return;
    }
    const auto& newest = *m_all.front();
    ListedActivity copy = newest;
    const auto highest =
        std::max_element(m_by_id.begin(), m_by_id.end(),
                         [](const auto& left, const auto& right) { return left.first < right.first; });
    copy.id = highest->first + 1;
    copy.start_date += std::chrono::hours{1};
    copy.summary_json = with_identity(newest.summary_json, copy.id, copy.start_date);
    place(std::make_shared<const ListedActivity>(std::move(copy)));
}

void ActivityShelf::remove_newest() {
    const std::unique_lock lock(m_mutex);
    if (!m_all.empty()) {
        take_out(m_all.front()->id);
        index();
    }
}

void ActivityShelf::place(Item item) {
    const auto position = std::find_if(
        m_all.begin(), m_all.end(), [&](const Item& other) { return other->start_date <= item->start_date; });
    m_by_id[item->id] = item;
    m_edited.insert(item->id);
    m_all.insert(position, std::move(item));
    index();
}

bool ActivityShelf::take_out(std::int64_t id) {
    const auto removed = std::erase_if(m_all, [&](const Item& item) { return item->id == id; });
    m_by_id.erase(id);
    return removed > 0;
}

void ActivityShelf::index() {
    std::stable_sort(m_all.begin(), m_all.end(), [](const Item& left, const Item& right) {
        return left->start_date > right->start_date;
    });
    m_public.clear();
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(m_public),
                 [](const Item& item) { return !item->only_me; });
}

} // namespace harrier::emulator
