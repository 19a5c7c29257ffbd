// SPDX-License-Identifier: MIT
#include "net/server.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "net/answer_head.hpp"

// ThreadSanitizer knows no memory fences; asio's locks order everything it can see.
#ifdef __SANITIZE_THREAD__
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif

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
#include <atomic>
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
constexpr std::chrono::milliseconds no_room_pause{20};
// A client that has just connected may be about to speak, however full the house is.
constexpr std::chrono::milliseconds time_to_speak{100};

constexpr std::size_t smallest_buffer = 4096;

// What became of reading a request: it is there, the client is gone, or it is refused with a status.
constexpr int request_complete = 0;
constexpr int client_gone = -1;

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
          m_stream(std::move(socket)), m_delay(m_stream.get_executor()),
          m_buffer(std::max(options.max_head_bytes, smallest_buffer)) {}

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

    // Ends the connection if it has not even sent a whole head. Bytes that only wait to be read may be one.
    void make_room() {
        error_code error;
        const bool had_time = std::chrono::steady_clock::now() - m_awaiting_since >= time_to_speak;
        if (m_awaiting_head && had_time && m_stream.socket().available(error) == 0) {
            stop();
        }
    }

    // Any thread.
    bool awaiting_head() const { return m_awaiting_head; }
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
        m_awaiting_since = std::chrono::steady_clock::now();
        m_awaiting_head = true;
        co_await http::async_read_header(m_stream, m_buffer, parser,
                                         asio::redirect_error(asio::use_awaitable, error));
        m_awaiting_head = false;
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
        const std::string head = format_answer_head(
            response, keep_alive, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
        std::string_view body = response.body;
        if (head_only || !may_have_body(response.status)) {
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
    beast::flat_buffer m_buffer; // bounded: Beast limits heads and bodies, not what stands between two chunks
    bool m_writing = false;
    bool m_stopping = false;
    std::atomic<bool> m_awaiting_head = true;
    std::chrono::steady_clock::time_point m_awaiting_since = std::chrono::steady_clock::now();
};

// A listening socket that no child process inherits and that shares its port with nobody.
int open_listening_socket(const tcp::endpoint& endpoint, bool reuse_address) {
    const int fd = ::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int reuse = reuse_address ? 1 : 0;
    if (fd < 0 || ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse) != 0 ||
        ::bind(fd, endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0 ||
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
        acceptor.assign(endpoint.protocol(), open_listening_socket(endpoint, options.reuse_address));
        acceptor.native_non_blocking(true);
        bound_port = acceptor.local_endpoint().port();
    }

    // With accept4, because asio's own accept lets child processes inherit the socket.
    asio::awaitable<void> accept_connections() {
        while (acceptor.is_open()) {
            error_code error;
            co_await acceptor.async_wait(tcp::acceptor::wait_read,
                                         asio::redirect_error(asio::use_awaitable, error));
            if (error) {
                continue;
            }
            bool room = sessions.size() < options.max_connections;
            if (room) {
                const int fd =
                    ::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
                room = fd >= 0 || errno == EAGAIN || errno == ECONNABORTED || errno == EINTR;
                if (fd >= 0) {
                    open_session(fd);
                }
            }
            if (!room) { // or the process has no descriptor left
                make_room();
                place_free.expires_after(no_room_pause);
                co_await place_free.async_wait(asio::redirect_error(asio::use_awaitable, error));
            }
        }
    }

    // Of those who keep a place without a request, the one who came first has to go: a crowd of silent
    // connections cannot shut out one that speaks.
    void make_room() {
        const auto idle = std::find_if(sessions.begin(), sessions.end(),
                                       [](const auto& session) { return session->awaiting_head(); });
        if (idle != sessions.end()) {
            asio::post((*idle)->executor(), [session = *idle] { session->make_room(); });
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
