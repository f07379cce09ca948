#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "platform/http/address.hpp"
#include "platform/http/server.hpp"
#include "platform/http/stream_hub.hpp"
#include "platform/http/workers.hpp"

// What the connections of one server share; private to platform/http.
namespace kith::http {

class Connection;

// One of the connections that the server counts, from accept to end.
struct LeavePlace {
    void operator()(std::atomic<std::int64_t>* count) const { --*count; }
};
using Place = std::unique_ptr<std::atomic<std::int64_t>, LeavePlace>;

// Everything that lives as long as the server.
struct Shared {
    Shared(ServerOptions options_in, Application application_in, const Clock& clock_in, Random& random);

    const ServerOptions options;
    const Application application;
    const Clock& clock;
    const TrustedProxies proxies;
    const std::string id_prefix;
    Workers readers;
    Workers writers;
    std::atomic<bool> stopping = false;
    std::atomic<bool> accepting = false;
    std::atomic<std::int64_t> connections = 0, streams = 0;

    Place take_place();
    // Counts a stream of a member, or of all guests together, unless there are too many already.
    bool begin_stream(MemberId member);
    void end_stream(MemberId member);

private:
    std::mutex mutex_;
    std::unordered_map<MemberId, int> streams_of_;
};

// Grows on one thread, read from any: no locked instruction.
class Count {
public:
    void add(std::uint64_t more = 1) {
        value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

// What one loop has done.
struct Tally {
    Count requests, at_once, errors_4xx, errors_5xx, microseconds;
    std::array<Count, Server::duration_bounds_s.size() + 1> durations;

    void add_error(int status);
    void add_duration(std::chrono::steady_clock::duration took);
    void add_to(Server::Counts& counts) const;
};

// One I/O thread.
struct Loop {
    // `index` among the loops of the server.
    Loop(Shared& shared_in, std::size_t index);

    // In the order of their lives: connections that still run end with `context` and leave `connections`.
    Shared& shared;
    std::unordered_set<Connection*> connections;
    std::string date;  // now, as a header
    Tally tally;
    boost::asio::io_context context;
    StreamHub hub;

    void start();
    // Runs until `context` is stopped.
    void run();
    // Ends idle connections and streams; the busy ones end with their response.
    void drain();
    // Counts a request and gives it a number that no other request of this server has.
    void number_request(std::string& id);

private:
    void tick();
    void wait_for_tick();

    boost::asio::steady_timer timer_;
    std::uint64_t last_number_;
};

}  // namespace kith::http
