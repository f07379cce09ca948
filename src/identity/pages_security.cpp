// How I sign in: the app with codes, the second step, and making sure that it is really them.
#include "identity/forms.hpp"
#include "identity/pages.hpp"
#include "identity/passkeys.hpp"
#include "identity/second_step.hpp"
#include "identity/sessions.hpp"
#include "identity/store.hpp"
#include "platform/crypto/totp.hpp"
#include "platform/html/qr.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using http::Ctx;
using http::Response;

// Set once before serving, then only read.
OtherWay& other_way() {
    static OtherWay way;
    return way;
}

// ---- the overview --------------------------------------------------------------------------------------

struct Security {
    CodeApp app;
    std::vector<Passkey> keys;
    std::int64_t recovery_codes = 0;
};

Security load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) {
        const MemberId member = ctx.session->member;
        return Security{code_app_of(tx, member), passkeys(tx, member),
                        store::unused_recovery_codes(tx, member)};
    });
}

Response as_json(const Ctx& ctx, const Security& security) {
    JsonWriter j;
    j.object()
        .member("code_app", security.app.state == CodeAppState::on)
        .member("recovery_codes", security.recovery_codes)
        .member("second_factor", ctx.session->second_factor)
        .member("roles_wait", ctx.session->roles_wait)
        .array("passkeys");
    for (const Passkey& key : security.keys)
        j.object()
            .member("id", key.id)
            .member("name", key.name)
            .member("created_at", key.created_at)
            .member("used_at", key.used_at)
            .end();
    j.end().end();
    return http::json(j);
}

void roles_wait_note(Html& h, Ctx& ctx, const Security& security) {
    if (!ctx.session->roles_wait) return;
    h << "<div class=\"notice\"><p>"
      << ctx.t(
             "You look after something here. Before you can do that, this site needs to be more sure that it "
             "is "
             "you.")
      << "</p><p>";
    if (!security.keys.empty()) {
        h << "<a href=\"" << with_next(ctx, url::me_confirm()) << "\">" << ctx.t("Use your passkey")
          << "</a>";
    } else if (security.app.state == CodeAppState::on) {
        h << "<a href=\"" << with_next(ctx, url::me_confirm()) << "\">" << ctx.t("Type a code of your app")
          << "</a>";
    } else {
        h << ctx.t("Please add a passkey or an app with codes below.");
    }
    h << "</p></div>";
}

void code_app_part(Html& h, Ctx& ctx, const CodeApp& app) {
    h << "<h2>" << ctx.t("An app with codes") << "</h2>";
    if (app.state == CodeAppState::on) {
        h << "<p>"
          << ctx.f("It is on since %1. After your password we ask for a code of your app.",
                   text::date(ctx.words, app.since))
          << "</p><p><a href=\"" << url::me_code_app() << "\">" << ctx.t("Turn it off") << "</a></p>";
        return;
    }
    h << "<p>"
      << ctx.t(
             "An app on your phone shows a new code every 30 seconds. Then a password alone is not enough to "
             "come "
             "in as you.")
      << "</p><p><a class=\"button quiet\" href=\"" << with_next(ctx, url::me_code_app()) << "\">"
      << ctx.t("Set up an app") << "</a></p>";
}

Response get_security(Ctx& ctx) {
    const Security security = load(ctx);
    if (ctx.wants_json()) return as_json(ctx, security);
    Html h;
    show_warnings(h, ctx);
    roles_wait_note(h, ctx, security);
    passkeys_part(h, ctx, security.keys);
    code_app_part(h, ctx, security.app);
    h << "<h2>" << ctx.t("Recovery codes") << "</h2><p>"
      << ctx.n("You have %d recovery code left.", "You have %d recovery codes left.",
               static_cast<long>(security.recovery_codes))
      << " " << ctx.t("One of them lets you in when you have lost your password or your phone.")
      << "</p><ul><li><a href=\"" << url::me_recovery_codes() << "\">" << ctx.t("Get new recovery codes")
      << "</a></li><li><a href=\"" << url::me_password() << "\">" << ctx.t("Change my password")
      << "</a></li><li><a href=\"" << url::me_sessions() << "\">" << ctx.t("Where I am signed in")
      << "</a></li></ul>";
    if (other_way().part_of_security) other_way().part_of_security(h, ctx);
    return form_page(ctx, ctx.t("How I sign in"), h, nullptr);
}

// ---- the app with codes --------------------------------------------------------------------------------

// In fours, to be typed.
std::string in_fours(std::string_view secret) {
    std::string out;
    for (std::size_t i = 0; i < secret.size(); ++i) {
        if (i > 0 && i % 4 == 0) out += ' ';
        out += secret[i];
    }
    return out;
}

void app_code_field(Html& h, const Ctx& ctx, std::string_view hint, const Error* error) {
    field(h, ctx, {.name = "code", .label = ctx.t("Code"), .hint = hint, .autocomplete = "one-time-code"},
          error);
}

