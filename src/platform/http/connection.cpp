#include "platform/http/connection.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "platform/http/token.hpp"
#include "platform/log/log.hpp"

// g++ 12 miscompiles temporaries and captures inside a co_await expression: only named locals go into one.
namespace kith::http {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using Socket = asio::ip::tcp::socket;
using std::chrono::seconds;

constexpr auto waiting = asio::as_tuple(asio::use_awaitable);
constexpr seconds grace_of_fresh{1};
constexpr std::size_t linger_piece_bytes = 32 * 1024;

// Runs `work` on a worker and comes back to `home`. The result is 0, or the status of what went wrong: 503 when too
// many wait already, 500 when the work threw.
template <class Work>
awaitable<int> run_on(Workers& workers, const asio::any_io_executor& home, Work work) {
    return asio::async_initiate<const asio::use_awaitable_t<>, void(int)>(
        [&workers, home](auto handler, Work job) {
            const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
            const auto resume = [shared, home](int status) {
                asio::post(home, [shared, status] { std::move (*shared)(status); });
            };
            const bool taken = workers.push([job = std::move(job), resume] {
                int status = 0;
                try {
                    job();
                } catch (const std::exception& problem) {
                    log::error("a request failed on its worker", {{"problem", problem.what()}});
                    status = 500;
                }
                resume(status);
            });
            if (!taken) resume(503);
        },
        asio::use_awaitable, std::move(work));
}

// Of several lines the last: the one that the nearest proxy wrote.
std::string_view last_header(const Request& request, std::string_view name) {
    for (auto line = request.headers.rbegin(); line != request.headers.rend(); ++line)
        if (line->first == name) return line->second;
    return {};
}

}  // namespace

Connection::Connection(Loop& loop, Socket socket, Place place)
    : loop_(loop),
      socket_(std::move(socket)),
      place_(std::move(place)),
      reader_(loop.shared.options.limits.header_bytes, loop.shared.options.limits.body_bytes,
              loop.shared.options.limits.files_bytes) {
    boost::system::error_code ignored;
    peer_ = socket_.remote_endpoint(ignored).address();
    from_proxy_ = loop_.shared.proxies.contains(peer_);
    peer_text_ = loop_.shared.proxies.client_of(peer_, {});
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    loop_.connections.insert(this);
}

Connection::~Connection() { loop_.connections.erase(this); }

awaitable<void> Connection::run() {
    while (keep_alive_) {
        const bool whole = co_await read_request();
        if (!whole) {
            const bool late = timed_out_ && phase_ != Phase::idle;
            const int status = reader_.status() != 0 ? reader_.status() : late ? 408 : 0;
            if (status != 0) co_await refuse(status);
            co_return;
        }
        co_await answer();
    }
    if (is_sent_more()) co_await linger();
}

// Reads one request; what lies behind it stays in the reader.
awaitable<bool> Connection::read_request() {
    using State = RequestReader::State;
    const Limits& limits = loop_.shared.options.limits;
    reader_.next();
    enter(Phase::idle, fresh_ ? limits.first_byte_s : limits.idle_s);
    while (reader_.state() != State::whole) {
        if (reader_.state() == State::refused) co_return false;
        if (reader_.state() == State::head && phase_ == Phase::idle) enter(Phase::head, limits.first_byte_s);
        if (reader_.state() == State::body && phase_ != Phase::body) {
            enter(Phase::body, limits.body_s);
            if (reader_.awaits_continue()) {
                const Pieces go_on{"HTTP/1.1 100 Continue\r\n\r\n"};
                const bool written = co_await write_all(go_on);
                if (!written) co_return false;
            }
        }
        const std::span<char> room = reader_.room();
        const asio::mutable_buffer buffer(room.data(), room.size());
        const auto received = co_await socket_.async_read_some(buffer, waiting);
        if (std::get<0>(received)) co_return false;
        reader_.add(std::get<1>(received));
    }
    fresh_ = false;
    co_return true;
}

awaitable<void> Connection::answer() {
    Shared& shared = loop_.shared;
    const Request& request = reader_.request();
    complete_request();
    const Instant began = enter(Phase::handling, shared.options.limits.total_s);
    if (!answer_at_once()) {
        const bool reads = request.method == Method::get || request.method == Method::head;
        Workers& workers = reads ? shared.readers : shared.writers;
        const asio::any_io_executor home = socket_.get_executor();
        const auto work = [this] { answer_by_handler(); };
        const int problem = co_await run_on(workers, home, work);
        if (problem != 0) response_ = refusal(problem);
    }
    const bool opens = response_.stream && request.method != Method::head;
    if (opens && !shared.begin_stream(response_.stream->member)) response_ = refusal(429);
    loop_.tally.add_error(response_.status);
    if (response_.stream) {
        co_await open_stream();
        co_return;
    }
    keep_alive_ = stays_open();
    frame_response(wire_, request, response_, keep_alive_, loop_.date);
    enter(Phase::writing, shared.options.limits.write_s);
    const Pieces pieces{wire_.front, wire_.shared, wire_.trailer};
    const bool written = co_await write_all(pieces);
    if (!written) keep_alive_ = false;
    loop_.tally.add_duration(std::chrono::steady_clock::now() - began);
    response_ = Response();
}

