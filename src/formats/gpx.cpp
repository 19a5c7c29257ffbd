// SPDX-License-Identifier: MIT
#include "formats/gpx.hpp"

#include "formats/sport_words.hpp"
#include "formats/xml_document.hpp"
#include "formats/xml_track.hpp"
#include "formats/xml_values.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::formats::gpx {

namespace {

struct SensorName {
    std::string_view name; // lower case
    Column column;
};

constexpr SensorName sensor_names[] = {
    {"hr", Column::heartrate},     {"heartrate", Column::heartrate}, {"cad", Column::cadence},
    {"cadence", Column::cadence},  {"atemp", Column::temp},          {"temp", Column::temp},
    {"temperature", Column::temp}, {"power", Column::watts},         {"powerinwatts", Column::watts},
    {"watts", Column::watts},      {"speed", Column::velocity},      {"course", Column::course},
    {"wtemp", Column::water_temp},
};
constexpr std::size_t longest_sensor_name = 12;

std::optional<Column> find_sensor(std::string_view name) {
    if (name.size() > longest_sensor_name) {
        return std::nullopt;
    }
    std::array<char, longest_sensor_name> lower{};
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        lower[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const std::string_view wanted(lower.data(), name.size());
    for (const auto& sensor : sensor_names) {
        if (sensor.name == wanted) {
            return sensor.column;
        }
    }
    return std::nullopt;
}

// Whatever the layout: some apps nest values where the schema has none.
void read_extensions(XmlNode parent, PointTable& points) {
    for (const auto child : parent) {
        if (const auto sensor = find_sensor(local_name(child))) {
            points.set(*sensor, XmlText(child).view());
        }
        if (child.first_child()) {
            read_extensions(child, points);
        }
    }
}

void read_bare_sensors(XmlNode point, PointTable& points) {
    for (const auto child : point) {
        if (const auto sensor = find_sensor(local_name(child))) {
            points.set(*sensor, XmlText(child).view());
        }
    }
}

void read_position(XmlNode point, PointTable& points) {
    std::string_view latitude;
    std::string_view longitude;
    for (const auto attribute : point.attributes()) {
        const std::string_view name = attribute.name();
        if (name == "lat") {
            latitude = attribute.value();
        } else if (name == "lon") {
            longitude = attribute.value();
        }
    }
    points.set_position(latitude, longitude);
}

void read_point(XmlNode point, PointTable& points) {
    read_position(point, points);
    bool has_bare_sensors = false;
    for (const auto child : point) {
        const auto name = local_name(child);
        if (name == "ele") {
            points.set(Column::altitude, XmlText(child).view());
        } else if (name == "time") {
            points.set_time(XmlText(child).view());
        } else if (child.first_child()) {
            read_extensions(child, points);
        } else {
            has_bare_sensors = true;
        }
    }
    if (has_bare_sensors) {
        read_bare_sensors(point, points);
    }
}

// Calls `visit` for each child element of that name.
template <class Visit>
void for_each_child(XmlNode parent, std::string_view name, Visit&& visit) {
    for (const auto child : parent) {
        if (local_name(child) == name) {
            visit(child);
        }
    }
}

std::size_t count_children(XmlNode parent, std::string_view name) {
    std::size_t count = 0;
    for_each_child(parent, name, [&](XmlNode) { ++count; });
    return count;
}

std::size_t count_points(XmlNode root) {
    std::size_t count = 0;
    for_each_child(root, "trk", [&](XmlNode track) {
        for_each_child(track, "trkseg", [&](XmlNode segment) { count += count_children(segment, "trkpt"); });
    });
    return count;
}

// Attributes are few, but an unprefixed one among prefixed ones is wanted.
std::string_view attribute(XmlNode element, const char* name) {
    return element.attribute(name).value();
}

class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_document(bytes) {}

    model::DecodedFile read() {
        const auto root = m_document.root();
        m_file.findings = std::move(m_document.findings());
        m_file.is_cut = m_document.is_damaged();
        if (!root) {
            return std::move(m_file);
        }
        if (local_name(root) != "gpx") {
            note(root, fmt::format("not a GPX file: its root is {}", clean_words(root.name())));
            return std::move(m_file);
        }
        m_file.is_rewritten = trim(attribute(root, "creator")) == our_creator;
        check_version(root);
        const auto first_track = find_child(root, "trk");
        const auto count = count_points(root);
        if (!first_track || count == 0) {
            note(root, "no track with points in it (routes and waypoints are no recordings)");
            return std::move(m_file);
        }
        model::Recording recording;
        describe(root, first_track, recording);
        PointTable points(count, 0);
        for_each_child(root, "trk", [&](XmlNode track) {
            for_each_child(track, "trkseg", [&](XmlNode segment) { read_segment(segment, points); });
        });
        if (points.size() == 0) {
            return std::move(m_file);
        }
        points.move_into(recording, m_file.findings, std::nullopt);
        m_file.recordings.push_back(std::move(recording));
        return std::move(m_file);
    }

private:
    void note(XmlNode node, std::string what) {
        m_file.findings.push_back({m_document.offset_of(node), 0, std::move(what)});
    }

    void check_version(XmlNode root) {
        const auto version = trim(attribute(root, "version"));
        if (!version.empty() && version != "1.0" && version != "1.1") {
            note(root, fmt::format("GPX version \"{}\" is not known; read as 1.1",
                                   clean_words(version.substr(0, 40))));
        }
    }

    void read_segment(XmlNode segment, PointTable& points) {
        points.begin_segment();
        for_each_child(segment, "trkpt", [&](XmlNode point) {
            const bool is_last = !point.next_sibling();
            if (!is_last || m_document.is_complete(point)) {
                points.begin_point(m_document.offset_of(point));
                read_point(point, points);
            }
        });
    }

    static void describe(XmlNode root, XmlNode track, model::Recording& recording) {
        recording.name = clean_words(XmlText(find_child(track, "name")).view());
        recording.description = clean_words(XmlText(find_child(track, "desc")).view());
        recording.original_sport = clean_words(XmlText(find_child(track, "type")).view());
        // "StravaGPX Android" is Strava's own app, which numbers its sports.
        constexpr std::string_view strava = "StravaGPX";
        auto creator = trim(attribute(root, "creator"));
        std::string_view sport;
        if (creator.starts_with(strava)) {
            creator = trim(creator.substr(strava.size()));
            sport = sport_type_of_strava_number(recording.original_sport);
        }
        recording.sport_type = sport.empty() ? sport_type_of_word(recording.original_sport) : sport;
        // A file that we wrote tells nothing of the device.
        if (!creator.empty() && creator != our_creator) {
            model::Device device;
            device.name = clean_words(creator);
            recording.devices.push_back(std::move(device));
        }
    }

    XmlDocument m_document;
    model::DecodedFile m_file;
};

} // namespace

model::DecodedFile decode(std::span<const std::byte> bytes) {
    return Reader(bytes).read();
}

} // namespace harrier::formats::gpx
