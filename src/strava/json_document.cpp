// SPDX-License-Identifier: MIT
#include "strava/json_document.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace harrier::strava {

namespace {

// Keeps nothing but the place of the first mistake, so that no text, however deep, costs more than its size.
struct MistakeFinder : nlohmann::json::json_sax_t {
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number_integer(std::int64_t /*value*/) override { return true; }
    bool number_unsigned(std::uint64_t /*value*/) override { return true; }
    bool number_float(double /*value*/, const std::string& /*text*/) override { return true; }
    bool string(std::string& /*value*/) override { return true; }
    bool binary(binary_t& /*value*/) override { return true; }
    bool start_object(std::size_t /*size*/) override { return true; }
    bool key(std::string& /*name*/) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t /*size*/) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::json::exception& /*error*/) override {
        byte = position > 0 ? position - 1 : 0;
        return false;
    }

    std::optional<std::size_t> byte;
};

// Where the text stops being JSON. simdjson does not say, so a slow and exact parser is asked.
std::string describe_first_bad_byte(std::string_view json) {
    MistakeFinder finder;
    nlohmann::json::sax_parse(json, &finder);
    if (finder.byte) {
        return fmt::format("at byte {} of {}", std::min(*finder.byte, json.size()), json.size());
    }
    // A number beyond 64 bits, or brackets more than 1,024 deep: only simdjson minds.
    return fmt::format("within {} bytes", json.size());
}

} // namespace

simdjson::dom::element parse_document(simdjson::dom::parser& parser, std::string_view json,
                                      std::string_view what) {
    simdjson::dom::element document;
    const auto failure = parser.parse(json.data(), json.size()).get(document);
    if (failure != simdjson::SUCCESS) {
        throw Error(ErrorKind::data,
                    fmt::format("cannot read {}: the JSON is broken {}", what, describe_first_bad_byte(json)),
                    "The answer was cut or changed on its way; run the same command again");
    }
    return document;
}

} // namespace harrier::strava
