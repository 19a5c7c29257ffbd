// SPDX-License-Identifier: MIT
#include "net/curl_transport.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "net/curl_failure.hpp"
#include "net/url.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cstring>
#include <dlfcn.h>
#include <new>
#include <sys/socket.h>
#include <type_traits>

namespace harrier::net {

namespace {

constexpr std::size_t max_body_bytes = 256UL * 1024 * 1024;
// Slower than this for the whole stall_timeout is as good as broken off: a page of activities would take
// hours.
constexpr long slowest_bytes_per_second = 16;
constexpr int longest_wait_ms = 1'000;

// The functions of libcurl that are used here. It is opened by the first transport rather than linked: with
// its thirty libraries it would cost every start of the program 5 ms, and most commands never speak to
// anybody.
struct CurlLibrary {
    decltype(&curl_global_init) global_init;
    decltype(&curl_easy_init) easy_init;
    decltype(&curl_easy_cleanup) easy_cleanup;
    decltype(&curl_easy_reset) easy_reset;
    decltype(&curl_easy_setopt) easy_setopt;
    decltype(&curl_easy_getinfo) easy_getinfo;
    decltype(&curl_easy_strerror) easy_strerror;
    decltype(&curl_multi_init) multi_init;
    decltype(&curl_multi_cleanup) multi_cleanup;
    decltype(&curl_multi_add_handle) multi_add_handle;
    decltype(&curl_multi_remove_handle) multi_remove_handle;
    decltype(&curl_multi_perform) multi_perform;
    decltype(&curl_multi_poll) multi_poll;
    decltype(&curl_multi_wakeup) multi_wakeup;
    decltype(&curl_multi_info_read) multi_info_read;
    decltype(&curl_slist_append) slist_append;
    decltype(&curl_slist_free_all) slist_free_all;
};

void* open_shared_library() {
    for (const char* name : {"libcurl.so.4", "libcurl-gnutls.so.4"}) {
        if (void* library = dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
            return library;
        }
    }
    throw Error(ErrorKind::internal, "the library libcurl is not installed",
                "To install it, run:  sudo apt-get install libcurl4");
}

CurlLibrary load_library() {
    void* library = open_shared_library();
    CurlLibrary loaded{};
    const auto load = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
        if (function == nullptr) {
            throw Error(ErrorKind::internal,
                        fmt::format("the installed libcurl is too old: it lacks {}", name));
        }
    };
    load(loaded.global_init, "curl_global_init");
    load(loaded.easy_init, "curl_easy_init");
    load(loaded.easy_cleanup, "curl_easy_cleanup");
    load(loaded.easy_reset, "curl_easy_reset");
    load(loaded.easy_setopt, "curl_easy_setopt");
    load(loaded.easy_getinfo, "curl_easy_getinfo");
    load(loaded.easy_strerror, "curl_easy_strerror");
    load(loaded.multi_init, "curl_multi_init");
    load(loaded.multi_cleanup, "curl_multi_cleanup");
    load(loaded.multi_add_handle, "curl_multi_add_handle");
    load(loaded.multi_remove_handle, "curl_multi_remove_handle");
    load(loaded.multi_perform, "curl_multi_perform");
    load(loaded.multi_poll, "curl_multi_poll");
    load(loaded.multi_wakeup, "curl_multi_wakeup");
    load(loaded.multi_info_read, "curl_multi_info_read");
    load(loaded.slist_append, "curl_slist_append");
    load(loaded.slist_free_all, "curl_slist_free_all");
    if (loaded.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        throw Error(ErrorKind::internal, "libcurl cannot start");
    }
    return loaded;
}

const CurlLibrary& curl() {
    static const CurlLibrary library = load_library();
    return library;
}

struct EasyDeleter {
    void operator()(CURL* handle) const { curl().easy_cleanup(handle); }
};
struct MultiDeleter {
    void operator()(CURLM* handle) const { curl().multi_cleanup(handle); }
};
// Header lines may carry a bearer token.
struct WipingListDeleter {
    void operator()(curl_slist* list) const {
        for (const curl_slist* line = list; line != nullptr; line = line->next) {
            explicit_bzero(line->data, std::strlen(line->data));
        }
        curl().slist_free_all(list);
    }
};
using Easy = std::unique_ptr<CURL, EasyDeleter>;
using Multi = std::unique_ptr<CURLM, MultiDeleter>;
using HeaderList = std::unique_ptr<curl_slist, WipingListDeleter>;

// What the callbacks fill.
struct Answer {
    Response response;
    bool head_complete = false;
    bool too_large = false;
};

// Called from C, hence noexcept: nothing may fly through.
std::size_t take_header(char* data, std::size_t size, std::size_t count, void* target) noexcept {
    auto& answer = *static_cast<Answer*>(target);
    const std::string_view line(data, size * count);
    if (line.starts_with("HTTP/")) { // an interim answer (1xx) came before this one
        answer.response.headers.clear();
        answer.head_complete = false;
    } else if (trim(line).empty()) {
        answer.head_complete = true;
    } else if (const auto colon = line.find(':'); colon != std::string_view::npos && !answer.head_complete) {
        answer.response.headers.push_back(
            {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
    }
    return line.size();
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) noexcept {
    auto& answer = *static_cast<Answer*>(target);
    const std::size_t bytes = size * count;
    if (answer.response.body.size() + bytes > max_body_bytes) {
        answer.too_large = true;
        return 0;
    }
    answer.response.body.append(data, bytes);
    return bytes;
}

curl_socket_t open_socket(void* /*context*/, curlsocktype /*purpose*/, curl_sockaddr* address) {
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

template <typename Value>
void set(CURL* handle, CURLoption option, Value value) {
    const CURLcode code = curl().easy_setopt(handle, option, value);
    if (code != CURLE_OK) {
        throw Error(ErrorKind::internal, fmt::format("libcurl refuses option {}: {}",
                                                     static_cast<int>(option), curl().easy_strerror(code)));
    }
}

void append_line(HeaderList& list, const std::string& line) {
    curl_slist* longer = curl().slist_append(list.get(), line.c_str());
    if (longer == nullptr) {
        throw std::bad_alloc();
    }
    static_cast<void>(list.release());
    list.reset(longer);
}

HeaderList make_header_list(const Request& request) {
    HeaderList list;
    for (const auto& header : request.headers) {
        const auto breaks = [](std::string_view text) {
            return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
        };
        if (header.name.empty() || breaks(header.name) || breaks(header.value)) {
            throw Error(ErrorKind::usage, "a request header contains a line break");
        }
        // libcurl's way to send a header without a value.
        append_line(list, header.value.empty() ? header.name + ';' : header.name + ": " + header.value);
    }
    append_line(list, "Expect:"); // no second round trip before a body is sent
    if (!find_header(request.headers, "Content-Type")) {
        append_line(list, "Content-Type:"); // none rather than libcurl's guess
    }
    return list;
}

void set_method(CURL* handle, const Request& request) {
    const bool sends_body = request.method == "POST" || request.method == "PUT" || !request.body.empty();
    if (request.method == "HEAD") {
        set(handle, CURLOPT_NOBODY, 1L);
    } else if (sends_body) {
        set(handle, CURLOPT_POST, 1L);
        set(handle, CURLOPT_POSTFIELDS, request.body.c_str());
        set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    if (request.method != "HEAD" && request.method != (sends_body ? "POST" : "GET")) {
        set(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    // libcurl sends a request again when a kept connection turns out to be dead. That is welcome for a GET;
    // any other request must never be sent twice, so it never meets a kept connection.
    if (request.method != "GET" && request.method != "HEAD") {
        set(handle, CURLOPT_FRESH_CONNECT, 1L);
    }
}

void set_policy(CURL* handle, const std::string& user_agent, const std::string& ca_file) {
    set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    set(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    set(handle, CURLOPT_USERAGENT, user_agent.c_str());
    set(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!ca_file.empty()) {
        set(handle, CURLOPT_CAINFO, ca_file.c_str());
    }
}

void set_timeouts(CURL* handle, const Request& request) {
    const auto stall = std::chrono::ceil<std::chrono::seconds>(request.stall_timeout);
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.total_timeout.count()));
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
    set(handle, CURLOPT_LOW_SPEED_LIMIT, slowest_bytes_per_second);
    set(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(stall.count()));
}

void set_callbacks(CURL* handle, Answer& answer) {
    set(handle, CURLOPT_HEADERFUNCTION, take_header);
    set(handle, CURLOPT_HEADERDATA, static_cast<void*>(&answer));
    set(handle, CURLOPT_WRITEFUNCTION, take_body);
    set(handle, CURLOPT_WRITEDATA, static_cast<void*>(&answer));
    set(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
}

// Puts a handle among the running transfers of a multi handle for as long as this lives.
class Transfer {
public:
    Transfer(CURLM* multi, CURL* easy) : m_multi(multi), m_easy(easy) {
        curl().multi_add_handle(multi, easy);
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() { curl().multi_remove_handle(m_multi, m_easy); }

    // Runs to the end or until `stop`, which interrupts any wait.
    [[nodiscard]] CURLcode run(const std::stop_token& stop) const {
        const std::stop_callback wake(stop, [this] { curl().multi_wakeup(m_multi); });
        int running = 1;
        while (running > 0) {
            if (stop.stop_requested()) {
                throw Error(ErrorKind::interrupted, "stopped");
            }
            if (curl().multi_perform(m_multi, &running) != CURLM_OK) {
                return CURLE_FAILED_INIT;
            }
            if (running > 0) {
                curl().multi_poll(m_multi, nullptr, 0, longest_wait_ms, nullptr);
            }
        }
        int left = 0;
        while (const CURLMsg* message = curl().multi_info_read(m_multi, &left)) {
            if (message->msg == CURLMSG_DONE && message->easy_handle == m_easy) {
                return message->data.result;
            }
        }
        return CURLE_FAILED_INIT;
    }

private:
    CURLM* m_multi;
    CURL* m_easy;
};

CurlFailure make_failure(CURLcode code, CURL* handle, std::string host, std::string_view detail) {
    long os_error = 0;
    curl_off_t connect_us = 0;
    curl_off_t total_us = 0;
    curl().easy_getinfo(handle, CURLINFO_OS_ERRNO, &os_error);
    curl().easy_getinfo(handle, CURLINFO_CONNECT_TIME_T, &connect_us);
    curl().easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &total_us);
    CurlFailure failure;
    failure.code = code;
    failure.host = std::move(host);
    // The long text may quote what was sent, so only that of a TLS check is shown, for it says what is wrong.
    failure.detail = code == CURLE_PEER_FAILED_VERIFICATION ? detail : curl().easy_strerror(code);
    failure.os_error = static_cast<int>(os_error);
    failure.connected = connect_us > 0;
    failure.elapsed = std::chrono::microseconds(total_us);
    return failure;
}

} // namespace

struct CurlTransport::Impl {
    std::string user_agent;
    std::string ca_file;
    // The kept connections live in the multi handle, which must go last.
    Multi multi{curl().multi_init()};
    Easy easy{curl().easy_init()};
};

CurlTransport::CurlTransport(std::string user_agent, std::string ca_file) {
    m_impl = std::make_unique<Impl>(Impl{std::move(user_agent), std::move(ca_file)});
    if (!m_impl->multi || !m_impl->easy) {
        throw std::bad_alloc();
    }
}

CurlTransport::~CurlTransport() = default;

Response CurlTransport::send(const Request& request, std::stop_token stop) {
    const auto url = parse_url(request.url);
    if (!url) {
        throw Error(ErrorKind::usage,
                    "a request needs an absolute http or https URL without a password in it");
    }
    CURL* handle = m_impl->easy.get();
    const HeaderList headers = make_header_list(request);
    Answer answer;
    char tls_detail[CURL_ERROR_SIZE] = "unknown cause";
    // At the end the handle forgets every option, for they point into this function; connections stay.
    const std::unique_ptr<CURL, decltype(&curl_easy_reset)> forget_options(handle, curl().easy_reset);
    set_policy(handle, m_impl->user_agent, m_impl->ca_file);
    set_method(handle, request);
    set_timeouts(handle, request);
    set_callbacks(handle, answer);
    set(handle, CURLOPT_URL, request.url.c_str());
    set(handle, CURLOPT_HTTPHEADER, headers.get());
    set(handle, CURLOPT_ERRORBUFFER, static_cast<char*>(tls_detail));
    if (is_loopback(url->host)) {
        set(handle, CURLOPT_NOPROXY, "*"); // else the environment's proxy settings hold
    }
    const CURLcode code = Transfer(m_impl->multi.get(), handle).run(stop);
    if (answer.too_large) {
        throw Error(ErrorKind::network, fmt::format("the answer of {} is larger than 256 MiB", url->host));
    }
    if (code != CURLE_OK) {
        throw explain_failure(make_failure(code, handle, url->host, tls_detail), request);
    }
    long status = 0;
    curl().easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    answer.response.status = static_cast<int>(status);
    return std::move(answer.response);
}

} // namespace harrier::net
