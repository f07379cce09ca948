#include "platform/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/http/connection.hpp"
#include "platform/log/log.hpp"

namespace kith::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

asio::awaitable<void> serve(Loop& loop, tcp::socket socket) {
    Connection connection(loop, std::move(socket));
    co_await connection.run();
}

constexpr int heartbeat_s = 25;

}  // namespace

Shared::Shared(ServerOptions options_in, Application application_in, const Clock& clock_in, Random& random)
    : options(std::move(options_in)),
      application(std::move(application_in)),
      clock(clock_in),
      proxies(options.trusted_proxies),
      id_prefix(random.token(6) + "."),
      readers(options.read_workers, 4096),
      writers(options.write_workers, 4096) {}

bool Shared::begin_stream(MemberId member) {
    const std::lock_guard lock(mutex_);
    // Guests share one allowance.
    const int most = member ? options.limits.streams_per_member : options.limits.streams_of_guests;
    if (streams_of_[member] >= most) return false;
    ++streams_of_[member];
    ++streams;
    return true;
}

void Shared::end_stream(MemberId member) {
    const std::lock_guard lock(mutex_);
    --streams;
    if (--streams_of_[member] == 0) streams_of_.erase(member);
}

Loop::Loop(Shared& shared_in) : shared(shared_in), context(1), hub(shared_in.application), timer_(context) {}

void Loop::start() {
    date = http_date(shared.clock.now().ms / second_ms);
    wait_for_tick();
}

void Loop::wait_for_tick() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        tick();
        wait_for_tick();
    });
}

void Loop::tick() {
    date = http_date(shared.clock.now().ms / second_ms);
    const auto now = std::chrono::steady_clock::now();
    for (Connection* connection : connections) connection->check_deadline(now);
    if (++ticks_ % heartbeat_s == 0) hub.heartbeat();
}

void Loop::drain() {
    for (Connection* connection : connections) connection->end_if_idle();
    hub.end_all();
}

struct Server::Impl {
    Impl(ServerOptions options, Application application, const Clock& clock, Random& random)
        : shared(std::move(options), std::move(application), clock, random) {
        for (int i = 0; i < std::max(1, shared.options.io_threads); ++i)
            loops.push_back(std::make_unique<Loop>(shared));
        acceptor.emplace(loops[0]->context);
    }

    void bind() {
        const tcp::endpoint endpoint(asio::ip::make_address(shared.options.address), shared.options.port);
        acceptor->open(endpoint.protocol());
        acceptor->set_option(asio::socket_base::reuse_address(true));
        acceptor->bind(endpoint);
        acceptor->listen(4096);
        port = acceptor->local_endpoint().port();
    }

    asio::awaitable<void> accept_all() {
        std::size_t next = 0;
        while (!shared.stopping) {
            Loop& loop = *loops[next++ % loops.size()];
            boost::system::error_code error;
            tcp::socket socket = co_await acceptor->async_accept(
                loop.context, asio::redirect_error(asio::use_awaitable, error));
            if (error == asio::error::operation_aborted) co_return;
            if (error) {  // out of descriptors: the open connections go on
                log::warn("cannot accept", {{"problem", error.message()}});
                asio::steady_timer pause(loops[0]->context, std::chrono::milliseconds(100));
                co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
                continue;
            }
            if (shared.connections + shared.streams >= shared.options.limits.connections) continue;
            asio::post(loop.context, [&loop, taken = std::move(socket)]() mutable {
                asio::co_spawn(loop.context, serve(loop, std::move(taken)), asio::detached);
            });
        }
    }

    template <class F>
    void on_each_loop(F fn) {
        for (auto& loop : loops) asio::post(loop->context, [fn, &loop = *loop] { fn(loop); });
    }

    Shared shared;
    std::vector<std::unique_ptr<Loop>> loops;
    std::optional<tcp::acceptor> acceptor;
    std::vector<std::thread> threads;
    std::uint16_t port = 0;
};

Server::Server(ServerOptions options, Application application, const Clock& clock, Random& random)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(application), clock, random)) {}

Server::~Server() { stop(0); }

void Server::start() {
    impl_->bind();
    asio::co_spawn(impl_->loops[0]->context, impl_->accept_all(), asio::detached);
    for (auto& loop : impl_->loops) {
        loop->start();
        impl_->threads.emplace_back([&context = loop->context] { context.run(); });
    }
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::publish(const Change& change) {
    if (impl_->shared.streams == 0) return;
    const auto text = std::make_shared<const std::string>(impl_->shared.application.event_text(change));
    impl_->on_each_loop([change, text](Loop& loop) { loop.hub.deliver(change, *text); });
}

void Server::recheck_streams() {
    if (impl_->shared.streams == 0) return;
    impl_->on_each_loop([](Loop& loop) { loop.hub.recheck(); });
}

void Server::stop(int drain_s) {
    if (impl_->threads.empty()) return;
    impl_->shared.stopping = true;
    asio::post(impl_->loops[0]->context, [this] {
        boost::system::error_code ignored;
        impl_->acceptor->close(ignored);
    });
    impl_->on_each_loop([](Loop& loop) { loop.drain(); });
    for (int waited_ms = 0; impl_->shared.connections > 0 && waited_ms < drain_s * 1000; waited_ms += 20) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (waited_ms % 200 == 0) impl_->on_each_loop([](Loop& loop) { loop.drain(); });
    }
    impl_->shared.readers.stop();
    impl_->shared.writers.stop();
    for (auto& loop : impl_->loops) loop->context.stop();
    for (std::thread& thread : impl_->threads) thread.join();
    impl_->threads.clear();
}

Server::Counts Server::counts() const {
    const Shared& s = impl_->shared;
    return {s.requests, s.at_once, s.errors_4xx, s.errors_5xx, s.connections, s.streams};
}

}  // namespace kith::http
