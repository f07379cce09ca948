#include "platform/http/stream_hub.hpp"

#include <boost/asio/buffer.hpp>
#include <vector>

namespace kith::http {

namespace {
constexpr std::size_t most_waiting_bytes = 64 * 1024;
}

struct StreamHub::Stream {
    Stream(std::uint64_t id_in, boost::asio::ip::tcp::socket socket_in, const StreamRequest& request_in,
           std::function<void()> on_end_in)
        : id(id_in), socket(std::move(socket_in)), request(request_in), on_end(std::move(on_end_in)) {}

    std::uint64_t id;
    boost::asio::ip::tcp::socket socket;
    StreamRequest request;
    std::function<void()> on_end;
    std::string waiting;  // what the socket did not take yet
    bool is_waiting = false;
};

StreamHub::StreamHub(const Application& application) : application_(application) {}
StreamHub::~StreamHub() = default;

StreamHub::Ids& StreamHub::index_of(const StreamRequest& request) {
    if (request.thread) return by_thread_[request.thread];
    if (request.group) return by_group_[request.group];
    return by_member_[request.member];
}

std::uint64_t StreamHub::add(boost::asio::ip::tcp::socket socket, const StreamRequest& request,
                             std::function<void()> on_end) {
    const std::uint64_t id = ++last_id_;
    auto stream = std::make_unique<Stream>(id, std::move(socket), request, std::move(on_end));
    Stream& added = *stream;
    streams_[id] = std::move(stream);
    index_of(request).insert(id);
    watch(added);
    return id;
}

// A reader sends nothing more: what arrives is the end.
void StreamHub::watch(Stream& stream) {
    stream.socket.async_wait(boost::asio::ip::tcp::socket::wait_read,
                             [this, id = stream.id](const boost::system::error_code& error) {
                                 if (error != boost::asio::error::operation_aborted) end(id);
                             });
}

void StreamHub::send_to(std::uint64_t id, std::string_view text) {
    const auto found = streams_.find(id);
    if (found != streams_.end()) send(*found->second, text);
}

void StreamHub::send(Stream& stream, std::string_view text) {
    if (!stream.is_waiting) {
        boost::system::error_code error;
        const std::size_t sent = stream.socket.write_some(boost::asio::buffer(text), error);
        if (error && error != boost::asio::error::would_block) return end(stream.id);
        text.remove_prefix(sent);
        if (text.empty()) return;
    }
    if (stream.waiting.size() + text.size() > most_waiting_bytes) return end(stream.id);
    stream.waiting += text;
    if (!stream.is_waiting) wait_for_room(stream);
}

void StreamHub::wait_for_room(Stream& stream) {
    stream.is_waiting = true;
    stream.socket.async_wait(boost::asio::ip::tcp::socket::wait_write,
                             [this, id = stream.id](const boost::system::error_code& error) {
                                 const auto found = streams_.find(id);
                                 if (error || found == streams_.end()) return;
                                 Stream& waiter = *found->second;
                                 waiter.is_waiting = false;
                                 const std::string text = std::exchange(waiter.waiting, {});
                                 send(waiter, text);
                             });
}

void StreamHub::deliver(const Change& change, std::string_view text) {
    const auto give = [&](auto& index, auto key) {
        const auto found = index.find(key);
        if (key && found != index.end()) deliver_to(Ids(found->second), text);
    };
    give(by_thread_, change.thread);
    give(by_group_, change.group);
    give(by_member_, change.member);
}

void StreamHub::deliver_to(const Ids& ids, std::string_view text) {
    for (const std::uint64_t id : ids) {
        const auto found = streams_.find(id);
        if (found == streams_.end()) continue;
        Stream& stream = *found->second;
        if (application_.may_receive(stream.request)) {
            send(stream, text);
        } else {
            end(id);
        }
    }
}

void StreamHub::heartbeat() {
    std::vector<std::uint64_t> ids;
    for (const auto& [id, stream] : streams_) ids.push_back(id);
    for (const std::uint64_t id : ids) send_to(id, ":\n\n");
}

void StreamHub::recheck() {
    std::vector<std::uint64_t> lost;
    for (const auto& [id, stream] : streams_)
        if (!application_.may_receive(stream->request)) lost.push_back(id);
    for (const std::uint64_t id : lost) {
        send_to(id, "event: end\ndata: {}\n\n");
        end(id);
    }
}

void StreamHub::end_all() {
    std::vector<std::uint64_t> ids;
    for (const auto& [id, stream] : streams_) ids.push_back(id);
    for (const std::uint64_t id : ids) end(id);
}

void StreamHub::end(std::uint64_t id) {
    const auto found = streams_.find(id);
    if (found == streams_.end()) return;
    index_of(found->second->request).erase(id);
    found->second->on_end();
    boost::system::error_code ignored;
    found->second->socket.shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
    found->second->socket.close(ignored);
    streams_.erase(found);
}

}  // namespace kith::http
