// SPDX-License-Identifier: MIT
#include "cli/answer_cache.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace harrier::cli {

namespace {

// FNV-1a, 64 bits: names files only; the key inside the file decides.
std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
    return hash;
}

// Takes the first line off.
std::string_view take_line(std::string_view& text) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    return line;
}

template <typename Number>
Number number_of(std::string_view text) {
    Number number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

AnswerCache::AnswerCache(const Settings& settings) : m_folder(settings.state_folder / "answers") {}

std::filesystem::path AnswerCache::file_of(const std::string& key) const {
    return m_folder / fmt::format("{:016x}", hash_of(key));
}

std::optional<net::Response> AnswerCache::find(const std::string& key, std::chrono::seconds patience,
                                               Instant now) const {
    const auto text = find_file(file_of(key));
    if (!text || text->find("\n\n") == std::string::npos) {
        return std::nullopt;
    }
    std::string_view rest = *text;
    const bool is_same = take_line(rest) == key;
    const Instant stored{std::chrono::seconds{number_of<std::int64_t>(take_line(rest))}};
    if (!is_same || stored > now || now - stored > patience) {
        return std::nullopt;
    }
    net::Response response;
    response.status = number_of<int>(take_line(rest));
    for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
        const auto colon = std::min(line.find(':'), line.size() - 1);
        response.headers.push_back(
            {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
    }
    response.body = rest;
    return response;
}

void AnswerCache::store(const std::string& key, const net::Response& response, Instant now) const {
    make_folders(m_folder, 0700);
    const auto yesterday = std::filesystem::file_time_type::clock::now() - std::chrono::hours{24};
    for (const auto& entry : std::filesystem::directory_iterator(m_folder)) {
        std::error_code ignored; // another process may have removed it
        if (entry.last_write_time(ignored) < yesterday && !ignored) {
            std::filesystem::remove(entry.path(), ignored);
        }
    }
    std::string text = fmt::format("{}\n{}\n{}\n", key, now.time_since_epoch().count(), response.status);
    for (const auto& header : response.headers) {
        text += fmt::format("{}: {}\n", header.name, header.value);
    }
    write_file_atomically(file_of(key), text + "\n" + response.body, 0600);
}

void AnswerCache::clear() const {
    std::error_code ignored; // not there is as good
    std::filesystem::remove_all(m_folder, ignored);
}

} // namespace harrier::cli
