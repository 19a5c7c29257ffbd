// SPDX-License-Identifier: MIT
#pragma once

// What an endpoint gives, before it is compressed and sent.

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace harrier::web {

struct Answer {
    int status = 200;
    std::string body;
    std::string type = "application/json; charset=utf-8";
};

// {"error":{"kind","message","hint"}}
[[nodiscard]] Answer error_answer(int status, std::string_view kind, std::string_view message,
                                  std::string_view hint = "");
// With the status that says the same: 400 for usage, 404 without an archive, 503 while it is locked …
[[nodiscard]] Answer error_answer(const Error& error);
[[nodiscard]] Answer not_found(std::string_view message);

} // namespace harrier::web
