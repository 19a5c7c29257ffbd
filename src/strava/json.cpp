// SPDX-License-Identifier: MIT
#include "strava/json.hpp"

#include "base/error.hpp"
#include "strava/json_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace harrier::strava {

namespace {

using model::Activity;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// A value of the wrong type, or null, is as good as absent.

void read(element value, std::optional<double>& into) {
    double number = 0;
    if (value.get_double().get(number) == simdjson::SUCCESS) { // integers included
        into = number;
    }
}

void read(element value, std::optional<std::int64_t>& into) {
    std::int64_t integer = 0;
    double number = 0;
    constexpr double exact = 9007199254740992.0; // 2^53: beyond it a double is no longer the number sent
    if (value.get_int64().get(integer) == simdjson::SUCCESS) {
        into = integer;
    } else if (value.get_double().get(number) == simdjson::SUCCESS && std::abs(number) < exact) {
        into = std::llround(number);
    }
}

void read(element value, std::optional<int>& into) {
    std::optional<std::int64_t> wide;
    read(value, wide);
    if (wide && *wide >= std::numeric_limits<int>::min() && *wide <= std::numeric_limits<int>::max()) {
        into = static_cast<int>(*wide);
    }
}

void read(element value, std::optional<bool>& into) {
    bool flag = false;
    if (value.get_bool().get(flag) == simdjson::SUCCESS) {
        into = flag;
    }
}

void read(element value, std::string& into) {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) {
        into = text;
    }
}

void read(element value, std::optional<std::string>& into) {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS && !text.empty()) {
        into.emplace(text);
    }
}

void read(element value, std::optional<Instant>& into) {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) {
        into = parse_instant(text);
    }
}

void read(element value, std::optional<WallTime>& into) {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) {
        into = parse_wall_time(text);
    }
}

void read(element value, std::optional<model::LatLng>& into) {
    array pair;
    if (value.get_array().get(pair) != simdjson::SUCCESS || pair.size() != 2) {
        return;
    }
    std::optional<double> lat;
    std::optional<double> lng;
    read(pair.at(0).value_unsafe(), lat);
    read(pair.at(1).value_unsafe(), lng);
    if (lat && lng) {
        into = model::LatLng{*lat, *lng};
    }
}

template <typename Value>
Value read_at(const object& parent, std::string_view key) {
    Value value{};
    element found;
    if (parent.at_key(key).get(found) == simdjson::SUCCESS) {
        read(found, value);
    }
    return value;
}

std::optional<object> object_in(element value) {
    object found;
    if (value.get_object().get(found) == simdjson::SUCCESS) {
        return found;
    }
    return std::nullopt;
}

struct Field {
    std::string_view key;
    void (*read)(element value, Activity& activity);
};

// Times are added up, so one that nobody can have lived through (over 100 years) is as good as absent.
template <auto Member>
void read_duration(element value, Activity& activity) {
    constexpr std::int64_t longest_s = 100LL * 366 * 24 * 3600;
    std::optional<std::int64_t> seconds;
    read(value, seconds);
    if (seconds && *seconds >= -longest_s && *seconds <= longest_s) {
        activity.*Member = *seconds;
    }
}

template <auto Member>
void read_member(element value, Activity& activity) {
    read(value, activity.*Member);
}

