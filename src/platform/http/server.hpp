#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "platform/http/message.hpp"
#include "platform/live/change.hpp"

// The edge: sockets, HTTP/1.1, time limits, event streams. Everything behind it is plain functions.
namespace kith::http {

struct Limits {
    std::size_t header_bytes = 16 * 1024;        // 431 past it
    std::size_t body_bytes = 2 * 1024 * 1024;    // 413 past it
    std::size_t files_bytes = 12 * 1024 * 1024;  // the same for a form with files
    int first_byte_s = 10;                       // from accept to a byte; from there to a whole header (408)
    int idle_s = 60;                             // between requests on a kept connection
    int body_s = 30;                             // to read a body (408)
    int write_s = 30;                            // to take a response
    int total_s = 120;                           // from the first byte to the end of the response
    int connections = 20000;                     // with event streams; more are closed at once
    int streams_per_member = 8;
    int streams_of_guests = 5000;  // all together
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one
    int io_threads = 2;
    int read_workers = 4;    // run GET handlers
    int write_workers = 64;  // run the others; they mostly wait for the commit
    std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};  // addresses or CIDR
    Limits limits;
};

// What the server asks of the application. All may be called from many threads at once.
struct Application {
    // Answers from memory on the I/O thread, or nothing: then `handle` runs on a worker. Must not block.
    std::function<std::optional<Response>(const Request&)> answer_at_once;
    // Runs a handler on a worker thread.
    std::function<Response(const Request&)> handle;
    // Whether this reader may still get events, from memory; nothing while some right may have changed since it was
    // last found good. Asked on the I/O thread at each event: must not block.
    std::function<std::optional<bool>(const StreamRequest&)> may_receive_at_once;
    // The same from the rules, on a worker; notes the version numbers, taken before the rules read. May throw: nobody
    // knows, and the stream ends so that the browser comes back.
    std::function<bool(StreamRequest&)> may_receive;
    // The bytes of one event as sent ("id: 7\ndata: {...}\n\n"); empty for what readers are not told.
    std::function<std::string(const Change&)> event_text;
    // Events after a sequence number that a stream with Last-Event-ID missed; on a worker. May throw: the stream ends
    // so that the browser asks again.
    std::function<std::vector<Change>(const StreamRequest&)> missed;
};

class Server {
public:
    Server(ServerOptions options, Application application, const Clock& clock, Random& random);
    ~Server();
    Server(const Server&) = delete;

    // Binds and starts the threads. Throws std::system_error if the address is taken.
    void start();
    std::uint16_t port() const;
    // Gives an event to every stream that may have it. Any thread; returns at once.
    void publish(const Change& change);
    // Asks again for each stream whose right may have changed, and ends those that lost it. Any thread; returns at
    // once.
    void recheck_streams();
    // Takes those who wait to be accepted and no more, lets their requests and the running ones end (at most
    // `drain_s`), ends streams, joins the threads.
    void stop(int drain_s = 20);

    // Bounds of a histogram: how long an answer took, from the whole request to its last byte given to the socket.
    static constexpr std::array duration_bounds_s = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                     0.25,  0.5,    1.0,   2.5,  5.0,   10.0};
    struct Counts {
        std::uint64_t requests = 0, at_once = 0, errors_4xx = 0, errors_5xx = 0;
        std::int64_t connections = 0, streams = 0;
        // Answers up to each bound and above the one before it; the last: above all. Without event streams.
        std::array<std::uint64_t, duration_bounds_s.size() + 1> durations{};
        double duration_sum_s = 0;
    };
    Counts counts() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kith::http
