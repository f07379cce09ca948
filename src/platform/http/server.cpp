#include "platform/http/server.hpp"

#include <boost/asio/post.hpp>
#include <system_error>

#include "platform/http/acceptor.hpp"

namespace kith::http {

struct Server::Impl {
    Impl(ServerOptions options, Application application, const Clock& clock, Random& random)
        : shared(std::move(options), std::move(application), clock, random),
          loops(make_loops(shared)),
          acceptor(shared, loops) {}

    static std::vector<std::unique_ptr<Loop>> make_loops(Shared& shared) {
        std::vector<std::unique_ptr<Loop>> loops;
        for (int i = 0; i < std::max(1, shared.options.io_threads); ++i)
            loops.push_back(std::make_unique<Loop>(shared, static_cast<std::size_t>(i)));
        return loops;
    }

    template <class F>
    void on_each_loop(F fn) {
        for (auto& loop : loops) boost::asio::post(loop->context, [fn, &loop = *loop] { fn(loop); });
    }

    void drain() {
        on_each_loop([](Loop& loop) { loop.drain(); });
    }

    bool is_busy() const { return shared.accepting || shared.connections > 0; }

    Shared shared;
    std::vector<std::unique_ptr<Loop>> loops;
    Acceptor acceptor;
    std::vector<std::thread> threads;
};

Server::Server(ServerOptions options, Application application, const Clock& clock, Random& random)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(application), clock, random)) {}

Server::~Server() { stop(0); }

void Server::start() {
    try {
        impl_->acceptor.bind();
    } catch (const boost::system::system_error& problem) {
        throw std::system_error(problem.code(), "bind");
    }
    impl_->acceptor.start();
    for (auto& loop : impl_->loops) {
        loop->start();
        impl_->threads.emplace_back([&loop = *loop] { loop.run(); });
    }
}

std::uint16_t Server::port() const { return impl_->acceptor.port(); }

void Server::publish(const Change& change) {
    if (impl_->shared.streams == 0) return;
    std::string text = impl_->shared.application.event_text(change);
    if (text.empty()) return;
    const StreamEvent event{change.sequence, std::make_shared<const std::string>(std::move(text))};
    impl_->on_each_loop([change, event](Loop& loop) { loop.hub.deliver(change, event); });
}

void Server::recheck_streams() {
    if (impl_->shared.streams == 0) return;
    impl_->on_each_loop([](Loop& loop) { loop.hub.recheck(); });
}

void Server::stop(int drain_s) {
    if (impl_->threads.empty()) return;
    impl_->shared.stopping = true;
    impl_->acceptor.finish();
    impl_->drain();
    for (int waited_ms = 0; impl_->is_busy() && waited_ms < drain_s * 1000; waited_ms += 20) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        if (waited_ms % 200 == 0) impl_->drain();
    }
    impl_->shared.readers.stop();
    impl_->shared.writers.stop();
    for (auto& loop : impl_->loops) loop->context.stop();
    for (std::thread& thread : impl_->threads) thread.join();
    impl_->threads.clear();
}

Server::Counts Server::counts() const {
    Counts counts;
    for (const auto& loop : impl_->loops) loop->tally.add_to(counts);
    counts.connections = impl_->shared.connections;
    counts.streams = impl_->shared.streams;
    return counts;
}

}  // namespace kith::http
