// Requests as they come out of bytes that the network has cut anywhere.
#include "platform/http/request_reader.hpp"

#include <gtest/gtest.h>

#include "tests/request_replay.hpp"

namespace kith::http {
namespace {

const std::string get = "GET /a?b=c HTTP/1.1\r\nHost: here\r\nCookie: kith=1; x=2\r\n\r\n";
const std::string post = "POST /b HTTP/1.1\r\nhost: a\r\ncontent-length: 12\r\n\r\nhello\r\n\r\nyou";
const std::string chunked =
    "POST /c HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
    "3\r\nabc\r\nA;note=1\r\n0123456789\r\n0\r\ntrailer: x\r\n\r\n";
const std::string as_read =
    "GET /a?b=c|host=here|cookie=kith=1; x=2|\n"
    "POST /b|host=a|content-length=12|hello\r\n\r\nyou\n"
    "POST /c|host=a|transfer-encoding=chunked|abc0123456789\n";

// The whole, byte by byte, and in two pieces cut at every place.
void expect_however_cut(const std::string& bytes, const std::string& expected) {
    EXPECT_EQ(replay(bytes), expected);
    EXPECT_EQ(replay(bytes, [] { return 1; }), expected);
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
        bool first = true;
        const auto piece = [&] { return std::exchange(first, false) ? cut : bytes.size(); };
        ASSERT_EQ(replay(bytes, piece), expected) << "cut at " << cut;
    }
}

TEST(RequestReader, reads_pipelined_requests_cut_anywhere) {
    expect_however_cut(get + post + chunked, as_read);
    expect_however_cut(chunked + get + post + chunked + get,
                       replay(chunked) + replay(get) + replay(post) + replay(chunked) + replay(get));
}

TEST(RequestReader, refuses_a_chunk_longer_than_it_says_cut_anywhere) {
    const std::string head = "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    for (const std::string_view end : {"0\r\n\r", "0\r\n\r\n"})
        expect_however_cut(head + "5\r\n1} \r\n" + std::string(end), "refused 400\n");
}

TEST(RequestReader, reads_a_header_of_6_kb_cut_anywhere) {
    const std::string value(6000, 'y');
    const std::string head = "GET / HTTP/1.1\r\nhost: a\r\nx: " + value + "\r\nz: 1\r\n\r\n";
    const std::string expected = "GET /|host=a|x=" + value + "|z=1|\n";
    EXPECT_EQ(replay(head + get), expected + replay(get));
    for (const std::size_t size : {1, 7, 100, 1023, 2047, 2048, 4096, 6000})
        EXPECT_EQ(replay(head + head + get, [&] { return size; }), expected + expected + replay(get));
}

TEST(RequestReader, reads_a_long_body_and_what_follows_it) {
    const std::string body(50'000, 'b');
    const std::string bytes = "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50000\r\n\r\n" + body + get +
                              get;
    const std::string expected = "POST /|host=a|content-length=50000|" + body + "\n" + replay(get) +
                                 replay(get);
    EXPECT_EQ(replay(bytes), expected);
    for (const std::size_t size : {1, 97, 1024, 40'000})
        EXPECT_EQ(replay(bytes, [&] { return size; }), expected);
}

TEST(RequestReader, passes_over_a_few_empty_lines_before_a_request) {
    expect_however_cut("\r\n" + get + "\r\n\r\n" + get, replay(get) + replay(get));
    std::string many;
    for (int i = 0; i < 20; ++i) many += "\r\n";
    expect_however_cut(many + get, "refused 400\n");
}

TEST(RequestReader, refuses_a_head_past_the_limit_however_it_comes) {
    const std::string front = "GET / HTTP/1.1\r\nhost: a\r\nx: ";
    const auto head_of = [&](std::size_t size) {
        return front + std::string(size - front.size() - 4, 'y') + "\r\n\r\n";
    };
    for (const std::size_t piece : {1, 1000, 100'000}) {
        const auto size = [&] { return piece; };
        EXPECT_TRUE(replay(head_of(16 * 1024), size).starts_with("GET /|")) << piece;
        EXPECT_EQ(replay(head_of(16 * 1024 + 1), size), "refused 431\n") << piece;
        EXPECT_EQ(replay(std::string(20'000, 'x'), size), "refused 431\n") << piece;
    }
}

TEST(RequestReader, refuses_what_stands_between_or_behind_chunks_without_end) {
    const std::string head = "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    for (const std::size_t piece : {1, 1000, 100'000}) {
        const auto size = [&] { return piece; };
        EXPECT_EQ(replay(head + "1;" + std::string(80'000, 'e'), size), "refused 400\n");
        EXPECT_EQ(replay(head + "0\r\nx: " + std::string(80'000, 'e'), size), "refused 400\n");
        EXPECT_EQ(replay(head + "0\r\nx: " + std::string(5000, 'e') + "\r\n\r\n", size), "refused 400\n");
    }
}

TEST(RequestReader, refuses_malformed_heads_however_they_come) {
    const std::string ok = "\r\nhost: a\r\n\r\n";
    const std::vector<std::pair<std::string, int>> heads = {
        {"\r\n nonsense\r\n\r\n", 400},
        {"nonsense\r\n\r\n", 400},
        {"GET\r\n\r\n", 400},
        {"GET /\r\n\r\n", 400},
        {"GET  / HTTP/1.1" + ok, 400},
        {"G@T / HTTP/1.1" + ok, 400},
        {"GET / HTTP/1.2" + ok, 505},
        {"GET / HTTP/2.0" + ok, 505},
        {"GET / HTTX/1.1" + ok, 505},
        {"GET / HTTP/1.1 " + ok, 505},
        {"GET http://a/ HTTP/1.1" + ok, 400},
        {"OPTIONS * HTTP/1.1" + ok, 400},
        {"CONNECT a:443 HTTP/1.1" + ok, 400},
        {"GET /\x7f HTTP/1.1" + ok, 400},
        {std::string("GET /\0 HTTP/1.1", 15) + ok, 400},
        {"GET / HTTP/1.1\nhost: a\n\n", 400},
        {"GET / HTTP/1.1\r\nhost: a\n\r\n", 400},
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nhost : a\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nhost: a\r\n: empty\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nhost: a\r\nno colon\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nhost: a\r\nx: one\r\n two\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nhost: a\r\nx: \x01\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nhost: a\r\nexpect: a miracle\r\n\r\n", 417},
        {"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1x\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3, 4\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ncontent-length: 3\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999999\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n",
         400},
        {"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n", 501},
        {"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip, chunked\r\n\r\n", 501},
        {"POST / HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabcde\r\n", 400},
        {"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nffffff\r\n", 413},
    };
    for (const auto& [head, status] : heads) {
        SCOPED_TRACE(head);
        expect_however_cut(head, "refused " + std::to_string(status) + "\n");
    }
}

TEST(RequestReader, says_when_a_client_waits_for_leave_to_send_its_body) {
    const std::string head =
        "POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n";
    const auto awaits = [](const std::string& bytes) {
        RequestReader reader(4096, 4096);
        reader.next();
        std::memcpy(reader.room().data(), bytes.data(), bytes.size());
        reader.add(bytes.size());
        return reader.awaits_continue();
    };
    EXPECT_TRUE(awaits(head));
    EXPECT_FALSE(awaits(head + "x"));
}

}  // namespace
}  // namespace kith::http
