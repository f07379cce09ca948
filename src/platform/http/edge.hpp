#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
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
    std::atomic<std::uint64_t> requests = 0, at_once = 0, errors_4xx = 0, errors_5xx = 0;
    std::atomic<std::int64_t> connections = 0, streams = 0;

    // Counts a stream of a member unless there are too many already; guests are not counted.
    bool begin_stream(MemberId member);
    void end_stream(MemberId member);

private:
    std::mutex mutex_;
    std::unordered_map<MemberId, int> streams_of_;
};

// One I/O thread.
struct Loop {
    explicit Loop(Shared& shared_in);

    // In the order of their lives: connections that still run end with `context` and leave `connections`.
    Shared& shared;
    std::unordered_set<Connection*> connections;
    std::string date;  // now, as a header
    boost::asio::io_context context;
    StreamHub hub;

    void start();
    // Ends idle connections and streams; the busy ones end with their response.
    void drain();
    void tick();

private:
    void wait_for_tick();

    boost::asio::steady_timer timer_;
    int ticks_ = 0;
};

}  // namespace kith::http
