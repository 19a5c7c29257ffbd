// SPDX-License-Identifier: MIT

// harrier demo: the whole story against an emulator in this process. It runs harrier's own commands, printed
// as a user would type them, in a folder of its own; the only thing played is the person at the browser.

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/options.hpp"
#include "cli/run.hpp"
#include "cli/session.hpp"
#include "emulator/emulator.hpp"
#include "emulator/watch_file.hpp"
#include "net/curl_transport.hpp"
#include "net/url.hpp"

#include <fmt/format.h>

#include <thread>

namespace harrier::cli {

namespace {

constexpr std::string_view marker_name = ".harrier-demo";
constexpr std::string_view tutorial_redirect = "http://localhost/exchange_token";
constexpr const char* name_another = "Name another folder:  harrier demo --dir DIR";

std::unique_ptr<emulator::ActivitySource> make_athlete(const std::string& captures) {
    return captures.empty() ? emulator::make_made_up_athlete({})
                            : emulator::make_captured_athlete(read_file(captures));
}

// An empty folder of the demo's own. One that an earlier demo left is emptied; any other is not touched.
void prepare_folder(const std::filesystem::path& folder) {
    const auto marker = folder / marker_name;
    const bool is_empty_folder = std::filesystem::is_directory(folder) && std::filesystem::is_empty(folder);
    if (std::filesystem::exists(folder) && !is_empty_folder && !std::filesystem::exists(marker)) {
        throw Error(ErrorKind::usage,
                    fmt::format("{} is there and is not a demo's: nothing was touched", folder.string()),
                    name_another);
    }
    std::filesystem::remove_all(folder);
    try {
        make_folders(folder);
    } catch (const Error& error) {
        throw Error(error.kind(), error.message(), name_another);
    }
    write_file_atomically(marker, "Made by `harrier demo`; the next demo starts it anew.\n");
}

// Files of the newest activities, as their watch would have left them. Returns how many there are.
std::size_t write_watch_files(const emulator::ActivitySource& athlete, const std::filesystem::path& folder) {
    constexpr std::size_t wanted = 12;
    std::size_t written = 0;
    for (const auto& activity : athlete.activities()) {
        const auto file = emulator::find_watch_file(athlete, activity.id);
        if (file) {
            make_folders(folder);
            write_file_atomically(folder / file->name, file->bytes);
            ++written;
        }
        if (written == wanted) {
            break;
        }
    }
    return written;
}

// The person at the browser: opens a page and goes where it leads, up to the end.
void browse(std::string url) {
    net::CurlTransport transport(user_agent());
    for (int step = 0; step < 10 && !url.empty(); ++step) {
        net::Request request;
        request.url = url;
        const auto page = transport.send(request);
        url = page.header("Location").value_or("");
        if (url.starts_with("/")) {
            const auto here = net::parse_url(request.url);
            url = fmt::format("{}://{}:{}{}", here->scheme, here->host, here->port, url);
        }
    }
}

class DemoCommand final : public Command {
public:
    void declare(CLI::App& app) override {
        add_text(app, "--dir", m_folder, "DIR", "where the demo keeps its archive (default harrier-demo)");
        add_text(app, "--captures", m_captures, "FILE",
                 "play it with this JSON array of SummaryActivity instead of the made-up runner");
        set_examples(app, "  harrier demo\n"
                          "  harrier demo --dir /tmp/demo");
    }

    [[nodiscard]] int run(Invocation& invocation) override;

private:
    std::string m_folder = "harrier-demo";
    std::string m_captures;
};

// One telling of the story.
class Story {
public:
    Story(Invocation& invocation, const emulator::Emulator& strava, std::filesystem::path folder,
          std::size_t watch_files)
        : m_invocation(invocation), m_strava(strava), m_folder(std::move(folder)), m_watch_files(watch_files),
          m_environment(invocation.settings.environment.with("HARRIER_HOME", m_folder.string())
                            .with("HARRIER_ARCHIVE", "")
                            .with("HARRIER_API_BASE", strava.api_base())
                            .with("HARRIER_OAUTH_BASE", strava.oauth_base())
                            .with("HARRIER_CLIENT_ID", strava.client_id())
                            .with("HARRIER_CLIENT_SECRET", strava.client_secret())) {}

    void tell();

private:
    void begin_chapter(std::string_view title);
    void tell_the_mistake();
    [[nodiscard]] std::string token_of_the_tutorial(net::HttpTransport& transport) const;
    void type(const std::vector<std::string>& words, std::string_view shown = {});
    void log_in();

