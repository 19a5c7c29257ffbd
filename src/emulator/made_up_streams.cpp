// SPDX-License-Identifier: MIT
#include "emulator/json_text.hpp"
#include "emulator/made_up_json.hpp"

namespace harrier::emulator {

namespace {

class StreamWriter {
public:
    explicit StreamWriter(const std::vector<Sample>& samples) : m_samples(samples) {
        m_set.original_size = samples.size();
    }

    template <typename WriteValue>
    void add(std::string type, WriteValue write_value) {
        JsonText json;
        json.open_array();
        for (const Sample& sample : m_samples) {
            write_value(json, sample);
        }
        m_set.columns.push_back({std::move(type), json.close_array().take()});
    }

    [[nodiscard]] StreamSet take() { return std::move(m_set); }

private:
    const std::vector<Sample>& m_samples;
    StreamSet m_set;
};

void add_places(StreamWriter& writer) {
    writer.add("latlng", [](JsonText& json, const Sample& s) {
        json.open_array().decimal(s.lat_e6, 6).decimal(s.lng_e6, 6).close_array();
    });
    writer.add("altitude", [](JsonText& json, const Sample& s) { json.decimal(s.altitude_dm, 1); });
    writer.add("grade_smooth", [](JsonText& json, const Sample& s) { json.decimal(s.grade_permille, 1); });
}

} // namespace

std::optional<StreamSet> stream_set(const Recording& recording) {
    if (recording.samples.empty()) {
        return std::nullopt;
    }
    StreamWriter writer(recording.samples);
    writer.add("time", [](JsonText& json, const Sample& s) { json.whole(s.time_s); });
    if (recording.has_distance) {
        writer.add("distance", [](JsonText& json, const Sample& s) { json.decimal(s.distance_dm, 1); });
        writer.add("velocity_smooth", [](JsonText& json, const Sample& s) { json.decimal(s.speed_mmps, 3); });
    }
    if (recording.has_position) {
        add_places(writer);
    }
    if (recording.has_heartrate) {
        writer.add("heartrate", [](JsonText& json, const Sample& s) { json.whole(s.heartrate); });
    }
    if (recording.has_cadence) {
        writer.add("cadence", [](JsonText& json, const Sample& s) { json.whole(s.cadence); });
    }
    if (recording.has_watts) {
        writer.add("watts", [](JsonText& json, const Sample& s) { json.whole(s.watts); });
    }
    if (recording.has_temperature) {
        writer.add("temp", [](JsonText& json, const Sample& s) { json.whole(s.temperature_c); });
    }
    writer.add("moving", [](JsonText& json, const Sample& s) { json.boolean(s.moving); });
    return writer.take();
}

} // namespace harrier::emulator
