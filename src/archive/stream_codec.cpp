// SPDX-License-Identifier: MIT
#include "archive/stream_codec.hpp"

#include "archive/streams/column_codec.hpp"
#include "archive/streams/crc32c.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

namespace harrier::archive {

namespace {

constexpr std::string_view stream_magic = "HS";
constexpr std::uint8_t stream_version = 2; // 1 was never in a released harrier
constexpr std::size_t checksum_size = 4;
// By the memory that decoding them takes.
constexpr std::uint64_t values_per_break = 2;
constexpr std::uint64_t values_per_pause = 4;

// In the order in which they are stored: the distance comes behind all that guides it.
constexpr std::array<std::vector<double> model::Streams::*, 11> known_columns = {
    &model::Streams::time,      &model::Streams::velocity_smooth, &model::Streams::latitude,
    &model::Streams::longitude, &model::Streams::distance,        &model::Streams::altitude,
    &model::Streams::heartrate, &model::Streams::cadence,         &model::Streams::watts,
    &model::Streams::temp,      &model::Streams::grade_smooth,
};

bool same_samples(const std::vector<double>& a, const std::vector<double>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) {
        return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y) ||
               (model::is_missing(x) && model::is_missing(y));
    });
}

// How many values may still be decoded.
class ValueBudget {
public:
    explicit ValueBudget(std::uint64_t values) : m_left(values) {}
    void spend(std::uint64_t values) {
        if (values > m_left) {
            throw_damaged("more than an archive holds");
        }
        m_left -= values;
    }

private:
    std::uint64_t m_left;
};

// How large streams are that are to be stored.
struct StreamCounts {
    std::uint64_t samples = 0;
    std::uint64_t values = 0;

    void add(std::size_t column_size) {
        if (column_size == 0) {
            return;
        }
        if (samples != 0 && samples != column_size) {
            throw Error(ErrorKind::internal, "cannot store streams: their columns differ in length");
        }
        samples = column_size;
        values += column_size;
    }
};

StreamCounts checked_counts(const StoredStreams& stored) {
    StreamCounts counts;
    for (const auto column : known_columns) {
        counts.add((stored.streams.*column).size());
    }
    for (const auto& extra : stored.extra) {
        counts.add(extra.values.size());
    }
    counts.values += values_per_break * stored.breaks.size() + values_per_pause * stored.pauses.size();
    if (counts.samples > largest_sample_count || counts.values > largest_value_count ||
        stored.extra.size() > largest_extra_count) {
        throw Error(ErrorKind::data,
                    fmt::format("cannot store streams: {} samples, {} values in {} own columns "
                                "are more than an archive holds",
                                counts.samples, counts.values, stored.extra.size()));
    }
    if (std::any_of(stored.breaks.begin(), stored.breaks.end(),
                    [&](std::size_t at) { return at >= counts.samples; })) {
        throw Error(ErrorKind::internal, "cannot store streams: a break lies behind their end");
    }
    return counts;
}

DistanceGuide guide_for(std::vector<double> model::Streams::*column, const model::Streams& streams) {
    if (column != &model::Streams::distance) {
        return {};
    }
    return {streams.time, streams.velocity_smooth, streams.latitude, streams.longitude};
}

// Which columns follow.
struct StreamHead {
    std::uint64_t samples = 0;
    std::uint64_t known = 0; // bit i: that of known_columns[i]
    std::vector<bool> has_extra;
};

void put_head(const StoredStreams& stored, std::uint64_t samples, ByteWriter& out) {
    out.put_number(samples);
    std::uint64_t known = 0;
    for (std::size_t i = 0; i < known_columns.size(); ++i) {
        known |= std::uint64_t{!(stored.streams.*known_columns[i]).empty()} << i;
    }
    out.put_number(known);
    out.put_number(stored.extra.size());
    for (const auto& extra : stored.extra) {
        out.put_text(extra.name);
        out.put_text(extra.units);
        out.put_byte(extra.values.empty() ? 0 : 1);
    }
}

// The extra columns get their names. All columns are paid for before the first of them is decoded.
StreamHead take_head(ByteReader& in, ValueBudget& budget, StoredStreams& stored) {
    StreamHead head;
    head.samples = in.take_number();
    head.known = in.take_number();
    const std::uint64_t extra_count = in.take_number();
    if (head.samples > largest_sample_count || head.known >> known_columns.size() != 0 ||
        extra_count > largest_extra_count) {
        throw_damaged("more than an archive holds");
    }
    budget.spend(head.samples * static_cast<std::uint64_t>(std::popcount(head.known)));
    for (std::uint64_t i = 0; i < extra_count; ++i) {
        auto& extra = stored.extra.emplace_back();
        extra.name = in.take_text();
        extra.units = in.take_text();
        head.has_extra.push_back(in.take_byte() != 0);
        budget.spend(head.has_extra.back() ? head.samples : 0);
    }
    const bool any = head.known != 0 || std::count(head.has_extra.begin(), head.has_extra.end(), true) > 0;
    if (any != (head.samples > 0)) {
        throw_damaged("samples without a column");
    }
    return head;
}

