#include "tests/edge.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace kith::http {

Client::Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

Client::~Client() { ::close(fd_); }

bool Client::send(std::string_view text) {
    return ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

void Client::finish_sending() { ::shutdown(fd_, SHUT_WR); }

std::string Client::read_until(std::string_view mark) {
    for (;;) {
        const std::size_t at = mark.empty() ? std::string::npos : read_.find(mark);
        if (at != std::string::npos) {
            std::string out = read_.substr(0, at + mark.size());
            read_.erase(0, out.size());
            return out;
        }
        pollfd wait{fd_, POLLIN, 0};
        char buffer[4096];
        const ssize_t count = ::poll(&wait, 1, 5000) > 0 ? ::recv(fd_, buffer, sizeof buffer, 0) : 0;
        if (count <= 0) return std::exchange(read_, {});
        read_.append(buffer, static_cast<std::size_t>(count));
    }
}

bool Client::is_quiet(int milliseconds) {
    pollfd wait{fd_, POLLIN, 0};
    return read_.empty() && ::poll(&wait, 1, milliseconds) == 0;
}

void Barrier::open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    opened_.notify_all();
}

void Barrier::wait() {
    std::unique_lock lock(mutex_);
    opened_.wait_for(lock, std::chrono::seconds(10), [this] { return is_open_; });
}

EdgeTest::EdgeTest() {
    options.port = 0;
    options.io_threads = 1;
    options.limits.first_byte_s = 2;
    options.limits.header_bytes = 4096;
    options.limits.body_bytes = 10'000;
    options.limits.streams_per_member = 2;
}

void EdgeTest::start() {
    server = std::make_unique<Server>(options, application(), clock, random);
    server->start();
}

std::string EdgeTest::ask(std::string_view text) {
    Client client(port());
    client.send(text);
    return client.read_all();
}

void EdgeTest::open_events(Client& client, std::string_view query) {
    client.send("GET /events?" + std::string(query) + " HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_NE(client.read_until("retry: 5000\n\n").find("text/event-stream"), std::string::npos);
    ask("GET /memory HTTP/1.1\r\n" + std::string(close_line));  // now the loop has taken up the stream
}

void EdgeTest::publish(std::int64_t sequence, ThreadId thread) {
    server->publish({.group = GroupId(1), .thread = thread, .number = sequence, .sequence = sequence});
}

void EdgeTest::change_rights(bool may_now) {
    may = may_now;
    ++version;
    server->recheck_streams();
}

Application EdgeTest::application() {
    return {.answer_at_once = [this](const Request& request) { return at_once(request); },
            .handle = [this](const Request& request) { return handle(request); },
            .may_receive_at_once =
                [this](const StreamRequest& stream) {
                    return stream.member_version == version ? std::optional(true) : std::nullopt;
                },
            .may_receive =
                [this](StreamRequest& stream) {
                    stream.member_version = version;
                    ++questions;
                    on_question();
                    return may.load();
                },
            .event_text =
                [](const Change& c) {
                    const std::string number = std::to_string(c.number);
                    return "id: " + number + "\ndata: " + number + "\n\n";
                },
            .missed = [this](const StreamRequest&) { return on_missed(); }};
}

std::optional<Response> EdgeTest::at_once(const Request& request) {
    if (request.path == "/memory") return Response::text("from memory");
    if (request.path == "/client") return Response::text(request.client + " " + request.id);
    if (request.path == "/broken-memory") throw std::runtime_error("a broken cache");
    if (request.path == "/block") {
        pause(300);
        return Response::text("unblocked");
    }
    if (request.path == "/tagged") return Response::text("tagged").with("etag", "\"7-gzip\"");
    if (request.path == "/large") return Response::text(std::string(30'000'000, 'l'));
    if (request.path != "/stitched") return std::nullopt;
    Response response = Response::text("personal ");
    response.fragment = fragment;
    return response;
}

Response EdgeTest::handle(const Request& request) {
    if (request.path == "/slow") pause(300);
    if (request.path == "/broken") throw std::runtime_error("a broken handler");
    if (request.path == "/events") return events(request);
    return Response::text(std::string(name(request.method)) + " " + std::string(request.path) + " [" +
                          std::string(request.body) + "]");
}

Response EdgeTest::events(const Request& request) {
    Response response;
    response.stream = StreamRequest{.group = GroupId(1),
                                    .thread = ThreadId(2),
                                    .member = MemberId(3),
                                    .session = SessionId(4),
                                    .member_version = version};
    if (request.query == "resume") response.stream->after = 40;
    if (request.query == "expires") response.stream->expires = clock.now() + minute_ms;
    on_events();
    return response;
}

}  // namespace kith::http
