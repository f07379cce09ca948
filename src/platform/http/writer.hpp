#pragma once

#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace kith::http {

// What goes on the wire for one response: `front` (header and personal part) and up to two pieces that are sent
// from where they lie.
struct Wire {
    std::string front;
    std::string_view shared;  // in the response's fragment, or borrowed
    std::string trailer;      // of gzip
    bool close = false;
};

// Frames `response` for `request`; reuses the memory of `wire`. The views stay good while `response` lives.
// Decides 304, HEAD, stitched gzip, security headers. `date` is an HTTP date.
void frame_response(Wire& wire, const Request& request, const Response& response, bool keep_alive,
                    std::string_view date);

// Compresses a whole body that has no fragment, if the client takes it and it is worth it. On workers.
void compress_whole(const Request& request, Response& response);

// The header of an event stream, and what stands first in its body.
std::string stream_header(std::string_view request_id, std::string_view date);
inline constexpr std::string_view stream_greeting = "retry: 5000\n\n";

// A small kind page for what the edge itself refuses (400, 408, 413, 417, 429, 431, 500, 501, 503, 505).
Response refusal(int status);

std::string http_date(std::int64_t unix_s);

}  // namespace kith::http
