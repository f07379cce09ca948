// The edge over real sockets: what a browser, a slow client and a broken one send.
#include "platform/http/server.hpp"

#include <zlib.h>

#include "tests/edge.hpp"

namespace kith::http {
namespace {

std::string inflate_gzip(const std::string& data) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    stream.avail_in = static_cast<uInt>(data.size());
    std::string out(1 << 20, '\0');
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

class ServerTest : public EdgeTest {
protected:
    ServerTest() { start(); }
};

TEST_F(ServerTest, answers_from_memory_and_from_workers) {
    EXPECT_NE(ask("GET /memory HTTP/1.1\r\n" + std::string(close_line)).find("from memory"),
              std::string::npos);
    const std::string answer = ask("GET /a HTTP/1.1\r\n" + std::string(close_line));
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_NE(answer.find("GET /a []"), std::string::npos);
    EXPECT_NE(answer.find("content-security-policy: default-src 'none'"), std::string::npos);
    EXPECT_NE(answer.find("cache-control: no-store"), std::string::npos);
}

TEST_F(ServerTest, answers_pipelined_requests_in_order) {
    const std::string answer = ask(
        "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n"
        "POST /b HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nxyz"
        "GET /memory HTTP/1.1\r\n" +
        std::string(close_line));
    const std::size_t first = answer.find("GET /slow"), second = answer.find("POST /b [xyz]"),
                      third = answer.find("from memory");
    EXPECT_LT(first, second);
    EXPECT_LT(second, third);
    EXPECT_NE(third, std::string::npos);
}

TEST_F(ServerTest, reads_a_chunked_body_in_pieces) {
    Client client(port());
    client.send("POST /c HTTP/1.1\r\ntransfer-encoding: chunked\r\n" + std::string(close_line) + "3\r\nab");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    client.send("c\r\n2\r\nde\r\n0\r\n\r\n");
    EXPECT_NE(client.read_all().find("POST /c [abcde]"), std::string::npos);
}

TEST_F(ServerTest, refuses_what_is_ambiguous) {
    const auto status = [&](std::string_view text) { return ask(text).substr(9, 3); };
    EXPECT_EQ(status("GET / HTTP/1.1\r\n\r\n"), "400");
    EXPECT_EQ(status("GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n"), "400");
    EXPECT_EQ(status("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n"),
              "400");
    EXPECT_EQ(status("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\n"), "400");
    EXPECT_EQ(status("POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\n"), "501");
    EXPECT_EQ(status("GET http://a/ HTTP/1.1\r\nhost: a\r\n\r\n"), "400");
    EXPECT_EQ(status("nonsense\r\n\r\n"), "400");
    EXPECT_EQ(status("GET / HTTP/1.1\r\nhost: a\r\nx: " + std::string(8000, 'y') + "\r\n\r\n"), "431");
    EXPECT_EQ(status("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 20000\r\n\r\n"), "413");
}

TEST_F(ServerTest, tells_a_slow_client_that_it_took_too_long) {
    Client client(port());
    client.send("GET / HTTP/1.1\r\nhost:");
    EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408"));
}

TEST_F(ServerTest, forgives_a_client_that_leaves_in_the_middle) {
    {
        Client(port()).send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nabc");
    }
    {
        Client(port()).send("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n");
    }
    EXPECT_NE(ask("GET /memory HTTP/1.1\r\n" + std::string(close_line)).find("from memory"),
              std::string::npos);
}

TEST_F(ServerTest, stitches_gzip_from_a_personal_head_and_a_shared_part) {
    const std::string answer = ask("GET /stitched HTTP/1.1\r\naccept-encoding: gzip\r\n" +
                                   std::string(close_line));
    EXPECT_NE(answer.find("content-encoding: gzip"), std::string::npos);
    const std::string body = answer.substr(answer.find("\r\n\r\n") + 4);
    EXPECT_EQ(inflate_gzip(body), "personal " + fragment->identity());
    const std::string plain = ask("GET /stitched HTTP/1.1\r\n" + std::string(close_line));
    EXPECT_TRUE(plain.ends_with("personal " + fragment->identity()));
}

TEST_F(ServerTest, reads_a_request_that_comes_byte_by_byte) {
    Client client(port());
    const std::string request = "POST /b HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nxyz";
    for (const char byte : request + "GET /a HTTP/1.1\r\n" + std::string(close_line)) {
        client.send({&byte, 1});
        if (byte == '\n') pause(2);
    }
    const std::string answers = client.read_all();
    EXPECT_NE(answers.find("POST /b [xyz]"), std::string::npos);
    EXPECT_NE(answers.find("GET /a []"), std::string::npos);
}

TEST_F(ServerTest, reads_a_header_of_3_kb) {
    const std::string cookie = "cookie: a=" + std::string(3000, 'c') + "\r\n";
    EXPECT_TRUE(
        ask("GET /memory HTTP/1.1\r\n" + cookie + std::string(close_line)).starts_with("HTTP/1.1 200"));
}

TEST_F(ServerTest, gives_leave_to_send_a_body) {
    Client client(port());
    client.send("POST /b HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 3\r\n" +
                std::string(close_line));
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("xyz");
    EXPECT_NE(client.read_all().find("POST /b [xyz]"), std::string::npos);
}

TEST_F(ServerTest, answers_a_client_that_has_closed_its_half) {
    for (const std::string_view path : {"/memory", "/slow"}) {
        Client client(port());
        client.send("GET " + std::string(path) + " HTTP/1.1\r\nhost: a\r\n\r\n");
        client.finish_sending();
        EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 200")) << path;
    }
    Client half(port());
    half.send("GET /memory HTTP/1.1\r\nhost:");
    half.finish_sending();
    EXPECT_EQ(half.read_all(), "");
}

TEST_F(ServerTest, answers_a_thousand_pipelined_requests) {
    std::string requests;
    for (int i = 0; i < 999; ++i)
        requests += i % 100 == 50 ? "POST /b HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nhi"
                                  : "GET /memory HTTP/1.1\r\nhost: a\r\n\r\n";
    requests += "GET /last HTTP/1.1\r\n" + std::string(close_line);
    Client client(port());
    std::thread sender([&] { client.send(requests); });
    const std::string answers = client.read_all();
    sender.join();
    std::size_t count = 0;
    for (std::size_t at = answers.find("HTTP/1.1 200"); at != std::string::npos; ++count)
        at = answers.find("HTTP/1.1 200", at + 1);
    EXPECT_EQ(count, 1000u);
    EXPECT_NE(answers.find("GET /last []"), std::string::npos);
}

TEST_F(ServerTest, survives_what_fails_behind_it) {
    for (const std::string_view path : {"/broken-memory", "/broken"}) {
        Client client(port());
        client.send("GET " + std::string(path) + " HTTP/1.1\r\nhost: a\r\n\r\n");
        EXPECT_TRUE(client.read_until("</html>").starts_with("HTTP/1.1 500")) << path;
        client.send("GET /memory HTTP/1.1\r\n" + std::string(close_line));
        EXPECT_NE(client.read_all().find("from memory"), std::string::npos) << path;
    }
    EXPECT_EQ(server->counts().errors_5xx, 2u);
}

TEST_F(ServerTest, numbers_each_request_also_what_it_refuses) {
    const auto id_of = [](const std::string& answer) {
        const std::size_t at = answer.find("x-request-id: ");
        return answer.substr(at, answer.find('\r', at) - at);
    };
    const std::string first = id_of(ask("nonsense\r\n\r\n")), second = id_of(ask("nonsense\r\n\r\n")),
                      third = id_of(ask("GET /memory HTTP/1.1\r\n" + std::string(close_line)));
    EXPECT_NE(first, second);
    EXPECT_NE(second, third);
    EXPECT_NE(first, third);
}

TEST_F(ServerTest, believes_the_last_line_that_a_proxy_wrote) {
    const auto client_in = [&](std::string_view lines) {
        const std::string answer = ask("GET /client HTTP/1.1\r\n" + std::string(lines) +
                                       std::string(close_line));
        const std::string body = answer.substr(answer.find("\r\n\r\n") + 4);
        return body.substr(0, body.find(' '));
    };
    EXPECT_EQ(client_in(""), "127.0.0.1");
    EXPECT_EQ(client_in("x-forwarded-for: 203.0.113.9\r\n"), "203.0.113.9");
    EXPECT_EQ(client_in("x-forwarded-for: 198.51.100.1\r\nx-forwarded-for: 203.0.113.9\r\n"), "203.0.113.9");
}

TEST_F(ServerTest, tells_that_nothing_changed_for_any_tag_of_a_list) {
    const auto status = [&](std::string_view tags) {
        return ask("GET /tagged HTTP/1.1\r\nif-none-match: " + std::string(tags) + "\r\n" +
                   std::string(close_line))
            .substr(9, 3);
    };
    EXPECT_EQ(status("\"7-gzip\""), "304");
    EXPECT_EQ(status("\"6\", W/\"7-gzip\" ,\"8\""), "304");
    EXPECT_EQ(status("*"), "304");
    EXPECT_EQ(status("\"7\""), "200");
    EXPECT_EQ(status("\"7-gzip\"x, 7-gzip"), "200");
}

TEST_F(ServerTest, counts_how_long_answers_take) {
    ask("GET /memory HTTP/1.1\r\n" + std::string(close_line));
    ask("GET /slow HTTP/1.1\r\n" + std::string(close_line));
    const Server::Counts counts = server->counts();
    std::uint64_t all = 0, above_a_quarter = 0;
    for (std::size_t i = 0; i < counts.durations.size(); ++i) {
        all += counts.durations[i];
        if (i > 0 && Server::duration_bounds_s[i - 1] >= 0.25) above_a_quarter += counts.durations[i];
    }
    EXPECT_EQ(all, 2u);
    EXPECT_EQ(above_a_quarter, 1u);
    EXPECT_GE(counts.duration_sum_s, 0.3);
}

TEST_F(ServerTest, keeps_nothing_of_connections_that_are_gone) {
    for (int i = 0; i < 10'000; ++i) {
        Client client(port());
        if (i % 4 == 0) client.send("GET /memory HTTP/1.1\r\nhost: a\r\n\r\n");
        if (i % 4 == 1) client.send("GET /mem");
        if (i % 4 == 2) client.send("POST /b HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nabc");
        if (i % 4 == 0 && i % 16 != 0) client.read_until("from memory");
    }
    EXPECT_TRUE(eventually([&] { return server->counts().connections == 0; }));
    EXPECT_EQ(server->counts().streams, 0);
    EXPECT_GE(server->counts().requests, 1000u);
}

TEST_F(ServerTest, says_that_its_address_is_taken) {
    ServerOptions same = options;
    same.port = port();
    Server second(same, {}, clock, random);
    EXPECT_THROW(second.start(), std::system_error);
}

}  // namespace
}  // namespace kith::http
