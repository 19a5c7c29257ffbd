// SPDX-License-Identifier: MIT
#include "archive/merging.hpp"

#include "archive/activity_columns.hpp"

#include <algorithm>
#include <numeric>

namespace harrier::archive {

namespace {

using model::Activity;
using model::Source;
using model::Statement;

bool is_said(const std::string& text) {
    return !text.empty();
}
template <typename Value>
bool is_said(const std::optional<Value>& field) {
    return field.has_value();
}

std::size_t count_said(const Activity& activity) {
    std::size_t count = 0;
    const auto visit = [&count](const char* /*column*/, const auto& field) {
        count += is_said(field) ? 1U : 0U;
    };
    visit_columns(visit, activity);
    return count;
}

// True when `left` is believed before `right`.
bool precedes(const Statement& left, const Statement& right) {
    if ((left.source == Source::file) != (right.source == Source::file)) {
        return right.source == Source::file;
    }
    if (left.source == Source::file) {
        if (left.quality != right.quality) {
            return left.quality > right.quality;
        }
        const auto left_count = count_said(left.said);
        const auto right_count = count_said(right.said);
        return left_count != right_count ? left_count > right_count : left.key < right.key;
    }
    // The API's detail says more than its summary, and both are exacter than the export.
    const auto rank = [](Source source) {
        return source == Source::api_detail ? 0 : static_cast<int>(source) + 1;
    };
    return left.as_of != right.as_of ? left.as_of > right.as_of : rank(left.source) < rank(right.source);
}

std::vector<std::size_t> order_of_belief(std::span<const Statement> statements) {
    std::vector<std::size_t> order(statements.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return precedes(statements[left], statements[right]);
    });
    return order;
}

// Strava shows hidden start times as one second past midnight. The export tells no wall time; all zones are
// whole quarters of an hour from UTC, and a start that is taken for hidden by mistake is then the file's own.
bool is_hidden(const Activity& activity) {
    using namespace std::chrono;
    if (!activity.start_date_local && activity.start_date) {
        return activity.start_date->time_since_epoch() % minutes{15} == seconds{1};
    }
    return activity.start_date_local &&
           *activity.start_date_local - floor<days>(*activity.start_date_local) == seconds{1};
}

// The file that knows the start which a record of Strava's hides.
std::optional<std::size_t> find_revealing_file(std::span<const Statement> statements,
                                               std::span<const std::size_t> order) {
    const bool hidden = std::any_of(statements.begin(), statements.end(), [](const Statement& statement) {
        return statement.source != Source::file && is_hidden(statement.said);
    });
    if (!hidden) {
        return std::nullopt;
    }
    const auto found = std::find_if(order.begin(), order.end(), [&](std::size_t index) {
        return statements[index].source == Source::file && statements[index].said.start_date;
    });
    return found == order.end() ? std::nullopt : std::optional(*found);
}

// Its start and nothing else. A file often has no wall time; Strava's time zone then tells it.
Activity start_of(const Activity& said, std::span<const Statement> statements,
                  std::span<const std::size_t> order) {
    Activity start;
    start.start_date = said.start_date;
    start.start_date_local = said.start_date_local;
    for (const auto index : order) {
        const auto& utc_offset = statements[index].said.utc_offset;
        if (!start.start_date_local && utc_offset) {
            const std::chrono::seconds offset{static_cast<std::int64_t>(*utc_offset)};
            start.start_date_local = WallTime{start.start_date->time_since_epoch() + offset};
        }
    }
    return start;
}

// Takes over what is still unsaid, and notes who said it.
class FieldMerger {
public:
    explicit FieldMerger(Merged& merged) : m_merged(merged) {}

    void take(std::size_t statement, const Activity& said) {
        m_statement = statement;
        m_column = 0;
        visit_columns(*this, m_merged.activity, said);
    }

    template <typename Field>
    void operator()(const char* column, Field& field, const Field& said) {
        const auto index = m_column++;
        if (m_fields.size() <= index) {
            m_fields.push_back({.column = column, .statement = m_statement, .others = {}});
        }
        if (!is_said(said)) {
            return;
        }
        if (!is_said(field)) {
            field = said;
            m_fields[index].statement = m_statement;
        } else if (field != said) {
            m_fields[index].others.push_back(m_statement);
        }
    }

    // The fields that somebody said.
    [[nodiscard]] std::vector<MergedField> fields() const {
        std::vector<MergedField> said;
        std::size_t index = 0;
        const auto visit = [&](const char* /*column*/, const auto& field) {
            if (is_said(field)) {
                said.push_back(m_fields[index]);
            }
            ++index;
        };
        visit_columns(visit, m_merged.activity);
        return said;
    }

private:
    Merged& m_merged;
    std::vector<MergedField> m_fields;
    std::size_t m_statement = 0;
    std::size_t m_column = 0;
};

} // namespace

Merged merge(std::span<const Statement> statements) {
    Merged merged;
    FieldMerger merger(merged);
    const auto order = order_of_belief(statements);
    // What is taken first is believed: the start that Strava hides and a file knows goes before all else.
    if (const auto index = find_revealing_file(statements, order)) {
        merger.take(*index, start_of(statements[*index].said, statements, order));
    }
    for (const auto index : order) {
        merger.take(index, statements[index].said);
    }
    merged.fields = merger.fields();
    merged.activity.sources = list_sources(statements);
    return merged;
}

std::string list_sources(std::span<const Statement> statements) {
    std::string list;
    for (const auto& entry : model::source_words) {
        if (std::any_of(statements.begin(), statements.end(),
                        [&](const Statement& statement) { return statement.source == entry.source; })) {
            list += list.empty() ? "" : ",";
            list += entry.word;
        }
    }
    return list;
}

} // namespace harrier::archive