void act(Html& h, std::string_view value) {
    h << "<input type=\"hidden\" name=\"act\" value=\"" << value << "\">";
}

void pending_part(Html& h, Ctx& ctx, const CodeApp& app, const Error* error) {
    const std::string address = crypto::totp_address(app.secret, ctx.site->name, ctx.session->name);
    h << "<ol class=\"plain-steps\"><li><p>"
      << ctx.t("Open your app for codes and let it scan this picture. Any app for codes will do.") << "</p>"
      << qr_code(address, ctx.t("A picture for your app to scan. The same is written below it in letters."))
      << "<p>" << ctx.t("Or type this key into the app:") << " <code>" << in_fours(app.secret)
      << "</code></p></li><li>";
    open_form_onward(h, ctx, url::me_code_app());
    act(h, "prove");
    app_code_field(h, ctx, ctx.t("Six digits. Type the code that the app shows now."), error);
    close_form(h, ctx.t("Turn it on"));
    h << "</li></ol>";
}

void off_part(Html& h, Ctx& ctx) {
    h << "<p>"
      << ctx.t(
             "You need an app for codes on your phone or computer. If you lose it, a recovery code lets you "
             "in.")
      << "</p>";
    open_form_onward(h, ctx, url::me_code_app());
    act(h, "begin");
    close_form(h, ctx.t("Show me the picture to scan"));
}

void on_part(Html& h, Ctx& ctx) {
    h << "<p>" << ctx.t("If you turn it off, your password alone lets you in.") << "</p>";
    open_form_onward(h, ctx, url::me_code_app());
    act(h, "end");
    h << "<p><button class=\"button danger\">" << ctx.t("Turn it off") << "</button></p></form>";
}

Response code_app_json(const Ctx& ctx, const CodeApp& app) {
    JsonWriter j;
    j.object().member("state", app.state);
    if (app.state == CodeAppState::pending && is_confirmed(ctx))
        j.member("secret", app.secret)
            .member("address", crypto::totp_address(app.secret, ctx.site->name, ctx.session->name));
    j.end();
    return http::json(j);
}

Response code_app_page(Ctx& ctx, const Error* error) {
    const CodeApp app = ctx.read([&](db::ReadTx& tx) { return code_app_of(tx, ctx.session->member); });
    if (ctx.wants_json() && !error) return code_app_json(ctx, app);
    Html h;
    if (app.state == CodeAppState::on) {
        on_part(h, ctx);
    } else if (app.state == CodeAppState::pending) {
        pending_part(h, ctx, app, error);
    } else {
        off_part(h, ctx);
    }
    return form_page(ctx, ctx.t("An app with codes"), h, error);
}

// Programs may always ask whether it is on; the secret is for who has confirmed.
Response get_code_app(Ctx& ctx) {
    if (!ctx.wants_json())
        if (auto first = ask_to_confirm(ctx)) return *std::move(first);
    return code_app_page(ctx, nullptr);
}

Done act_on_app(Ctx& ctx, std::string_view what) {
    if (what == "prove") return prove_code_app(ctx.services, ctx.actor(), ctx.form().get("code"));
    return ctx.write([&](db::Tx& tx) {
        return what == "end" ? end_code_app(tx, ctx.actor())
                             : begin_code_app(tx, ctx.actor(), ctx.services.random);
    });
}

Response post_code_app(Ctx& ctx) {
    if (auto first = ask_to_confirm(ctx)) return *std::move(first);
    const std::string_view what = ctx.form().get("act");
    const Done done = act_on_app(ctx, what);
    if (!done) return code_app_page(ctx, &done.error());
    if (what == "prove") return http::done(ctx, onward(ctx, url::me_security()));
    return http::done(ctx, what == "end" ? url::me_security() : with_next(ctx, url::me_code_app()));
}

// ---- the second step of signing in ---------------------------------------------------------------------

std::string half_name(const Site& site) { return std::string(cookie_name(site)) + "-half"; }

Response code_page(Ctx& ctx, const Error* error) {
    Html h;
    open_form_onward(h, ctx, url::sign_in_code());
    app_code_field(
        h, ctx,
        ctx.t("Six digits of your app for codes. Have you lost it? Then type one of your recovery codes."),
        error);
    close_form(h, ctx.t("Sign in"));
    return form_page(ctx, ctx.t("One more step"), h, error);
}

Response get_code(Ctx& ctx) {
    if (ctx.signed_in()) return Response::redirect(onward(ctx, url::home()));
    const std::string_view half = ctx.request.cookie(half_name(*ctx.site));
    if (!ctx.read([&](db::ReadTx& tx) { return is_half_in(tx, half); }))
        return Response::redirect(with_next(ctx, url::sign_in()));
    return code_page(ctx, nullptr);
}

