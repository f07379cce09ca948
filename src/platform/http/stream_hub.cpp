#include "platform/http/stream_hub.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "platform/http/edge.hpp"
#include "platform/log/log.hpp"

namespace kith::http {

namespace {

using boost::asio::ip::tcp;

constexpr std::size_t most_unsent_bytes = 64 * 1024;
constexpr std::size_t most_held = 500;
constexpr std::size_t most_questions = 64;  // in one job, so that the pages of others come in between
constexpr std::uint64_t heartbeat_s = 25;

std::vector<StreamEvent> missed_events(const Application& application, const StreamRequest& wanted) {
    std::vector<StreamEvent> events;
    for (const Change& change : application.missed(wanted))
        if (std::string text = application.event_text(change); !text.empty())
            events.push_back({change.sequence, std::make_shared<const std::string>(std::move(text))});
    return events;
}

}  // namespace

// There are many thousands: keep it small.
struct StreamHub::Stream {
    Stream(std::uint64_t id_in, tcp::socket socket_in, const StreamRequest& request_in)
        : id(id_in), socket(std::move(socket_in)), request(request_in) {}

    // Whether nobody has to answer before events may be sent.
    bool is_free() const { return !is_asking && !is_catching_up; }

    std::uint64_t id;
    tcp::socket socket;
    StreamRequest request;
    std::string unsent;             // what the socket did not take yet
    std::vector<StreamEvent> held;  // what came while the stream was not free
    bool is_full = false;           // waits until the socket takes more
    bool is_asking = false;
    bool is_catching_up = false;
};

// One question, those who wait for it, and the answer: nothing if the rules could not be asked.
struct StreamHub::Asked {
    StreamRequest request;
    std::vector<std::uint64_t> ids;
    std::optional<bool> may;
};

StreamHub::StreamHub(Shared& shared, boost::asio::io_context& context)
    : shared_(shared), application_(shared.application), context_(context) {}
StreamHub::~StreamHub() = default;

// ---- coming and going

void StreamHub::add(tcp::socket socket, const StreamRequest& request) {
    auto stream = std::make_unique<Stream>(++last_id_, std::move(socket), request);
    Stream& added = *stream;
    streams_[added.id] = std::move(stream);
    with_indexes(request, [&](auto& index, auto key) { index[key].insert(added.id); });
    watch(added);
    if (request.after >= 0) return read_missed(added);
    settle(added);  // a right may have gone since the handler looked
    ask_next();
}

// A thread or a group, and what is for the member alone.
template <class F>
void StreamHub::with_indexes(const StreamRequest& request, F&& fn) {
    if (request.thread) {
        fn(by_thread_, request.thread);
    } else if (request.group) {
        fn(by_group_, request.group);
    }
    if (request.member) fn(by_member_, request.member);
}

// A reader sends nothing more: what arrives is the end.
void StreamHub::watch(Stream& stream) {
    stream.socket.async_wait(tcp::socket::wait_read,
                             [this, id = stream.id](const boost::system::error_code& error) {
                                 if (error != boost::asio::error::operation_aborted) end(id);
                             });
}

void StreamHub::tick(Time now) {
    ++ticks_;
    for (const std::uint64_t id : ids()) {
        Stream* const stream = find(id);
        if (!stream) continue;
        if (stream->request.expires && stream->request.expires <= now) {
            lose(*stream);
        } else if ((id + ticks_) % heartbeat_s ==
                   0) {  // some each second, so that nobody waits for thousands
            send(*stream, ":\n\n");
        }
    }
    ask_next();  // if no worker was free before
}

// The reader has no right to more and shall not come back.
void StreamHub::lose(Stream& stream) {
    const std::uint64_t id = stream.id;
    send(stream, "event: end\ndata: {}\n\n");
    end(id);
}

void StreamHub::end_all() {
    for (const std::uint64_t id : ids()) end(id);
}

void StreamHub::end(std::uint64_t id) {
    Stream* const stream = find(id);
    if (!stream) return;
    with_indexes(stream->request, [&](auto& index, auto key) {
        const auto found = index.find(key);
        found->second.erase(id);
        if (found->second.empty()) index.erase(found);
    });
    shared_.end_stream(stream->request.member);
    boost::system::error_code ignored;
    stream->socket.shutdown(tcp::socket::shutdown_both, ignored);
    stream->socket.close(ignored);
    streams_.erase(id);
}

StreamHub::Stream* StreamHub::find(std::uint64_t id) {
    const auto found = streams_.find(id);
    return found == streams_.end() ? nullptr : found->second.get();
}

std::vector<std::uint64_t> StreamHub::ids() const {
    std::vector<std::uint64_t> out;
    out.reserve(streams_.size());
    for (const auto& [id, stream] : streams_) out.push_back(id);
    return out;
}

// ---- events

void StreamHub::deliver(const Change& change, const StreamEvent& event) {
    std::vector<std::uint64_t> readers;
    const auto add_readers = [&](auto& index, auto key) {
        const auto found = index.find(key);
        if (key && found != index.end())
            readers.insert(readers.end(), found->second.begin(), found->second.end());
    };
    add_readers(by_thread_, change.thread);
    add_readers(by_group_, change.group);
    add_readers(by_member_, change.member);
    if (change.member) {  // may have a stream among the others too
        std::sort(readers.begin(), readers.end());
        readers.erase(std::unique(readers.begin(), readers.end()), readers.end());
    }
    for (const std::uint64_t id : readers)
        if (Stream* const stream = find(id)) give(*stream, event);
    ask_next();
}

void StreamHub::give(Stream& stream, const StreamEvent& event) {
    if (stream.is_free()) {
        const std::optional<bool> may = application_.may_receive_at_once(stream.request);
        if (may) return *may ? send(stream, *event.text) : lose(stream);
        ask(stream);
    }
    if (stream.held.size() >= most_held) return end(stream.id);
    stream.held.push_back(event);
}

// Sends what a stream holds once nobody has to answer any more.
void StreamHub::settle(Stream& stream) {
    if (!stream.is_free()) return;
    const std::optional<bool> may = application_.may_receive_at_once(stream.request);
    if (!may) return ask(stream);
    if (!*may) return lose(stream);
    std::string text;
    for (const StreamEvent& event : stream.held) text += *event.text;
    stream.held = {};
    if (!text.empty()) send(stream, text);
}

void StreamHub::send(Stream& stream, std::string_view text) {
    if (!stream.is_full) {
        boost::system::error_code error;
        const std::size_t sent = stream.socket.write_some(boost::asio::buffer(text), error);
        if (error && error != boost::asio::error::would_block) return end(stream.id);
        text.remove_prefix(sent);
        if (text.empty()) return;
    }
    if (stream.unsent.size() + text.size() > most_unsent_bytes) return end(stream.id);
    stream.unsent += text;
    if (!stream.is_full) wait_for_room(stream);
}

void StreamHub::wait_for_room(Stream& stream) {
    stream.is_full = true;
    stream.socket.async_wait(tcp::socket::wait_write,
                             [this, id = stream.id](const boost::system::error_code& error) {
                                 Stream* const waiter = find(id);
                                 if (error || !waiter) return;
                                 waiter->is_full = false;
                                 const std::string text = std::exchange(waiter->unsent, {});
                                 send(*waiter, text);
                             });
}

// ---- rights that memory does not know

void StreamHub::recheck() {
    for (const std::uint64_t id : ids())
        if (Stream* const stream = find(id)) settle(*stream);
    ask_next();
}

// What one change brings up goes together: `ask_next` follows at the end of each step.
void StreamHub::ask(Stream& stream) {
    stream.is_asking = true;
    questions_[{stream.request.member, stream.request.group, stream.request.session}].push_back(stream.id);
}

void StreamHub::ask_next() {
    if (is_asking_ || questions_.empty()) return;
    const auto asked = std::make_shared<std::vector<Asked>>();
    auto last = questions_.begin();
    for (; last != questions_.end() && asked->size() < most_questions; ++last) {
        const auto waiter = std::find_if(last->second.begin(), last->second.end(),
                                         [this](std::uint64_t id) { return find(id) != nullptr; });
        if (waiter != last->second.end()) asked->push_back({find(*waiter)->request, last->second, {}});
    }
    is_asking_ = shared_.readers.push([this, asked] {
        for (Asked& one : *asked) {
            try {
                one.may = application_.may_receive(one.request);
            } catch (const std::exception& problem) {
                log::warn("cannot ask for the right of a stream", {{"problem", problem.what()}});
            }
        }
        boost::asio::post(context_, [this, asked] { hear(*asked); });
    });
    if (is_asking_) questions_.erase(questions_.begin(), last);
}

// A right that grew doubtful again meanwhile is asked again: no answer is older than what it lets through.
void StreamHub::hear(std::vector<Asked>& answers) {
    is_asking_ = false;
    for (const Asked& answer : answers) {
        for (const std::uint64_t id : answer.ids) {
            Stream* const stream = find(id);
            if (!stream) continue;
            stream->is_asking = false;
            if (!answer.may) {
                end(id);
            } else if (!*answer.may) {
                lose(*stream);
            } else {
                stream->request.member_version = answer.request.member_version;
                stream->request.group_version = answer.request.group_version;
                stream->request.site_version = answer.request.site_version;
                settle(*stream);
            }
        }
    }
    ask_next();
}

// ---- what a reader missed

void StreamHub::read_missed(Stream& stream) {
    stream.is_catching_up = true;
    const bool taken = shared_.readers.push([this, id = stream.id, wanted = stream.request] {
        Missed missed;
        try {
            missed = missed_events(application_, wanted);
        } catch (const std::exception& problem) {
            log::warn("cannot read what a stream missed", {{"problem", problem.what()}});
        }
        boost::asio::post(
            context_, [this, id, missed = std::move(missed)]() mutable { catch_up(id, std::move(missed)); });
    });
    if (!taken) end(stream.id);
}

// What came live while the missed were read is among them or newer.
void StreamHub::catch_up(std::uint64_t id, Missed missed) {
    Stream* const stream = find(id);
    if (!stream) return;
    if (!missed) return end(id);
    std::vector<StreamEvent> all = *std::move(missed);
    const std::size_t read = all.size();
    for (StreamEvent& live : stream->held) {
        const auto end_of_read = all.begin() + static_cast<std::ptrdiff_t>(read);
        const bool known = std::any_of(all.begin(), end_of_read, [&](const StreamEvent& event) {
            return event.sequence == live.sequence;
        });
        if (!known) all.push_back(std::move(live));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const StreamEvent& a, const StreamEvent& b) { return a.sequence < b.sequence; });
    stream->held = std::move(all);
    stream->is_catching_up = false;
    settle(*stream);
    ask_next();
}

}  // namespace kith::http
