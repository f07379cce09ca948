#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <vector>

#include "platform/http/edge.hpp"

namespace kith::http {

// Takes connections on the first loop and deals them out to all loops in turn.
class Acceptor {
public:
    Acceptor(Shared& shared, std::vector<std::unique_ptr<Loop>>& loops);

    // Throws std::system_error if the address is taken.
    void bind();
    std::uint16_t port() const { return port_; }
    void start();
    // Takes those who wait already, then no more. Any thread; `shared.accepting` says when it is done.
    void finish();

private:
    boost::asio::awaitable<void> accept_all();
    Loop& next_loop() { return *loops_[next_++ % loops_.size()]; }
    void deal(Loop& loop, boost::asio::ip::tcp::socket socket);
    void accept_the_waiting();

    Shared& shared_;
    std::vector<std::unique_ptr<Loop>>& loops_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::size_t next_ = 0;
    std::uint16_t port_ = 0;
};

}  // namespace kith::http
