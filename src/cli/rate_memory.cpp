// SPDX-License-Identifier: MIT
#include "cli/rate_memory.hpp"

#include "base/error.hpp"
#include "base/file.hpp"

#include <nlohmann/json.hpp>

namespace harrier::cli {

namespace {

using nlohmann::json;

std::filesystem::path file_of(const Settings& settings) {
    return settings.state_folder / "rate.json";
}

json to_json(const net::RateWindow& window) {
    return {{"limit", window.limit}, {"usage", window.usage}};
}

json to_json(const std::optional<net::RatePair>& pair) {
    return pair ? json{{"quarter_hour", to_json(pair->quarter_hour)}, {"day", to_json(pair->day)}} : json();
}

net::RateWindow window_of(const json& object, bool has_ended) {
    return {object.at("limit").get<long>(), has_ended ? 0 : object.at("usage").get<long>()};
}

std::optional<net::RatePair> pair_of(const json& object, Instant seen_at, Instant now) {
    if (object.is_null()) {
        return std::nullopt;
    }
    using quarters = std::chrono::duration<std::int64_t, std::ratio<900>>;
    const bool quarter_ended = std::chrono::floor<quarters>(seen_at) != std::chrono::floor<quarters>(now);
    const bool day_ended =
        std::chrono::floor<std::chrono::days>(seen_at) != std::chrono::floor<std::chrono::days>(now);
    return net::RatePair{window_of(object.at("quarter_hour"), quarter_ended),
                         window_of(object.at("day"), day_ended)};
}

} // namespace

void remember_rate(const Settings& settings, const net::RateUsage& usage, Instant now) {
    if (!usage.overall && !usage.read) {
        return;
    }
    const json object{
        {"seen_at", format_instant(now)}, {"overall", to_json(usage.overall)}, {"read", to_json(usage.read)}};
    try {
        make_folders(settings.state_folder, 0700);
        write_file_atomically(file_of(settings), object.dump() + "\n", 0600);
    } catch (const Error&) {
        return; // the answer that was asked for is worth more than this note
    }
}

std::optional<SeenRate> recall_rate(const Settings& settings, Instant now) {
    try {
        const auto text = find_file(file_of(settings));
        if (!text) {
            return std::nullopt;
        }
        const auto object = json::parse(*text);
        const auto seen_at = parse_instant(object.at("seen_at").get<std::string>());
        if (!seen_at) {
            return std::nullopt;
        }
        return SeenRate{
            {pair_of(object.at("overall"), *seen_at, now), pair_of(object.at("read"), *seen_at, now)},
            *seen_at};
    } catch (const json::exception&) {
        return std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace harrier::cli
