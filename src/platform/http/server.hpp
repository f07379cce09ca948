#pragma once

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
    std::size_t header_bytes = 16 * 1024;      // 431 past it
    std::size_t body_bytes = 2 * 1024 * 1024;  // 413 past it
    int first_byte_s = 10;                     // from accept to a whole request header (408)
    int idle_s = 60;                           // between requests on a kept connection
    int body_s = 30;                           // to read a body (408)
    int write_s = 30;                          // to take a response
    int total_s = 120;                         // header to end of response
    int connections = 20000;                   // with event streams; more are closed at once
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
    // Runs a handler on a worker thread. Never throws.
    std::function<Response(const Request&)> handle;
    // Whether this reader may still get events: asked at each event; from memory while no right has changed.
    std::function<bool(StreamRequest&)> may_receive;
    // The bytes of one event as sent ("id: 7\ndata: {...}\n\n").
    std::function<std::string(const Change&)> event_text;
    // Events after a sequence number that a stream with Last-Event-ID missed; may block (worker thread).
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
    // Ends every stream whose right `may_receive` no longer grants; after a change of rights. Any thread.
    void recheck_streams();
    // Stops accepting, lets running requests end (at most `drain_s`), ends streams, joins the threads.
    void stop(int drain_s = 20);

    struct Counts {
        std::uint64_t requests = 0, at_once = 0, errors_4xx = 0, errors_5xx = 0;
        std::int64_t connections = 0, streams = 0;
    };
    Counts counts() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace kith::http
