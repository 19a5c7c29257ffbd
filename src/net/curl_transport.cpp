// SPDX-License-Identifier: MIT
#include "net/curl_transport.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "net/url.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <system_error>

namespace harrier::net {

namespace {

constexpr std::size_t max_body_bytes = 256UL * 1024 * 1024;
// Slower than this for the whole stall_timeout is as good as broken off: a page of activities would take
// hours.
constexpr long slowest_bytes_per_second = 16;
constexpr int longest_wait_ms = 1'000;

struct EasyDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiDeleter {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
// Header lines may carry a bearer token.
struct WipingListDeleter {
    void operator()(curl_slist* list) const {
        for (const curl_slist* line = list; line != nullptr; line = line->next) {
            explicit_bzero(line->data, std::strlen(line->data));
        }
        curl_slist_free_all(list);
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

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* target) {
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

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* target) {
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
    const CURLcode code = curl_easy_setopt(handle, option, value);
    if (code != CURLE_OK) {
        throw Error(ErrorKind::internal, fmt::format("libcurl refuses option {}: {}",
                                                     static_cast<int>(option), curl_easy_strerror(code)));
    }
}

void append_line(HeaderList& list, const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
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

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
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
    set(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
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

// Puts a handle among the running transfers of a multi handle for as long as this lives.
class Transfer {
public:
    Transfer(CURLM* multi, CURL* easy) : m_multi(multi), m_easy(easy) { curl_multi_add_handle(multi, easy); }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() { curl_multi_remove_handle(m_multi, m_easy); }

    // Runs to the end or until `stop`, which interrupts any wait.
    [[nodiscard]] CURLcode run(const std::stop_token& stop) const {
        const std::stop_callback wake(stop, [this] { curl_multi_wakeup(m_multi); });
        int running = 1;
        while (running > 0) {
            if (stop.stop_requested()) {
                throw Error(ErrorKind::interrupted, "stopped");
            }
            if (curl_multi_perform(m_multi, &running) != CURLM_OK) {
                return CURLE_FAILED_INIT;
            }
            if (running > 0) {
                curl_multi_poll(m_multi, nullptr, 0, longest_wait_ms, nullptr);
            }
        }
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
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

std::string seconds_text(std::chrono::milliseconds duration) {
    return fmt::format("{:g} s", static_cast<double>(duration.count()) / 1000);
}

// A sentence about a time-out: which of the three it was.
std::string describe_timeout(CURL* handle, const Request& request, const std::string& host) {
    curl_off_t connect_us = 0;
    curl_off_t total_us = 0;
    curl_easy_getinfo(handle, CURLINFO_CONNECT_TIME_T, &connect_us);
    curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &total_us);
    if (std::chrono::microseconds(total_us) >= request.total_timeout) {
        return fmt::format("{} gave no whole answer within {}", host, seconds_text(request.total_timeout));
    }
    if (connect_us == 0) {
        return fmt::format("cannot connect to {} within {}", host, seconds_text(request.connect_timeout));
    }
    return fmt::format("{} sent nothing more for {}", host, seconds_text(request.stall_timeout));
}

std::string describe_connect_failure(CURL* handle, const std::string& host) {
    long cause = 0;
    curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &cause);
    return fmt::format("cannot connect to {}: {}", host,
                       cause == 0 ? "no answer" : std::generic_category().message(static_cast<int>(cause)));
}

// One sentence that names the host and the cause. Never the URL, whose query may hold a secret.
std::string describe(CURLcode code, CURL* handle, const Request& request, const std::string& host,
                     const char* tls_detail) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return fmt::format("cannot find the host {} (DNS)", host);
    case CURLE_COULDNT_RESOLVE_PROXY:
        return fmt::format("cannot find the proxy on the way to {}", host);
    case CURLE_COULDNT_CONNECT:
        return describe_connect_failure(handle, host);
    case CURLE_OPERATION_TIMEDOUT:
        return describe_timeout(handle, request, host);
    case CURLE_PEER_FAILED_VERIFICATION:
        return fmt::format("the certificate of {} is not trusted: {}", host, tls_detail);
    case CURLE_SSL_CONNECT_ERROR:
        return fmt::format("no secure connection (TLS 1.2 or newer) with {}", host);
    case CURLE_PARTIAL_FILE:
        return fmt::format("the answer of {} was cut short", host);
    case CURLE_GOT_NOTHING:
        return fmt::format("{} closed the connection without an answer", host);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return fmt::format("{} broke the connection off", host);
    default:
        return fmt::format("no usable answer from {}: {}", host, curl_easy_strerror(code));
    }
}

std::string hint_for(CURLcode code, const std::string& host) {
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        return "Check this computer's clock, and whether a proxy or virus scanner opens TLS connections";
    case CURLE_COULDNT_RESOLVE_PROXY:
        return "Check the environment variables https_proxy and http_proxy";
    case CURLE_COULDNT_CONNECT:
        if (is_loopback(host)) {
            return "Nothing listens there. To start the emulator, run:  harrier emulator";
        }
        [[fallthrough]];
    default:
        return "Check the internet connection and run the same command again";
    }
}

void initialise_curl_once() {
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) {
        throw Error(ErrorKind::internal, "libcurl cannot start");
    }
}

} // namespace

struct CurlTransport::Impl {
    std::string user_agent;
    std::string ca_file;
    // The kept connections live in the multi handle, which must go last.
    Multi multi{curl_multi_init()};
    Easy easy{curl_easy_init()};
};

CurlTransport::CurlTransport(std::string user_agent, std::string ca_file) {
    initialise_curl_once();
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
    const std::unique_ptr<CURL, decltype(&curl_easy_reset)> forget_options(handle, curl_easy_reset);
    set_policy(handle, m_impl->user_agent, m_impl->ca_file);
    set_method(handle, request);
    set_timeouts(handle, request);
    set(handle, CURLOPT_URL, request.url.c_str());
    set(handle, CURLOPT_HTTPHEADER, headers.get());
    set(handle, CURLOPT_HEADERFUNCTION, take_header);
    set(handle, CURLOPT_HEADERDATA, static_cast<void*>(&answer));
    set(handle, CURLOPT_WRITEFUNCTION, take_body);
    set(handle, CURLOPT_WRITEDATA, static_cast<void*>(&answer));
    set(handle, CURLOPT_ERRORBUFFER, static_cast<char*>(tls_detail));
    if (is_loopback(url->host)) {
        set(handle, CURLOPT_NOPROXY, "*"); // else the environment's proxy settings hold
    }
    const CURLcode code = Transfer(m_impl->multi.get(), handle).run(stop);
    if (answer.too_large) {
        throw Error(ErrorKind::network, fmt::format("the answer of {} is larger than 256 MiB", url->host));
    }
    if (code != CURLE_OK) {
        throw Error(ErrorKind::network, describe(code, handle, request, url->host, tls_detail),
                    hint_for(code, url->host));
    }
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    answer.response.status = static_cast<int>(status);
    return std::move(answer.response);
}

} // namespace harrier::net
