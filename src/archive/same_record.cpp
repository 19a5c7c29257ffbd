// SPDX-License-Identifier: MIT
#include "archive/same_record.hpp"

#include <nlohmann/json.hpp>

namespace harrier::archive {

bool is_same_record(std::string_view left, std::string_view right) {
    // Nearly every record that is listed again comes with the very same bytes.
    if (left == right) {
        return true;
    }
    auto left_json = nlohmann::json::parse(left, nullptr, false);
    auto right_json = nlohmann::json::parse(right, nullptr, false);
    if (!left_json.is_object() || !right_json.is_object()) {
        return false;
    }
    left_json.erase("athlete_count");
    right_json.erase("athlete_count");
    return left_json == right_json;
}

} // namespace harrier::archive
