#pragma once

#include <optional>
#include <span>
#include <vector>

#include "platform/http/request_parser.hpp"

namespace kith::http {

// Cuts what a connection receives into requests, wherever the network has cut it. Knows no socket.
// A head is parsed when all of it is here, and does not move until `next`: the request's views point into it.
class RequestReader {
public:
    enum class State {
        idle,     // not a byte of the next request
        head,     // a part of its start line and headers
        body,     // its headers, and a part of its body or nothing of it yet
        whole,    // `request` may be answered
        refused,  // `status` says with which answer; what follows cannot be read
    };

    // `files_limit` is that of the body of a form with files.
    RequestReader(std::size_t header_limit, std::size_t body_limit, std::size_t files_limit = 0);
    RequestReader(const RequestReader&) = delete;

    // Lets go of the last request and looks at what came behind it.
    void next();
    // Where the next bytes belong, never empty; `add` says how many came. While idle, head or body.
    std::span<char> room();
    void add(std::size_t count);

    State state() const { return state_; }
    int status() const { return status_; }
    Request& request() { return request_; }
    bool keep_alive() const { return parser_->keep_alive(); }
    // Whether the client asks for leave before it sends the body.
    bool awaits_continue() const { return awaits_continue_; }
    // Whether bytes of a further request are here.
    bool has_more() const { return begin_ < end_ || body_end_ > 0; }

private:
    bool find_head_end();
    void read_head();
    void read_body_behind_head();
    void read_body();
    bool is_body_over();
    void take_back_what_follows();
    void make_room_for_head();
    void refuse(int status);

    const std::size_t header_limit_, body_limit_, files_limit_;
    Request request_;
    std::optional<RequestParser> parser_;
    State state_ = State::idle;
    int status_ = 0;
    bool awaits_continue_ = false;
    std::vector<char> head_;  // [begin_, end_) is not used up yet
    std::size_t begin_ = 0, end_ = 0;
    std::size_t line_ = 0, scanned_ = 0;  // in head_: where its last line begins, how far it was searched
    int blank_lines_ = 0;
    std::vector<char> body_;  // pieces of a body on their way to request_.storage, and what follows it
    std::size_t body_end_ = 0;
};

}  // namespace kith::http
