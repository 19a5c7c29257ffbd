// SPDX-License-Identifier: MIT
#include "net/server.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <list>
#include <mutex>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace harrier::net {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = boost::asio::ip::tcp;
using Parser = http::request_parser<http::string_body>;

constexpr std::chrono::milliseconds stop_patience{1'000};
constexpr std::chrono::milliseconds drain_patience{500};
constexpr std::chrono::milliseconds descriptor_shortage_pause{50};

// What became of reading a request: it is there, the client is gone, or it is refused with a status.
constexpr int request_complete = 0;
constexpr int client_gone = -1;

std::string http_date(std::chrono::system_clock::time_point time) {
    using namespace std::chrono;
    constexpr std::string_view weekdays = "SunMonTueWedThuFriSat";
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto today = floor<days>(time);
    const year_month_day date{today};
    const hh_mm_ss clock{floor<seconds>(time - today)};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                       weekdays.substr(3 * weekday{today}.c_encoding(), 3), static_cast<unsigned>(date.day()),
                       months.substr(3 * (static_cast<unsigned>(date.month()) - 1), 3),
                       static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

bool contains_control_character(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

// A header with a line break in it could forge a second header or a second answer.
bool well_formed(const ServerResponse& response) {
    for (const auto& header : response.headers) {
        if (header.name.empty() || header.name.find_first_of(": \t") != std::string::npos ||
            contains_control_character(header.name) || contains_control_character(header.value)) {
            return false;
        }
    }
    return response.status >= 200 && response.status <= 999;
}

bool has_body(int status) {
    return status != 204 && status != 304;
}

std::string format_head(const ServerResponse& response, bool keep_alive) {
    const auto reason = http::obsolete_reason(static_cast<http::status>(response.status));
    std::string head =
        fmt::format("HTTP/1.1 {} {}\r\n", response.status, std::string_view(reason.data(), reason.size()));
    for (const auto& header : response.headers) {
        head += fmt::format("{}: {}\r\n", header.name, header.value);
    }
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!find_header(response.headers, name)) {
            head += fmt::format("{}: {}\r\n", name, value);
        }
    };
    if (has_body(response.status) && !find_header(response.headers, "Transfer-Encoding")) {
        add("Content-Length", std::to_string(response.body.size()));
    }
    add("Date", http_date(std::chrono::system_clock::now()));
    add("Connection", keep_alive ? "keep-alive" : "close");
    return head + "\r\n";
}

ServerRequest to_request(Parser& parser, const std::string& peer_address) {
    auto& message = parser.get();
    ServerRequest request;
    request.method = message.method_string();
    request.target = message.target();
    request.path = request.target.substr(0, request.target.find('?'));
    request.query = request.target.substr(std::min(request.path.size() + 1, request.target.size()));
    for (const auto& field : message) {
        request.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    request.body = std::move(message.body());
    request.peer_address = peer_address;
    return request;
}

// A head that two programs could read as two different requests (request smuggling, RFC 9112 section 6.3).
bool ambiguous_length(const Parser& parser) {
    const auto& message = parser.get();
    const auto codings = message.count(http::field::transfer_encoding);
    const auto lengths = message.count(http::field::content_length);
    if (codings == 0) {
        // Beast takes a list of equal lengths for one length; others may not.
        return lengths > 1 || message[http::field::content_length].find(',') != beast::string_view::npos;
    }
    return lengths > 0 || codings > 1 || message.version() < 11 ||
           !beast::iequals(message[http::field::transfer_encoding], "chunked");
}

int refusal_of(const error_code& error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return 431;
    }
    if (error == http::error::body_limit) {
        return 413;
    }
    const bool parsing = error.category() == make_error_code(http::error::bad_method).category();
    const bool closed = error == http::error::end_of_stream || error == http::error::partial_message;
    return parsing && !closed ? 400 : client_gone;
}

// One connection. Everything runs on the connection's own strand.
class Session {
public:
    Session(tcp::socket socket, std::string peer_address, const ServerOptions& options,
            const Server::Handler& handler)
        : m_options(options), m_handler(handler), m_peer_address(std::move(peer_address)),
          m_stream(std::move(socket)), m_delay(m_stream.get_executor()) {}

    asio::awaitable<void> run() {
        while (!m_stopping && co_await serve_one()) {
        }
        error_code ignored;
        m_stream.socket().close(ignored);
    }

    // Ends the connection, but lets an answer that is being sent go out.
    void stop() {
        m_stopping = true;
        m_delay.cancel();
        if (!m_writing) {
            m_stream.close();
        }
    }

    auto executor() { return m_stream.get_executor(); }

private:
    asio::awaitable<bool> serve_one() {
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(m_options.max_head_bytes));
        parser.body_limit(m_options.max_body_bytes);
        const int outcome = co_await read(parser);
        if (outcome == client_gone) {
            co_return false;
        }
        if (outcome != request_complete) {
            co_await refuse(outcome);
            co_return false;
        }
        const bool keep_alive = m_options.keep_alive && parser.get().keep_alive();
        const ServerRequest request = to_request(parser, m_peer_address);
        const ServerResponse response = answer(request);
        if (response.delay.count() > 0) {
            error_code ignored;
            m_delay.expires_after(response.delay);
            co_await m_delay.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
        if (response.drop || m_stopping) {
            co_return false;
        }
        const bool sent = co_await write(response, request.method == "HEAD", keep_alive);
        co_return sent;
    }

    asio::awaitable<int> read(Parser& parser) {
        error_code error;
        m_stream.expires_after(m_options.head_timeout);
        co_await http::async_read_header(m_stream, m_buffer, parser,
                                         asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            co_return refusal_of(error);
        }
        if (ambiguous_length(parser)) {
            co_return 400;
        }
        m_stream.expires_after(m_options.body_timeout);
        if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            co_await asio::async_write(m_stream,
                                       asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n")),
                                       asio::redirect_error(asio::use_awaitable, error));
        }
        if (!error && !parser.is_done()) {
            co_await http::async_read(m_stream, m_buffer, parser,
                                      asio::redirect_error(asio::use_awaitable, error));
        }
        co_return error ? refusal_of(error) : request_complete;
    }

    ServerResponse answer(const ServerRequest& request) {
        ServerResponse failure;
        failure.status = 500;
        try {
            ServerResponse response = m_handler(request);
            return well_formed(response) ? response : failure;
        } catch (...) { // whatever it was, no word of it may reach a stranger
            return failure;
        }
    }

    // Returns whether the connection can carry another request.
    asio::awaitable<bool> write(const ServerResponse& response, bool head_only, bool keep_alive) {
        keep_alive = keep_alive && !response.truncate_after && !m_stopping;
        const std::string head = format_head(response, keep_alive);
        std::string_view body = response.body;
        if (head_only || !has_body(response.status)) {
            body = {};
        }
        body = body.substr(0, response.truncate_after.value_or(body.size()));
        const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(body)};
        error_code error;
        m_writing = true;
        m_stream.expires_after(m_options.write_timeout);
        co_await asio::async_write(m_stream, parts, asio::redirect_error(asio::use_awaitable, error));
        m_writing = false;
        const auto connection = find_header(response.headers, "Connection").value_or("");
        co_return !error && keep_alive && !equal_ignoring_case(connection, "close");
    }

    // Answers a request that was not read to its end. What is still under way is read and thrown away for a
    // moment, else the kernel would answer it with a reset and the client might never see the status.
    asio::awaitable<void> refuse(int status) {
        ServerResponse refusal;
        refusal.status = status;
        co_await write(refusal, false, false);
        error_code error;
        m_stream.socket().shutdown(tcp::socket::shutdown_send, error);
        m_stream.expires_after(drain_patience);
        std::array<char, 4096> waste{};
        while (!error && !m_stopping) {
            co_await m_stream.async_read_some(asio::buffer(waste),
                                              asio::redirect_error(asio::use_awaitable, error));
        }
    }

    const ServerOptions& m_options;
    const Server::Handler& m_handler;
    std::string m_peer_address;
    beast::tcp_stream m_stream;
    asio::steady_timer m_delay;
    beast::flat_buffer m_buffer;
    bool m_writing = false;
    bool m_stopping = false;
};

