#include "platform/http/edge.hpp"

#include <algorithm>
#include <charconv>

#include "platform/http/connection.hpp"
#include "platform/http/writer.hpp"
#include "platform/log/log.hpp"

namespace kith::http {

Shared::Shared(ServerOptions options_in, Application application_in, const Clock& clock_in, Random& random)
    : options(std::move(options_in)),
      application(std::move(application_in)),
      clock(clock_in),
      proxies(options.trusted_proxies),
      id_prefix(random.token(6) + "."),
      readers(options.read_workers, 4096),
      writers(options.write_workers, 4096) {}

Place Shared::take_place() {
    ++connections;
    return Place(&connections);
}

bool Shared::begin_stream(MemberId member) {
    const std::lock_guard lock(mutex_);
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

void Tally::add_error(int status) {
    if (status >= 500) {
        errors_5xx.add();
    } else if (status >= 400) {
        errors_4xx.add();
    }
}

void Tally::add_duration(std::chrono::steady_clock::duration took) {
    constexpr auto& bounds = Server::duration_bounds_s;
    const double seconds = std::chrono::duration<double>(took).count();
    const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
    durations[static_cast<std::size_t>(bucket)].add();
    microseconds.add(static_cast<std::uint64_t>(seconds * 1e6));
}

void Tally::add_to(Server::Counts& counts) const {
    counts.requests += requests.value();
    counts.at_once += at_once.value();
    counts.errors_4xx += errors_4xx.value();
    counts.errors_5xx += errors_5xx.value();
    for (std::size_t i = 0; i < durations.size(); ++i) counts.durations[i] += durations[i].value();
    counts.duration_sum_s += static_cast<double>(microseconds.value()) * 1e-6;
}

Loop::Loop(Shared& shared_in, std::size_t index)
    : shared(shared_in), context(1), hub(shared_in, context), timer_(context), last_number_(index) {}

void Loop::start() {
    date = http_date(shared.clock.now().ms / second_ms);
    wait_for_tick();
}

// What a handler of the context throws must not end the others.
void Loop::run() {
    for (;;) {
        try {
            context.run();
            return;
        } catch (const std::exception& problem) {
            log::error("a step of the server failed", {{"problem", problem.what()}});
        }
    }
}

void Loop::wait_for_tick() {
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        wait_for_tick();
        tick();
    });
}

void Loop::tick() {
    const Time now = shared.clock.now();
    date = http_date(now.ms / second_ms);
    const auto steady_now = std::chrono::steady_clock::now();
    for (Connection* connection : connections) connection->check_deadline(steady_now);
    hub.tick(now);
}

void Loop::drain() {
    const auto now = std::chrono::steady_clock::now();
    for (Connection* connection : connections) connection->end_if_idle(now);
    hub.end_all();
}

void Loop::number_request(std::string& id) {
    tally.requests.add();
    last_number_ += static_cast<std::uint64_t>(std::max(1, shared.options.io_threads));
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, last_number_, 16).ptr;
    id = shared.id_prefix;
    id.append(digits, end);
}

}  // namespace kith::http
