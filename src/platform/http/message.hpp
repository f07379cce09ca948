#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "platform/html/fragment.hpp"
#include "platform/html/html.hpp"

// A request and a response as handlers see them: plain data, no sockets.
namespace kith::http {

enum class Method { get, head, post, put, patch, del, options, other };

std::string_view name(Method method);

// Parsed, checked and complete: the body has been read. Views point into the connection's buffer or into `storage`
// and are good until the answer is out.
struct Request {
    Method method = Method::get;
    std::string_view target;                                             // "/groups/3?page=2", as sent
    std::string_view path;                                               // "/groups/3", as sent (not decoded)
    std::string_view query;                                              // "page=2"
    std::vector<std::pair<std::string_view, std::string_view>> headers;  // names in lower case
    std::string_view body;
    std::string_view host;  // the one Host header
    std::string client;     // address of the browser, through trusted proxies only
    bool secure = false;    // came over TLS, as far as a trusted proxy says
    std::string id;         // request id, ours
    std::string storage;    // owns the body

    // Empty if absent. `lower_name` must be in lower case.
    std::string_view header(std::string_view lower_name) const;
    // Value of one cookie; empty if absent.
    std::string_view cookie(std::string_view name) const;
    // Whether the client takes gzip (Accept-Encoding with gzip not at q=0).
    bool accepts_gzip() const;
    bool accepts_brotli() const;
    // Whether JSON is preferred over HTML (Accept: application/json).
    bool wants_json() const;
    // Whether a browser listens for events (Accept: text/event-stream) rather than opening a page.
    bool wants_events() const;
};

// Decoded `a=1&b=2` in order. Invalid escapes are kept as typed; invalid UTF-8 is replaced.
class Form {
public:
    static Form parse(std::string_view urlencoded);
    // The members of a JSON object of strings, numbers, booleans and lists of these, for the same handlers.
    // Fault `invalid` for anything else.
    static Result<Form> from_json(std::string_view json);

    std::string_view get(std::string_view key) const;  // first value; empty if absent
    std::vector<std::string_view> all(std::string_view key) const;
    bool has(std::string_view key) const;
    // Of a check box or a JSON boolean: there, and not "false", "no", "off" or "0".
    bool checked(std::string_view key) const;
    // A whole number and nothing else; nothing for what is none.
    std::optional<std::int64_t> number(std::string_view key) const;
    void set(std::string key, std::string value);
    std::span<const std::pair<std::string, std::string>> values() const { return values_; }

private:
    std::vector<std::pair<std::string, std::string>> values_;
};

// A file that came with a form; the bytes are those of the request.
struct File {
    std::string_view field;
    std::string_view bytes;
};

// What an event stream may receive; filled by the handler that authorised it, used by the hub.
struct StreamRequest {
    GroupId group{};    // 0: only what is for the member
    ThreadId thread{};  // 0: the whole group
    MemberId member{};  // 0: a guest on a public page
    SessionId session{};
    std::int64_t after = -1;                                 // Last-Event-ID, -1 for from now on
    Time expires{std::numeric_limits<std::int64_t>::max()};  // of the session; never for a guest
    // Numbers (platform/live/versions.hpp) at which the right was last found good.
    std::uint32_t member_version = 0, group_version = 0, site_version = 0;
};

// A response ready to be framed. The body is `head` followed by `fragment`, if there is one.
struct Response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::vector<std::pair<std::string_view, std::string>> headers;  // names are literals
    std::string head;                                               // the personal part, or the whole body
    FragmentPtr fragment;                                           // the shared part
    std::string_view borrowed;            // or a body that lives as long as the process (assets)
    bool compress = true;                 // deflate a plain body when the client takes it and it is worth it
    std::optional<StreamRequest> stream;  // keep the connection for events instead

    static Response html(Html body, int status = 200);
    static Response text(std::string body, int status = 200);
    static Response json(std::string body, int status = 200);
    static Response redirect(const Url& to);  // 303
    Response& with(std::string_view header, std::string value) {
        headers.emplace_back(header, std::move(value));
        return *this;
    }
};

// The status that shows a fault.
int status_of(Fault fault);

}  // namespace kith::http
