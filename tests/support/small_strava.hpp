// SPDX-License-Identifier: MIT
#pragma once

// The emulator without a socket, with a clock of its own and an athlete of a few activities, and short ways
// to ask it things.

#include "base/text.hpp"
#include "base/time.hpp"
#include "emulator/site.hpp"
#include "net/url.hpp"
#include "tests/support/fake_clock.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace harrier::test {

// Activities 1 … n, one per day, number n the newest; number 2 is only_me, number 3 a manual entry.
class SmallAthlete final : public emulator::ActivitySource {
public:
    explicit SmallAthlete(int count = 7) : SmallAthlete(count, first_day(), std::chrono::days{1}) {}
    // Number n began n gaps after `zero`.
    SmallAthlete(int count, Instant zero, std::chrono::seconds gap) {
        for (int id = count; id >= 1; --id) {
            emulator::ListedActivity activity;
            activity.id = id;
            activity.start_date = zero + id * gap;
            activity.only_me = id == 2;
            activity.summary_json =
                R"({"resource_state":2,"athlete":{"id":99,"resource_state":1},"name":"No. )" +
                std::to_string(id) + R"(","distance":1000.50,"id":)" + std::to_string(id) +
                R"(,"start_date":")" + format_instant(activity.start_date) + R"(","visibility":")" +
                (id == 2 ? "only_me" : "everyone") + "\"}";
            m_activities.push_back(std::move(activity));
        }
    }
    static Instant first_day() { return std::chrono::sys_days{std::chrono::year{2026} / 10 / 1}; }

    [[nodiscard]] std::vector<emulator::ListedActivity> activities() const override { return m_activities; }
    [[nodiscard]] std::optional<std::string> detail_json(std::int64_t id) const override {
        return R"({"id":)" + std::to_string(id) + R"(,"resource_state":3,"name":"detail"})";
    }
    [[nodiscard]] std::optional<std::string> laps_json(std::int64_t /*id*/) const override {
        return R"([{"lap_index":1}])";
    }
    [[nodiscard]] std::optional<emulator::StreamSet> streams(std::int64_t id) const override {
        if (id == 3) {
            return std::nullopt;
        }
        return emulator::StreamSet{{{"time", "[0,1]"}, {"distance", "[0.0,2.5]"}, {"heartrate", "[90,91]"}},
                                   2};
    }
    [[nodiscard]] std::string athlete_json() const override { return R"({"id":99,"resource_state":3})"; }
    [[nodiscard]] std::string zones_json() const override { return R"({"heart_rate":{}})"; }
    [[nodiscard]] std::string stats_json() const override { return R"({"all_run_totals":{}})"; }
    [[nodiscard]] std::optional<std::string> gear_json(std::string_view id) const override {
        return id == "g7" ? std::optional<std::string>(R"({"id":"g7"})") : std::nullopt;
    }
    [[nodiscard]] std::string athlete_summary_json() const override {
        return R"({"id":99,"resource_state":2,"firstname":"Ann <b>","lastname":"Runner"})";
    }
    [[nodiscard]] std::int64_t athlete_id() const override { return 99; }

private:
    std::vector<emulator::ListedActivity> m_activities;
};

class SmallStrava {
public:
    static constexpr const char* secret = "5ec2e75ec2e75ec2e75ec2e75ec2e75ec2e75ec2";
    static constexpr const char* everything = "read,activity:read_all,profile:read_all";

    explicit SmallStrava(emulator::EmulatorOptions options = {}, int activities = 7)
        : SmallStrava(std::move(options), std::make_unique<SmallAthlete>(activities)) {}
    SmallStrava(emulator::EmulatorOptions options, std::unique_ptr<emulator::ActivitySource> source)
        : m_site(with_secret(std::move(options)), std::move(source), clock) {}

    net::ServerResponse handle(const net::ServerRequest& request) { return m_site.handle(request); }
    net::ServerResponse send(std::string method, std::string target, std::vector<net::Header> headers = {},
                             std::string body = {}) {
        net::ServerRequest request;
        request.method = std::move(method);
        request.path = target.substr(0, target.find('?'));
        request.query = target.substr(std::min(request.path.size() + 1, target.size()));
        request.target = std::move(target);
        request.headers = std::move(headers);
        request.body = std::move(body);
        return m_site.handle(request);
    }
    net::ServerResponse get(const std::string& target, const std::string& token = {}) {
        std::vector<net::Header> headers;
        if (!token.empty()) {
            headers.push_back({"Authorization", "Bearer " + token});
        }
        return send("GET", target, std::move(headers));
    }
    net::ServerResponse post_form(const std::string& target, const net::Parameters& fields) {
        return send("POST", target, {{"Content-Type", "application/x-www-form-urlencoded"}},
                    net::encode_form(fields));
    }
    net::ServerResponse token(net::Parameters fields) {
        fields.insert(fields.begin(), {{"client_id", "12345"}, {"client_secret", secret}});
        return post_form("/oauth/token", fields);
    }

    static std::string authorize_target(const std::string& scope, const std::string& more = {}) {
        return "/oauth/authorize?client_id=12345&redirect_uri=http%3A%2F%2Flocalhost%2Fexchange_token"
               "&response_type=code&scope=" +
               scope + more;
    }
    // Presses Authorize with all boxes ticked; gives the code.
    std::string code_for(const std::string& scope) {
        const auto page = get(authorize_target(scope, "&approval_prompt=force"));
        net::Parameters form{{"nonce", nonce_in(page.body)}, {"decision", "authorize"}};
        for (const auto& name : split(scope, ',')) {
            form.emplace_back("scope", name);
        }
        return code_in(post_form("/oauth/authorize/decision", form));
    }
    // A whole login; gives the access token.
    std::string log_in(const std::string& scope = everything) {
        return field_in(token({{"grant_type", "authorization_code"}, {"code", code_for(scope)}}).body,
                        "access_token");
    }

    static std::string header(const net::ServerResponse& answer, std::string_view name) {
        return std::string(net::find_header(answer.headers, name).value_or(""));
    }
    static std::string nonce_in(const std::string& page) {
        return between(page, "name=\"nonce\" value=\"", "\"");
    }
    static std::string code_in(const net::ServerResponse& redirect) {
        return between(header(redirect, "Location"), "code=", "&");
    }
    // A text member of a flat JSON object.
    static std::string field_in(const std::string& json, const std::string& name) {
        return between(json, "\"" + name + "\":\"", "\"");
    }
    static std::string between(const std::string& text, const std::string& before, const std::string& after) {
        const auto from = text.find(before);
        if (from == std::string::npos) {
            return {};
        }
        const auto start = from + before.size();
        return text.substr(start, text.find(after, start) - start);
    }
    // The ids of a listing, in its order.
    static std::vector<int> ids_in(const std::string& listing) {
        std::vector<int> ids;
        const std::string mark = ",\"id\":";
        for (auto at = listing.find(mark); at != std::string::npos; at = listing.find(mark, at + 1)) {
            ids.push_back(std::stoi(listing.substr(at + mark.size())));
        }
        return ids;
    }

    FakeClock clock;

private:
    static emulator::EmulatorOptions with_secret(emulator::EmulatorOptions options) {
        options.client_secret = secret;
        return options;
    }

    emulator::Site m_site;
};

} // namespace harrier::test
