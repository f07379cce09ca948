#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "platform/http/server.hpp"

namespace kith::http {

// The event streams of one I/O thread; used on that thread alone.
class StreamHub {
public:
    explicit StreamHub(const Application& application);
    ~StreamHub();

    // Takes a connection whose stream header has been sent. Returns its number here.
    std::uint64_t add(boost::asio::ip::tcp::socket socket, const StreamRequest& request,
                      std::function<void()> on_end);
    // Sends text to one stream, if it is still there.
    void send_to(std::uint64_t id, std::string_view text);
    // Sends an event to every stream it concerns and that may have it.
    void deliver(const Change& change, std::string_view text);
    void heartbeat();
    void recheck();
    void end_all();

private:
    struct Stream;
    using Ids = std::unordered_set<std::uint64_t>;

    void send(Stream& stream, std::string_view text);
    void wait_for_room(Stream& stream);
    void watch(Stream& stream);
    void end(std::uint64_t id);
    void deliver_to(const Ids& ids, std::string_view text);
    Ids& index_of(const StreamRequest& request);

    const Application& application_;
    std::unordered_map<std::uint64_t, std::unique_ptr<Stream>> streams_;
    std::unordered_map<ThreadId, Ids> by_thread_;
    std::unordered_map<GroupId, Ids> by_group_;
    std::unordered_map<MemberId, Ids> by_member_;
    std::uint64_t last_id_ = 0;
};

}  // namespace kith::http
