#include "platform/http/request_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace kith::http {
namespace {

constexpr std::size_t first_head_bytes = 2048;
constexpr std::size_t body_piece_bytes = 32 * 1024;
// RFC 9112, 2.2: an empty line before a request is passed over. Old clients send one behind a form.
constexpr int most_blank_lines = 8;

}  // namespace

RequestReader::RequestReader(std::size_t header_limit, std::size_t body_limit, std::size_t files_limit)
    : header_limit_(header_limit),
      body_limit_(body_limit),
      files_limit_(files_limit),
      head_(first_head_bytes) {}

void RequestReader::next() {
    take_back_what_follows();
    std::vector<std::pair<std::string_view, std::string_view>> headers = std::move(request_.headers);
    headers.clear();  // its memory serves the next
    request_ = Request();
    request_.headers = std::move(headers);
    parser_.emplace(request_, request_.storage, header_limit_, body_limit_, files_limit_);
    status_ = blank_lines_ = 0;
    awaits_continue_ = false;
    line_ = scanned_ = begin_;
    read_head();
}

void RequestReader::take_back_what_follows() {
    if (!body_.empty()) {
        head_.assign(std::max(first_head_bytes, body_end_), '\0');
        std::copy_n(body_.begin(), body_end_, head_.begin());
        begin_ = 0;
        end_ = std::exchange(body_end_, 0);
        body_ = {};
    } else if (begin_ == end_) {
        begin_ = end_ = 0;
        if (head_.size() > first_head_bytes) head_ = std::vector<char>(first_head_bytes);
    }
}

std::span<char> RequestReader::room() {
    if (state_ == State::body) {
        if (body_.size() < body_end_ + body_piece_bytes) body_.resize(body_end_ + body_piece_bytes);
        return std::span(body_).subspan(body_end_);
    }
    if (end_ == head_.size()) make_room_for_head();
    return std::span(head_).subspan(end_);
}

// Nothing points into a head that is not parsed yet.
void RequestReader::make_room_for_head() {
    if (begin_ == 0) return head_.resize(head_.size() * 2);
    std::memmove(head_.data(), head_.data() + begin_, end_ - begin_);
    line_ -= begin_;
    scanned_ -= begin_;
    end_ -= begin_;
    begin_ = 0;
}

void RequestReader::add(std::size_t count) {
    if (state_ == State::body) {
        body_end_ += count;
        read_body();
    } else {
        end_ += count;
        read_head();
    }
}

void RequestReader::read_head() {
    if (!find_head_end()) return;
    parser_->feed(head_.data() + begin_, line_ - begin_);
    begin_ = line_;
    if (parser_->status() == 0 && !parser_->is_header_done()) return refuse(400);
    state_ = State::body;
    if (is_body_over()) return;
    awaits_continue_ = parser_->expects_continue() && begin_ == end_;
    read_body_behind_head();
}

// Whether the empty line that ends the head is here: then `line_` is behind it.
bool RequestReader::find_head_end() {
    while (scanned_ < end_) {
        const char* const start = head_.data();
        const void* const found = std::memchr(start + scanned_, '\n', end_ - scanned_);
        const auto at = found ? static_cast<std::size_t>(static_cast<const char*>(found) - start) : end_;
        scanned_ = std::min(at + 1, end_);
        if (!found) break;
        if (at - begin_ >= header_limit_) return refuse(431), false;
        if (at == line_ || start[at - 1] != '\r') return refuse(400), false;
        const bool blank = at == line_ + 1, leading = line_ == begin_;
        line_ = at + 1;
        if (blank && !leading) break;
        if (!blank) continue;
        begin_ = line_;
        if (++blank_lines_ > most_blank_lines) return refuse(400), false;
    }
    state_ = begin_ == end_ ? State::idle : State::head;
    if (line_ >= begin_ + 4 && std::memcmp(head_.data() + line_ - 4, "\r\n\r\n", 4) == 0) return true;
    if (end_ - begin_ > header_limit_) refuse(431);
    return false;
}

// A short body has come with its head. A longer one goes on elsewhere, since the head must not move.
void RequestReader::read_body_behind_head() {
    begin_ += parser_->feed(head_.data() + begin_, end_ - begin_);
    if (is_body_over()) return;
    body_end_ = end_ - begin_;
    body_.resize(body_end_ + body_piece_bytes);
    std::memcpy(body_.data(), head_.data() + begin_, body_end_);
    begin_ = end_;
}

void RequestReader::read_body() {
    const std::size_t used = parser_->feed(body_.data(), body_end_);
    std::memmove(body_.data(), body_.data() + used, body_end_ - used);
    body_end_ -= used;
    if (is_body_over()) return;
    // What stays is a line between chunks or headers behind them: without end, as it seems.
    if (body_end_ > body_piece_bytes) refuse(400);
}

bool RequestReader::is_body_over() {
    if (parser_->status() != 0) {
        refuse(parser_->status());
    } else if (parser_->is_done()) {
        request_.body = request_.storage;
        state_ = State::whole;
    }
    return state_ != State::body;
}

void RequestReader::refuse(int status) {
    status_ = status;
    state_ = State::refused;
}

}  // namespace kith::http
