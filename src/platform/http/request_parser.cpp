#include "platform/http/request_parser.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

namespace kith::http {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::size_t most_headers = 100;
constexpr std::size_t most_chunk_extension_bytes = 256;
constexpr std::size_t most_trailer_bytes = 4096;

Method method_of(beast_http::verb verb) {
    switch (verb) {
        case beast_http::verb::get:
            return Method::get;
        case beast_http::verb::head:
            return Method::head;
        case beast_http::verb::post:
            return Method::post;
        case beast_http::verb::put:
            return Method::put;
        case beast_http::verb::patch:
            return Method::patch;
        case beast_http::verb::delete_:
            return Method::del;
        case beast_http::verb::options:
            return Method::options;
        default:
            return Method::other;
    }
}

int status_of(boost::beast::error_code code) {
    using beast_http::error;
    if (code == error::header_limit) return 431;
    if (code == error::body_limit) return 413;
    if (code == error::bad_version) return 505;
    return 400;
}

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

RequestParser::RequestParser(Request& request, std::string& body, std::size_t header_limit,
                             std::size_t body_limit, std::size_t files_limit)
    : request_(request), body_(body), body_limit_(body_limit) {
    this->header_limit(static_cast<std::uint32_t>(header_limit));
    this->body_limit(std::max(body_limit, files_limit));
    eager(true);
}

std::size_t RequestParser::feed(char* data, std::size_t size) {
    // Beast asserts that it never sees the beginning of the last chunk twice with fewer bytes than this.
    constexpr std::string_view last_chunk = "0\r\n\r\n";
    if (is_header_done() && chunked() && !ends_chunk_ && size < last_chunk.size() &&
        std::string_view(data, size).starts_with("0\r\n"))
        return 0;
    data_ = data;
    size_ = size;
    Code code;
    const std::size_t used = put(boost::asio::const_buffer(data, size), code);
    if (code && code != beast_http::error::need_more && status_ == 0) status_ = status_of(code);
    return used;
}

void RequestParser::refuse(int status, Code& code) {
    status_ = status;
    code = beast_http::error::bad_value;
}

void RequestParser::on_request_impl(beast_http::verb verb, Text, Text target, int version, Code& code) {
    request_.method = method_of(verb);
    request_.target = view(target);
    version_ = version;
    if (target.empty() || target.front() != '/') return refuse(400, code);
    const std::size_t mark = request_.target.find('?');
    request_.path = request_.target.substr(0, mark);
    request_.query = mark == std::string_view::npos ? std::string_view() : request_.target.substr(mark + 1);
}

void RequestParser::on_field_impl(beast_http::field field, Text name, Text value, Code& code) {
    if (in_trailer_) {  // trailers carry nothing that we use
        trailer_bytes_ += name.size() + value.size();
        if (trailer_bytes_ > most_trailer_bytes) refuse(400, code);
        return;
    }
    // A folded header arrives in Beast's own buffer instead of ours.
    const bool folded = !value.empty() && (value.data() < data_ || value.data() >= data_ + size_);
    if (folded || request_.headers.size() >= most_headers) return refuse(folded ? 400 : 431, code);
    char* const begin = data_ + (name.data() - data_);
    std::transform(begin, begin + name.size(), begin,
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    request_.headers.emplace_back(view(name), view(value));
    switch (field) {
        case beast_http::field::host:
            ++hosts_;
            request_.host = view(value);
            break;
        case beast_http::field::content_length:
            ++lengths_;
            break;
        case beast_http::field::transfer_encoding:
            ++codings_;
            if (boost::beast::iequals(value, "chunked")) ++codings_chunked_;
            break;
        case beast_http::field::content_type:
            has_files_ = view(value).starts_with("multipart/form-data");
            break;
        case beast_http::field::expect:
            if (!boost::beast::iequals(value, "100-continue")) return refuse(417, code);
            expects_continue_ = true;
            break;
        default:
            break;
    }
}

void RequestParser::on_header_impl(Code& code) {
    in_trailer_ = true;
    if (hosts_ > 1 || (hosts_ == 0 && version_ >= 11)) return refuse(400, code);
    if (lengths_ > 1 || codings_ > 1 || (codings_ == 1 && lengths_ == 1)) return refuse(400, code);
    if (codings_ == 1 && version_ < 11) return refuse(400, code);
    if (codings_ == 1 && codings_chunked_ == 0) return refuse(501, code);
    // Long ones are for those who may be signed in.
    const auto is_known = [](const auto& header) {
        return header.first == "cookie" || header.first == "authorization";
    };
    has_files_ = has_files_ && std::ranges::any_of(request_.headers, is_known);
    const auto length = content_length();
    if (!has_files_ && length && *length > body_limit_) return refuse(413, code);
}

std::size_t RequestParser::on_body_impl(Text text, Code& code) {
    if (!has_files_ && body_.size() + text.size() > body_limit_) {
        refuse(413, code);
        return 0;
    }
    body_.append(text.data(), text.size());
    return text.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t, Text extensions, Code& code) {
    ends_chunk_ = false;
    if (extensions.size() > most_chunk_extension_bytes) refuse(400, code);
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t left, Text text, Code& code) {
    ends_chunk_ = text.size() == left;
    return on_body_impl(text, code);
}

}  // namespace kith::http