// A listening socket that no child process inherits and that shares its port with nobody.
int open_listening_socket(const tcp::endpoint& endpoint) {
    const int fd = ::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ::bind(fd, endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0 ||
        ::listen(fd, SOMAXCONN) != 0) {
        const int cause = errno;
        if (fd >= 0) {
            ::close(fd);
        }
        throw errno_error(
            fmt::format("listen on {} port {}", endpoint.address().to_string(), endpoint.port()), cause,
            cause == EADDRINUSE ? "Another program uses this port. End it, or choose another with --port"
                                : "");
    }
    return fd;
}

} // namespace

struct Server::Impl {
    explicit Impl(ServerOptions wanted)
        : options(std::move(wanted)), strand(asio::make_strand(context)), acceptor(strand),
          place_free(strand) {
        error_code error;
        const auto address = asio::ip::make_address(options.address, error);
        if (error) {
            throw Error(ErrorKind::usage, fmt::format("{} is not an address to listen on", options.address));
        }
        const tcp::endpoint endpoint(address, options.port);
        acceptor.assign(endpoint.protocol(), open_listening_socket(endpoint));
        acceptor.native_non_blocking(true);
        bound_port = acceptor.local_endpoint().port();
    }

    // Accepts while there is room. With accept4, because asio's accept lets children inherit the socket.
    asio::awaitable<void> accept_connections() {
        while (acceptor.is_open()) {
            error_code error;
            if (sessions.size() >= options.max_connections) {
                place_free.expires_at(asio::steady_timer::time_point::max());
                co_await place_free.async_wait(asio::redirect_error(asio::use_awaitable, error));
                continue;
            }
            co_await acceptor.async_wait(tcp::acceptor::wait_read,
                                         asio::redirect_error(asio::use_awaitable, error));
            if (error) {
                continue;
            }
            sockaddr_storage peer{};
            socklen_t size = sizeof peer;
            const int fd = ::accept4(acceptor.native_handle(), reinterpret_cast<sockaddr*>(&peer), &size,
                                     SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (fd >= 0) {
                open_session(fd);
            } else if (errno != EAGAIN && errno != ECONNABORTED && errno != EINTR) {
                place_free.expires_after(descriptor_shortage_pause);
                co_await place_free.async_wait(asio::redirect_error(asio::use_awaitable, error));
            }
        }
    }

    void open_session(int fd) {
        tcp::socket socket(asio::make_strand(context));
        error_code error;
        socket.assign(acceptor.local_endpoint().protocol(), fd, error);
        socket.set_option(tcp::no_delay(true), error);
        const auto peer = socket.remote_endpoint(error);
        if (error) {
            return; // already gone again
        }
        auto session =
            std::make_shared<Session>(std::move(socket), peer.address().to_string(), options, handler);
        const auto place = sessions.insert(sessions.end(), session);
        asio::co_spawn(session->executor(), session->run(), [this, session, place](std::exception_ptr) {
            asio::post(strand, [this, place] {
                sessions.erase(place);
                place_free.cancel();
            });
        });
    }

    void close_all() {
        error_code ignored;
        acceptor.close(ignored);
        place_free.cancel();
        for (const auto& session : sessions) {
            asio::post(session->executor(), [session] { session->stop(); });
        }
    }

    void run_thread() {
        context.run();
        const std::lock_guard lock(mutex);
        --running;
        thread_ended.notify_all();
    }

    bool on_own_thread() const {
        return std::any_of(threads.begin(), threads.end(), [](const std::thread& thread) {
            return thread.get_id() == std::this_thread::get_id();
        });
    }

    const ServerOptions options;
    Handler handler;
    asio::io_context context;
    asio::strand<asio::io_context::executor_type> strand;
    tcp::acceptor acceptor;
    asio::steady_timer place_free;
    std::list<std::shared_ptr<Session>> sessions; // on the strand only
    std::uint16_t bound_port = 0;

    std::mutex mutex; // of what follows
    std::condition_variable thread_ended;
    std::vector<std::thread> threads;
    int running = 0;
};

Server::Server(ServerOptions options) : m_impl(std::make_unique<Impl>(std::move(options))) {}

Server::~Server() {
    stop();
}

void Server::start(Handler handler) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->handler = std::move(handler);
    asio::co_spawn(m_impl->strand, m_impl->accept_connections(), [](std::exception_ptr) {});
    m_impl->running = std::max(1, m_impl->options.threads);
    for (int i = 0; i < m_impl->running; ++i) {
        m_impl->threads.emplace_back([impl = m_impl.get()] { impl->run_thread(); });
    }
}

void Server::stop() {
    asio::post(m_impl->strand, [impl = m_impl.get()] { impl->close_all(); });
    std::unique_lock lock(m_impl->mutex);
    if (m_impl->on_own_thread()) {
        return; // a handler cannot wait for itself; the destructor will
    }
    m_impl->thread_ended.wait_for(lock, stop_patience, [&] { return m_impl->running == 0; });
    m_impl->context.stop();
    m_impl->thread_ended.wait(lock, [&] { return m_impl->running == 0; });
    for (auto& thread : m_impl->threads) {
        if (thread.joinable()) {
            thread.join();
        }
    }
}

std::uint16_t Server::port() const {
    return m_impl->bound_port;
}

} // namespace harrier::net
