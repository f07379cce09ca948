#include "platform/http/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace kith::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using Socket = asio::ip::tcp::socket;

constexpr auto waiting = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t first_buffer_bytes = 2048;
constexpr std::size_t body_piece_bytes = 32 * 1024;

// Runs `work` on a worker and comes back to this thread; false when too many wait already.
template <class Work>
auto run_on(Workers& workers, asio::any_io_executor home, Work work) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
        [&workers, home](auto handler, Work job) {
            auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            const auto resume = [shared, home](bool ran) {
                asio::post(home, [shared, ran] { std::move (*shared)(ran); });
            };
            const bool taken = workers.push([job = std::move(job), resume] {
                job();
                resume(true);
            });
            if (!taken) resume(false);
        },
        asio::use_awaitable, std::move(work));
}

}  // namespace

Connection::Connection(Loop& loop, Socket socket) : loop_(loop), socket_(std::move(socket)) {
    boost::system::error_code ignored;
    peer_ = socket_.remote_endpoint(ignored).address();
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    buffer_.resize(first_buffer_bytes);
    loop_.connections.insert(this);
    ++loop_.shared.connections;
}

Connection::~Connection() {
    loop_.connections.erase(this);
    --loop_.shared.connections;
}

awaitable<void> Connection::run() {
    while (keep_alive_) {
        request_ = Request();
        RequestParser parser(request_, request_.storage, loop_.shared.options.limits.header_bytes,
                             loop_.shared.options.limits.body_bytes);
        const bool complete = co_await read_request(parser);
        if (!complete) {
            const int status = parser.status() != 0 ? parser.status() : timed_out_ ? 408 : 0;
            if (status != 0 && phase_ != Phase::idle) co_await refuse(status);
            co_return;
        }
        keep_alive_ = parser.keep_alive() && !loop_.shared.stopping;
        complete_request();
        co_await answer();
        first_ = false;
    }
}

// Reads one request; what lies behind it stays in buffer_.
awaitable<bool> Connection::read_request(RequestParser& parser) {
    const Limits& limits = loop_.shared.options.limits;
    enter(Phase::idle, first_ ? limits.first_byte_s : limits.idle_s);
    for (;;) {
        if (filled_ > 0) {
            if (phase_ == Phase::idle) enter(Phase::header, limits.first_byte_s);
            const std::size_t used = parser.feed(buffer_.data(), filled_);
            if (parser.status() != 0) co_return false;
            if (parser.is_done()) {
                body_filled_ = filled_ - used;
                request_.body = request_.storage;
                // The header stays where it is; what is behind it is kept aside until the answer is out.
                body_buffer_.assign(buffer_.begin() + static_cast<std::ptrdiff_t>(used),
                                    buffer_.begin() + static_cast<std::ptrdiff_t>(filled_));
                co_return true;
            }
            if (parser.is_header_done()) {
                body_filled_ = filled_ - used;
                body_buffer_.assign(buffer_.begin() + static_cast<std::ptrdiff_t>(used),
                                    buffer_.begin() + static_cast<std::ptrdiff_t>(filled_));
                const bool whole = co_await read_body(parser);
                co_return whole;
            }
        } else if (loop_.shared.stopping) {
            co_return false;
        }
        if (filled_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
        const bool more = co_await read_more(buffer_, filled_);
        if (!more) co_return false;
    }
}

awaitable<bool> Connection::read_body(RequestParser& parser) {
    enter(Phase::body, loop_.shared.options.limits.body_s);
    if (parser.expects_continue() && body_filled_ == 0) {
        const std::array<std::string_view, 1> go_on{"HTTP/1.1 100 Continue\r\n\r\n"};
        const bool written = co_await write_all(go_on);
        if (!written) co_return false;
    }
    for (;;) {
        const std::size_t used = parser.feed(body_buffer_.data(), body_filled_);
        if (parser.status() != 0) co_return false;
        std::copy(body_buffer_.begin() + static_cast<std::ptrdiff_t>(used),
                  body_buffer_.begin() + static_cast<std::ptrdiff_t>(body_filled_), body_buffer_.begin());
        body_filled_ -= used;
        if (parser.is_done()) break;
        if (body_buffer_.size() < body_filled_ + body_piece_bytes)
            body_buffer_.resize(body_filled_ + body_piece_bytes);
        const bool more = co_await read_more(body_buffer_, body_filled_);
        if (!more) co_return false;
    }
    body_buffer_.resize(body_filled_);
    request_.body = request_.storage;
    co_return true;
}

awaitable<bool> Connection::read_more(std::vector<char>& buffer, std::size_t& filled) {
    const auto [error, count] = co_await socket_.async_read_some(
        asio::buffer(buffer.data() + filled, buffer.size() - filled), waiting);
    filled += count;
    co_return !error;
}

void Connection::complete_request() {
    Shared& shared = loop_.shared;
    char buffer[16];
    const auto number = shared.requests.fetch_add(1, std::memory_order_relaxed) + 1;
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, 16).ptr;
    request_.id = shared.id_prefix;
    request_.id.append(buffer, end);
    request_.client = shared.proxies.client_of(peer_, request_.header("x-forwarded-for"));
    request_.secure = request_.header("x-forwarded-proto") == "https" && shared.proxies.contains(peer_);
}

