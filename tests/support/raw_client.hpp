// SPDX-License-Identifier: MIT
#pragma once

// A TCP client that sends exactly the bytes it is given: for requests that no decent client would send.

#include <arpa/inet.h>
#include <cstdint>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace harrier::test {

class RawClient {
public:
    // Connects to 127.0.0.1. No call waits longer than 10 s.
    explicit RawClient(std::uint16_t port) : m_fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{10, 0};
        setsockopt(m_fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (connect(m_fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            close(m_fd);
            throw std::runtime_error("cannot connect to the server under test");
        }
    }
    RawClient(RawClient&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    RawClient& operator=(RawClient&&) = delete;
    ~RawClient() {
        if (m_fd >= 0) {
            close(m_fd);
        }
    }

    // False when the other side no longer takes bytes.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    void finish_sending() { shutdown(m_fd, SHUT_WR); }

    // Everything up to the end of the connection.
    std::string receive_all() {
        while (receive_more()) {
        }
        return std::exchange(m_received, {});
    }

    // Everything up to and including `mark`; less if the connection ends before.
    std::string receive_until(std::string_view mark) {
        while (m_received.find(mark) == std::string::npos && receive_more()) {
        }
        const auto at = m_received.find(mark);
        const auto end = at == std::string::npos ? m_received.size() : at + mark.size();
        std::string head = m_received.substr(0, end);
        m_received.erase(0, end);
        return head;
    }

private:
    bool receive_more() {
        char buffer[4096];
        const ssize_t count = recv(m_fd, buffer, sizeof buffer, 0);
        if (count <= 0) {
            return false;
        }
        m_received.append(buffer, static_cast<std::size_t>(count));
        return true;
    }

    int m_fd;
    std::string m_received;
};

} // namespace harrier::test
