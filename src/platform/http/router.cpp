#include "platform/http/router.hpp"

#include "platform/http/multipart.hpp"

#include <algorithm>
#include <boost/container/static_vector.hpp>
#include <exception>

#include "platform/http/page.hpp"
#include "platform/http/token.hpp"
#include "platform/log/log.hpp"
#include "platform/words/words.hpp"
#include "url.hpp"

namespace kith::http {
namespace {

constexpr std::size_t most_segments = 10;
using Segments = boost::container::static_vector<std::string_view, most_segments + 1>;

// "/groups/{group}" as {"groups", "{group}"}; "/" as {}.
Segments split_path(std::string_view path) {
    Segments out;
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

bool fits(const std::vector<std::string_view>& pattern, const Segments& path) {
    for (std::size_t i = 0; i < path.size(); ++i)
        if (!is_param(pattern[i]) && pattern[i] != path[i]) return false;
    return true;
}

// Literal segments first, so that /groups/new is found before /groups/{group}.
bool more_literal(const Segments& a, const Segments& b) {
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
    if (ctx.session->roles_wait)
        return forbidden("Please make signing in safer first: go to My space, then to How I sign in.");
    return not_found();
}

bool writes(Method method) { return method != Method::get && method != Method::head; }

bool carries_token(const Ctx& ctx) {
    if (!ctx.session || ctx.session->from_token) return true;
    return equal_tokens(ctx.request.header("x-form-token"), ctx.session->form_token) ||
           equal_tokens(ctx.form().get("form_token"), ctx.session->form_token);
}

Result<Multipart> read_form(const Request& request) {
    const std::string_view type = request.header("content-type");
    if (type.starts_with("application/json")) return Multipart{TRY(Form::from_json(request.body)), {}};
    if (type.starts_with("multipart/form-data")) return parse_multipart(type, request.body);
    if (request.body.empty() || type.starts_with("application/x-www-form-urlencoded"))
        return Multipart{Form::parse(request.body), {}};
    return invalid("We cannot read this kind of form.");
}

// Everything else leads to the set-up page until there is a host.
bool serves_before_setup(std::string_view path) {
    for (const std::string_view front :
         {"/setup", "/help-now", "/assets/", "/healthz", "/readyz", "/robots.txt", "/favicon.ico"})
        if (path.starts_with(front)) return true;
    return false;
}

// Somebody on a break, or on hold, finds help and what belongs to their account.
bool serves_always(std::string_view path) {
    for (const std::string_view front :
         {"/help-now",      "/safety",           "/privacy",    "/rules",       "/about",
          "/accessibility", "/comfort",          "/leave",      "/sign-out",    "/me/data",
          "/me/access-log", "/me/erasure",       "/me/closure", "/me/confirm",  "/passkeys/",
          "/assets/",       "/offline",          "/mail/",      "/sw.js",       "/healthz",
          "/readyz",        "/site.webmanifest", "/robots.txt", "/favicon.ico", "/me/helpers",
          "/policies",      "/agreement"})
        if (path.starts_with(front)) return true;
    return false;
}

// Everything else leads to the way back; or to why, and how to answer.
bool is_held(const Ctx& ctx) {
    const std::string_view path = ctx.request.path;
    return ctx.session && ctx.now() < ctx.session->held_until && !serves_always(path) &&
           !path.starts_with("/me/hold") && !path.starts_with("/me/decisions") &&
           !path.starts_with("/me/emergency-contact");
}

bool is_away(const Ctx& ctx) {
    const std::string_view path = ctx.request.path;
    return ctx.session && ctx.now() < ctx.session->away_until && !serves_always(path) &&
           !path.starts_with("/me/break");
}

Response led(Ctx& ctx, const Url& to, const Error& error) {
    if (ctx.request.wants_events()) return Response{.status = 204};  // how a browser is told not to listen
    if (!writes(ctx.request.method) && !ctx.wants_json()) return Response::redirect(to);
    return error_page(ctx, error);
}

Response led_back(Ctx& ctx) {
    return led(ctx, url::me_pause(),
               {Fault::conflict,
                t_later("You are on a break. First say that you are back; then do this again."), ""});
}

Response led_to_hold(Ctx& ctx) {
    return led(ctx, url::me_hold(),
               {Fault::forbidden,
                t_later("Your account is on hold, so this cannot be done now. My space says why."), ""});
}

Method as_routed(Method method) { return method == Method::head ? Method::get : method; }

Response wrong_method(Ctx& ctx, std::string methods) {
    Response response = error_page(
        ctx, {Fault::not_found, t_later("This page cannot be opened like that. Please go back."), ""});
    response.status = 405;
    response.with("allow", std::move(methods));
    return response;
}

// The database or the disk is gone, or we have made a mistake: the words of a form are given back in either case.
Response failed(Ctx& ctx, std::string_view pattern, const std::exception& problem) {
    log_problem(ctx.request, pattern, problem.what());
    if (dynamic_cast<const db::Unavailable*>(&problem)) {
        const Error error{Fault::unavailable,
                          t_later("We cannot save or load anything just now. Nothing that was saved is lost. "
                                  "Please try again in a minute."),
                          ""};
        return error_page(ctx, error).with("retry-after", "30");
    }
    Response response = error_page(
        ctx, {Fault::unavailable,
              t_later("Something went wrong on our side. It is not your fault. Please try again."), ""});
    response.status = 500;
    return response;
}

std::string_view pattern_of(const Route* route) { return route ? route->pattern : "none"; }

}  // namespace

Router::Router(Services& services, std::vector<Route> routes)
    : services_(services), routes_(std::move(routes)), by_length_(most_segments + 1) {
    std::sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
        return more_literal(split_path(a.pattern), split_path(b.pattern));
    });
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        const Segments segments = split_path(routes_[i].pattern);
        segments_.emplace_back(segments.begin(), segments.end());
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
    const Segments segments = split_path(path);
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

std::string Router::methods_of(std::string_view path) const {
    std::string out;
    for (const Method method :
         {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::del}) {
        if (!match(method, path).route) continue;
        if (!out.empty()) out += ", ";
        out += name(method);
    }
    return out;
}

std::optional<Response> Router::answer_at_once(const Request& request) const {
    const auto began = std::chrono::steady_clock::now();
    if (writes(request.method)) return std::nullopt;
    Match found = match(request.method, request.path);
    if (!found.route || !found.route->at_once) return std::nullopt;
    const std::int64_t as_of = services_.versions.last_change();
    std::optional<Visitor> visitor = know_at_once_(request);
    if (!visitor) return std::nullopt;
    Ctx ctx(services_, request, std::move(visitor->session), visitor->comfort, as_of);
    if (!opens(found.route->gate, ctx.session.get())) return std::nullopt;
    if (!ctx.site->ready && !serves_before_setup(request.path)) return std::nullopt;
    if (is_held(ctx) || is_away(ctx)) return std::nullopt;
    ctx.set_params(std::move(found.params));
    std::optional<Response> response = found.route->at_once(ctx);
    if (response && log::writes(log::Level::debug))
        log_request(request, found.route->pattern, response->status, began);
    return response;
}

Response Router::handle(const Request& request) const {
    const auto began = std::chrono::steady_clock::now();
    const Match found = match(request.method, request.path);
    Response response = answer_calmly(request, found);
    log_request(request, pattern_of(found.route), response.status, began);
    return response;
}

// What fails is a page as well.
Response Router::answer_calmly(const Request& request, const Match& found) const {
    const std::int64_t as_of = services_.versions.last_change();
    Visitor visitor;
    try {
        visitor = know_(request);
    } catch (const std::exception& problem) {
        return answer_without_visitor(request, found, problem);
    }
    Ctx ctx(services_, request, std::move(visitor.session), visitor.comfort, as_of);
    try {
        return answer(ctx, found);
    } catch (const std::exception& problem) {
        return failed(ctx, pattern_of(found.route), problem);
    }
}

// Nobody is taken for a guest because we could not look them up.
Response Router::answer_without_visitor(const Request& request, const Match& found,
                                        const std::exception& problem) const {
    Comfort comfort;
    comfort.language = Words::preferred(request.header("accept-language"), services_.site()->language);
    Ctx ctx(services_, request, nullptr, comfort, 0);
    ctx.knows_visitor = false;
    if (auto form = read_form(request); form && found.route) ctx.set_form(std::move(form->fields));
    return failed(ctx, pattern_of(found.route), problem);
}

Response Router::answer(Ctx& ctx, const Match& found) const {
    const Request& request = ctx.request;
    if (!ctx.site->ready && !serves_before_setup(request.path) && found.path_known)
        return Response::redirect(url::setup());
    if (!found.route && found.path_known) return wrong_method(ctx, methods_of(request.path));
    if (!found.route) return error_page(ctx, {Fault::not_found, t_later("We could not find that page."), ""});
    ctx.set_params(found.params);
    // Read before anything is refused, so that every refusal can give back what was typed.
    Result<Multipart> form = writes(request.method) ? read_form(request) : Multipart();
    if (form) {
        ctx.set_form(std::move(form->fields));
        ctx.set_files(std::move(form->files));
    }
    if (is_held(ctx)) return led_to_hold(ctx);
    if (is_away(ctx)) return led_back(ctx);
    if (auto passed = pass(*found.route, ctx); !passed) {
        const bool is_led = passed.error().fault == Fault::forbidden && !writes(request.method) &&
                            !ctx.wants_json();
        return is_led ? Response::redirect(url::me_security().query("next", request.target))
                      : error_page(ctx, passed.error());
    }
    if (!form) return error_page(ctx, form.error());
    if (writes(request.method)) {
        if (sender_of(request) == Sender::elsewhere)
            return error_page(
                ctx, {Fault::forbidden, t_later("This form did not come from a page of this site."), ""});
        if (!carries_token(ctx)) return stale_form_page(ctx);
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
