#include "platform/http/message.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "platform/http/token.hpp"

namespace kith::http {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view lower) {
    return a.size() == lower.size() && std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
           });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Calls fn(item) for each part between separators, trimmed, until fn returns true.
template <class F>
bool any_part(std::string_view list, char separator, F&& fn) {
    while (!list.empty()) {
        const std::size_t end = list.find(separator);
        if (fn(trimmed(list.substr(0, end)))) return true;
        if (end == std::string_view::npos) return false;
        list.remove_prefix(end + 1);
    }
    return false;
}

// Whether an Accept-* item such as "gzip;q=0.5" names `token` and does not refuse it with q=0.
bool allows(std::string_view item, std::string_view token) {
    const std::size_t semicolon = item.find(';');
    if (!equal_ignoring_case(trimmed(item.substr(0, semicolon)), token)) return false;
    if (semicolon == std::string_view::npos) return true;
    const std::string_view rest = trimmed(item.substr(semicolon + 1));
    if (!rest.starts_with("q=")) return true;
    return rest.find_first_of("123456789") != std::string_view::npos;
}

bool accepts(const Request& request, std::string_view header, std::string_view token) {
    return any_part(request.header(header), ',', [&](std::string_view item) { return allows(item, token); });
}

std::string decode_form_text(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return decode_segment(spaced);
}

std::string scalar_text(const boost::json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_bool()) return value.get_bool() ? "1" : "";
    if (value.is_null()) return "";
    return boost::json::serialize(value);
}

bool is_scalar(const boost::json::value& value) { return !value.is_object() && !value.is_array(); }

}  // namespace

std::string_view name(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::patch:
            return "PATCH";
        case Method::del:
            return "DELETE";
        case Method::options:
            return "OPTIONS";
        case Method::other:
            return "OTHER";
    }
    return "OTHER";
}

std::string_view Request::header(std::string_view lower_name) const {
    for (const auto& [key, value] : headers)
        if (key == lower_name) return value;
    return {};
}

std::string_view Request::cookie(std::string_view name) const {
    std::string_view found;
    any_part(header("cookie"), ';', [&](std::string_view pair) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) return false;
        found = pair.substr(equals + 1);
        return true;
    });
    return found;
}

bool Request::accepts_gzip() const { return accepts(*this, "accept-encoding", "gzip"); }
bool Request::accepts_brotli() const { return accepts(*this, "accept-encoding", "br"); }

bool Request::wants_json() const {
    const std::string_view accept = header("accept");
    const std::size_t json = accept.find("application/json");
    return json != std::string_view::npos && json < accept.find("text/html");
}

bool Request::wants_events() const {
    return header("accept").find("text/event-stream") != std::string_view::npos;
}

Form Form::parse(std::string_view text) {
    Form form;
    constexpr std::size_t most_fields = 1000;
    any_part(text, '&', [&](std::string_view pair) {
        if (pair.empty()) return false;
        const std::size_t equals = pair.find('=');
        const std::string_view value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
        form.values_.emplace_back(decode_form_text(pair.substr(0, equals)), decode_form_text(value));
        return form.values_.size() >= most_fields;
    });
    return form;
}

Result<Form> Form::from_json(std::string_view text) {
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(text, error);
    if (error || !value.is_object()) return invalid("This is not a JSON object.");
    Form form;
    for (const auto& [key, member] : value.get_object()) {
        if (is_scalar(member)) {
            form.values_.emplace_back(key, scalar_text(member));
        } else if (member.is_array()) {
            for (const auto& item : member.get_array()) {
                if (!is_scalar(item)) return invalid("This JSON is nested too deeply.");
                form.values_.emplace_back(key, scalar_text(item));
            }
        } else {
            return invalid("This JSON is nested too deeply.");
        }
    }
    return form;
}

std::string_view Form::get(std::string_view key) const {
    for (const auto& [k, v] : values_)
        if (k == key) return v;
    return {};
}

std::vector<std::string_view> Form::all(std::string_view key) const {
    std::vector<std::string_view> out;
    for (const auto& [k, v] : values_)
        if (k == key) out.push_back(v);
    return out;
}

bool Form::has(std::string_view key) const {
    return std::any_of(values_.begin(), values_.end(), [&](const auto& v) { return v.first == key; });
}

bool Form::checked(std::string_view key) const {
    const std::string_view value = get(key);
    return !value.empty() && value != "false" && value != "no" && value != "off" && value != "0";
}

std::optional<std::int64_t> Form::number(std::string_view key) const {
    const std::string_view typed = get(key);
    std::int64_t out = 0;
    const auto [end, wrong] = std::from_chars(typed.data(), typed.data() + typed.size(), out);
    if (wrong != std::errc() || end != typed.data() + typed.size()) return std::nullopt;
    return out;
}

void Form::set(std::string key, std::string value) { values_.emplace_back(std::move(key), std::move(value)); }

Response Response::html(Html body, int status) {
    Response response;
    response.status = status;
    response.head = body.take();
    return response;
}

Response Response::text(std::string body, int status) {
    Response response;
    response.status = status;
    response.type = "text/plain; charset=utf-8";
    response.head = std::move(body);
    return response;
}

Response Response::json(std::string body, int status) {
    Response response;
    response.status = status;
    response.type = "application/json";
    response.head = std::move(body);
    return response;
}

Response Response::redirect(const Url& to) {
    Response response;
    response.status = 303;
    response.with("location", to.text());
    return response;
}

int status_of(Fault fault) {
    switch (fault) {
        case Fault::invalid:
            return 422;
        case Fault::unauthenticated:
            return 401;
        case Fault::forbidden:
            return 403;
        case Fault::not_found:
            return 404;
        case Fault::conflict:
            return 409;
        case Fault::too_many:
            return 429;
        case Fault::unavailable:
            return 503;
    }
    return 500;
}

}  // namespace kith::http
