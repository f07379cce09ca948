#include "platform/http/acceptor.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/http/connection.hpp"
#include "platform/log/log.hpp"

namespace kith::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto waiting = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> serve(Loop& loop, tcp::socket socket, Place place) {
    Connection connection(loop, std::move(socket), std::move(place));
    co_await connection.run();
}

void log_end(std::exception_ptr failure) {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& problem) {
        log::error("a connection failed", {{"problem", problem.what()}});
    }
}

}  // namespace

Acceptor::Acceptor(Shared& shared, std::vector<std::unique_ptr<Loop>>& loops)
    : shared_(shared), loops_(loops), acceptor_(loops[0]->context) {}

void Acceptor::bind() {
    const tcp::endpoint endpoint(asio::ip::make_address(shared_.options.address), shared_.options.port);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(4096);
    acceptor_.non_blocking(true);
    port_ = acceptor_.local_endpoint().port();
}

void Acceptor::start() {
    shared_.accepting = true;
    asio::co_spawn(loops_[0]->context, accept_all(), log_end);
}

asio::awaitable<void> Acceptor::accept_all() {
    while (acceptor_.is_open()) {
        Loop& loop = next_loop();
        auto accepted = co_await acceptor_.async_accept(loop.context, waiting);
        const boost::system::error_code error = std::get<0>(accepted);
        if (error == asio::error::operation_aborted) co_return;
        if (!error) {
            deal(loop, std::move(std::get<1>(accepted)));
            continue;
        }
        // Out of descriptors: the open connections go on.
        log::warn("cannot accept", {{"problem", error.message()}});
        asio::steady_timer pause(loops_[0]->context, std::chrono::milliseconds(100));
        auto paused = co_await pause.async_wait(waiting);
        static_cast<void>(paused);
    }
}

// Counted at once, so that a server that stops waits for it; built on the thread of its loop.
void Acceptor::deal(Loop& loop, tcp::socket socket) {
    if (shared_.connections + shared_.streams >= shared_.options.limits.connections) return;
    try {
        asio::post(loop.context, [&loop, taken = std::move(socket), place = shared_.take_place()]() mutable {
            asio::co_spawn(loop.context, serve(loop, std::move(taken), std::move(place)), log_end);
        });
    } catch (const std::exception& problem) {
        log::error("cannot take a connection", {{"problem", problem.what()}});
    }
}

void Acceptor::finish() {
    asio::post(loops_[0]->context, [this] {
        accept_the_waiting();
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        shared_.accepting = false;
    });
}

void Acceptor::accept_the_waiting() {
    for (;;) {
        Loop& loop = next_loop();
        boost::system::error_code error;
        tcp::socket socket = acceptor_.accept(loop.context, error);
        if (error) return;
        deal(loop, std::move(socket));
    }
}

}  // namespace kith::http
