#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <string>
#include <vector>

#include "platform/http/message.hpp"

namespace kith::http {

// Beast's parser filling a Request whose views point into the connection's own buffer, with the checks that
// Beast leaves out: exactly one Host, a known transfer coding, no ambiguous length, no folded headers.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    // `body_limit` is for all but forms with files, which have `files_limit`.
    RequestParser(Request& request, std::string& body, std::size_t header_limit, std::size_t body_limit,
                  std::size_t files_limit);

    // Parses [data, data+size); returns how many bytes were used up; the others must come again, with more behind
    // them. The head must come whole and stay where it is until the request is done: names are lowered in place.
    // After an error `status()` says which answer it deserves.
    std::size_t feed(char* data, std::size_t size);

    int status() const { return status_; }  // 0 while all is well
    bool expects_continue() const { return expects_continue_; }
    int http_minor() const { return version_ % 10; }

private:
    using Code = boost::beast::error_code;
    using Text = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Code&) override;
    void on_response_impl(int, Text, int, Code&) override {}
    void on_field_impl(boost::beast::http::field, Text name, Text value, Code&) override;
    void on_header_impl(Code&) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
    std::size_t on_body_impl(Text, Code&) override;
    void on_chunk_header_impl(std::uint64_t, Text extensions, Code&) override;
    std::size_t on_chunk_body_impl(std::uint64_t, Text, Code&) override;
    void on_finish_impl(Code&) override {}

    void refuse(int status, Code& code);

    Request& request_;
    std::string& body_;
    char* data_ = nullptr;
    std::size_t size_ = 0;
    int status_ = 0;
    int version_ = 11;
    int hosts_ = 0, lengths_ = 0, codings_ = 0, codings_chunked_ = 0;
    bool expects_continue_ = false;
    bool in_trailer_ = false;
    bool ends_chunk_ = false;  // a chunk is whole: a line must end before the next
    std::size_t trailer_bytes_ = 0;
    std::size_t body_limit_ = 0;
    bool has_files_ = false;  // a form with files may be longer
};

}  // namespace kith::http
