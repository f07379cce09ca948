#include "identity/pages.hpp"

#include <array>

#include "identity/forms.hpp"
#include "identity/sessions.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using http::Ctx;
using http::Response;

// ---- cookies and devices -------------------------------------------------------------------------------

std::string session_cookie(const Site& site, std::string_view value, std::int64_t seconds) {
    return short_cookie(site, cookie_name(site), value, seconds);
}

// "localhost" of "localhost:8080", "[::1]" of "[::1]:8080".
std::string_view without_port(std::string_view host) {
    return host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
}

bool is_on_this_machine(std::string_view host) {
    const std::string_view name = without_port(host);
    return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

// Browsers keep a cookie that is Secure only over TLS, or from their own machine.
bool keeps_session(const Ctx& ctx) {
    return !cookie_name(*ctx.site).starts_with("__Host-") || ctx.request.secure ||
           is_on_this_machine(ctx.request.host);
}

std::string_view first_in(std::string_view agent, std::span<const std::array<std::string_view, 2>> known) {
    for (const auto& [mark, words] : known)
        if (agent.find(mark) != std::string_view::npos) return words;
    return {};
}

}  // namespace

// The order matters: Edge also says Chrome.
std::string device_words(std::string_view agent) {
    constexpr auto browsers = std::to_array<std::array<std::string_view, 2>>({{"Edg", "Edge"},
                                                                              {"Firefox", "Firefox"},
                                                                              {"FxiOS", "Firefox"},
                                                                              {"OPR", "Opera"},
                                                                              {"Chrome", "Chrome"},
                                                                              {"CriOS", "Chrome"},
                                                                              {"Safari", "Safari"}});
    constexpr auto systems = std::to_array<std::array<std::string_view, 2>>({{"Android", "Android"},
                                                                             {"iPhone", "iPhone"},
                                                                             {"iPad", "iPad"},
                                                                             {"Windows", "Windows"},
                                                                             {"CrOS", "ChromeOS"},
                                                                             {"Mac OS", "Mac"},
                                                                             {"Linux", "Linux"}});
    std::string words(first_in(agent, browsers));
    const std::string_view system = first_in(agent, systems);
    if (!words.empty() && !system.empty()) words += ", ";
    return words.append(system);
}

namespace {

// ---- signing in ----------------------------------------------------------------------------------------

Html sign_in_form(Ctx& ctx, const Error* error) {
    Html h;
    connection_note(h, ctx);
    passkey_form(h, ctx, url::sign_in_passkey(), ctx.t("Sign in with a passkey"));
    open_form_onward(h, ctx, url::sign_in());
    field(
        h, ctx,
        {.name = "name", .label = ctx.t("Name"), .value = ctx.form().get("name"), .autocomplete = "username"},
        error);
    field(h, ctx,
          {.name = "password",
           .label = ctx.t("Password"),
           .type = "password",
           .autocomplete = "current-password"},
          error);
    close_form(h, ctx.t("Sign in"));
    h << "<p><a href=\"" << with_next(ctx, url::recovery()) << "\">" << ctx.t("I cannot get in")
      << "</a></p>";
    if (may_sign_up(ctx))
        h << "<p>" << ctx.t("New here?") << " <a href=\"" << with_next(ctx, url::sign_up()) << "\">"
          << ctx.t("Sign up") << "</a></p>";
    return h;
}

Response sign_in_page(Ctx& ctx, const Error* error) {
    return form_page(ctx, ctx.t("Sign in"), sign_in_form(ctx, error), error);
}

Response get_sign_in(Ctx& ctx) {
    if (ctx.signed_in()) return Response::redirect(onward(ctx, url::home()));
    return sign_in_page(ctx, nullptr);
}

Response post_sign_in(Ctx& ctx) {
    const SignIn form{std::string(ctx.form().get("name")), std::string(ctx.form().get("password")),
                      device_of(ctx)};
    const auto in = sign_in(ctx.services, form);
    return in ? come_in(ctx, *in) : sign_in_page(ctx, &in.error());
}

// ---- with a recovery code ------------------------------------------------------------------------------

Response recovery_page(Ctx& ctx, const Error* error) {
    Html h;
    connection_note(h, ctx);
    h << "<p>" << ctx.t("When you signed up we showed you ten recovery codes. Each of them lets you in once.")
      << "</p>";
    open_form_onward(h, ctx, url::recovery());
    field(
        h, ctx,
        {.name = "name", .label = ctx.t("Name"), .value = ctx.form().get("name"), .autocomplete = "username"},
        error);
    code_field(h, ctx, ctx.t("Recovery code"), error);
    new_password_field(h, ctx, error);
    close_form(h, ctx.t("Save the new password and sign in"));
    h << "<p>" << ctx.t("Have you lost these codes too?") << " <a href=\"" << url::helped() << "\">"
      << ctx.t("Somebody I trust keeps a code for me") << "</a></p>";
    return form_page(ctx, ctx.t("Use a recovery code"), h, error);
}

Response get_recovery(Ctx& ctx) { return recovery_page(ctx, nullptr); }

Response post_recovery(Ctx& ctx) {
    const http::Form& typed = ctx.form();
    const auto in = recover(ctx.services, {std::string(typed.get("name")), std::string(typed.get("code")),
                                           std::string(typed.get("password")), device_of(ctx)});
    return in ? come_in(ctx, *in) : recovery_page(ctx, &in.error());
}

// ---- leaving -------------------------------------------------------------------------------------------

void end_session_here(Ctx& ctx) {
    if (!ctx.session || ctx.session->from_token) return;
    // Somebody may have ended it from another device already: then nothing is left to do.
    static_cast<void>(ctx.write([&](db::Tx& tx) { return end_session(tx, ctx.actor(), ctx.session->id); }));
}

// Gets the person away even when the database does not answer: the browser forgets the session.
void end_session_if_possible(Ctx& ctx) {
    try {
        end_session_here(ctx);
    } catch (const db::Unavailable&) {
    }
}

Response post_sign_out(Ctx& ctx) {
    end_session_if_possible(ctx);
    Response response = http::done(ctx, url::home());
    return forget_all(ctx, response);
}

// A person who presses the button or the keys, not a picture in a page and not another site's link. Browsers too
// old to tell get away as well.
bool is_leaving(const http::Request& request) {
    const auto tells = [&](std::string_view header, std::string_view expected) {
        const std::string_view told = request.header(header);
        return told.empty() || told == expected;
    };
    return tells("sec-fetch-mode", "navigate") && tells("sec-fetch-dest", "document") &&
           (tells("sec-fetch-site", "same-origin") || tells("sec-fetch-site", "none"));
}

Response get_leave(Ctx& ctx) {
    Response response = Response::redirect(Url::external(ctx.site->exit_url));
    if (!is_leaving(ctx.request)) return response;
    end_session_if_possible(ctx);
    return forget_all(ctx, response);
}

}  // namespace

