// SPDX-License-Identifier: MIT
#include "strava/stream_json.hpp"

#include "base/error.hpp"
#include "strava/json_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace harrier::strava {

namespace {

using model::Streams;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::string_view set_name = "the streams of the activity";

struct NumberStream {
    std::string_view key;
    std::vector<double> Streams::*column;
};

constexpr std::array number_streams{
    NumberStream{"time", &Streams::time},
    NumberStream{"distance", &Streams::distance},
    NumberStream{"altitude", &Streams::altitude},
    NumberStream{"velocity_smooth", &Streams::velocity_smooth},
    NumberStream{"heartrate", &Streams::heartrate},
    NumberStream{"cadence", &Streams::cadence},
    NumberStream{"watts", &Streams::watts},
    NumberStream{"temp", &Streams::temp},
    NumberStream{"grade_smooth", &Streams::grade_smooth},
};

[[noreturn]] void refuse(std::string_view cause) {
    throw Error(ErrorKind::data, fmt::format("cannot read {}: {}", set_name, cause),
                "The answer was cut or changed on its way; run the same command again");
}

// Nothing when it is null; anything but a number is refused.
std::optional<double> number_of(element value, std::string_view key, std::size_t index) {
    if (value.is_null()) {
        return std::nullopt;
    }
    double number = 0;
    if (value.get_double().get(number) != simdjson::SUCCESS) { // integers included
        refuse(fmt::format("sample {} of {} is not a number", index, key));
    }
    return number;
}

double flag_of(element value, std::string_view key, std::size_t index) {
    bool flag = false;
    if (value.is_null()) {
        return model::missing;
    }
    if (value.get_bool().get(flag) != simdjson::SUCCESS) {
        refuse(fmt::format("sample {} of {} is not true or false", index, key));
    }
    return flag ? 1 : 0;
}

// A column that no sample has is empty.
void drop_if_missing(std::vector<double>& column) {
    if (std::all_of(column.begin(), column.end(), model::is_missing)) {
        column.clear();
    }
}

// Puts one stream of the set after the other into a recording.
class StreamReader {
public:
    void read(std::string_view key, element stream) {
        object members;
        array data;
        if (stream.get_object().get(members) != simdjson::SUCCESS ||
            members.at_key("data").get_array().get(data) != simdjson::SUCCESS) {
            refuse(fmt::format("{} has no data", key));
        }
        const auto size = count(data);
        if (m_size && *m_size != size) {
            refuse(fmt::format("{} has {} samples, {} has {}", m_first, *m_size, key, size));
        }
        m_size = size;
        m_first = m_first.empty() ? std::string(key) : m_first;
        read_data(key, data, size);
    }

    [[nodiscard]] model::Recording take() {
        auto& streams = m_recording.streams;
        if (m_size.value_or(0) == 0) {
            return {};
        }
        if (streams.time.empty()) {
            refuse("it has samples, but no times");
        }
        for (const auto& known : number_streams) {
            drop_if_missing(streams.*known.column);
        }
        drop_if_missing(streams.latitude);
        drop_if_missing(streams.longitude);
        return std::move(m_recording);
    }

private:
    // array::size() stops counting at 2^24.
    static std::size_t count(const array& data) {
        return static_cast<std::size_t>(std::distance(data.begin(), data.end()));
    }

    void read_data(std::string_view key, const array& data, std::size_t size) {
        const auto known = std::find_if(number_streams.begin(), number_streams.end(),
                                        [&](const NumberStream& one) { return one.key == key; });
        if (known != number_streams.end()) {
            read_numbers(key, data, size, m_recording.streams.*(known->column));
        } else if (key == "latlng") {
            read_places(data, size);
        } else if (key == "moving") {
            auto& column = m_recording.extra.emplace_back(model::ExtraColumn{"moving", "", {}});
            column.values.reserve(size);
            for (const element value : data) {
                column.values.push_back(flag_of(value, key, column.values.size()));
            }
        } // a stream that Strava has added since is left
    }

    static void read_numbers(std::string_view key, const array& data, std::size_t size,
                             std::vector<double>& column) {
        column.clear();
        column.reserve(size);
        for (const element value : data) {
            const auto number = number_of(value, key, column.size());
            if (!number && key == "time") {
                refuse(fmt::format("sample {} has no time", column.size()));
            }
            column.push_back(number.value_or(model::missing));
        }
    }

    // Pairs [latitude, longitude]; null and [] where there is no position.
    void read_places(const array& data, std::size_t size) {
        auto& streams = m_recording.streams;
        streams.latitude.clear();
        streams.longitude.clear();
        streams.latitude.reserve(size);
        streams.longitude.reserve(size);
        for (const element value : data) {
            const auto index = streams.latitude.size();
            array pair;
            const bool is_pair = value.get_array().get(pair) == simdjson::SUCCESS;
            if (!value.is_null() && (!is_pair || (pair.size() != 0 && pair.size() != 2))) {
                refuse(fmt::format("sample {} of latlng is not a pair", index));
            }
            std::optional<double> latitude;
            std::optional<double> longitude;
            if (is_pair && pair.size() == 2) {
                latitude = number_of(pair.at(0).value_unsafe(), "latlng", index);
                longitude = number_of(pair.at(1).value_unsafe(), "latlng", index);
            }
            const bool is_known = latitude && longitude;
            streams.latitude.push_back(is_known ? *latitude : model::missing);
            streams.longitude.push_back(is_known ? *longitude : model::missing);
        }
    }

    model::Recording m_recording;
    std::optional<std::size_t> m_size; // of the streams so far
    std::string m_first;               // the key of the first one
};

} // namespace

model::Recording parse_streams(std::string_view json) {
    simdjson::dom::parser parser;
    const auto document = parse_document(parser, json, set_name);
    StreamReader reader;
    object by_key;
    array listed;
    if (document.get_object().get(by_key) == simdjson::SUCCESS) {
        for (const auto& [key, stream] : by_key) {
            reader.read(key, stream);
        }
    } else if (document.get_array().get(listed) == simdjson::SUCCESS) {
        for (const element stream : listed) {
            std::string_view key;
            if (stream["type"].get_string().get(key) != simdjson::SUCCESS) {
                refuse("a stream has no type");
            }
            reader.read(key, stream);
        }
    } else {
        refuse("byte 0 does not begin a JSON object or array");
    }
    return reader.take();
}

} // namespace harrier::strava
