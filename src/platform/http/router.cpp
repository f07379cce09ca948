#include "platform/http/router.hpp"

#include <algorithm>
#include <exception>

#include "platform/http/page.hpp"
#include "platform/http/token.hpp"
#include "platform/words/words.hpp"
#include "url.hpp"

namespace kith::http {
namespace {

constexpr std::size_t most_segments = 10;

// "/groups/{group}" as {"groups", "{group}"}; "/" as {}.
std::vector<std::string_view> split_path(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty() && out.size() <= most_segments) {
        path.remove_prefix(1);
        const std::size_t end = path.find('/');
        const std::string_view segment = path.substr(0, end);
        if (!segment.empty() || end != std::string_view::npos) out.push_back(segment);
        path = end == std::string_view::npos ? std::string_view() : path.substr(end);
    }
    return out;
}

bool is_param(std::string_view segment) { return segment.starts_with('{'); }

bool fits(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
    for (std::size_t i = 0; i < path.size(); ++i)
        if (!is_param(pattern[i]) && pattern[i] != path[i]) return false;
    return true;
}

// Literal segments first, so that /groups/new is found before /groups/{group}.
bool more_literal(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
    return std::lexicographical_compare(
        a.begin(), a.end(), b.begin(), b.end(),
        [](std::string_view x, std::string_view y) { return is_param(x) < is_param(y); });
}

bool opens(Gate gate, const Session* session) {
    switch (gate.kind()) {
        case Gate::Kind::open:
            return true;
        case Gate::Kind::member:
            return session != nullptr;
        case Gate::Kind::facilitator:
            return session && (session->host || session->coordinator || session->is_facilitator_somewhere());
        case Gate::Kind::moderator:
            return session && (session->host || session->is_moderator_somewhere() ||
                               session->is_facilitator_somewhere());
        case Gate::Kind::researcher:
            return session && (session->host || session->researcher);
        case Gate::Kind::host:
            return session && (session->host || session->coordinator);
    }
    return false;
}

Result<void> pass(const Route& route, const Ctx& ctx) {
    if (opens(route.gate, ctx.session.get())) return {};
    if (!ctx.signed_in()) return unauthenticated("Please sign in first.");
    return not_found();
}

bool writes(Method method) { return method != Method::get && method != Method::head; }

// A form must come from one of our own pages: it carries the session's token, and a browser that says where it
// comes from must name this site. (OWASP CSRF prevention: token plus origin check.)
bool is_ours(const Ctx& ctx) {
    const Request& request = ctx.request;
    const std::string_view fetch_site = request.header("sec-fetch-site");
    if (!fetch_site.empty() && fetch_site != "same-origin" && fetch_site != "none") return false;
    const std::string_view origin = request.header("origin");
    if (!origin.empty() && origin != "null") {
        const std::size_t scheme = origin.find("://");
        if (scheme == std::string_view::npos || origin.substr(scheme + 3) != request.host) return false;
    }
    if (!ctx.session || ctx.session->from_token) return true;
    if (equal_tokens(request.header("x-form-token"), ctx.session->form_token)) return true;
    return equal_tokens(ctx.form().get("form_token"), ctx.session->form_token);
}

Result<Form> read_form(const Request& request) {
    const std::string_view type = request.header("content-type");
    if (type.starts_with("application/json")) return Form::from_json(request.body);
    if (request.body.empty() || type.starts_with("application/x-www-form-urlencoded"))
        return Form::parse(request.body);
    return invalid("We cannot read this kind of form.");
}

// Everything else leads to the set-up page until there is a host.
bool serves_before_setup(std::string_view path) {
    for (const std::string_view front :
         {"/setup", "/help-now", "/assets/", "/healthz", "/readyz", "/robots.txt", "/favicon.ico"})
        if (path.starts_with(front)) return true;
    return false;
}

Method as_routed(Method method) { return method == Method::head ? Method::get : method; }

Response unavailable_page(Ctx& ctx) {
    return error_page(
               ctx, Error{Fault::unavailable,
                          t_later("We cannot save or load anything just now. Nothing that was saved is lost. "
                                  "Please try again in a minute."),
                          ""})
        .with("retry-after", "30");
}

}  // namespace

