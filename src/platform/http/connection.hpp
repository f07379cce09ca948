#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "platform/http/edge.hpp"
#include "platform/http/request_parser.hpp"
#include "platform/http/writer.hpp"

namespace kith::http {

// One HTTP/1.1 connection: reads requests, has them answered, writes the answers, in order.
class Connection {
public:
    Connection(Loop& loop, boost::asio::ip::tcp::socket socket);
    Connection(const Connection&) = delete;
    ~Connection();

    // Runs until the connection ends.
    boost::asio::awaitable<void> run();

    // Called every second on the loop's thread.
    void check_deadline(std::chrono::steady_clock::time_point now);
    // Ends the connection if no request has begun.
    void end_if_idle();

private:
    enum class Phase { idle, header, body, handling, writing };

    boost::asio::awaitable<bool> read_request(RequestParser& parser);
    boost::asio::awaitable<bool> read_more(std::vector<char>& buffer, std::size_t& filled);
    boost::asio::awaitable<bool> read_body(RequestParser& parser);
    boost::asio::awaitable<void> answer();
    boost::asio::awaitable<bool> write_all(std::span<const std::string_view> pieces);
    boost::asio::awaitable<void> refuse(int status);
    boost::asio::awaitable<void> linger();
    boost::asio::awaitable<void> open_stream();
    void complete_request();
    void enter(Phase phase, int limit_s);
    void keep_leftover(std::size_t used);
    void count(int status);

    Loop& loop_;
    boost::asio::ip::tcp::socket socket_;
    boost::asio::ip::address peer_;
    std::vector<char> buffer_;  // the header, and what was sent behind it
    std::size_t filled_ = 0;
    std::vector<char> body_buffer_;  // pieces of a body on their way to request_.storage
    std::size_t body_filled_ = 0;
    Request request_;
    Response response_;
    Wire wire_;
    Phase phase_ = Phase::idle;
    std::chrono::steady_clock::time_point deadline_;
    bool timed_out_ = false;
    bool keep_alive_ = true;
    bool first_ = true;
};

}  // namespace kith::http
