// SPDX-License-Identifier: MIT

// The dashboard and the commands on the same archive: they tell the same.

#include "archive/stream_codec.hpp"
#include "cli/config_file.hpp"
#include "cli/exit_code.hpp"
#include "cli/run.hpp"
#include "cli/serve_host.hpp"
#include "cli/session.hpp"
#include "tests/support/captured_console.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/temporary_folder.hpp"
#include "web/dashboard.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <thread>

namespace harrier::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr AthleteId served_runner{77};

class ServeTest : public testing::Test {
protected:
    ServeTest() {
        variables = {{"HARRIER_HOME", (temporary.path() / "home").string()}, {"COLUMNS", "80"}};
        settings = make_settings({}, Environment(variables));
        const auto archive = open_archive(settings, archive::Access::write);
        model::Athlete athlete;
        athlete.athlete_id = served_runner;
        athlete.measurement_preference = "meters";
        athlete.sex = "F";
        archive->store_athlete(athlete, "");
        for (int number = 1; number <= 6; ++number) {
            archive->store_import(served_runner, std::vector{outing(number)});
        }
    }

    // Runs that get faster; the last one is a ride.
    archive::ImportItem outing(int number) {
        constexpr int seconds = 1500;
        const double speed = 2.5 + 0.2 * number;
        archive::StoredStreams stored;
        for (int i = 0; i <= seconds; ++i) {
            stored.streams.time.push_back(i);
            stored.streams.distance.push_back(i * speed);
            stored.streams.heartrate.push_back(130 + number + i % 7);
            stored.streams.altitude.push_back(100 + (i % 300) * 0.1);
            constexpr double degree = 111'200; // m
            stored.streams.latitude.push_back(47 + i * speed / degree);
            stored.streams.longitude.push_back(8);
        }
        archive::ImportItem item;
        item.file = {
            .sha256 = fmt::format("{:064}", number), .name = "x", .format = "fit", .size = 3, .raw = "raw"};
        archive::ImportedRecording recording;
        recording.samples = seconds + 1;
        auto& said = recording.said;
        said.sport_type = number == 6 ? "Ride" : "Run";
        said.name = fmt::format("<b>{}</b>", number);
        said.start_date =
            std::chrono::floor<std::chrono::seconds>(clock.now()) - std::chrono::days{20 * number};
        said.start_date_local = WallTime{said.start_date->time_since_epoch()};
        said.gear_name = number % 2 == 0 ? "Old <shoes>" : "New shoes";
        said.distance = seconds * speed;
        said.moving_time = said.elapsed_time = seconds;
        said.average_heartrate = 134.0 + number;
        recording.streams = archive::encode_streams(stored);
        item.recordings.push_back(std::move(recording));
        return item;
    }

    json command(std::vector<std::string> arguments) {
        arguments.emplace_back("--json");
        test::CapturedConsole console;
        (void)cli::run(arguments, Environment(variables), console.console, clock, {});
        return json::parse(console.out());
    }

    json served(const std::string& target) {
        net::ServerRequest request;
        request.method = "GET";
        request.target = target;
        request.path = target.substr(0, target.find('?'));
        request.query = target.substr(std::min(request.path.size() + 1, target.size()));
        request.headers = {{"Host", "127.0.0.1:8738"}};
        ServeHost host(settings, clock);
        web::Dashboard dashboard(host, 8738);
        const auto answer = dashboard.handle(request);
        EXPECT_EQ(answer.status, 200) << target;
        return json::parse(answer.body);
    }

    test::TemporaryFolder temporary;
    test::FakeClock clock;
    std::map<std::string, std::string, std::less<>> variables;
    Settings settings;
};

// Keeps of each row what the other one has: the dashboard adds fields.
json with_fields_of(const json& rows, const json& other) {
    auto kept = json::array();
    for (const auto& row : rows) {
        json fields;
        for (const auto& [name, value] : row.items()) {
            if (!other.empty() && other[0].contains(name)) {
                fields[name] = value;
            }
        }
        kept.push_back(fields);
    }
    return kept;
}

TEST_F(ServeTest, TellsWhatTheCommandsTell) {
    store_config(settings.config_folder / "config.toml", "athlete.birth_year", "1980");
    store_config(settings.config_folder / "config.toml", "athlete.threshold_speed", "3.5");
    const std::vector<std::pair<std::vector<std::string>, std::string>> same{
        {{"records"}, "/api/records"},
        {{"records", "--distance", "1 km", "--top", "0"}, "/api/records?distance=1+km&top=0"},
        {{"records", "--mode", "strava", "--since", "2026-10"}, "/api/records?mode=strava&since=2026-10"},
        {{"predict"}, "/api/predict"},
        {{"eddington"}, "/api/eddington"},
        {{"eddington", "--sport", "ride"}, "/api/eddington?sport=ride"},
        {{"zones", "--by", "week"}, "/api/zones?of=heartrate&by=week"},
        {{"zones", "--of", "pace"}, "/api/zones?of=pace&by=month"},
        {{"stats", "--by", "year"}, "/api/totals?by=year"},
        {{"stats", "--by", "week", "--sport", "run"}, "/api/totals?by=week&sport=run"},
        {{"tiles"}, "/api/tiles?zoom=14"},
        {{"tiles", "--zoom", "17", "--by", "month"}, "/api/tiles?zoom=17&by=month"},
        {{"verify"}, "/api/verify"}};
    for (const auto& [arguments, target] : same) {
        const auto told = command(arguments);
        EXPECT_EQ(served(target), told) << target;
        EXPECT_FALSE(told.empty()) << target;
    }
}