constexpr auto fields = [] {
    std::array all{
        Field{"name", read_member<&Activity::name>},
        Field{"sport_type", read_member<&Activity::sport_type>},
        Field{"type", read_member<&Activity::type>},
        Field{"workout_type", read_member<&Activity::workout_type>},
        Field{"start_date", read_member<&Activity::start_date>},
        Field{"start_date_local", read_member<&Activity::start_date_local>},
        Field{"timezone", read_member<&Activity::timezone>},
        Field{"utc_offset", read_member<&Activity::utc_offset>},
        Field{"distance", read_member<&Activity::distance>},
        Field{"moving_time", read_duration<&Activity::moving_time>},
        Field{"elapsed_time", read_duration<&Activity::elapsed_time>},
        Field{"total_elevation_gain", read_member<&Activity::total_elevation_gain>},
        Field{"elev_high", read_member<&Activity::elev_high>},
        Field{"elev_low", read_member<&Activity::elev_low>},
        Field{"average_speed", read_member<&Activity::average_speed>},
        Field{"max_speed", read_member<&Activity::max_speed>},
        Field{"has_heartrate", read_member<&Activity::has_heartrate>},
        Field{"average_heartrate", read_member<&Activity::average_heartrate>},
        Field{"max_heartrate", read_member<&Activity::max_heartrate>},
        Field{"average_cadence", read_member<&Activity::average_cadence>},
        Field{"average_temp", read_member<&Activity::average_temp>},
        Field{"average_watts", read_member<&Activity::average_watts>},
        Field{"weighted_average_watts", read_member<&Activity::weighted_average_watts>},
        Field{"max_watts", read_member<&Activity::max_watts>},
        Field{"device_watts", read_member<&Activity::device_watts>},
        Field{"kilojoules", read_member<&Activity::kilojoules>},
        Field{"calories", read_member<&Activity::calories>},
        Field{"description", read_member<&Activity::description>},
        Field{"private_note", read_member<&Activity::private_note>},
        Field{"suffer_score", read_member<&Activity::suffer_score>},
        Field{"gear_id", read_member<&Activity::gear_id>},
        Field{"trainer", read_member<&Activity::trainer>},
        Field{"commute", read_member<&Activity::commute>},
        Field{"manual", read_member<&Activity::manual>},
        Field{"visibility", read_member<&Activity::visibility>},
        Field{"flagged", read_member<&Activity::flagged>},
        Field{"start_latlng", read_member<&Activity::start_latlng>},
        Field{"end_latlng", read_member<&Activity::end_latlng>},
        Field{"achievement_count", read_member<&Activity::achievement_count>},
        Field{"kudos_count", read_member<&Activity::kudos_count>},
        Field{"comment_count", read_member<&Activity::comment_count>},
        Field{"athlete_count", read_member<&Activity::athlete_count>},
        Field{"photo_count", read_member<&Activity::photo_count>},
        Field{"total_photo_count", read_member<&Activity::total_photo_count>},
        Field{"pr_count", read_member<&Activity::pr_count>},
        Field{"upload_id", read_member<&Activity::upload_id>},
        Field{"external_id", read_member<&Activity::external_id>},
        Field{"device_name", read_member<&Activity::device_name>},
        Field{"private", read_member<&Activity::is_private>},
        Field{"id",
              [](element value, Activity& activity) {
                  std::optional<std::int64_t> id;
                  read(value, id);
                  if (id) {
                      activity.strava_id = StravaId{*id};
                  }
              }},
        Field{"athlete",
              [](element value, Activity& activity) {
                  if (const auto athlete = object_in(value)) {
                      const auto id = read_at<std::optional<std::int64_t>>(*athlete, "id");
                      activity.athlete_id = AthleteId{id.value_or(0)};
                  }
              }},
        Field{"gear",
              [](element value, Activity& activity) {
                  if (const auto gear = object_in(value)) {
                      activity.gear_name = read_at<std::optional<std::string>>(*gear, "name");
                  }
              }},
        Field{"map",
              [](element value, Activity& activity) {
                  if (const auto map = object_in(value)) {
                      activity.summary_polyline =
                          read_at<std::optional<std::string>>(*map, "summary_polyline");
                  }
              }},
    };
    std::sort(all.begin(), all.end(), [](const Field& a, const Field& b) { return a.key < b.key; });
    return all;
}();

Activity to_activity(const object& source) {
    Activity activity;
    for (const auto& [key, value] : source) {
        const auto found =
            std::lower_bound(fields.begin(), fields.end(), key,
                             [](const Field& field, std::string_view name) { return field.key < name; });
        if (found != fields.end() && found->key == key) {
            found->read(value, activity);
        }
    }
    if (activity.sport_type.empty()) {
        activity.sport_type = activity.type.value_or(""); // answers from before 2022 have only `type`
    }
    return activity;
}

object as_object(element document, std::string_view what) {
    if (const auto found = object_in(document)) {
        return *found;
    }
    throw Error(ErrorKind::data, fmt::format("cannot read {}: byte 0 does not begin a JSON object", what));
}

// The texts of the objects in an array that is known to be valid JSON.
class ObjectTexts {
public:
    explicit ObjectTexts(std::string_view array) : m_json(array), m_at(array.find('[') + 1) {}

    [[nodiscard]] std::string_view next() {
        const auto begin = m_json.find('{', m_at);
        int depth = 0;
        m_at = begin;
        do {
            const char c = m_json[m_at++];
            if (c == '"') {
                skip_string();
            } else if (c == '{') {
                ++depth;
            } else if (c == '}') {
                --depth;
            }
        } while (depth > 0);
        return m_json.substr(begin, m_at - begin);
    }
    [[nodiscard]] std::size_t position() const { return m_at; }

private:
    // From after the opening quote to after the closing one: the first with an even number of backslashes
    // before it.
    void skip_string() {
        const auto begin = m_at;
        std::size_t backslashes = 0;
        do {
            m_at = m_json.find('"', m_at) + 1;
            const auto before = m_json.substr(begin, m_at - 1 - begin);
            const auto other = before.find_last_not_of('\\');
            backslashes = before.size() - (other == std::string_view::npos ? 0 : other + 1);
        } while (backslashes % 2 == 1);
    }

