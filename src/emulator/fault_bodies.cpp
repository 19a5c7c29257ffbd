// SPDX-License-Identifier: MIT
#include "emulator/fault_bodies.hpp"

#include <fmt/format.h>

namespace harrier::emulator {

namespace {

std::string small_page(std::string_view title) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title></head>"
        "<body><h1>{0}</h1></body></html>\n",
        title);
}

} // namespace

std::string fault::scope_missing(std::string_view scope) {
    return fmt::format(R"({{"message":"Authorization Error","errors":[{{"resource":"AccessToken",)"
                       R"("field":"{}_permission","code":"missing"}}]}})",
                       scope);
}

std::string fault::parameter_invalid(std::string_view parameter) {
    return fmt::format(R"({{"message":"Bad Request","errors":[{{"resource":"Application",)"
                       R"("field":"{}","code":"invalid"}}]}})",
                       parameter);
}

std::string fault::athlete_limit_page() {
    return small_page("Error 403: Limit of connected athletes exceeded");
}

std::string fault::other(int status) {
    if (status >= 500) {
        return small_page(fmt::format("{} {}", status, reason_phrase(status)));
    }
    return fmt::format(R"({{"message":"{}","errors":[]}})", reason_phrase(status));
}

std::string_view reason_phrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 302:
        return "Found";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 402:
        return "Payment Required";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 422:
        return "Unprocessable Entity";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return status >= 500 ? "Server Error" : "Error";
    }
}

} // namespace harrier::emulator