TEST_F(ServeTest, AddsFieldsToWhatTheCommandsTellAndChangesNone) {
    for (const auto& [name, target] : std::vector<std::pair<std::string, std::string>>{
             {"fitness", "/api/fitness"}, {"gear", "/api/gear"}}) {
        const auto told = command({name});
        EXPECT_EQ(with_fields_of(served(target), told), told) << name;
        EXPECT_FALSE(told.empty()) << name;
    }
    const auto told = command({"config", "list"});
    EXPECT_EQ(with_fields_of(served("/api/settings"), told), told);
    const auto shown = command({"show", "2"});
    auto activity = served("/api/activity/2");
    for (const auto* field : {"similar", "strava", "field_sources", "photos"}) {
        EXPECT_TRUE(activity.contains(field)) << field;
        activity.erase(field);
    }
    EXPECT_EQ(activity, shown);
}

TEST_F(ServeTest, ColumnsHoldWhatTheListHolds) {
    const auto list = command({"list"});
    const auto all = served("/api/activities");
    ASSERT_EQ(all["count"], list.size());
    for (std::size_t column = 0; column < all["names"].size(); ++column) {
        const auto name = all["names"][column].get<std::string>();
        for (std::size_t row = 0; row < list.size(); ++row) {
            EXPECT_EQ(all["columns"][column][row], list[row][name]) << name;
        }
    }
    EXPECT_FALSE(list[0].contains("date"));
}

TEST_F(ServeTest, GivesSamplesThinnedOrWhole) {
    const auto whole = served("/api/activity/2/streams");
    ASSERT_EQ(whole["time"].size(), 1501U);
    EXPECT_EQ(whole["latlng"].size(), 1501U);
    EXPECT_TRUE(whole["watts"].is_null());
    EXPECT_FALSE(whole.contains("index"));
    EXPECT_FALSE(whole["grade_adjusted_speed"].is_null());
    const auto thin = served("/api/activity/2/streams?points=100");
    EXPECT_LE(thin["time"].size(), 100U);
    EXPECT_EQ(thin["index"].size(), thin["time"].size());
    EXPECT_EQ(thin["index"].back(), 1500);
    const auto part = served("/api/activity/2/split?from=100&to=200");
    EXPECT_NEAR(part["elapsed_time"].get<double>(), 100, 0.01);
    EXPECT_NEAR(part["distance"].get<double>(), 290, 0.5);
    EXPECT_EQ(part["max_heartrate"], 138);
}

TEST_F(ServeTest, TheBestCurveComesFromTheFastest) {
    command({"records"}); // which measures
    const auto curve = served("/api/curve?kind=pace");
    ASSERT_FALSE(curve["seconds"].empty());
    EXPECT_EQ(curve["seconds"].size(), curve["values"].size());
    EXPECT_NEAR(curve["values"][0].get<double>(), 3.5, 0.01);
    EXPECT_EQ(curve["activity_ids"][0], 5);
}

TEST_F(ServeTest, SettingsOfThePageAreThoseOfConfig) {
    ServeHost host(settings, clock);
    const auto before = host.settings_stamp();
    host.store_setting("athlete.ftp", "250");
    EXPECT_NE(host.settings_stamp(), before);
    EXPECT_EQ(host.athlete_settings().ftp, 250);
    EXPECT_FALSE(host.tile_source());
    EXPECT_THROW(host.store_setting("athlete.ftp", "many"), Error);
    host.store_retirement("g1", 800'000);
    EXPECT_EQ(host.retirements().at("g1"), 800'000);
    host.store_retirement("g1", std::nullopt);
    EXPECT_TRUE(host.retirements().empty());
}

TEST_F(ServeTest, ListensOnTheLoopbackInterfaceUntilItIsStopped) {
    test::CapturedConsole console;
    std::stop_source stop;
    int code = -1;
    std::thread running([&] {
        const std::vector<std::string> arguments{"serve", "--port", "0"};
        code = cli::run(arguments, Environment(variables), console.console, clock, stop.get_token());
    });
    while (console.out().find('\n') == std::string::npos) {
        std::this_thread::yield();
    }
    const auto url = console.out();
    const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    const auto ask = [port](std::string_view host) {
        test::RawClient client(port);
        client.send(fmt::format("GET /api/session HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", host));
        return client.receive_all();
    };
    EXPECT_THAT(ask(fmt::format("127.0.0.1:{}", port)), HasSubstr("\"activities\":6"));
    EXPECT_THAT(ask("evil.test"), testing::StartsWith("HTTP/1.1 421"));
    stop.request_stop();
    running.join();
    EXPECT_EQ(code, exit_done);
    EXPECT_THROW(test::RawClient{port}, std::runtime_error);
}

} // namespace
} // namespace harrier::cli
