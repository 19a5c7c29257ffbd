// SPDX-License-Identifier: MIT
#include "net/rate_account.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "net/http_date.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace harrier::net {

namespace {

using nlohmann::json;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::seconds;
using quarters = std::chrono::duration<std::int64_t, std::ratio<900>>;

constexpr seconds largest_clock_error{30};
constexpr std::uint32_t longest_jitter_s = 14; // after the first second
// All that is ever written, so that each write replaces the one before wholly.
constexpr std::size_t file_size = 1024;

std::int64_t quarter_of(Instant time) {
    return floor<quarters>(time.time_since_epoch()).count();
}
std::int64_t day_of(Instant time) {
    return floor<days>(time.time_since_epoch()).count();
}

json to_json(const RateWindow& window) {
    return {{"limit", window.limit}, {"usage", window.usage}};
}
json to_json(const RatePair& pair) {
    return {{"quarter_hour", to_json(pair.quarter_hour)}, {"day", to_json(pair.day)}};
}
RatePair pair_of(const json& object) {
    const auto window = [](const json& one) {
        return RateWindow{one.at("limit").get<long>(), one.at("usage").get<long>()};
    };
    return {window(object.at("quarter_hour")), window(object.at("day"))};
}
Instant instant_of(const json& object, const char* key) {
    return Instant{seconds{object.at(key).get<std::int64_t>()}};
}

bool has_room(const RateWindow& window, int reserve) {
    return window.limit <= 0 || window.usage < usable(window.limit, reserve);
}

// Strava counts what it has seen: at least that, and at most what is under way on top of it.
void correct(RateWindow& own, long& highest, const RateWindow& told, long under_way) {
    highest = std::max(highest, told.usage);
    own.limit = told.limit;
    own.usage = std::clamp(own.usage, highest, highest + under_way);
}

} // namespace

long usable(long limit, int reserve) {
    return std::max(limit - limit * reserve / 100, 1L);
}

// What the file holds. The highest usage that an answer told of each window, since answers may overtake each
// other and a window's usage only grows.
struct RateAccount::State {
    std::int64_t quarter = 0; // number of the window since 1970
    std::int64_t day = 0;
    RatePair overall = usual_overall_limits;
    RatePair read = usual_read_limits;
    RatePair overall_told{};
    RatePair read_told{};
    bool overall_known = false; // an answer has told it
    bool read_known = false;
    long under_way = 0; // requests without an answer so far
    Instant closed_until{};
    Instant seen_at{};
    std::int64_t offset = 0; // s, Strava's clock minus the wall clock

    // A window that has begun makes the one before count no more. Never goes back.
    void roll(Instant now) {
        if (quarter_of(now) > quarter) {
            quarter = quarter_of(now);
            under_way = 0;
            for (auto* pair : {&overall, &read, &overall_told, &read_told}) {
                pair->quarter_hour.usage = 0;
            }
        }
        if (day_of(now) > day) {
            day = day_of(now);
            for (auto* pair : {&overall, &read, &overall_told, &read_told}) {
                pair->day.usage = 0;
            }
        }
    }

    [[nodiscard]] Instant end_of_quarter() const { return Instant{quarters{quarter + 1}}; }
    [[nodiscard]] Instant end_of_day() const { return Instant{days{day + 1}}; }
};

RateAccount::RateAccount(std::filesystem::path file, std::string app, Clock& clock,
                         std::function<std::uint32_t(std::uint32_t)> uniform)
    : m_file(std::move(file)), m_app(std::move(app)), m_clock(clock), m_uniform(std::move(uniform)) {}

Instant RateAccount::now(const State& state) {
    if (m_date) {
        return *m_date + floor<seconds>(m_clock.steady() - m_date_at);
    }
    return floor<seconds>(m_clock.now()) + seconds{state.offset};
}

RateAccount::State RateAccount::load() const {
    State state;
    try {
        const auto text = find_file(m_file);
        if (!text) {
            return state;
        }
        const auto object = json::parse(*text);
        if (object.at("app").get<std::string>() != m_app) {
            return state;
        }
        State read;
        read.quarter = object.at("quarter").get<std::int64_t>();
        read.day = object.at("day").get<std::int64_t>();
        read.overall = pair_of(object.at("overall"));
        read.read = pair_of(object.at("read"));
        read.overall_told = pair_of(object.at("overall_told"));
        read.read_told = pair_of(object.at("read_told"));
        read.overall_known = object.at("overall_known").get<bool>();
        read.read_known = object.at("read_known").get<bool>();
        read.under_way = object.at("under_way").get<long>();
        read.closed_until = instant_of(object, "closed_until");
        read.seen_at = instant_of(object, "seen_at");
        read.offset = object.at("offset").get<std::int64_t>();
        return read;
    } catch (const json::exception&) {
        return state;
    } catch (const Error&) {
        return state;
    }
}

