// SPDX-License-Identifier: MIT
#include "formats/tcx_writer.hpp"

#include "formats/written_track.hpp"
#include "formats/xml_values.hpp"
#include "formats/xml_writer.hpp"
#include "model/sport.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string_view>
#include <vector>

namespace harrier::formats {

namespace {

constexpr NumberKind short_kind{0, 65'535, true};

std::string_view sport_of(std::string_view sport_type) {
    const auto family = model::family_of(sport_type);
    return family == "run" ? "Running" : family == "ride" ? "Biking" : "Other";
}

// Steps are counted on foot only; the schema has a cadence of its own for them.
bool is_on_foot(std::string_view sport_type) {
    return model::measure_of(sport_type) == model::Measure::pace;
}

std::string_view intensity_word(const model::Lap& lap) {
    const auto& word = lap.intensity;
    return word == "rest" || word == "resting" || word == "recovery" ? "Resting" : "Active";
}

std::string_view trigger_word(const model::Lap& lap) {
    const auto& word = lap.trigger;
    if (word == "location" || word.starts_with("position")) {
        return "Location";
    }
    return word == "distance"    ? "Distance"
           : word == "time"      ? "Time"
           : word == "heartrate" ? "HeartRate"
                                 : "Manual";
}

double fitted(std::optional<double> value, const NumberKind& kind) {
    return formats::fitted(value.value_or(model::missing), kind);
}

// When the next lap begins, of those that tell it.
std::vector<std::optional<model::Moment>> next_starts(const std::vector<model::Lap>& laps) {
    std::vector<std::optional<model::Moment>> starts(laps.size());
    for (std::size_t lap = laps.size(); lap-- > 1;) {
        starts[lap - 1] = laps[lap].start ? laps[lap].start : starts[lap];
    }
    return starts;
}

// The row behind the last one of each lap. A row at the very end of a lap is that lap's, and a second one at
// the same time the next one's. A lap without a start has none, unless it is the first.
std::vector<std::size_t> ends_of_laps(const std::vector<model::Lap>& laps,
                                      const std::vector<model::Moment>& moments) {
    const auto starts = next_starts(laps);
    std::vector<std::size_t> ends;
    std::size_t row = 0;
    for (std::size_t lap = 0; lap < laps.size(); ++lap) {
        const auto begin = row;
        while (row < moments.size() && (!starts[lap] || moments[row] < *starts[lap])) {
            ++row;
        }
        const bool is_at_end = row < moments.size() && moments[row] == laps[lap].end;
        const bool is_first = row == begin || moments[row - 1] != laps[lap].end;
        row += is_at_end && is_first ? 1 : 0;
        ends.push_back(row);
    }
    return ends;
}

class TcxWriter {
public:
    explicit TcxWriter(const model::Recording& recording)
        : m_recording(recording), m_on_foot(is_on_foot(recording.sport_type)),
          m_moments(sample_moments(recording)), m_out(1000 + recording.streams.size() * 400) {
        std::vector<std::size_t> rows(m_moments.size());
        std::iota(rows.begin(), rows.end(), std::size_t{0});
        m_starts = segment_starts(recording, rows, m_moments);
        m_next_start = m_starts.begin();
    }

    std::string write() {
        m_out.raw(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase "
            "xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\" "
            "xmlns:ns3=\"http://www.garmin.com/xmlschemas/ActivityExtension/v2\" "
            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n<Activities>\n<Activity Sport=\"");
        m_out.raw(sport_of(m_recording.sport_type)).raw("\">\n");
        m_out.element("Id", id()).raw("\n");
        write_laps();
        m_out.element("Notes", m_recording.description);
        write_creator();
        m_out.raw("</Activity>\n</Activities>\n<Author xsi:type=\"Application_t\"><Name>").raw(our_creator);
        m_out.raw(
            "</Name><Build><Version><VersionMajor>1</VersionMajor><VersionMinor>0</VersionMinor></Version>"
            "</Build><LangID>en</LangID><PartNumber>000-00000-00</PartNumber></Author>\n"
            "</TrainingCenterDatabase>\n");
        return m_out.take();
    }

private:
    [[nodiscard]] model::Moment id() const {
        if (m_recording.start && has_xml_time(*m_recording.start)) {
            return *m_recording.start;
        }
        const bool has_time = !m_moments.empty() && m_moments.front() != no_moment;
        return has_time ? m_moments.front() : model::Moment{};
    }

    void write_laps() {
        if (m_recording.laps.empty()) {
            model::Lap whole;
            whole.start = m_recording.start;
            whole.totals = m_recording.totals;
            return write_lap(whole, 0, m_moments.size());
        }
        const auto ends = ends_of_laps(m_recording.laps, m_moments);
        std::size_t begin = 0;
        for (std::size_t lap = 0; lap < ends.size(); ++lap) {
            write_lap(m_recording.laps[lap], begin, ends[lap]);
            begin = ends[lap];
        }
    }

    void write_lap(const model::Lap& lap, std::size_t begin, std::size_t end) {
        m_out.raw("<Lap");
        if (lap.start && has_xml_time(*lap.start)) {
            m_out.raw(" StartTime=\"").time(*lap.start).raw("\"");
        }
        m_out.raw(">\n");
        const auto& totals = lap.totals;
        m_out.element("TotalTimeSeconds", fitted(totals.timer_time, any_number));
        m_out.element("DistanceMeters", fitted(totals.distance, any_number));
        m_out.element("MaximumSpeed", fitted(totals.max_speed, any_number));
        m_out.element("Calories", fitted(totals.calories, short_kind));
        write_heart_rate("AverageHeartRateBpm", fitted(totals.average_heartrate, whole_heart_rate));
        write_heart_rate("MaximumHeartRateBpm", fitted(totals.max_heartrate, whole_heart_rate));
        m_out.element("Intensity", intensity_word(lap));
        if (!m_on_foot) {
            m_out.element("Cadence", fitted(totals.average_cadence, whole_cadence));
        }
        m_out.element("TriggerMethod", trigger_word(lap)).raw("\n");
        write_tracks(begin, end);
        write_lap_extensions(totals);
        m_out.raw("</Lap>\n");
    }

    void write_tracks(std::size_t begin, std::size_t end) {
        if (begin == end) {
            return;
        }
        // Only a second Track tells of a break.
        m_out.raw(takes_start(begin) ? "<Track>\n</Track>\n<Track>\n" : "<Track>\n");
        for (std::size_t row = begin; row < end; ++row) {
            if (row > begin && takes_start(row)) {
                m_out.raw("</Track>\n<Track>\n");
            }
            write_point(row);
        }
        m_out.raw("</Track>\n");
    }

    bool takes_start(std::size_t row) {
        const bool is_start = m_next_start != m_starts.end() && *m_next_start == row;
        m_next_start += is_start ? 1 : 0;
        return is_start;
    }

    void write_point(std::size_t row) {
        const auto& streams = m_recording.streams;
        m_out.raw("<Trackpoint>");
        if (m_moments[row] != no_moment) {
            m_out.element("Time", m_moments[row]);
        }
        if (has_position(streams, row)) {
            m_out.raw("<Position>").element("LatitudeDegrees", streams.latitude[row]);
            m_out.element("LongitudeDegrees", streams.longitude[row]).raw("</Position>");
        }
        m_out.element("AltitudeMeters", fitted(sample_at(streams.altitude, row), any_number));
        m_out.element("DistanceMeters", fitted(sample_at(streams.distance, row), any_number));
        write_heart_rate("HeartRateBpm", fitted(sample_at(streams.heartrate, row), whole_heart_rate));
        const double cadence = fitted(sample_at(streams.cadence, row), whole_cadence);
        if (!m_on_foot) {
            m_out.element("Cadence", cadence);
        }
        write_point_extensions(fitted(sample_at(streams.velocity_smooth, row), any_number),
                               m_on_foot ? cadence : model::missing,
                               fitted(sample_at(streams.watts, row), short_kind));
        m_out.raw("</Trackpoint>\n");
    }

    void write_heart_rate(std::string_view tag, double value) {
        if (!model::is_missing(value)) {
            m_out.raw("<").raw(tag).raw("><Value>").number(value).raw("</Value></").raw(tag).raw(">");
        }
    }

    void write_point_extensions(double speed, double run_cadence, double watts) {
        if (model::is_missing(speed) && model::is_missing(run_cadence) && model::is_missing(watts)) {
            return;
        }
        m_out.raw("<Extensions><ns3:TPX>").element("ns3:Speed", speed);
        m_out.element("ns3:RunCadence", run_cadence).element("ns3:Watts", watts);
        m_out.raw("</ns3:TPX></Extensions>");
    }

    void write_lap_extensions(const model::Totals& totals) {
        const double speed = fitted(totals.average_speed, any_number);
        const double cadence = m_on_foot ? fitted(totals.average_cadence, whole_cadence) : model::missing;
        const double max_cadence = fitted(totals.max_cadence, whole_cadence);
        const double watts = fitted(totals.average_watts, short_kind);
        const double max_watts = fitted(totals.max_watts, short_kind);
        const auto figures = {speed, cadence, max_cadence, watts, max_watts};
        if (std::all_of(figures.begin(), figures.end(), model::is_missing)) {
            return;
        }
        m_out.raw("<Extensions><ns3:LX>").element("ns3:AvgSpeed", speed);
        m_out.element("ns3:MaxBikeCadence", m_on_foot ? model::missing : max_cadence);
        m_out.element("ns3:AvgRunCadence", cadence);
        m_out.element("ns3:MaxRunCadence", m_on_foot ? max_cadence : model::missing);
        m_out.element("ns3:AvgWatts", watts).element("ns3:MaxWatts", max_watts);
        m_out.raw("</ns3:LX></Extensions>\n");
    }

    void write_creator() {
        if (m_recording.devices.empty()) {
            return;
        }
        const auto& device = m_recording.devices.front();
        m_out.raw("\n<Creator xsi:type=\"Device_t\">").element("Name", device.name).raw("<UnitId>0</UnitId>");
        m_out.element(
            "ProductID",
            fitted(device.product ? std::optional<double>(*device.product) : std::nullopt, short_kind));
        write_version(fitted(device.software_version, short_kind_with_fraction));
        m_out.raw("</Creator>\n");
    }

    static constexpr NumberKind short_kind_with_fraction{0, 65'535, false};

    void write_version(double version) {
        if (model::is_missing(version)) {
            return;
        }
        const double hundredths = std::round(version * 100);
        const double major = std::floor(hundredths / 100);
        m_out.raw("<Version>").element("VersionMajor", major);
        m_out.element("VersionMinor", hundredths - major * 100).raw("</Version>");
    }

    const model::Recording& m_recording;
    bool m_on_foot;
    std::vector<model::Moment> m_moments;
    XmlWriter m_out;
    std::vector<std::size_t> m_starts;
    std::vector<std::size_t>::const_iterator m_next_start;
};

} // namespace

std::string write_tcx(const model::Recording& recording) {
    return TcxWriter(recording).write();
}

} // namespace harrier::formats
