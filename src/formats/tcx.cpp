// SPDX-License-Identifier: MIT
#include "formats/tcx.hpp"

#include "formats/sport_words.hpp"
#include "formats/xml_document.hpp"
#include "formats/xml_track.hpp"
#include "formats/xml_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace harrier::formats::tcx {

namespace {

// Only hostile files reach them.
constexpr std::size_t max_activities = 1'000;
constexpr std::size_t max_laps = 20'000;

std::string lower_case(std::string_view text) {
    auto words = clean_words(text);
    std::transform(words.begin(), words.end(), words.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return words;
}

std::optional<double> number_in(XmlNode element) {
    return read_sensor_value(XmlText(element).view());
}

// <AverageHeartRateBpm><Value>117</Value></AverageHeartRateBpm>; some writers leave out the Value.
XmlNode value_of(XmlNode element) {
    const auto value = find_child(element, "Value");
    return value ? value : element;
}

void read_position(XmlNode position, PointTable& points) {
    const XmlText latitude(find_child(position, "LatitudeDegrees"));
    const XmlText longitude(find_child(position, "LongitudeDegrees"));
    points.set_position(latitude.view(), longitude.view());
}

void read_extensions(XmlNode parent, PointTable& points) {
    for (const auto child : parent) {
        const auto name = local_name(child);
        if (name == "Speed") {
            points.set(Column::velocity, XmlText(child).view());
        } else if (name == "Watts") {
            points.set(Column::watts, XmlText(child).view());
        } else if (name == "RunCadence") {
            points.set(Column::cadence, XmlText(child).view());
        } else if (child.first_child()) {
            read_extensions(child, points);
        }
    }
}

void read_point(XmlNode point, PointTable& points) {
    XmlNode cadence;
    for (const auto child : point) {
        const auto name = local_name(child);
        if (name == "Time") {
            points.set_time(XmlText(child).view());
        } else if (name == "Position") {
            read_position(child, points);
        } else if (name == "AltitudeMeters") {
            points.set(Column::altitude, XmlText(child).view());
        } else if (name == "DistanceMeters") {
            points.set(Column::distance, XmlText(child).view());
        } else if (name == "HeartRateBpm") {
            points.set(Column::heartrate, XmlText(value_of(child)).view());
        } else if (name == "Cadence") {
            cadence = child;
        } else if (name == "Extensions") {
            read_extensions(child, points);
        }
    }
    // Behind the extensions, whose RunCadence wins.
    if (cadence) {
        points.set(Column::cadence, XmlText(cadence).view());
    }
}

// The lap extension LX, however deep.
void read_lap_extensions(XmlNode parent, model::Totals& totals) {
    for (const auto child : parent) {
        const auto name = local_name(child);
        if (name == "AvgSpeed") {
            totals.average_speed = number_in(child);
        } else if (name == "AvgRunCadence") {
            totals.average_cadence = number_in(child);
        } else if (name == "MaxRunCadence" || name == "MaxBikeCadence") {
            totals.max_cadence = number_in(child);
        } else if (name == "AvgWatts") {
            totals.average_watts = number_in(child);
        } else if (name == "MaxWatts") {
            totals.max_watts = number_in(child);
        } else if (child.first_child()) {
            read_lap_extensions(child, totals);
        }
    }
}

void read_lap_figures(XmlNode element, model::Lap& lap) {
    auto& totals = lap.totals;
    for (const auto child : element) {
        const auto name = local_name(child);
        if (name == "TotalTimeSeconds") {
            totals.timer_time = number_in(child);
        } else if (name == "DistanceMeters") {
            totals.distance = number_in(child);
        } else if (name == "MaximumSpeed") {
            totals.max_speed = number_in(child);
        } else if (name == "Calories") {
            totals.calories = number_in(child);
        } else if (name == "AverageHeartRateBpm") {
            totals.average_heartrate = number_in(value_of(child));
        } else if (name == "MaximumHeartRateBpm") {
            totals.max_heartrate = number_in(value_of(child));
        } else if (name == "Intensity") {
            lap.intensity = lower_case(XmlText(child).view());
        } else if (name == "Cadence") {
            totals.average_cadence = number_in(child);
        } else if (name == "TriggerMethod") {
            lap.trigger = lower_case(XmlText(child).view());
        } else if (name == "Extensions") {
            read_lap_extensions(child, totals);
        }
    }
}

using Figure = std::optional<double> model::Totals::*;

// Of all laps, or nothing: a part of the sum would be a wrong one.
template <class Combine>
std::optional<double> over_laps(const std::vector<model::Lap>& laps, Figure figure, Combine combine) {
    std::optional<double> result;
    for (const auto& lap : laps) {
        const auto value = lap.totals.*figure;
        if (!value) {
            return std::nullopt;
        }
        result = result ? combine(*result, *value) : *value;
    }
    return result;
}

void sum_laps(model::Recording& recording) {
    for (const auto figure :
         {&model::Totals::timer_time, &model::Totals::distance, &model::Totals::calories}) {
        recording.totals.*figure =
            over_laps(recording.laps, figure, [](double a, double b) { return a + b; });
    }
    for (const auto figure : {&model::Totals::max_speed, &model::Totals::max_heartrate,
                              &model::Totals::max_cadence, &model::Totals::max_watts}) {
        recording.totals.*figure =
            over_laps(recording.laps, figure, [](double a, double b) { return std::max(a, b); });
    }
}

std::optional<model::Device> read_device(XmlNode creator) {
    model::Device device;
    device.name = clean_words(XmlText(find_child(creator, "Name")).view());
    const auto product = number_in(find_child(creator, "ProductID"));
    if (product && *product >= 0 && *product <= 65535) {
        device.product = static_cast<int>(*product);
    }
    const auto version = find_child(creator, "Version");
    const auto major = number_in(find_child(version, "VersionMajor"));
    const auto minor = number_in(find_child(version, "VersionMinor"));
    if (major && *major > 0) {
        const double hundredths = minor && *minor > 0 && *minor < 100 ? *minor / 100 : 0;
        device.software_version = *major + hundredths;
    }
    if (device.name.empty() && !device.product) {
        return std::nullopt;
    }
    return device;
}

std::size_t count_points(XmlNode activity) {
    std::size_t count = 0;
    for (const auto lap : activity) {
        for (const auto track : lap) {
            if (local_name(track) == "Track") {
                for (const auto point : track) {
                    count += local_name(point) == "Trackpoint" ? 1 : 0;
                }
            }
        }
    }
    return count;
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
        if (local_name(root) != "TrainingCenterDatabase") {
            note(root, fmt::format("not a TCX file: its root is {}", clean_words(root.name())));
            return std::move(m_file);
        }
        const auto author = find_child(root, "Author");
        m_file.is_rewritten = trim(XmlText(find_child(author, "Name")).view()) == our_creator;
        for (const auto child : root) {
            const auto name = local_name(child);
            if (name == "Activities") {
                read_activities(child);
            } else if (name == "Courses" && child.first_child()) {
                note(child, "courses are no recordings: left out");
            }
        }
        if (m_file.recordings.empty() && m_file.findings.empty()) {
            note(root, "no activity in it");
        }
        return std::move(m_file);
    }

private:
    void note(XmlNode node, std::string what) {
        m_file.findings.push_back({m_document.offset_of(node), m_points, std::move(what)});
    }

    // Activity, or MultiSportSession / FirstSport and NextSport / Activity.
    void read_activities(XmlNode parent) {
        for (const auto child : parent) {
            const auto name = local_name(child);
            if (name == "Activity") {
                read_activity(child);
            } else if (name == "MultiSportSession" || name == "FirstSport" || name == "NextSport") {
                read_activities(child);
            }
        }
    }

    void read_activity(XmlNode activity) {
        if (m_file.recordings.size() == max_activities) {
            if (!m_told_of_too_many) {
                note(activity, fmt::format("more than {} activities: the rest is left out", max_activities));
            }
            m_told_of_too_many = true;
            return;
        }
        model::Recording recording;
        recording.original_sport = clean_words(activity.attribute("Sport").value());
        recording.sport_type = sport_type_of_word(recording.original_sport);
        recording.description = clean_words(XmlText(find_child(activity, "Notes")).view());
        if (auto device = read_device(find_child(activity, "Creator"))) {
            recording.devices.push_back(std::move(*device));
        }
        PointTable points(count_points(activity), m_points);
        for (const auto lap : activity) {
            if (local_name(lap) != "Lap") {
                continue;
            }
            if (recording.laps.size() == max_laps) {
                note(lap, fmt::format("more than {} laps: the rest is left out", max_laps));
                break;
            }
            read_lap(lap, points, recording);
        }
        if (recording.laps.empty()) {
            return note(activity, "an activity without laps: left out");
        }
        sum_laps(recording);
        std::optional<model::Moment> stated = recording.laps.front().start;
        if (!stated) {
            stated = read_start(XmlText(find_child(activity, "Id")).view()).moment;
        }
        points.move_into(recording, m_file.findings, stated);
        if (!recording.utc_offset) {
            recording.utc_offset = m_offset_of_starts;
        }
        m_points += points.size();
        m_offset_of_starts.reset();
        m_file.recordings.push_back(std::move(recording));
    }

    void read_lap(XmlNode element, PointTable& points, model::Recording& recording) {
        model::Lap lap;
        const auto start = read_start(element.attribute("StartTime").value());
        lap.start = start.moment;
        if (!m_offset_of_starts) {
            m_offset_of_starts = start.offset;
        }
        read_lap_figures(element, lap);
        bool is_first = true;
        const auto before = points.size();
        for (const auto track : element) {
            if (local_name(track) == "Track") {
                if (!is_first) {
                    points.begin_segment();
                }
                read_track(track, points);
                is_first = false;
            }
        }
        if (points.size() > before) {
            lap.end = points.last_time();
        }
        recording.laps.push_back(std::move(lap));
    }

    void read_track(XmlNode track, PointTable& points) {
        for (const auto point : track) {
            if (local_name(point) == "Trackpoint" &&
                (point.next_sibling() || m_document.is_complete(point))) {
                points.begin_point(m_document.offset_of(point));
                read_point(point, points);
            }
        }
    }

    struct Start {
        std::optional<model::Moment> moment;
        std::optional<std::chrono::seconds> offset;
    };

    static Start read_start(std::string_view text) {
        const auto time = read_time(text);
        if (!time || !is_plausible(time->moment)) {
            return {};
        }
        return {time->moment, time->offset};
    }

    XmlDocument m_document;
    model::DecodedFile m_file;
    bool m_told_of_too_many = false;
    std::size_t m_points = 0; // in the activities before this one
    std::optional<std::chrono::seconds> m_offset_of_starts;
};

} // namespace

model::DecodedFile decode(std::span<const std::byte> bytes) {
    return Reader(bytes).read();
}

} // namespace harrier::formats::tcx
