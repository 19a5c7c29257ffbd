// SPDX-License-Identifier: MIT

// harrier serve: the dashboard on this machine. Listens on 127.0.0.1 and, where there is one, ::1; on nothing
// that another machine could reach.

#include "base/error.hpp"
#include "cli/browser.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/measured_archive.hpp"
#include "cli/options.hpp"
#include "cli/serve_host.hpp"
#include "net/server.hpp"
#include "web/dashboard.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

namespace harrier::cli {

namespace {

constexpr std::uint16_t usual_port = 8738;
constexpr std::int64_t highest_port = 65535;

void wait_until_stopped(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait(lock, stop, [] { return false; });
}

// The same port of the other loopback address; nothing where this machine has none, or it is taken.
std::unique_ptr<net::Server> find_second_server(std::uint16_t port) {
    auto options = web::Dashboard::server_options();
    options.address = "::1";
    options.port = port;
    try {
        return std::make_unique<net::Server>(options);
    } catch (const Error&) {
        return nullptr;
    }
}

// Records and form need every activity measured; an archive that is not there yet needs nothing.
void measure_first(Invocation& invocation) {
    try {
        (void)open_measured(invocation);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::no_archive) {
            throw;
        }
    }
}

class ServeCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_count(app, "--port", m_port, "listen there (default 8738; 0 = any free port)");
        add_flag(app, "--open", m_open, "open it in the browser");
        set_examples(app, "  harrier serve --open\n"
                          "  harrier serve --port 0\n"
                          "Only this machine can reach it. It asks no other host for anything, unless you\n"
                          "name map tiles:  HARRIER_MAP_TILES=https://…/{z}/{x}/{y}.png harrier serve");
    }

    [[nodiscard]] int run(Invocation& invocation) override {
        if (m_port && *m_port > highest_port) {
            throw Error(ErrorKind::usage, fmt::format("there is no port {}", *m_port),
                        "harrier serve --port 0");
        }
        measure_first(invocation);
        auto options = web::Dashboard::server_options();
        options.port = static_cast<std::uint16_t>(m_port.value_or(usual_port));
        net::Server server(options);
        const auto second = find_second_server(server.port());
        ServeHost host(invocation.settings, invocation.clock);
        web::Dashboard dashboard(host, server.port());
        const auto handle = [&dashboard](const net::ServerRequest& request) {
            return dashboard.handle(request);
        };
        server.start(handle);
        if (second) {
            second->start(handle);
        }
        tell(invocation, fmt::format("http://127.0.0.1:{}", server.port()));
        wait_until_stopped(invocation.stop);
        server.stop();
        if (second) {
            second->stop();
        }
        return exit_done; // for a server, being stopped is how it ends well
    }

private:
    void tell(const Invocation& invocation, const std::string& url) const {
        invocation.console.print(url + "\n");
        if (invocation.console.err.is_terminal) {
            invocation.console.say("The dashboard is there, for this machine only; Ctrl-C ends it.");
        }
        if (m_open && !open_browser(url + "/", invocation.settings.environment)) {
            invocation.console.say("No browser could be started; open the address yourself.");
        }
    }

    std::optional<std::int64_t> m_port;
    bool m_open = false;
};

} // namespace

std::unique_ptr<Command> make_serve_command() {
    return std::make_unique<ServeCommand>();
}

} // namespace harrier::cli
