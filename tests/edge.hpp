#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "platform/http/server.hpp"

// The edge over real sockets, with a small application behind it.
namespace kith::http {

// A browser, a slow client or a broken one.
class Client {
public:
    explicit Client(std::uint16_t port);
    Client(const Client&) = delete;
    ~Client();

    bool send(std::string_view text);
    void finish_sending();  // half-closes
    // What arrives up to the end of `mark`, or until the other side closed or five seconds passed.
    std::string read_until(std::string_view mark);
    std::string read_all() { return read_until(""); }
    // Whether nothing comes for a while.
    bool is_quiet(int milliseconds = 150);

private:
    int fd_;
    std::string read_;  // and not asked for yet
};

// Closed until somebody opens it.
class Barrier {
public:
    void open();
    // Ten seconds at most.
    void wait();

private:
    std::mutex mutex_;
    std::condition_variable opened_;
    bool is_open_ = false;
};

inline constexpr std::string_view close_line = "host: a\r\nconnection: close\r\n\r\n";

class EdgeTest : public ::testing::Test {
protected:
    EdgeTest();

    // Tests may change `options` before.
    void start();
    std::uint16_t port() const { return server->port(); }
    std::string ask(std::string_view text);
    // The first request of a stream, up to its first bytes.
    void open_events(Client& client, std::string_view query = "");
    void publish(std::int64_t sequence, ThreadId thread = ThreadId(2));
    // A change of rights: what memory knows is old.
    void change_rights(bool may);
    static void pause(int milliseconds) {
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    }
    // Waits up to five seconds.
    template <class Condition>
    static bool eventually(Condition condition) {
        for (int i = 0; i < 500 && !condition(); ++i) pause(10);
        return condition();
    }

    ServerOptions options;
    ManualClock clock{Time{1'770'000'000'000}};
    SeededRandom random{1};
    FragmentPtr fragment = std::make_shared<const Fragment>(std::string(100'000, 'x') + " shared", Time{});

    std::atomic<bool> may = true;
    std::atomic<std::uint32_t> version = 1;  // of the rights
    std::atomic<int> questions = 0;          // asked of the rules
    std::function<void()> on_question = [] {};
    std::function<std::vector<Change>()> on_missed = [] {
        return std::vector<Change>{{.number = 41, .sequence = 41}};
    };
    std::function<void()> on_events = [] {};  // between the look at the right and the stream

    std::unique_ptr<Server> server;  // ends first

private:
    Application application();
    std::optional<Response> at_once(const Request& request);
    Response handle(const Request& request);
    Response events(const Request& request);
};

}  // namespace kith::http
