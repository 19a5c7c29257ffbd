// SPDX-License-Identifier: MIT
#include "web/files.hpp"

#include "web/routes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace harrier::web {

const PageFile* find_page_file(std::string_view path) {
    const auto files = page_files();
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const PageFile& file) { return file.path == path; });
    return found == files.end() ? nullptr : &*found;
}

bool is_immutable(std::string_view path) {
    return path.starts_with("/assets/");
}

std::string fallback_page() {
    std::string list;
    for (const auto& route : routes()) {
        list += fmt::format("<li><code>{} {}</code> {}</li>\n", route.method, route.pattern, route.what);
    }
    return "<!doctype html>\n<html lang=\"en\">\n<head><meta "
           "charset=\"utf-8\"><title>harrier</title></head>\n"
           "<body>\n<h1>harrier</h1>\n"
           "<p>This harrier was built without its page. To get it, install nodejs and npm, and build again:"
           "</p>\n<pre>sudo apt install nodejs npm\nscripts/build</pre>\n"
           "<p>What the page would ask is here all the same:</p>\n<ul>\n" +
           list + "</ul>\n</body>\n</html>\n";
}

} // namespace harrier::web