awaitable<void> Connection::answer() {
    Shared& shared = loop_.shared;
    enter(Phase::handling, shared.options.limits.total_s);
    std::optional<Response> ready = shared.application.answer_at_once(request_);
    if (ready) {
        shared.at_once.fetch_add(1, std::memory_order_relaxed);
        response_ = *std::move(ready);
    } else {
        const bool reads = request_.method == Method::get || request_.method == Method::head;
        const bool ran = co_await run_on(reads ? shared.readers : shared.writers, socket_.get_executor(),
                                         [this, &shared] {
                                             response_ = shared.application.handle(request_);
                                             compress_whole(request_, response_);
                                         });
        if (!ran) response_ = refusal(503);
    }
    count(response_.status);
    if (response_.stream) {
        co_await open_stream();
        co_return;
    }
    frame_response(wire_, request_, response_, keep_alive_, loop_.date);
    enter(Phase::writing, shared.options.limits.write_s);
    const std::array<std::string_view, 3> pieces{wire_.front, wire_.shared, wire_.trailer};
    const bool written = co_await write_all(pieces);
    if (!written) keep_alive_ = false;
    response_ = Response();
    buffer_.assign(body_buffer_.begin(), body_buffer_.end());
    filled_ = buffer_.size();
    if (buffer_.size() < first_buffer_bytes) buffer_.resize(first_buffer_bytes);
    body_buffer_.clear();
}

// Most answers fit into the socket at once: no wait, no coroutine frame.
awaitable<bool> Connection::write_all(std::span<const std::string_view> pieces) {
    std::array<asio::const_buffer, 3> buffers;
    std::size_t total = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        buffers[i] = asio::buffer(pieces[i].data(), pieces[i].size());
        total += pieces[i].size();
    }
    boost::system::error_code error;
    std::size_t sent = socket_.write_some(buffers, error);
    if (sent == total) co_return true;
    if (error && error != asio::error::would_block) co_return false;
    for (asio::const_buffer& piece : buffers) {
        const std::size_t gone = std::min(sent, piece.size());
        piece += gone;
        sent -= gone;
    }
    const auto [problem, count] = co_await asio::async_write(socket_, buffers, waiting);
    co_return !problem;
}

awaitable<void> Connection::refuse(int status) {
    request_ = Request();
    request_.id = loop_.shared.id_prefix;
    response_ = refusal(status);
    count(status);
    frame_response(wire_, request_, response_, false, loop_.date);
    timed_out_ = false;
    enter(Phase::writing, loop_.shared.options.limits.write_s);
    const std::array<std::string_view, 3> pieces{wire_.front, wire_.shared, wire_.trailer};
    const bool written = co_await write_all(pieces);
    if (written) co_await linger();
}

// Closing with unread bytes would reset the connection before the client has read the answer.
awaitable<void> Connection::linger() {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    enter(Phase::writing, 3);
    std::size_t drained = 0;
    buffer_.resize(body_piece_bytes);
    while (drained < 4u * 1024 * 1024) {
        filled_ = 0;
        const bool more = co_await read_more(buffer_, filled_);
        if (!more) break;
        drained += filled_;
    }
}

awaitable<void> Connection::open_stream() {
    Shared& shared = loop_.shared;
    keep_alive_ = false;
    const StreamRequest wanted = *response_.stream;
    if (!shared.begin_stream(wanted.member)) {
        co_await refuse(429);
        co_return;
    }
    const std::string header = stream_header(request_.id, loop_.date);
    const std::array<std::string_view, 1> pieces{header};
    enter(Phase::writing, shared.options.limits.write_s);
    const bool written = co_await write_all(pieces);
    if (!written || shared.stopping) {
        shared.end_stream(wanted.member);
        co_return;
    }
    const MemberId member = wanted.member;
    const std::uint64_t id = loop_.hub.add(std::move(socket_), wanted,
                                           [&shared, member] { shared.end_stream(member); });
    if (wanted.after < 0) co_return;
    Loop& loop = loop_;
    shared.readers.push([&loop, &shared, wanted, id] {
        std::string text;
        for (const Change& change : shared.application.missed(wanted))
            text += shared.application.event_text(change);
        asio::post(loop.context, [&loop, id, text] { loop.hub.send_to(id, text); });
    });
}

void Connection::enter(Phase phase, int limit_s) {
    phase_ = phase;
    deadline_ = std::chrono::steady_clock::now() + std::chrono::seconds(limit_s);
}

void Connection::check_deadline(std::chrono::steady_clock::time_point now) {
    // A handler ends by itself; its buffers must live until it does.
    if (phase_ == Phase::handling || now < deadline_) return;
    timed_out_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::end_if_idle() {
    boost::system::error_code ignored;
    if (phase_ == Phase::idle && filled_ == 0 && socket_.available(ignored) == 0) socket_.cancel(ignored);
}

void Connection::count(int status) {
    if (status >= 500) {
        loop_.shared.errors_5xx.fetch_add(1, std::memory_order_relaxed);
    } else if (status >= 400) {
        loop_.shared.errors_4xx.fetch_add(1, std::memory_order_relaxed);
    }
}

}  // namespace kith::http