Response post_code(Ctx& ctx) {
    const std::string half(ctx.request.cookie(half_name(*ctx.site)));
    const auto cookie = finish_sign_in(ctx.services, half, ctx.form().get("code"), device_of(ctx));
    if (cookie) return come_in(ctx, {*cookie});
    if (cookie.error().fault == Fault::unauthenticated) return sign_in_again(ctx, cookie.error());
    return code_page(ctx, &cookie.error());
}

// ---- making sure ---------------------------------------------------------------------------------------

void confirm_by_code(Html& h, Ctx& ctx, const Error* error) {
    h << "<h2>" << ctx.t("Or with a code of your app") << "</h2>";
    open_form_onward(h, ctx, url::me_confirm());
    app_code_field(h, ctx, ctx.t("Six digits. Type the code that the app shows now."), error);
    close_form(h, ctx.t("Go on with the code"));
}

Response confirm_page(Ctx& ctx, const Error* error) {
    const Security ways = load(ctx);
    Html h;
    h << "<p>"
      << ctx.t(
             "What comes next matters for your account. So that nobody else can do it for you, please show "
             "that it is "
             "you. It holds for ten minutes.")
      << "</p>";
    if (!ways.keys.empty()) passkey_form(h, ctx, url::me_confirm_passkey(), ctx.t("Use my passkey"));
    open_form_onward(h, ctx, url::me_confirm());
    field(h, ctx,
          {.name = "current",
           .label = ctx.t("Present password"),
           .type = "password",
           .autocomplete = "current-password"},
          error);
    close_form(h, ctx.t("Go on"));
    if (ways.app.state == CodeAppState::on) confirm_by_code(h, ctx, error);
    return form_page(ctx, ctx.t("Please show that it is you"), h, error);
}

Response get_confirm(Ctx& ctx) { return confirm_page(ctx, nullptr); }

Response post_confirm(Ctx& ctx) {
    const http::Form& form = ctx.form();
    const Done confirmed = form.has("code") ? confirm_with_code(ctx.services, ctx.actor(), form.get("code"))
                                            : confirm(ctx.services, ctx.actor(), form.get("current"));
    return confirmed ? http::done(ctx, onward(ctx, url::me_security()))
                     : confirm_page(ctx, &confirmed.error());
}

Response post_confirm_passkey(Ctx& ctx) {
    const Done confirmed = confirm_with_passkey(ctx.services, ctx.actor(),
                                                crypto::passkey_home(ctx.site->public_url),
                                                typed_assertion(ctx), ctx.request.client);
    return confirmed ? http::done(ctx, onward(ctx, url::me_security()))
                     : confirm_page(ctx, &confirmed.error());
}

}  // namespace

void use_other_way(const OtherWay& way) { other_way() = way; }

void show_warnings(Html& h, Ctx& ctx) {
    if (other_way().warn) other_way().warn(h, ctx);
}

bool is_confirmed(const Ctx& ctx) {
    return ctx.session && ctx.session->confirmed_at &&
           ctx.now() - ctx.session->confirmed_at < confirmed_for_ms;
}

std::optional<Response> ask_to_confirm(Ctx& ctx) {
    if (is_confirmed(ctx)) return std::nullopt;
    if (ctx.wants_json())
        return http::error_page(
            ctx, forbidden("Please show first that it is you: send your present password to /me/confirm.")
                     .value());
    const bool is_page = ctx.request.method == http::Method::get;
    return Response::redirect(
        url::me_confirm().query("next", is_page ? ctx.request.target : ctx.request.path));
}

Response come_in(Ctx& ctx, const SignedIn& in) {
    const Site& site = *ctx.site;
    if (in.half)
        return http::done(ctx, with_next(ctx, url::sign_in_code()))
            .with("set-cookie", short_cookie(site, half_name(site), in.cookie, half_session_ms / second_ms));
    const auto loaded = ctx.read([&](db::ReadTx& tx) { return load_session(tx, in.cookie); });
    const bool is_led = loaded && loaded->session.roles_wait;
    return http::done(ctx, is_led ? with_next(ctx, url::me_security()) : onward(ctx, url::home()))
        .with("set-cookie", kept_cookie(site, in.cookie));
}

std::vector<http::Route> security_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/sign-in/code", gate::open, get_code},
        {Method::post, "/sign-in/code", gate::open, post_code},
        {Method::get, "/me/security", gate::member, get_security},
        {Method::get, "/me/security/code-app", gate::member, get_code_app},
        {Method::post, "/me/security/code-app", gate::member, post_code_app},
        {Method::get, "/me/confirm", gate::member, get_confirm},
        {Method::post, "/me/confirm", gate::member, post_confirm},
        {Method::post, "/me/confirm/passkey", gate::member, post_confirm_passkey},
    };
}

}  // namespace kith::identity
