// SPDX-License-Identifier: MIT
#include "formats/fit/decode.hpp"

#include "formats/fit/contents.hpp"
#include "formats/fit/reader.hpp"
#include "formats/fit/recordings.hpp"

#include <algorithm>
#include <iterator>

namespace harrier::formats::fit {

namespace {

// The files of a chain that belong together: some devices append files that hold nothing but the heart rate.
class Chain {
public:
    explicit Chain(std::size_t bytes) : m_current(room_for_file(bytes)) {}

    Contents& current() { return m_current; }

    void end_file(bool damaged) {
        if (damaged) {
            m_current.end_damaged();
        }
        const Room left = m_current.records.room_left();
        const bool goes_on = !m_whole.empty() && m_current.records.size() == 0 &&
                             (m_current.sessions.empty() || m_whole.back().sessions.empty());
        if (goes_on) {
            m_whole.back().append(std::move(m_current));
        } else {
            m_whole.push_back(std::move(m_current));
        }
        m_current = Contents(left);
    }

    std::vector<Contents>& files() { return m_whole; }

private:
    std::vector<Contents> m_whole;
    Contents m_current;
};

void move_behind(std::vector<model::Finding>& all, std::vector<model::Finding>& more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

} // namespace

model::DecodedFile decode(std::span<const std::byte> bytes) {
    Chain chain(bytes.size());
    Reader reader(bytes);
    std::size_t segment = 0; // the one being read, from 1
    while (const auto* run = reader.next_run()) {
        if (segment != reader.segments().size()) {
            if (segment > 0) {
                chain.end_file(reader.segments()[segment - 1].damaged);
            }
            segment = reader.segments().size();
        }
        chain.current().read(*run, bytes.size() - run->offset);
    }
    chain.end_file(segment > 0 && reader.segments()[segment - 1].damaged);
    model::DecodedFile file;
    file.findings = reader.findings();
    for (auto& contents : chain.files()) {
        auto recordings = make_recordings(contents);
        std::move(recordings.begin(), recordings.end(), std::back_inserter(file.recordings));
        move_behind(file.findings, contents.findings);
        file.is_rewritten = file.is_rewritten || contents.is_rewritten;
    }
    file.is_cut = std::any_of(reader.segments().begin(), reader.segments().end(),
                              [](const Segment& one) { return one.is_cut; });
    std::stable_sort(file.findings.begin(), file.findings.end(),
                     [](const auto& a, const auto& b) { return a.offset < b.offset; });
    return file;
}

} // namespace harrier::formats::fit
