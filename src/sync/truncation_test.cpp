// SPDX-License-Identifier: MIT

// Samples that break off on their way, at every byte, by the whole way from the socket to the archive.

#include "archive/sqlite_archive.hpp"
#include "net/curl_transport.hpp"
#include "net/server.hpp"
#include "sync/engine.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_remote.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <iostream>
#include <libdeflate.h>
#include <memory>

namespace harrier::sync {
namespace {

constexpr AthleteId whose{7};
const std::string samples =
    R"({"time":{"data":[0,1,2],"series_type":"distance","original_size":3},"heartrate":{"data":[90,91,95]}})";

struct Encoding {
    std::string bytes;
    std::vector<net::Header> headers;
    std::size_t cuts; // at which it is not whole
};

std::string gzip(const std::string& text) {
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(6), &libdeflate_free_compressor);
    std::string packed(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
    packed.resize(
        libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), packed.data(), packed.size()));
    return packed;
}

// Without its very last line feed such an answer has still said that it ends.
Encoding in_chunks(const std::string& text, std::vector<net::Header> headers) {
    std::string bytes;
    for (std::size_t at = 0; at < text.size(); at += 32) {
        const auto chunk = text.substr(at, 32);
        bytes += fmt::format("{:x}\r\n{}\r\n", chunk.size(), chunk);
    }
    bytes += "0\r\n\r\n";
    headers.push_back({"Transfer-Encoding", "chunked"});
    return {bytes, headers, bytes.size() - 1};
}

// Lists from memory; the samples come from a server.
class SamplesByHttp final : public Remote {
public:
    explicit SamplesByHttp(strava::Client& client) : m_client(client) {
        m_list.fill(1, std::chrono::hours{1});
    }

    strava::ListingPage list_activities(const strava::ListingWindow& window, std::stop_token stop) override {
        return m_list.list_activities(window, stop);
    }
    strava::StreamsAnswer streams(StravaId id, std::stop_token stop) override {
        return m_client.streams(id, stop);
    }
    strava::DetailAnswer detail(StravaId id, std::stop_token stop) override {
        return m_client.detail(id, stop);
    }
    strava::Scopes granted() override { return m_list.granted(); }
    net::RateUsage rate() override { return {}; }

private:
    strava::Client& m_client;
    test::FakeRemote m_list;
};

class OneToken final : public strava::TokenSource {
public:
    Secret access_token() override { return Secret(std::string("token")); }
    std::optional<Secret> replace_rejected(const Secret& /*rejected*/) override { return std::nullopt; }
    strava::Scopes granted() override { return {"read", "activity:read_all"}; }
};

class TruncationTest : public testing::Test {
protected:
    // Syncs an answer that is cut at every byte, then the whole one.
    void expect_stored_only_whole(Encoding encoding) {
        encoding.headers.push_back({"Content-Type", "application/json"});
        std::atomic<std::size_t> cut{0};
        net::Server server{{}};
        server.start([&](const net::ServerRequest&) {
            net::ServerResponse response;
            response.body = encoding.bytes;
            response.headers = encoding.headers;
            if (cut < encoding.cuts) {
                response.truncate_after = cut.load();
            }
            return response;
        });
        net::CurlTransport transport("harrier/test");
        OneToken tokens;
        const auto url = fmt::format("http://127.0.0.1:{}", server.port());
        strava::Client client(transport, tokens, m_clock, {.api_base = url, .oauth_base = url});
        SamplesByHttp remote(client);
        for (; cut < encoding.cuts; ++cut) {
            const auto result = Engine(remote, *m_archive, m_clock).run(whose, {.full = true}, {});
            ASSERT_EQ(result.failures.size(), 1U) << "cut at byte " << cut;
            ASSERT_EQ(m_archive->summary(whose).with_streams, 0) << "cut at byte " << cut;
        }
        EXPECT_EQ(Engine(remote, *m_archive, m_clock).run(whose, {.full = true}, {}).streams.stored, 1);
        EXPECT_EQ(m_archive->summary(whose).with_streams, 1);
        std::cout << encoding.cuts << " cuts of an answer of as many bytes: none was stored\n";
    }

    test::TemporaryFolder m_folder{test::TemporaryFolder::memory()};
    test::FakeClock m_clock;
    std::unique_ptr<archive::Archive> m_archive =
        archive::open_sqlite_archive(m_folder.path() / "archive.db", archive::Access::write);
};

TEST_F(TruncationTest, OfSamplesWithALength) {
    expect_stored_only_whole({samples, {}, samples.size()});
}

TEST_F(TruncationTest, OfSamplesInChunks) {
    expect_stored_only_whole(in_chunks(samples, {}));
}

TEST_F(TruncationTest, OfPackedSamplesWithALength) {
    const auto packed = gzip(samples);
    expect_stored_only_whole({packed, {{"Content-Encoding", "gzip"}}, packed.size()});
}

TEST_F(TruncationTest, OfPackedSamplesInChunks) {
    expect_stored_only_whole(in_chunks(gzip(samples), {{"Content-Encoding", "gzip"}}));
}

} // namespace
} // namespace harrier::sync
