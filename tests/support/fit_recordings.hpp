// SPDX-License-Identifier: MIT
#pragma once

// Recordings of real devices as decoded values, for rooms that know no file format. They lie outside the
// repository; tests skip without them.

#include "formats/fit/decode.hpp"
#include "tests/support/fit_corpus.hpp"

namespace harrier::tests {

// `session`: what other decoders read of the device's totals; null where the file has none.
struct RealRecording {
    std::string name; // the file's, and the number of the session where it has several
    model::Recording recording;
    json session;
};

inline std::vector<RealRecording> decode_all(const std::vector<FitCase>& cases) {
    std::vector<RealRecording> all;
    for (const auto& one : cases) {
        auto sessions = one.truth.value("sessions", json::array());
        std::stable_sort(sessions.begin(), sessions.end(), [](const json& a, const json& b) {
            return a.value("start_time", json("")) < b.value("start_time", json(""));
        });
        auto file = formats::fit::decode(one.bytes);
        for (std::size_t i = 0; i < file.recordings.size(); ++i) {
            const auto number = file.recordings.size() > 1 ? " #" + std::to_string(i + 1) : "";
            all.push_back({one.name + number, std::move(file.recordings[i]),
                           i < sessions.size() ? sessions[i] : json()});
        }
    }
    return all;
}

} // namespace harrier::tests