// In place: there is nothing to wait for the disk for (see above), and a reader takes the lock, too.
void RateAccount::save(const State& state) const {
    json object{{"app", m_app},
                {"quarter", state.quarter},
                {"day", state.day},
                {"overall", to_json(state.overall)},
                {"read", to_json(state.read)},
                {"overall_told", to_json(state.overall_told)},
                {"read_told", to_json(state.read_told)},
                {"overall_known", state.overall_known},
                {"read_known", state.read_known},
                {"under_way", state.under_way},
                {"closed_until", state.closed_until.time_since_epoch().count()},
                {"seen_at", state.seen_at.time_since_epoch().count()},
                {"offset", state.offset}};
    auto text = object.dump();
    text.resize(std::max(text.size(), file_size - 1), ' ');
    text += '\n';
    const FileDescriptor fd(open(m_file.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (fd && pwrite(fd.get(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size())) {
        [[maybe_unused]] const int cut = ftruncate(fd.get(), static_cast<off_t>(text.size()));
    }
}

// Loads, works, saves; without the lock (a full disk, a folder that cannot be written) nothing is kept.
template <typename Work>
auto RateAccount::locked(Work&& work) {
    std::optional<FileLock> lock;
    try {
        make_folders(m_file.parent_path(), 0700);
        lock = FileLock::acquire(m_file.string() + ".lock", std::chrono::seconds{5});
    } catch (const Error&) {
        lock.reset();
    }
    State state = load();
    auto result = std::forward<Work>(work)(state);
    if (lock) {
        save(state);
    }
    return result;
}

std::optional<Denial> RateAccount::take(RequestKind kind, int reserve) {
    return locked([&](State& state) -> std::optional<Denial> {
        const Instant moment = now(state);
        state.roll(moment);
        const auto deny = [&](Instant until) { return Denial{until, std::max(until - moment, seconds{1})}; };
        if (moment < state.closed_until) {
            return deny(state.closed_until);
        }
        const bool is_read = kind == RequestKind::read;
        const bool day_is_open =
            has_room(state.overall.day, reserve) && (!is_read || has_room(state.read.day, reserve));
        const bool quarter_is_open = has_room(state.overall.quarter_hour, reserve) &&
                                     (!is_read || has_room(state.read.quarter_hour, reserve));
        if (!day_is_open || !quarter_is_open) {
            const seconds jitter{1 + m_uniform(longest_jitter_s)};
            return deny((day_is_open ? state.end_of_quarter() : state.end_of_day()) + jitter);
        }
        ++state.under_way;
        ++state.overall.quarter_hour.usage;
        ++state.overall.day.usage;
        if (is_read) {
            ++state.read.quarter_hour.usage;
            ++state.read.day.usage;
        }
        return std::nullopt;
    });
}

void RateAccount::settle(const Response& answer) {
    const auto date = parse_http_date(answer.header("Date").value_or(""));
    if (date) {
        m_date = date;
        m_date_at = m_clock.steady();
    }
    locked([&](State& state) {
        if (date) {
            const auto offset = *date - floor<seconds>(m_clock.now());
            state.offset = std::chrono::abs(offset) > largest_clock_error ? offset.count() : 0;
            // Strava's own word sets a window right that a wrong clock of ours had put into the future.
            state.quarter = std::min(state.quarter, quarter_of(*date));
            state.day = std::min(state.day, day_of(*date));
        }
        const Instant moment = now(state);
        state.roll(moment);
        state.under_way = std::max(state.under_way - 1, 0L);
        const auto told = parse_rate_usage(answer.headers);
        const auto correct_pair = [&](RatePair& own, RatePair& highest, const RatePair& pair) {
            correct(own.quarter_hour, highest.quarter_hour.usage, pair.quarter_hour, state.under_way);
            correct(own.day, highest.day.usage, pair.day, state.under_way);
        };
        if (told.overall) {
            correct_pair(state.overall, state.overall_told, *told.overall);
            state.overall_known = true;
        }
        if (told.read) {
            correct_pair(state.read, state.read_told, *told.read);
            state.read_known = true;
        }
        if (told.overall || told.read) {
            state.seen_at = moment;
        }
        if (answer.status == 429) {
            const auto reset = next_reset({state.overall, state.read}, moment);
            state.closed_until =
                std::max(state.closed_until, reset + seconds{1 + m_uniform(longest_jitter_s)});
        }
        return 0;
    });
}

void RateAccount::settle_unanswered() {
    locked([&](State& state) {
        state.under_way = std::max(state.under_way - 1, 0L);
        return 0;
    });
}

std::optional<SeenRate> RateAccount::look() {
    auto state = load();
    if (!state.overall_known && !state.read_known) {
        return std::nullopt;
    }
    state.roll(now(state));
    SeenRate seen;
    seen.seen_at = state.seen_at;
    if (state.overall_known) {
        seen.usage.overall = state.overall;
    }
    if (state.read_known) {
        seen.usage.read = state.read;
    }
    return seen;
}

} // namespace harrier::net
