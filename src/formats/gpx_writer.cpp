// SPDX-License-Identifier: MIT
#include "formats/gpx_writer.hpp"

#include "formats/sport_words.hpp"
#include "formats/written_track.hpp"
#include "formats/xml_values.hpp"
#include "formats/xml_writer.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace harrier::formats {

namespace {

using Values = const std::vector<double>*;

constexpr NumberKind power_kind{0, 65'535, false};

struct Sensor {
    std::string_view tag;
    Values values;
    NumberKind kind;
};

// Those that the recording has, in the order of the schema.
std::vector<Sensor> sensors_of(const model::Recording& recording) {
    const auto extra = [&](std::string_view name) -> Values {
        const auto found = std::find_if(recording.extra.begin(), recording.extra.end(),
                                        [&](const auto& one) { return one.name == name; });
        return found == recording.extra.end() ? nullptr : &found->values;
    };
    const auto& streams = recording.streams;
    std::vector<Sensor> sensors{
        {"gpxtpx:atemp", &streams.temp, any_number},
        {"gpxtpx:wtemp", extra("water_temperature"), any_number},
        {"gpxtpx:hr", &streams.heartrate, whole_heart_rate},
        {"gpxtpx:cad", &streams.cadence, whole_cadence},
        {"gpxtpx:speed", &streams.velocity_smooth, any_number},
        {"gpxtpx:course", extra("course"), any_number},
    };
    std::erase_if(sensors, [](const Sensor& one) { return one.values == nullptr || one.values->empty(); });
    return sensors;
}

// A word of the file's own where it means the same to our reader, else Strava's.
const std::string& sport_word(const model::Recording& recording) {
    return sport_type_of_word(recording.original_sport) == recording.sport_type ? recording.original_sport
                                                                                : recording.sport_type;
}

class PointWriter {
public:
    PointWriter(const model::Recording& recording, XmlWriter& out)
        : m_streams(recording.streams), m_sensors(sensors_of(recording)), m_out(out) {}

    void write(std::size_t row, model::Moment moment) {
        m_out.raw("<trkpt lat=\"").number(m_streams.latitude[row]);
        m_out.raw("\" lon=\"").number(m_streams.longitude[row]).raw("\">");
        m_out.element("ele", fitted(sample_at(m_streams.altitude, row), any_number));
        if (moment != no_moment) {
            m_out.element("time", moment);
        }
        write_extensions(row);
        m_out.raw("</trkpt>\n");
    }

private:
    void write_extensions(std::size_t row) {
        const double power = fitted(sample_at(m_streams.watts, row), power_kind);
        const bool any_sensor = std::any_of(m_sensors.begin(), m_sensors.end(), [&](const Sensor& one) {
            return !model::is_missing(fitted(sample_at(*one.values, row), one.kind));
        });
        if (!any_sensor && model::is_missing(power)) {
            return;
        }
        m_out.raw("<extensions>").element("power", power);
        if (any_sensor) {
            m_out.raw("<gpxtpx:TrackPointExtension>");
            for (const auto& sensor : m_sensors) {
                m_out.element(sensor.tag, fitted(sample_at(*sensor.values, row), sensor.kind));
            }
            m_out.raw("</gpxtpx:TrackPointExtension>");
        }
        m_out.raw("</extensions>");
    }

    const model::Streams& m_streams;
    std::vector<Sensor> m_sensors;
    XmlWriter& m_out;
};

void write_segments(const model::Recording& recording, const std::vector<std::size_t>& rows, XmlWriter& out) {
    const auto moments = sample_moments(recording);
    const auto starts = segment_starts(recording, rows, moments);
    auto next_start = starts.begin();
    PointWriter points(recording, out);
    out.raw("<trkseg>\n");
    for (std::size_t place = 0; place < rows.size(); ++place) {
        if (next_start != starts.end() && *next_start == place) {
            out.raw("</trkseg>\n<trkseg>\n");
            ++next_start;
        }
        points.write(rows[place], moments[rows[place]]);
    }
    out.raw("</trkseg>\n");
}

} // namespace

std::size_t count_gpx_points(const model::Recording& recording) {
    std::size_t count = 0;
    for (std::size_t row = 0; row < recording.streams.size(); ++row) {
        count += has_position(recording.streams, row) ? 1 : 0;
    }
    return count;
}

std::string write_gpx(const model::Recording& recording) {
    constexpr std::size_t head_size = 1000;
    constexpr std::size_t point_size = 250;
    std::vector<std::size_t> rows;
    rows.reserve(recording.streams.size());
    for (std::size_t row = 0; row < recording.streams.size(); ++row) {
        if (has_position(recording.streams, row)) {
            rows.push_back(row);
        }
    }
    XmlWriter out(head_size + rows.size() * point_size);
    out.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<gpx version=\"1.1\" creator=\"")
        .raw(our_creator)
        .raw("\" xmlns=\"http://www.topografix.com/GPX/1/1\" "
             "xmlns:gpxtpx=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v2\">\n");
    if (recording.start && has_xml_time(*recording.start)) {
        out.raw("<metadata>").element("time", *recording.start).raw("</metadata>\n");
    }
    out.raw("<trk>\n").element("name", recording.name).element("desc", recording.description);
    out.element("type", sport_word(recording)).raw("\n");
    write_segments(recording, rows, out);
    return out.raw("</trk>\n</gpx>\n").take();
}

} // namespace harrier::formats
