#include <array>
#include <charconv>

#include "identity/forms.hpp"
#include "identity/pages.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using http::Ctx;
using http::Response;

void cell(Html& h, std::string_view label, std::string_view words) {
    h << "<td data-label=\"" << label << "\">" << words << "</td>";
}

void head_row(Html& h, std::span<const std::string_view> heads) {
    h << "<table class=\"reflow\"><thead><tr>";
    for (const std::string_view words : heads) h << "<th scope=\"col\">" << words << "</th>";
    h << "</tr></thead><tbody>";
}

// ---- where I am signed in ------------------------------------------------------------------------------

void session_row(Html& h, Ctx& ctx, const OpenSession& session) {
    const std::string_view device = session.device.empty() ? ctx.t("Unknown device")
                                                           : std::string_view(session.device);
    h << "<tr><th scope=\"row\">" << device << "</th>";
    cell(h, ctx.t("Signed in"), text::date(ctx.words, session.created_at));
    cell(h, ctx.t("Last used"), text::ago(ctx.words, session.seen_at, ctx.now()));
    h << "<td>";
    if (session.id == ctx.session->id) {
        h << ctx.t("This device");
    } else {
        press(h, ctx, url::me_session(session.id), ctx.t("Sign out there"));
    }
    h << "</td></tr>";
}

Html sessions_content(Ctx& ctx, std::span<const OpenSession> sessions) {
    Html h;
    h << "<p>" << ctx.t("If you do not know one of these devices, sign out there and change your password.")
      << "</p>";
    const std::array heads{ctx.t("Device"), ctx.t("Signed in"), ctx.t("Last used"), ctx.t("Action")};
    head_row(h, heads);
    for (const OpenSession& session : sessions) session_row(h, ctx, session);
    h << "</tbody></table><p>"
      << ctx.t("You can also sign out on all devices at once. That ends the access of other programs, too.")
      << "</p>";
    press(h, ctx, url::me_sessions(), ctx.t("Sign out everywhere"));
    return h;
}

Response sessions_as_json(const Ctx& ctx, std::span<const OpenSession> sessions) {
    JsonWriter j;
    j.object().array("sessions");
    for (const OpenSession& session : sessions)
        j.object()
            .member("id", session.id)
            .member("device", session.device)
            .member("created_at", session.created_at)
            .member("seen_at", session.seen_at)
            .member("here", session.id == ctx.session->id)
            .end();
    j.end().end();
    return http::json(j);
}

Response get_sessions(Ctx& ctx) {
    const auto sessions = ctx.read([&](db::ReadTx& tx) { return sessions_of(tx, ctx.session->member); });
    if (ctx.wants_json()) return sessions_as_json(ctx, sessions);
    return form_page(ctx, ctx.t("Where I am signed in"), sessions_content(ctx, sessions), nullptr);
}

Response post_sessions(Ctx& ctx) {
    const Done ended = ctx.write([&](db::Tx& tx) { return end_all_sessions(tx, ctx.actor()); });
    if (!ended) return http::error_page(ctx, ended.error());
    Response response = http::done(ctx, url::sign_in());
    return forget_all(ctx, response);
}

Response end_one_session(Ctx& ctx) {
    const auto session = ctx.param<SessionId>("session");
    if (!session) return http::error_page(ctx, session.error());
    const Done ended = ctx.write([&](db::Tx& tx) { return end_session(tx, ctx.actor(), *session); });
    return ended ? http::done(ctx, url::me_sessions()) : http::error_page(ctx, ended.error());
}

// ---- access for programs -------------------------------------------------------------------------------

void token_row(Html& h, Ctx& ctx, const Token& token) {
    h << "<tr><th scope=\"row\">" << token.name << "</th>";
    cell(h, ctx.t("Allowed to"), token.scope == "all" ? ctx.t("read and write") : ctx.t("only read"));
    cell(h, ctx.t("Works until"), text::date(ctx.words, token.expires_at));
    h << "<td>";
    press(h, ctx, url::me_token(token.id), ctx.t("End this access"));
    h << "</td></tr>";
}

