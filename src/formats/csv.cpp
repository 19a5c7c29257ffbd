// SPDX-License-Identifier: MIT
#include "formats/csv.hpp"

#include <algorithm>

namespace harrier::formats {

namespace {

constexpr bool ends_field(char c) {
    return c == ',' || c == '\n' || c == '\r';
}

// CRLF, LF and CR each count once.
std::size_t count_lines(std::string_view text) {
    auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    for (auto at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
        lines += at + 1 < text.size() && text[at + 1] == '\n' ? 0 : 1;
    }
    return lines;
}

} // namespace

std::string CsvRecord::text(std::size_t field) const {
    if (field >= fields.size()) {
        return {};
    }
    const auto written = fields[field];
    if (!written.starts_with('"')) {
        return std::string(written);
    }
    std::string plain;
    bool within = true;
    for (std::size_t at = 1; at < written.size();) {
        const auto quote = within ? std::min(written.find('"', at), written.size()) : written.size();
        plain.append(written, at, quote - at);
        at = quote + 1;
        if (at < written.size() && written[at] == '"') {
            plain += '"';
            ++at;
        } else {
            within = false;
        }
    }
    return plain;
}

CsvReader::CsvReader(std::string_view text) : m_text(text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    m_at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

const CsvRecord* CsvReader::next() {
    while (m_at < m_text.size()) {
        read_record();
        if (!m_record.raw.empty()) {
            return &m_record;
        }
    }
    return nullptr;
}

void CsvReader::read_record() {
    const std::size_t begin = m_at;
    m_record.fields.clear();
    m_record.skipped_fields = 0;
    m_record.is_open = false;
    m_record.line = m_line;
    for (;;) {
        const std::size_t end = end_of_field(m_at);
        if (m_record.fields.size() < max_csv_fields) {
            m_record.fields.push_back(m_text.substr(m_at, end - m_at));
        } else {
            ++m_record.skipped_fields;
        }
        m_at = end;
        if (end == m_text.size() || m_text[end] != ',') {
            break;
        }
        ++m_at;
    }
    m_record.raw = m_text.substr(begin, m_at - begin);
    const bool is_pair = m_text.substr(m_at, 2) == "\r\n";
    const std::size_t next = std::min(m_text.size(), m_at + (is_pair ? 2 : 1));
    m_line += count_lines(m_text.substr(begin, next - begin));
    m_at = next;
}

std::size_t CsvReader::end_of_field(std::size_t at) {
    if (at < m_text.size() && m_text[at] == '"') {
        for (++at;; at += 2) {
            at = m_text.find('"', at);
            if (at == std::string_view::npos) {
                m_record.is_open = true;
                return m_text.size();
            }
            if (at + 1 == m_text.size() || m_text[at + 1] != '"') {
                ++at;
                break;
            }
        }
    }
    const auto rest = m_text.substr(at);
    const auto end = std::find_if(rest.begin(), rest.end(), ends_field);
    return at + static_cast<std::size_t>(end - rest.begin());
}

} // namespace harrier::formats
