// A server that stops answers what was asked before.
#include "tests/edge.hpp"

namespace kith::http {
namespace {

class StopTest : public EdgeTest {
protected:
    void stop_meanwhile() {
        stopper_ = std::thread([this] { server->stop(); });
    }
    void TearDown() override {
        if (stopper_.joinable()) stopper_.join();
    }

private:
    std::thread stopper_;
};

TEST_F(StopTest, lets_a_running_request_end_and_says_that_it_was_the_last) {
    start();
    Client client(port());
    client.send("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n");
    pause(100);
    stop_meanwhile();
    const std::string answer = client.read_all();
    EXPECT_NE(answer.find("GET /slow []"), std::string::npos);
    EXPECT_NE(answer.find("connection: close\r\n"), std::string::npos);
}

TEST_F(StopTest, answers_those_who_wait_to_be_accepted) {
    start();
    Client blocking(port());
    blocking.send("GET /block HTTP/1.1\r\nhost: a\r\n\r\n");
    pause(50);  // the only loop is busy now: who comes next waits in the backlog
    std::vector<std::unique_ptr<Client>> waiting;
    for (int i = 0; i < 20; ++i) {
        waiting.push_back(std::make_unique<Client>(port()));
        waiting.back()->send("GET /memory HTTP/1.1\r\nhost: a\r\n\r\n");
    }
    stop_meanwhile();
    EXPECT_NE(blocking.read_all().find("unblocked"), std::string::npos);
    for (const auto& client : waiting) EXPECT_NE(client->read_all().find("from memory"), std::string::npos);
}

TEST_F(StopTest, gives_a_fresh_connection_a_moment_for_its_request) {
    start();
    Client client(port());
    pause(50);
    stop_meanwhile();
    pause(200);
    client.send("GET /memory HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_NE(client.read_all().find("from memory"), std::string::npos);
}

TEST_F(StopTest, answers_all_that_was_pipelined) {
    start();
    Client client(port());
    std::string requests = "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n";
    for (int i = 0; i < 200; ++i) requests += "GET /memory HTTP/1.1\r\nhost: a\r\n\r\n";
    client.send(requests + "GET /last HTTP/1.1\r\nhost: a\r\n\r\n");
    pause(100);
    stop_meanwhile();
    const std::string answers = client.read_all();
    EXPECT_NE(answers.find("GET /last []"), std::string::npos);
    EXPECT_EQ(answers.find("connection: close"), answers.rfind("connection: close"));
}

// What was sent before the stop is answered, on kept connections and on new ones; nothing is answered by half.
TEST_F(StopTest, loses_no_request_of_clients_that_hammer) {
    options.io_threads = 2;
    start();
    std::atomic<bool> stopping = false;
    std::atomic<int> answered = 0, lost = 0, halves = 0;
    const auto ask_once = [&](Client& client, std::string_view path, std::string_view end) {
        const bool sent = client.send("GET " + std::string(path) + " HTTP/1.1\r\nhost: a\r\n\r\n");
        const bool before = sent && !stopping;
        const std::string answer = client.read_until(end);
        if (answer.ends_with(end)) return ++answered, answer.find("connection: close") == std::string::npos;
        if (before) ++lost;
        if (!answer.empty()) ++halves;
        return false;
    };
    const auto hammer = [&](std::string_view path, std::string_view end, bool keeps) {
        while (!stopping) {
            Client client(port());
            while (ask_once(client, path, end) && keeps) {
            }
        }
    };
    std::vector<std::thread> clients;
    for (const bool keeps : {true, true, false, false}) {
        clients.emplace_back(hammer, "/memory", "from memory", keeps);
        clients.emplace_back(hammer, "/a", "GET /a []", keeps);
    }
    pause(300);
    stopping = true;
    server->stop();
    for (std::thread& client : clients) client.join();
    EXPECT_GT(answered, 50);
    EXPECT_EQ(lost, 0);
    EXPECT_EQ(halves, 0);
}

}  // namespace
}  // namespace kith::http