    std::string_view m_json;
    std::size_t m_at;
};

// By this machine's clock, which may be wrong by days: what counts is how long the token lives from now on.
Instant expiry(const object& grant, Instant received_at) {
    // No token lives so long, and times stay within what can be added and subtracted.
    constexpr std::int64_t longest_life_s = 10LL * 366 * 24 * 3600;
    if (const auto expires_in = read_at<std::optional<std::int64_t>>(grant, "expires_in")) {
        return received_at + std::chrono::seconds{std::clamp<std::int64_t>(*expires_in, 0, longest_life_s)};
    }
    if (const auto expires_at = read_at<std::optional<std::int64_t>>(grant, "expires_at")) {
        const auto latest = received_at.time_since_epoch().count() + longest_life_s;
        return Instant{std::chrono::seconds{std::clamp<std::int64_t>(*expires_at, 0, latest)}};
    }
    // Six hours is what Strava documents; if it is less, the 401 that follows leads to a refresh.
    return received_at + std::chrono::hours{6};
}

model::Athlete to_athlete(const object& source, std::string_view what) {
    const auto id = read_at<std::optional<std::int64_t>>(source, "id");
    if (!id) {
        throw Error(ErrorKind::data, fmt::format("cannot read {}: the athlete has no id", what));
    }
    model::Athlete athlete;
    athlete.athlete_id = AthleteId{*id};
    athlete.username = read_at<std::optional<std::string>>(source, "username");
    athlete.firstname = read_at<std::string>(source, "firstname");
    athlete.lastname = read_at<std::string>(source, "lastname");
    athlete.city = read_at<std::optional<std::string>>(source, "city");
    athlete.country = read_at<std::optional<std::string>>(source, "country");
    athlete.sex = read_at<std::optional<std::string>>(source, "sex");
    athlete.measurement_preference = read_at<std::optional<std::string>>(source, "measurement_preference");
    athlete.weight = read_at<std::optional<double>>(source, "weight");
    return athlete;
}

} // namespace

std::vector<model::ActivityRecord> parse_activities(std::string_view json) {
    constexpr std::string_view what = "the list of activities";
    simdjson::dom::parser parser;
    array list;
    if (parse_document(parser, json, what).get_array().get(list) != simdjson::SUCCESS) {
        throw Error(ErrorKind::data, fmt::format("cannot read {}: byte 0 does not begin a JSON array", what));
    }
    std::vector<model::ActivityRecord> records;
    records.reserve(list.size());
    ObjectTexts texts(json);
    for (const element one : list) {
        const auto source = object_in(one);
        if (!source) {
            throw Error(ErrorKind::data, fmt::format("cannot read {}: item {} after byte {} is not an object",
                                                     what, records.size() + 1, texts.position()));
        }
        const auto raw = texts.next();
        auto activity = to_activity(*source);
        if (!activity.strava_id) {
            throw Error(ErrorKind::data, fmt::format("cannot read {}: item {} before byte {} has no id", what,
                                                     records.size() + 1, texts.position()));
        }
        records.push_back({std::move(activity), std::string(raw)});
    }
    return records;
}

model::ActivityRecord parse_activity(std::string json) {
    constexpr std::string_view what = "the activity";
    simdjson::dom::parser parser;
    auto activity = to_activity(as_object(parse_document(parser, json, what), what));
    if (!activity.strava_id) {
        throw Error(ErrorKind::data, fmt::format("cannot read {}: it has no id", what));
    }
    return {std::move(activity), std::move(json)};
}

model::Athlete parse_athlete(std::string_view json) {
    constexpr std::string_view what = "the athlete";
    simdjson::dom::parser parser;
    return to_athlete(as_object(parse_document(parser, json, what), what), what);
}

TokenGrant parse_token_grant(std::string_view json, Instant received_at) {
    constexpr std::string_view what = "the answer of the token endpoint";
    simdjson::dom::parser parser;
    const object source = as_object(parse_document(parser, json, what), what);
    TokenGrant grant;
    grant.token.access_token = Secret(read_at<std::string>(source, "access_token"));
    grant.token.refresh_token = Secret(read_at<std::string>(source, "refresh_token"));
    if (grant.token.access_token.empty()) {
        throw Error(ErrorKind::data, fmt::format("cannot read {}: it holds no token", what));
    }
    grant.token.expires_at = expiry(source, received_at);
    if (const auto scope = read_at<std::optional<std::string>>(source, "scope")) {
        grant.scopes = Scopes::parse(*scope);
    }
    element athlete;
    if (source.at_key("athlete").get(athlete) == simdjson::SUCCESS) {
        if (const auto found = object_in(athlete)) {
            grant.athlete = to_athlete(*found, what);
        }
    }
    return grant;
}

} // namespace harrier::strava
