#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string_view>

#include "platform/http/edge.hpp"
#include "platform/http/request_reader.hpp"
#include "platform/http/writer.hpp"

namespace kith::http {

// One HTTP/1.1 connection: reads requests, has them answered, writes the answers, in order.
class Connection {
public:
    Connection(Loop& loop, boost::asio::ip::tcp::socket socket, Place place);
    Connection(const Connection&) = delete;
    ~Connection();

    // Runs until the connection ends.
    boost::asio::awaitable<void> run();

    // Called every second on the loop's thread.
    void check_deadline(std::chrono::steady_clock::time_point now);
    // Ends the connection if no request has begun; one that is just open gets a moment to begin its first.
    void end_if_idle(std::chrono::steady_clock::time_point now);

private:
    enum class Phase { idle, head, body, handling, writing };
    using Instant = std::chrono::steady_clock::time_point;
    using Pieces = std::array<std::string_view, 3>;

    boost::asio::awaitable<bool> read_request();
    boost::asio::awaitable<void> answer();
    boost::asio::awaitable<bool> write_all(const Pieces& pieces);
    boost::asio::awaitable<void> refuse(int status);
    boost::asio::awaitable<void> linger();
    boost::asio::awaitable<void> open_stream();
    void complete_request();
    bool answer_at_once();
    void answer_by_handler();
    bool stays_open();
    bool is_sent_more();
    Instant enter(Phase phase, int limit_s);

    Loop& loop_;
    boost::asio::ip::tcp::socket socket_;
    const Place place_;
    boost::asio::ip::address peer_;
    bool from_proxy_;  // whose word about the browser is believed
    std::string peer_text_;
    RequestReader reader_;
    Response response_;
    Wire wire_;
    Phase phase_ = Phase::idle;
    Instant entered_;                    // the phase
    Instant deadline_;                   // of the phase
    Instant last_end_ = Instant::max();  // of the request that runs, whatever its phases take
    bool timed_out_ = false;
    bool keep_alive_ = true;
    bool fresh_ = true;  // no request yet
};

}  // namespace kith::http
