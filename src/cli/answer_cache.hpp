// SPDX-License-Identifier: MIT
#pragma once

// Answers of the API kept for `harrier api --cache`: one 0600 file each in a folder that only the user can
// read. What is broken or too old counts as absent.

#include "base/time.hpp"
#include "cli/settings.hpp"
#include "net/http.hpp"

#include <optional>
#include <string>

namespace harrier::cli {

class AnswerCache {
public:
    explicit AnswerCache(const Settings& settings);

    // `key`: everything that the answer depends on, the athlete included. Nothing when there is no answer
    // that is at most `patience` old.
    [[nodiscard]] std::optional<net::Response> find(const std::string& key, std::chrono::seconds patience,
                                                    Instant now) const;
    // Also throws away what is older than a day.
    void store(const std::string& key, const net::Response& response, Instant now) const;

    void clear() const;

private:
    [[nodiscard]] std::filesystem::path file_of(const std::string& key) const;

    std::filesystem::path m_folder;
};

} // namespace harrier::cli