    Invocation& m_invocation;
    const emulator::Emulator& m_strava;
    std::filesystem::path m_folder;
    std::size_t m_watch_files;
    Environment m_environment;
    int m_chapter = 0;
};

void Story::begin_chapter(std::string_view title) {
    const bool colour = m_invocation.console.out.colour;
    m_invocation.console.print(
        fmt::format("\n{}{}. {}{}\n", colour ? "\x1b[1m" : "", ++m_chapter, title, colour ? "\x1b[0m" : ""));
}

// Runs one of harrier's commands here and shows it as it would be typed.
void Story::type(const std::vector<std::string>& words, std::string_view shown) {
    const auto line = shown.empty() ? fmt::format("harrier {}", fmt::join(words, " ")) : std::string(shown);
    m_invocation.console.print(fmt::format("\n$ {}\n", line));
    const int code =
        cli::run(words, m_environment, m_invocation.console, m_invocation.clock, m_invocation.stop);
    if (code != exit_done) {
        throw Error(code == exit_interrupted ? ErrorKind::interrupted : ErrorKind::internal,
                    fmt::format("the demo ended early: harrier {} gave exit code {}", words.front(), code));
    }
}

// The tutorial's way: an authorize address with scope=read, the code out of the address bar, a POST for the
// token.
std::string Story::token_of_the_tutorial(net::HttpTransport& transport) const {
    net::Request authorize;
    authorize.url =
        fmt::format("{}/authorize?client_id={}&redirect_uri={}&response_type=code&scope=read",
                    m_strava.oauth_base(), m_strava.client_id(), net::percent_encode(tutorial_redirect));
    const auto location = std::string(transport.send(authorize).header("Location").value_or(""));
    const auto query = net::decode_form(location.substr(std::min(location.find('?') + 1, location.size())));
    net::Request exchange;
    exchange.method = "POST";
    exchange.url = m_strava.oauth_base() + "/token";
    exchange.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    exchange.body = net::encode_form({{"client_id", m_strava.client_id()},
                                      {"client_secret", m_strava.client_secret()},
                                      {"code", net::find(query, "code").value_or("")},
                                      {"grant_type", "authorization_code"}});
    const auto answer = transport.send(exchange).body;
    constexpr std::string_view key = "\"access_token\":\"";
    const auto begin = std::min(answer.find(key), answer.size() - key.size()) + key.size();
    return answer.substr(begin, answer.find('"', begin) - begin);
}

void Story::tell_the_mistake() {
    begin_chapter("What happens to everybody first: a token made with scope=read");
    net::CurlTransport transport(user_agent());
    net::Request request;
    request.url = m_strava.api_base() + "/athlete/activities";
    request.headers = {{"Authorization", "Bearer " + token_of_the_tutorial(transport)}};
    const auto answer = transport.send(request);
    m_invocation.console.print(fmt::format("\n$ curl -H \"Authorization: Bearer $TOKEN\" \\\n    {}\n{}\n",
                                           request.url, answer.body));
    type({"explain", answer.body}, "harrier explain   # fed with that answer");
}

// harrier login, with this process at the browser.
void Story::log_in() {
    begin_chapter("The right way: harrier login");
    m_invocation.console.print("\n$ harrier login\n");
    std::jthread browser;
    Console console = m_invocation.console;
    console.read_line_until = nullptr; // nobody pastes anything here
    console.out.write = [&](std::string_view text) {
        m_invocation.console.print(text);
        if (text.starts_with("http")) {
            m_invocation.console.print("(the demo opens it and clicks Authorize)\n");
            browser = std::jthread([url = std::string(text.substr(0, text.find('\n')))] { browse(url); });
        }
    };
    const std::vector<std::string> words{"login", "--no-browser"};
    const int code = cli::run(words, m_environment, console, m_invocation.clock, m_invocation.stop);
    if (code != exit_done) {
        throw Error(ErrorKind::internal, "the demo ended early: the login failed");
    }
}

void Story::tell() {
    const auto& console = m_invocation.console;
    console.print(fmt::format("harrier's whole story on a made-up runner. A local Strava runs at\n"
                              "{}; nothing leaves this machine.\n",
                              m_strava.url()));
    tell_the_mistake();
    log_in();
    begin_chapter("All of the activities with their samples, in one archive");
    type({"sync"});
    begin_chapter("Look at them");
    type({"runs", "--limit", "10"});
    type({"stats", "--by", "year", "--sport", "run"});
    if (m_watch_files > 0) {
        begin_chapter("The watch's own files: every second of a run, without a request");
        type({"import", (m_folder / "watch").string()});
        type({"export", "1", "--format", "gpx", "-o", (m_folder / "exported").string()});
    }
    begin_chapter("All of it as one page");
    type({"report", "-o", (m_folder / "report.html").string()});
    begin_chapter("Now with your own");
    console.print(fmt::format("\n  harrier login      your own Strava account, in a minute\n"
                              "  harrier sync       everything you ever recorded\n"
                              "  harrier import     the bulk export and your watch's files\n"
                              "  harrier runs       and look at it\n\n"
                              "Open {}/report.html in a browser.\n"
                              "The demo's archive stays in {}; look around in it with\n"
                              "  harrier --home {} list\n",
                              m_folder.string(), m_folder.string(), m_folder.string()));
}

int DemoCommand::run(Invocation& invocation) {
    auto athlete = make_athlete(m_captures);
    const std::filesystem::path folder(m_folder);
    prepare_folder(folder);
    const auto watch_files = write_watch_files(*athlete, folder / "watch");
    emulator::EmulatorOptions options;
    options.port = 0;
    options.auto_approve = true;
    // With Strava's own limits the story would take some hours.
    options.limits = {.overall_quarter_hour = 20'000,
                      .overall_day = 20'000,
                      .read_quarter_hour = 10'000,
                      .read_day = 10'000};
    const emulator::Emulator strava(options, std::move(athlete), invocation.clock);
    Story(invocation, strava, folder, watch_files).tell();
    return exit_done;
}

} // namespace

std::unique_ptr<Command> make_demo_command() {
    return std::make_unique<DemoCommand>();
}

} // namespace harrier::cli