void token_form(Html& h, Ctx& ctx, const Error* error) {
    const std::array scopes{Option{"read", ctx.t("Only read")}, Option{"all", ctx.t("Read and write")}};
    const std::array spans{Option{"30", ctx.t("One month")}, Option{"90", ctx.t("Three months")},
                           Option{"365", ctx.t("One year")}};
    const auto typed = [&](std::string_view name, std::string_view otherwise) {
        return ctx.form().has(name) ? ctx.form().get(name) : otherwise;
    };
    h << "<h2>" << ctx.t("New access token") << "</h2>";
    open_form_onward(h, ctx, url::me_tokens());
    field(h, ctx,
          {.name = "name",
           .label = ctx.t("What is it for?"),
           .hint = ctx.t("So that you know it again later."),
           .value = ctx.form().get("name")},
          error);
    choices(h, ctx, {"scope", ctx.t("What may it do?"), typed("scope", "read")}, scopes, error);
    choices(h, ctx, {"days", ctx.t("How long does it work?"), typed("days", "90")}, spans, error);
    current_password_field(h, ctx, error);
    close_form(h, ctx.t("Make the token"));
}

Html tokens_content(Ctx& ctx, std::span<const Token> tokens, const Error* error) {
    Html h;
    h << "<p>"
      << ctx.t("With an access token a program of yours can act for you. Do not give one to other people.")
      << "</p>";
    if (!tokens.empty()) {
        const std::array heads{ctx.t("Name"), ctx.t("Allowed to"), ctx.t("Works until"), ctx.t("Action")};
        head_row(h, heads);
        for (const Token& token : tokens) token_row(h, ctx, token);
        h << "</tbody></table>";
    }
    token_form(h, ctx, error);
    return h;
}

Response tokens_as_json(std::span<const Token> tokens) {
    JsonWriter j;
    j.object().array("tokens");
    for (const Token& token : tokens)
        j.object()
            .member("id", token.id)
            .member("name", token.name)
            .member("scope", token.scope)
            .member("created_at", token.created_at)
            .member("expires_at", token.expires_at)
            .end();
    j.end().end();
    return http::json(j);
}

Response tokens_page(Ctx& ctx, const Error* error) {
    const auto tokens = ctx.read([&](db::ReadTx& tx) { return tokens_of(tx, ctx.session->member); });
    if (ctx.wants_json() && !error) return tokens_as_json(tokens);
    return form_page(ctx, ctx.t("Access for other programs"), tokens_content(ctx, tokens, error), error);
}

Response get_tokens(Ctx& ctx) { return tokens_page(ctx, nullptr); }

TokenForm typed_token(const Ctx& ctx) {
    const http::Form& typed = ctx.form();
    TokenForm form;
    form.second_factor = ctx.session->second_factor;
    form.name = typed.get("name");
    form.scope = typed.get("scope") == "all" ? Actor::Scope::all : Actor::Scope::read;
    const std::string_view days = typed.get("days");
    if (!days.empty()) {
        form.days = 0;
        std::from_chars(days.data(), days.data() + days.size(), form.days);
    }
    form.current = typed.get("current");
    return form;
}

Response post_tokens(Ctx& ctx) {
    const auto secret = create_token(ctx.services, ctx.actor(), typed_token(ctx));
    if (!secret) return tokens_page(ctx, &secret.error());
    return shown_once_page(
        ctx, {.title = ctx.t("Your access token"),
              .words = ctx.t("Copy it now: we cannot show it again. Who has it can act for you."),
              .secrets = std::span(&*secret, 1),
              .button = ctx.t("I have copied it"),
              .onward = url::me_tokens()});
}

Response end_one_token(Ctx& ctx) {
    const auto token = ctx.param<TokenId>("token");
    if (!token) return http::error_page(ctx, token.error());
    const Done ended = ctx.write([&](db::Tx& tx) { return end_token(tx, ctx.actor(), *token); });
    return ended ? http::done(ctx, url::me_tokens()) : http::error_page(ctx, ended.error());
}

}  // namespace

std::vector<http::Route> device_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/me/sessions", gate::member, get_sessions},
        {Method::post, "/me/sessions", gate::member, post_sessions},
        {Method::post, "/me/sessions/{session}", gate::member, end_one_session},
        {Method::del, "/me/sessions/{session}", gate::member, end_one_session},
        {Method::get, "/me/tokens", gate::member, get_tokens},
        {Method::post, "/me/tokens", gate::member, post_tokens},
        {Method::post, "/me/tokens/{token}", gate::member, end_one_token},
        {Method::del, "/me/tokens/{token}", gate::member, end_one_token},
    };
}

}  // namespace kith::identity
