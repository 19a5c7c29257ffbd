// SPDX-License-Identifier: MIT
#pragma once

// Answers with the header sets that Strava sends (captures of October 2025): content type, cache rule, the
// `Status` header of its framework, `Vary`, and CORS open to everybody. Pure.

#include "emulator/fault_bodies.hpp"
#include "net/server.hpp"

#include <string>
#include <string_view>

namespace harrier::emulator {

[[nodiscard]] net::ServerResponse json_answer(int status, std::string body);
[[nodiscard]] net::ServerResponse fault_answer(const FaultBody& fault);
// Streams come through another part of Strava: no `Status`, no cache rule, no rate limits.
[[nodiscard]] net::ServerResponse stream_answer(std::string body);
[[nodiscard]] net::ServerResponse html_answer(int status, std::string body);
[[nodiscard]] net::ServerResponse redirect_answer(std::string location);
// What a browser's CORS preflight gets.
[[nodiscard]] net::ServerResponse preflight_answer();

} // namespace harrier::emulator