void Connection::complete_request() {
    Request& request = reader_.request();
    loop_.number_request(request.id);
    request.client = from_proxy_ ? loop_.shared.proxies.client_of(peer_, request.headers) : peer_text_;
    request.secure = from_proxy_ && last_header(request, "x-forwarded-proto") == "https";
}

// False when a worker must answer.
bool Connection::answer_at_once() {
    try {
        std::optional<Response> ready = loop_.shared.application.answer_at_once(reader_.request());
        if (!ready) return false;
        response_ = *std::move(ready);
    } catch (const std::exception& problem) {
        log_problem(reader_.request(), "", problem.what());
        response_ = refusal(500);
    }
    loop_.tally.at_once.add();
    return true;
}

void Connection::answer_by_handler() {
    response_ = loop_.shared.application.handle(reader_.request());
    compress_whole(reader_.request(), response_);
}

// Decided after the handler, so that an answer never promises what a server that has begun to stop does not keep.
// What has been sent before is answered first.
bool Connection::stays_open() { return reader_.keep_alive() && (!loop_.shared.stopping || is_sent_more()); }

bool Connection::is_sent_more() {
    boost::system::error_code ignored;
    return socket_.is_open() && (reader_.has_more() || socket_.available(ignored) > 0);
}

// Most answers fit into the socket at once.
awaitable<bool> Connection::write_all(const Pieces& pieces) {
    std::array<asio::const_buffer, 3> buffers;
    std::size_t total = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        buffers[i] = asio::const_buffer(pieces[i].data(), pieces[i].size());
        total += pieces[i].size();
    }
    boost::system::error_code error;
    std::size_t sent = socket_.write_some(buffers, error);
    if (sent == total) co_return true;
    if (!error || error == asio::error::would_block) {
        for (asio::const_buffer& piece : buffers) {
            const std::size_t gone = std::min(sent, piece.size());
            piece += gone;
            sent -= gone;
        }
        const auto result = co_await asio::async_write(socket_, buffers, waiting);
        error = std::get<0>(result);
    }
    if (error) socket_.close(error);
    co_return socket_.is_open();
}

awaitable<void> Connection::refuse(int status) {
    Request broken;
    loop_.number_request(broken.id);
    loop_.tally.add_error(status);
    response_ = refusal(status);
    frame_response(wire_, broken, response_, false, loop_.date);
    timed_out_ = false;
    last_end_ = Instant::max();
    enter(Phase::writing, loop_.shared.options.limits.write_s);
    const Pieces pieces{wire_.front, wire_.shared, wire_.trailer};
    const bool written = co_await write_all(pieces);
    if (written) co_await linger();
}

// Closing with unread bytes would reset the connection before the client has read the answer.
awaitable<void> Connection::linger() {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    enter(Phase::writing, 3);
    std::vector<char> unread(linger_piece_bytes);
    const asio::mutable_buffer buffer(unread.data(), unread.size());
    std::size_t drained = 0;
    while (drained < 4u * 1024 * 1024) {
        const auto received = co_await socket_.async_read_some(buffer, waiting);
        if (std::get<0>(received)) break;
        drained += std::get<1>(received);
    }
}

// The hub needs the socket alone: reader, buffers and coroutine go. HEAD gets the header and no stream.
awaitable<void> Connection::open_stream() {
    Shared& shared = loop_.shared;
    keep_alive_ = false;
    const bool opens = reader_.request().method != Method::head;
    const StreamRequest wanted = *response_.stream;
    const std::string header = stream_header(reader_.request().id, loop_.date);
    const Pieces pieces{header, opens ? stream_greeting : std::string_view()};
    enter(Phase::writing, shared.options.limits.write_s);
    const bool written = co_await write_all(pieces);
    if (!opens) co_return;
    if (written && !shared.stopping) {
        loop_.hub.add(std::move(socket_), wanted);
    } else {
        shared.end_stream(wanted.member);
    }
}

Connection::Instant Connection::enter(Phase phase, int limit_s) {
    entered_ = std::chrono::steady_clock::now();
    if (phase == Phase::idle) {
        last_end_ = Instant::max();
    } else if (phase_ == Phase::idle) {
        last_end_ = entered_ + seconds(loop_.shared.options.limits.total_s);
    }
    phase_ = phase;
    deadline_ = std::min(entered_ + seconds(limit_s), last_end_);
    return entered_;
}

void Connection::check_deadline(Instant now) {
    // A handler ends by itself; its buffers must live until it does.
    if (phase_ == Phase::handling || now < deadline_) return;
    timed_out_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Connection::end_if_idle(Instant now) {
    if (phase_ != Phase::idle || (fresh_ && now - entered_ < grace_of_fresh)) return;
    boost::system::error_code ignored;
    if (socket_.available(ignored) == 0) socket_.cancel(ignored);
}

}  // namespace kith::http