Router::Router(Services& services, std::vector<Route> routes)
    : services_(services), routes_(std::move(routes)), by_length_(most_segments + 1) {
    std::sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
        return more_literal(split_path(a.pattern), split_path(b.pattern));
    });
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        segments_.push_back(split_path(routes_[i].pattern));
        CHECK(segments_.back().size() <= most_segments);
        by_length_[segments_.back().size()].push_back(i);
    }
}

void Router::on_visitor(std::function<std::optional<Visitor>(const Request&)> know_at_once,
                        std::function<Visitor(const Request&)> know) {
    know_at_once_ = std::move(know_at_once);
    know_ = std::move(know);
}

Router::Match Router::match(Method method, std::string_view path) const {
    Match match;
    const std::vector<std::string_view> segments = split_path(path);
    if (path.empty() || path[0] != '/' || segments.size() > most_segments) return match;
    for (const std::size_t i : by_length_[segments.size()]) {
        if (!fits(segments_[i], segments)) continue;
        match.path_known = true;
        if (routes_[i].method != as_routed(method)) continue;
        match.route = &routes_[i];
        for (std::size_t s = 0; s < segments.size(); ++s) {
            const std::string_view slot = segments_[i][s];
            if (is_param(slot))
                match.params.emplace_back(slot.substr(1, slot.size() - 2), decode_segment(segments[s]));
        }
        return match;
    }
    return match;
}

std::optional<Response> Router::answer_at_once(const Request& request) const {
    if (writes(request.method)) return std::nullopt;
    Match found = match(request.method, request.path);
    if (!found.route || !found.route->at_once) return std::nullopt;
    std::optional<Visitor> visitor = know_at_once_(request);
    if (!visitor) return std::nullopt;
    Ctx ctx(services_, request, std::move(visitor->session), visitor->comfort);
    if (!opens(found.route->gate, ctx.session.get())) return std::nullopt;
    if (!ctx.site->ready && !serves_before_setup(request.path)) return std::nullopt;
    ctx.set_params(std::move(found.params));
    return found.route->at_once(ctx);
}

Response Router::handle(const Request& request) const {
    Visitor visitor;
    try {
        visitor = know_(request);
    } catch (const std::exception&) {
        visitor.comfort.language = services_.site()->language;
    }
    Ctx ctx(services_, request, std::move(visitor.session), visitor.comfort);
    try {
        return answer(request, ctx, match(request.method, request.path));
    } catch (const db::Unavailable&) {
        return unavailable_page(ctx);
    } catch (const std::exception& problem) {
        log_problem(request, problem.what());
        Response response = error_page(
            ctx,
            Error{Fault::unavailable,
                  t_later("Something went wrong on our side. It is not your fault. Please try again."), ""});
        response.status = 500;
        return response;
    }
}

Response Router::answer(const Request& request, Ctx& ctx, const Match& found) const {
    if (!ctx.site->ready && !serves_before_setup(request.path) && found.path_known)
        return Response::redirect(url::setup());
    if (!found.route && found.path_known) {
        Response response = error_page(
            ctx,
            Error{Fault::not_found, t_later("This page cannot be opened like that. Please go back."), ""});
        response.status = 405;
        return response;
    }
    if (!found.route)
        return error_page(ctx, Error{Fault::not_found, t_later("We could not find that page."), ""});
    ctx.set_params(found.params);
    if (auto passed = pass(*found.route, ctx); !passed) return error_page(ctx, passed.error());
    if (writes(request.method)) {
        auto form = read_form(request);
        if (!form) return error_page(ctx, form.error());
        ctx.set_form(*std::move(form));
        if (!is_ours(ctx))
            return error_page(ctx,
                              Error{Fault::forbidden,
                                    t_later("This form was open for too long. Your words are still in it: go "
                                            "back, copy them, load the page again and send them once more."),
                                    ""});
    }
    return found.route->handler(ctx);
}

std::string Router::table() const {
    std::vector<std::string> lines;
    for (const Route& route : routes_) {
        std::string line(route.pattern);
        line.resize(std::max<std::size_t>(line.size() + 2, 52), ' ');
        line += name(route.method);
        line.resize(std::max<std::size_t>(line.size() + 1, 60), ' ');
        lines.push_back(line + std::string(to_word(route.gate.kind())) + "\n");
    }
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const std::string& line : lines) out += line;
    return out;
}

}  // namespace kith::http
