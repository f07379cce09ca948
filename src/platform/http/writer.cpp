#include "platform/http/writer.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <memory>

namespace kith::http {
namespace {

// forums.md 4.4: nothing is loaded from elsewhere, nothing runs inline, no page is framed or referred to.
constexpr std::string_view csp_front =
    "content-security-policy: default-src 'none'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'; style-src 'self'";
constexpr std::string_view security_headers =
    "referrer-policy: no-referrer\r\n"
    "x-content-type-options: nosniff\r\n"
    "cross-origin-opener-policy: same-origin\r\n"
    "cross-origin-resource-policy: same-origin\r\n"
    "permissions-policy: camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "interest-cohort=(), browsing-topics=()\r\n";

std::string_view status_line(int status) {
    switch (status) {
        case 200:
            return "HTTP/1.1 200 OK\r\n";
        case 201:
            return "HTTP/1.1 201 Created\r\n";
        case 204:
            return "HTTP/1.1 204 No Content\r\n";
        case 303:
            return "HTTP/1.1 303 See Other\r\n";
        case 304:
            return "HTTP/1.1 304 Not Modified\r\n";
        case 400:
            return "HTTP/1.1 400 Bad Request\r\n";
        case 401:
            return "HTTP/1.1 401 Unauthorized\r\n";
        case 403:
            return "HTTP/1.1 403 Forbidden\r\n";
        case 404:
            return "HTTP/1.1 404 Not Found\r\n";
        case 405:
            return "HTTP/1.1 405 Method Not Allowed\r\n";
        case 408:
            return "HTTP/1.1 408 Request Timeout\r\n";
        case 409:
            return "HTTP/1.1 409 Conflict\r\n";
        case 413:
            return "HTTP/1.1 413 Content Too Large\r\n";
        case 417:
            return "HTTP/1.1 417 Expectation Failed\r\n";
        case 422:
            return "HTTP/1.1 422 Unprocessable Content\r\n";
        case 429:
            return "HTTP/1.1 429 Too Many Requests\r\n";
        case 431:
            return "HTTP/1.1 431 Request Header Fields Too Large\r\n";
        case 500:
            return "HTTP/1.1 500 Internal Server Error\r\n";
        case 501:
            return "HTTP/1.1 501 Not Implemented\r\n";
        case 503:
            return "HTTP/1.1 503 Service Unavailable\r\n";
        case 505:
            return "HTTP/1.1 505 HTTP Version Not Supported\r\n";
        default:
            return "HTTP/1.1 500 Internal Server Error\r\n";
    }
}

void header(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    // A line break in a value would start a header of its own.
    constexpr std::string_view breaks("\r\n\0", 3);
    while (!value.empty()) {
        const std::size_t end = std::min(value.find_first_of(breaks), value.size());
        out += value.substr(0, end);
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    out += "\r\n";
}

void number_header(std::string& out, std::string_view name, std::size_t value) {
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    out += name;
    out += ": ";
    out.append(buffer, end);
    out += "\r\n";
}

// The handler's own headers; the pseudo header csp-nonce goes into the policy.
void own_headers(std::string& out, const Response& response) {
    std::string_view nonce;
    bool has_cache_control = false;
    for (const auto& [name, value] : response.headers) {
        if (name == "csp-nonce") {
            nonce = value;
            continue;
        }
        has_cache_control = has_cache_control || name == "cache-control";
        header(out, name, value);
    }
    if (!has_cache_control) out += "cache-control: no-store\r\n";
    out += csp_front;
    if (!nonce.empty()) {
        out += " 'nonce-";
        out += nonce;
        out += '\'';
    }
    out += "\r\n";
    out += security_headers;
}

// RFC 9110, 13.1.2: a list of tags or "*", compared weakly. Tags of ours hold no comma.
bool names_tag(std::string_view list, std::string_view tag) {
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        std::string_view known = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        while (!known.empty() && (known.front() == ' ' || known.front() == '\t')) known.remove_prefix(1);
        while (!known.empty() && (known.back() == ' ' || known.back() == '\t')) known.remove_suffix(1);
        if (known.starts_with("W/")) known.remove_prefix(2);
        if (known == tag || known == "*") return true;
    }
    return false;
}

bool is_not_modified(const Request& request, const Response& response) {
    if (response.status != 200) return false;
    const std::string_view known = request.header("if-none-match");
    if (known.empty()) return false;
    for (const auto& [name, value] : response.headers)
        if (name == "etag") return names_tag(known, value);
    return false;
}

bool has_header(const Response& response, std::string_view wanted) {
    for (const auto& [name, value] : response.headers)
        if (name == wanted) return true;
    return false;
}

struct FreeCompressor {
    void operator()(libdeflate_compressor* c) const { libdeflate_free_compressor(c); }
};

}  // namespace

void frame_response(Wire& wire, const Request& request, const Response& response, bool keep_alive,
                    std::string_view date) {
    wire.front.clear();
    wire.trailer.clear();
    wire.shared = {};
    wire.close = !keep_alive;
    const bool not_modified = is_not_modified(request, response);
    const bool stitched = response.fragment && !not_modified && request.accepts_gzip();
    GzipFrame gzip;
    if (stitched) gzip = gzip_frame(response.head, *response.fragment);

    std::string& out = wire.front;
    out += status_line(not_modified ? 304 : response.status);
    out += "date: ";
    out += date;
    out += "\r\n";
    if (!not_modified && response.status != 204) {
        std::size_t length = response.head.size() + response.borrowed.size() +
                             (response.fragment ? response.fragment->identity().size() : 0);
        if (stitched) length = gzip.front.size() + response.fragment->deflated().size() + gzip.trailer.size();
        if (!response.type.empty() && length > 0) header(out, "content-type", response.type);
        number_header(out, "content-length", length);
    }
    if (stitched) out += "content-encoding: gzip\r\n";
    if (response.fragment || response.compress) out += "vary: accept, accept-encoding, cookie\r\n";
    if (!keep_alive) out += "connection: close\r\n";
    header(out, "x-request-id", request.id);
    if (request.secure) out += "strict-transport-security: max-age=31536000\r\n";
    own_headers(out, response);
    out += "\r\n";

    if (not_modified || request.method == Method::head || response.status == 204) return;
    out += stitched ? gzip.front : response.head;
    wire.shared = response.borrowed;
    if (response.fragment)
        wire.shared = stitched ? response.fragment->deflated() : response.fragment->identity();
    if (stitched) wire.trailer = std::move(gzip.trailer);
}

void compress_whole(const Request& request, Response& response) {
    constexpr std::size_t worth_it = 1024;
    if (!response.compress || response.fragment || response.stream || response.head.size() < worth_it ||
        !request.accepts_gzip() || has_header(response, "content-encoding"))
        return;
    thread_local const std::unique_ptr<libdeflate_compressor, FreeCompressor> mine(
        libdeflate_alloc_compressor(2));
    std::string out(libdeflate_gzip_compress_bound(mine.get(), response.head.size()), '\0');
    const std::size_t n = libdeflate_gzip_compress(mine.get(), response.head.data(), response.head.size(),
                                                   out.data(), out.size());
    if (n == 0 || n >= response.head.size()) return;
    out.resize(n);
    response.head = std::move(out);
    response.with("content-encoding", "gzip");
}

std::string stream_header(std::string_view request_id, std::string_view date) {
    std::string out =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\n"
        "x-accel-buffering: no\r\nconnection: close\r\n";
    header(out, "date", date);
    header(out, "x-request-id", request_id);
    out += security_headers;
    out += "\r\n";
    return out;
}

Response refusal(int status) {
    std::string_view what = "We could not read that request.";
    if (status == 500) what = "Something went wrong on our side. It is not your fault. Please try again.";
    if (status == 408) what = "That took too long to reach us. Please try again.";
    if (status == 413) what = "That is too large to send at once. Please send less.";
    if (status == 429 || status == 503) what = "Many people are here just now. Please try again soon.";
    if (status == 431) what = "Your browser sent too much in one go. Clearing cookies may help.";
    Html h;
    h << "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\"><title>A problem</title><h1>There is a "
         "problem</h1><p>"
      << what
      << "</p><p>Nothing that was saved is lost. <a href=\"/\">Go to the start page</a> or to "
         "<a href=\"/help-now\">urgent help</a>.</p></html>\n";
    Response response = Response::html(std::move(h), status);
    response.compress = false;
    if (status == 429 || status == 503) response.with("retry-after", "10");
    return response;
}

std::string http_date(std::int64_t unix_s) {
    const std::time_t time = unix_s;
    std::tm parts{};
    gmtime_r(&time, &parts);
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char buffer[64];
    const int n = std::snprintf(buffer, sizeof buffer, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                days[parts.tm_wday], parts.tm_mday, months[parts.tm_mon],
                                parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return std::string(buffer, static_cast<std::size_t>(n));
}

}  // namespace kith::http
