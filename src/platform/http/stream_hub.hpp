#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "platform/http/server.hpp"

namespace kith::http {

struct Shared;

// One event on its way to many streams.
struct StreamEvent {
    std::int64_t sequence;
    std::shared_ptr<const std::string> text;
};

// The event streams of one I/O thread; used on that thread alone. An event is sent only while the reader's right is
// known to stand: while a worker is asked, or reads what the reader missed, the stream holds its events.
class StreamHub {
public:
    StreamHub(Shared& shared, boost::asio::io_context& context);
    ~StreamHub();

    // Takes a connection whose stream header has been sent, counted by Shared::begin_stream.
    void add(boost::asio::ip::tcp::socket socket, const StreamRequest& request);
    // Gives an event to every stream that it concerns.
    void deliver(const Change& change, const StreamEvent& event);
    // Asks again where a right may have changed.
    void recheck();
    // Every second.
    void tick(Time now);
    // Ends all; their browsers come back.
    void end_all();

private:
    struct Stream;
    struct Asked;
    using Ids = std::unordered_set<std::uint64_t>;
    using Missed = std::optional<std::vector<StreamEvent>>;  // nothing: it could not be read
    using Question = std::tuple<MemberId, GroupId, SessionId>;

    void give(Stream& stream, const StreamEvent& event);
    void settle(Stream& stream);
    void ask(Stream& stream);
    void ask_next();
    void hear(std::vector<Asked>& answers);
    void read_missed(Stream& stream);
    void catch_up(std::uint64_t id, Missed missed);
    void send(Stream& stream, std::string_view text);
    void wait_for_room(Stream& stream);
    void watch(Stream& stream);
    void lose(Stream& stream);
    void end(std::uint64_t id);
    Stream* find(std::uint64_t id);
    std::vector<std::uint64_t> ids() const;
    template <class F>
    void with_indexes(const StreamRequest& request, F&& fn);

    Shared& shared_;
    const Application& application_;
    boost::asio::io_context& context_;
    std::unordered_map<std::uint64_t, std::unique_ptr<Stream>> streams_;
    std::unordered_map<ThreadId, Ids> by_thread_;
    std::unordered_map<GroupId, Ids> by_group_;
    std::unordered_map<MemberId, Ids> by_member_;
    std::map<Question, std::vector<std::uint64_t>>
        questions_;           // for the next worker, and who wait for the answer
    bool is_asking_ = false;  // a worker has questions of ours
    std::uint64_t last_id_ = 0;
    std::uint64_t ticks_ = 0;
};

}  // namespace kith::http
