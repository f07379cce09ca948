// The edge over real sockets: what a browser, a slow client and a broken one send.
#include "platform/http/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <thread>

#include "base/clock.hpp"
#include "base/random.hpp"

namespace kith::http {
namespace {

class Client {
public:
    explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    }
    Client(const Client&) = delete;
    ~Client() { ::close(fd_); }

    void send(std::string_view text) { ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL); }

    // What arrives until `mark` was seen, the other side closed, or five seconds passed.
    std::string read_until(std::string_view mark) {
        std::string out;
        while (mark.empty() || out.find(mark) == std::string::npos) {
            pollfd wait{fd_, POLLIN, 0};
            if (::poll(&wait, 1, 5000) <= 0) break;
            char buffer[4096];
            const ssize_t count = ::recv(fd_, buffer, sizeof buffer, 0);
            if (count <= 0) break;
            out.append(buffer, static_cast<std::size_t>(count));
        }
        return out;
    }
    std::string read_all() { return read_until(""); }

private:
    int fd_;
};

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

class ServerTest : public ::testing::Test {
protected:
    ServerTest() {
        ServerOptions options;
        options.port = 0;
        options.limits.first_byte_s = 2;
        options.limits.header_bytes = 4096;
        options.limits.body_bytes = 10'000;
        options.limits.streams_per_member = 2;
        server_ = std::make_unique<Server>(options, application(), clock_, random_);
        server_->start();
    }

    Application application() {
        return {.answer_at_once = [this](const Request& request) { return at_once(request); },
                .handle = [](const Request& request) { return handle(request); },
                .may_receive = [this](StreamRequest&) { return may_receive_.load(); },
                .event_text = [](const Change& c) { return "data: " + std::to_string(c.number) + "\n\n"; },
                .missed = [](const StreamRequest&) { return std::vector<Change>{{.number = 41}}; }};
    }

    std::optional<Response> at_once(const Request& request) {
        if (request.path == "/memory") return Response::text("from memory");
        if (request.path != "/stitched") return std::nullopt;
        Response response = Response::text("personal ");
        response.fragment = fragment_;
        return response;
    }

    static Response handle(const Request& request) {
        if (request.path == "/slow") std::this_thread::sleep_for(std::chrono::milliseconds(300));
        if (request.path == "/events") {
            Response response;
            response.stream = StreamRequest{
                .group = GroupId(1), .thread = ThreadId(2), .member = MemberId(3)};
            if (request.query == "resume") response.stream->after = 40;
            return response;
        }
        return Response::text(std::string(name(request.method)) + " " + std::string(request.path) + " [" +
                              std::string(request.body) + "]");
    }

    std::string ask(std::string_view text) {
        Client client(server_->port());
        client.send(text);
        return client.read_all();
    }

    ManualClock clock_{Time{1'770'000'000'000}};
    SeededRandom random_{1};
    std::atomic<bool> may_receive_ = true;
    FragmentPtr fragment_ = std::make_shared<const Fragment>(std::string(100'000, 'x') + " shared", Time{});
    std::unique_ptr<Server> server_;
};

constexpr std::string_view close_line = "host: a\r\nconnection: close\r\n\r\n";

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
    Client client(server_->port());
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
    Client client(server_->port());
    client.send("GET / HTTP/1.1\r\nhost:");
    EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408"));
}

TEST_F(ServerTest, forgives_a_client_that_leaves_in_the_middle) {
    {
        Client(server_->port()).send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nabc");
    }
    {
        Client(server_->port()).send("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n");
    }
    EXPECT_NE(ask("GET /memory HTTP/1.1\r\n" + std::string(close_line)).find("from memory"),
              std::string::npos);
}

TEST_F(ServerTest, stitches_gzip_from_a_personal_head_and_a_shared_part) {
    const std::string answer = ask("GET /stitched HTTP/1.1\r\naccept-encoding: gzip\r\n" +
                                   std::string(close_line));
    EXPECT_NE(answer.find("content-encoding: gzip"), std::string::npos);
    const std::string body = answer.substr(answer.find("\r\n\r\n") + 4);
    EXPECT_EQ(inflate_gzip(body), "personal " + fragment_->identity());
    const std::string plain = ask("GET /stitched HTTP/1.1\r\n" + std::string(close_line));
    EXPECT_TRUE(plain.ends_with("personal " + fragment_->identity()));
}

TEST_F(ServerTest, gives_events_to_open_streams_and_ends_them_with_the_right) {
    Client client(server_->port());
    client.send("GET /events HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_NE(client.read_until("retry").find("text/event-stream"), std::string::npos);
    server_->publish({.group = GroupId(1), .thread = ThreadId(9), .number = 1});
    server_->publish({.group = GroupId(1), .thread = ThreadId(2), .number = 7});
    const std::string events = client.read_until("data: 7");
    EXPECT_EQ(events.find("data: 1\n"), std::string::npos);
    EXPECT_NE(events.find("data: 7"), std::string::npos);
    may_receive_ = false;
    server_->recheck_streams();
    EXPECT_NE(client.read_all().find("event: end"), std::string::npos);
    EXPECT_EQ(server_->counts().streams, 0);
}

TEST_F(ServerTest, resumes_a_stream_with_what_it_missed) {
    Client client(server_->port());
    client.send("GET /events?resume HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_NE(client.read_until("data: 41").find("data: 41"), std::string::npos);
}

TEST_F(ServerTest, keeps_the_streams_of_one_member_few) {
    Client one(server_->port()), two(server_->port()), three(server_->port());
    for (Client* client : {&one, &two}) {
        client->send("GET /events HTTP/1.1\r\nhost: a\r\n\r\n");
        client->read_until("retry");
    }
    three.send("GET /events HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_TRUE(three.read_all().starts_with("HTTP/1.1 429"));
}

TEST_F(ServerTest, lets_a_running_request_end_when_it_stops) {
    Client client(server_->port());
    client.send("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::thread stopper([this] { server_->stop(); });
    EXPECT_NE(client.read_all().find("GET /slow []"), std::string::npos);
    stopper.join();
}

}  // namespace
}  // namespace kith::http
