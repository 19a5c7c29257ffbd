// SPDX-License-Identifier: MIT
#include "net/http.hpp"

#include "base/text.hpp"

namespace harrier::net {

std::optional<std::string_view> find_header(const std::vector<Header>& headers, std::string_view name) {
    for (const auto& header : headers) {
        if (equal_ignoring_case(header.name, name)) {
            return header.value;
        }
    }
    return std::nullopt;
}

} // namespace harrier::net
