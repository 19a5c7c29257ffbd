// SPDX-License-Identifier: MIT
#pragma once

// A small HTTP/1.1 server on the loopback interface (Boost.Beast): the login's listener, the emulator, later
// the dashboard. Hard limits on everything a client can send; never an unanswered well-formed request.

#include "net/http.hpp"
#include "net/url.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace harrier::net {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; // 0 = any free port
    // Lets a server with a port of its own come back at once after it ended (SO_REUSEADDR).
    bool reuse_address = false;
    int threads = 1;
    // At the cap the oldest connection that has long not sent a whole head is closed to make room; when all
    // are being answered, further ones wait in the kernel's queue.
    std::size_t max_connections = 256;
    std::size_t max_head_bytes = 8 * 1024;
    std::size_t max_body_bytes = 64 * 1024;
    std::chrono::milliseconds head_timeout{5'000}; // from accept, or from the last answer, to a whole head
    std::chrono::milliseconds body_timeout{10'000};
    std::chrono::milliseconds write_timeout{30'000};
    bool keep_alive = true;
};

struct ServerRequest {
    std::string method; // as sent: "GET"
    std::string target; // as sent: "/path?query"
    std::string path;   // the target up to '?', not decoded
    std::string query;  // what follows '?', not decoded
    std::vector<Header> headers;
    std::string body;
    std::string peer_address; // "127.0.0.1"

    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
        return find_header(headers, name);
    }
};

// What to answer. The defaults are an honest answer; the faults at the end are for an emulator that must
// misbehave.
struct ServerResponse {
    int status = 200;
    std::vector<Header> headers; // Content-Length, Date and Connection are added; a name given here wins
    std::string body;

    std::chrono::milliseconds delay{0};        // wait before the head is sent, without holding a thread
    std::optional<std::size_t> truncate_after; // send that many bytes of the body, then close
    bool drop = false;                         // close without an answer
};

// Listens from construction (the port is bound, never with SO_REUSEPORT, and connections
// queue) and serves from `start` on. The handler is called on the server's own threads, several at once when
// threads > 1, may block, and must not throw (an exception becomes a 500 without a word of it).
class Server {
public:
    using Handler = std::function<ServerResponse(const ServerRequest&)>;

    // Throws Error{io} when the address cannot be bound, naming the port.
    explicit Server(ServerOptions options);
    ~Server(); // stops

    void start(Handler handler);
    // Closes the listening socket and every connection, and waits for the threads. Answers being sent get up
    // to 1 s. Any thread, any number of times; called by a handler it only begins, and the destructor waits.
    void stop();

    [[nodiscard]] std::uint16_t port() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace harrier::net