void connection_note(Html& h, const Ctx& ctx) {
    if (keeps_session(ctx)) return;
    const std::string& address = ctx.site->public_url;
    h << "<div class=\"notice\"><p>"
      << ctx.t(
             "This page came over an unprotected connection (http). Your browser will not keep you signed in "
             "over it.")
      << "</p><p>";
    if (address.starts_with("https://")) {
        h << ctx.t("Please come in here instead:") << " <a href=\"" << Url::external(address) << "\">"
          << address << "</a>";
    } else {
        h << ctx.t(
            "Whoever looks after the server can change that: it needs an address that begins with "
            "https://. On the server itself, http://localhost works too.");
    }
    h << "</p></div>";
}

std::string short_cookie(const Site& site, std::string_view name, std::string_view value,
                         std::int64_t seconds) {
    std::string out(name);
    out.append("=").append(value);
    out += "; Path=/; Max-Age=" + std::to_string(seconds) + "; HttpOnly; SameSite=Lax";
    if (cookie_name(site).starts_with("__Host-")) out += "; Secure";
    return out;
}

Response sign_in_again(Ctx& ctx, const Error& error) { return sign_in_page(ctx, &error); }

std::string kept_cookie(const Site& site, std::string_view value) {
    return session_cookie(site, value, session_ms / second_ms);
}

Device device_of(const Ctx& ctx) {
    return {device_words(ctx.request.header("user-agent")), ctx.request.client,
            ctx.session ? ctx.session->id : SessionId()};
}

void new_password_field(Html& h, const Ctx& ctx, const Error* error) {
    field(h, ctx,
          {.name = "password",
           .label = ctx.t("New password"),
           .hint = ctx.t("At least 8 characters. A few words in a row are easy to keep in mind."),
           .type = "password",
           .autocomplete = "new-password"},
          error);
}

void code_field(Html& h, const Ctx& ctx, std::string_view label, const Error* error) {
    field(h, ctx,
          {.name = "code",
           .label = label,
           .hint = ctx.t("It looks like k7m2-p9xq-4hd3."),
           .value = ctx.form().get("code")},
          error);
}

Response& forget_all(Ctx& ctx, Response& response) {
    return response.with("set-cookie", session_cookie(*ctx.site, "", 0))
        .with("clear-site-data", "\"cache\", \"cookies\", \"storage\"");
}

// ---- what is shown once --------------------------------------------------------------------------------

Response shown_once_page(Ctx& ctx, const ShownOnce& shown) {
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().member("location", shown.onward.text()).array("shown_once");
        for (const std::string& secret : shown.secrets) j.value(secret);
        j.end().end();
        return http::json(j, 201);
    }
    Html h;
    h << "<p>" << shown.words << "</p><ul class=\"codes\">";
    for (const std::string& secret : shown.secrets) h << "<li><code>" << secret << "</code></li>";
    h << "</ul><p><a class=\"button\" href=\"" << shown.onward << "\">" << shown.button << "</a></p>"
      << shown.more;
    return http::page(ctx, {.title = std::string(shown.title), .heading = std::string(shown.title)}, h);
}

Response recovery_codes_page(Ctx& ctx, std::span<const std::string> codes, const Url& onward, Html more) {
    return shown_once_page(
        ctx, {.title = ctx.t("Your recovery codes"),
              .words = ctx.t("If you ever lose your password, one of these codes lets you in. Each works "
                             "once. Write them down or print them now: we cannot show them again, and "
                             "without them we cannot tell that it is you."),
              .secrets = codes,
              .button = ctx.t("I have kept them safe"),
              .onward = onward,
              .more = std::move(more)});
}

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    std::vector<http::Route> all{
        {Method::get, "/sign-in", gate::open, get_sign_in},
        {Method::post, "/sign-in", gate::open, post_sign_in},
        {Method::post, "/sign-out", gate::open, post_sign_out},
        {Method::get, "/recovery", gate::open, get_recovery},
        {Method::post, "/recovery", gate::open, post_recovery},
        {Method::get, "/leave", gate::open, get_leave},
    };
    for (const auto& more : {joining_routes(), me_routes(), security_routes(), passkey_routes(),
                             device_routes(), pause_routes(), comfort_routes()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace kith::identity