void encode_breaks_and_pauses(const StoredStreams& stored, ColumnEncoder& encoder, ByteWriter& out) {
    std::vector<std::int64_t> numbers(stored.breaks.begin(), stored.breaks.end());
    out.put_number(numbers.size());
    encoder.encode_numbers(numbers, out);
    std::vector<std::int64_t> lengths;
    numbers.clear();
    for (const auto& pause : stored.pauses) {
        const auto from = pause.from.time_since_epoch().count();
        const auto to = pause.to.time_since_epoch().count();
        numbers.push_back(from);
        lengths.push_back(
            static_cast<std::int64_t>(static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from)));
    }
    out.put_number(numbers.size());
    encoder.encode_numbers(numbers, out);
    encoder.encode_numbers(lengths, out);
}

void decode_breaks_and_pauses(ByteReader& in, std::uint64_t samples, ValueBudget& budget,
                              StoredStreams& stored) {
    const std::uint64_t break_count = in.take_number();
    budget.spend(std::min(break_count, largest_value_count) * values_per_break);
    stored.breaks.reserve(static_cast<std::size_t>(break_count));
    for (const auto at : decode_numbers(in, static_cast<std::size_t>(break_count))) {
        if (static_cast<std::uint64_t>(at) >= samples) {
            throw_damaged("a break behind the end");
        }
        stored.breaks.push_back(static_cast<std::size_t>(at));
    }
    const std::uint64_t pause_count = in.take_number();
    budget.spend(std::min(pause_count, largest_value_count) * values_per_pause);
    const auto starts = decode_numbers(in, static_cast<std::size_t>(pause_count));
    const auto lengths = decode_numbers(in, static_cast<std::size_t>(pause_count));
    stored.pauses.reserve(starts.size());
    for (std::size_t i = 0; i < starts.size(); ++i) {
        using std::chrono::milliseconds;
        const auto to = static_cast<std::uint64_t>(starts[i]) + static_cast<std::uint64_t>(lengths[i]);
        stored.pauses.push_back({model::Moment{milliseconds{starts[i]}},
                                 model::Moment{milliseconds{static_cast<std::int64_t>(to)}}});
    }
}

// The bytes between the version and the checksum.
std::string_view checked_body(std::string_view bytes) {
    const std::size_t head_size = stream_magic.size() + 1;
    if (bytes.size() < head_size + checksum_size || !bytes.starts_with(stream_magic)) {
        throw_damaged("not what they should begin with");
    }
    const auto version = static_cast<std::uint8_t>(bytes[stream_magic.size()]);
    const auto sealed = bytes.substr(0, bytes.size() - checksum_size);
    if (crc32c(sealed) != load_little(bytes.data() + sealed.size(), checksum_size)) {
        throw_damaged("wrong checksum");
    }
    if (version != stream_version) {
        throw Error(ErrorKind::data,
                    fmt::format("cannot read stored streams: {} harrier wrote them (version {})",
                                version > stream_version ? "a newer" : "an unfinished", version),
                    version > stream_version ? "update harrier" : "import them again");
    }
    return sealed.substr(head_size);
}

} // namespace

bool operator==(const StoredStreams& a, const StoredStreams& b) {
    const auto same_extra = [](const model::ExtraColumn& x, const model::ExtraColumn& y) {
        return x.name == y.name && x.units == y.units && same_samples(x.values, y.values);
    };
    const auto same_pause = [](const model::Pause& x, const model::Pause& y) {
        return x.from == y.from && x.to == y.to;
    };
    return std::all_of(known_columns.begin(), known_columns.end(),
                       [&](auto column) { return same_samples(a.streams.*column, b.streams.*column); }) &&
           std::equal(a.extra.begin(), a.extra.end(), b.extra.begin(), b.extra.end(), same_extra) &&
           a.breaks == b.breaks &&
           std::equal(a.pauses.begin(), a.pauses.end(), b.pauses.begin(), b.pauses.end(), same_pause);
}

std::string seal_streams(std::string_view unsealed) {
    ByteWriter out;
    out.put_bytes(unsealed);
    out.put_little(crc32c(unsealed), checksum_size);
    return out.take();
}

std::string encode_streams(const StoredStreams& stored) {
    const auto counts = checked_counts(stored);
    ByteWriter out;
    out.put_bytes(stream_magic);
    out.put_byte(stream_version);
    put_head(stored, counts.samples, out);
    ColumnEncoder encoder;
    for (const auto column : known_columns) {
        if (const auto& values = stored.streams.*column; !values.empty()) {
            encoder.encode(values, guide_for(column, stored.streams), out);
        }
    }
    for (const auto& extra : stored.extra) {
        if (!extra.values.empty()) {
            encoder.encode(extra.values, {}, out);
        }
    }
    encode_breaks_and_pauses(stored, encoder, out);
    return seal_streams(out.bytes());
}

StoredStreams decode_streams(std::string_view bytes) {
    ByteReader in(checked_body(bytes));
    ValueBudget budget(largest_value_count);
    StoredStreams stored;
    const StreamHead head = take_head(in, budget, stored);
    const auto count = static_cast<std::size_t>(head.samples);
    for (std::size_t i = 0; i < known_columns.size(); ++i) {
        const auto column = known_columns[i];
        if ((head.known >> i & 1U) != 0) {
            stored.streams.*column = decode_column(in, count, guide_for(column, stored.streams));
        }
    }
    for (std::size_t i = 0; i < stored.extra.size(); ++i) {
        if (head.has_extra[i]) {
            stored.extra[i].values = decode_column(in, count, {});
        }
    }
    decode_breaks_and_pauses(in, head.samples, budget, stored);
    if (!in.rest().empty()) {
        throw_damaged("something is left over");
    }
    return stored;
}

} // namespace harrier::archive
