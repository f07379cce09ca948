#include "identity/forms.hpp"
#include "identity/pages.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/http/saved.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using http::Ctx;
using http::Response;

constexpr std::int64_t few_codes = 3;

// ---- my space ------------------------------------------------------------------------------------------

struct Me {
    std::string name;
    Mailbox box;
    std::int64_t recovery_codes = 0;
};

Me load_me(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) {
        return Me{main_name(tx, ctx.session->member), mailbox_of(tx, ctx.session->member).value_or(Mailbox()),
                  store::unused_recovery_codes(tx, ctx.session->member)};
    });
}

Response me_as_json(const Ctx& ctx, const Me& me) {
    JsonWriter j;
    j.object()
        .member("name", me.name)
        .member("email", me.box.email)
        .member("email_confirmed", me.box.confirmed_at.has_value())
        .member("email_paused", me.box.paused_at.has_value())
        .member("recovery_codes", me.recovery_codes)
        .member("language", ctx.comfort.language)
        .member("theme", ctx.comfort.theme)
        .member("view", ctx.comfort.view)
        .member("keys", ctx.comfort.keys)
        .member("country", code_of(ctx.comfort.country))
        .member("form_token", ctx.session->form_token)
        .end();
    return http::json(j);
}

void link(Html& h, const Url& to, std::string_view words) {
    h << "<li><a href=\"" << to << "\">" << words << "</a></li>";
}

void open_links(Html& h, std::string_view heading) { h << "<h2>" << heading << "</h2><ul>"; }

void links(Html& h, const Ctx& ctx) {
    open_links(h, ctx.t("Reading and writing"));
    link(h, url::notices(), ctx.t("Notices"));
    link(h, url::me_drafts(), ctx.t("What I have begun to write"));
    link(h, url::me_waiting(), ctx.t("My posts that wait"));
    link(h, url::me_anonymous(), ctx.t("Where I wrote anonymously"));
    link(h, url::me_content_notes(), ctx.t("What I would rather not read"));
    link(h, url::me_muted(), ctx.t("People I have hidden"));
    link(h, url::me_notices(), ctx.t("How I hear of news"));
    link(h, url::comfort(), ctx.t("Language and reading comfort"));
    h << "</ul>";
    open_links(h, ctx.t("Signing in"));
    link(h, url::me_name(), ctx.t("Change my name"));
    link(h, url::me_security(), ctx.t("How I sign in"));
    link(h, url::me_password(), ctx.t("Change my password"));
    link(h, url::me_recovery_codes(), ctx.t("Get new recovery codes"));
    link(h, url::me_sessions(), ctx.t("Where I am signed in"));
    link(h, url::me_tokens(), ctx.t("Access for other programs"));
    h << "</ul>";
    open_links(h, ctx.t("What is mine"));
    link(h, url::me_data(), ctx.t("My data"));
    link(h, url::me_reports(), ctx.t("What I reported"));
    link(h, url::me_decisions(), ctx.t("Decisions about my posts"));
    link(h, url::me_agreements(), ctx.t("What I agreed to"));
    link(h, url::me_emergency_contact(), ctx.t("How to reach me in an emergency"));
    link(h, url::me_access_log(), ctx.t("Who has opened my private data"));
    link(h, url::me_pause(), ctx.t("Take a break"));
    link(h, url::me_closure(), ctx.t("Close my account"));
    h << "</ul>";
}

std::string_view email_hint(const Ctx& ctx) {
    if (!ctx.site->sends_mail)
        return ctx.t("You need not give one. This site does not send e-mail. Nobody else sees the address.");
    return ctx.t(
        "You need not give one. First we send a link there, to be sure that it is yours. After that a mail "
        "says "
        "only that something is new, and only if you want mails. Nobody else sees the address.");
}

void email_note(Html& h, const Ctx& ctx, const Mailbox& box) {
    if (box.email.empty() || !ctx.site->sends_mail) return;
    h << "<p class=\"notice\">";
    if (box.paused_at) {
        h << ctx.t(
            "Mail to this address came back, so we send none. Is it written right? Save it again, or another "
            "one.");
    } else if (!box.confirmed_at) {
        h << ctx.t(
            "This address is not confirmed yet. We have sent a link there. No mail after some minutes? Look "
            "among unwanted mails, or save the address again to get another link.");
    } else {
        h << ctx.t("This address is confirmed.") << " <a href=\"" << url::me_notices() << "\">"
          << ctx.t("Choose when mails come") << "</a>";
    }
    h << "</p>";
}

Html me_content(Ctx& ctx, const Me& me, const Error* error) {
    Html h;
    show_warnings(h, ctx);
    h << "<p>" << ctx.t("Your name here is") << " <strong>" << me.name << "</strong>.</p>";
    if (me.recovery_codes <= few_codes)
        h << "<p class=\"notice\">"
          << ctx.n("You have %d recovery code left.", "You have %d recovery codes left.",
                   static_cast<long>(me.recovery_codes))
          << " <a href=\"" << url::me_recovery_codes() << "\">" << ctx.t("Get new ones") << "</a></p>";
    links(h, ctx);
    h << "<h2 id=\"email-part\">" << ctx.t("E-mail") << "</h2>";
    email_note(h, ctx, me.box);
    open_form_onward(h, ctx, url::me());
    field(h, ctx,
          {.name = "email",
           .label = ctx.t("E-mail address"),
           .hint = email_hint(ctx),
           .value = error ? ctx.form().get("email") : std::string_view(me.box.email),
           .type = "email",
           .autocomplete = "email"},
          error);
    current_password_field(h, ctx, error);
    close_form(h, ctx.t("Save"));
    return h;
}

Response me_page(Ctx& ctx, const Error* error) {
    const Me me = load_me(ctx);
    if (ctx.wants_json() && !error) return me_as_json(ctx, me);
    return form_page(ctx, ctx.t("My space"), me_content(ctx, me, error), error);
}

Response get_me(Ctx& ctx) { return me_page(ctx, nullptr); }

Response post_me(Ctx& ctx) {
    const EmailForm form{std::string(ctx.form().get("email")), std::string(ctx.form().get("current"))};
    const Done saved = set_email(ctx.services, ctx.actor(), form);
    return saved ? http::saved(ctx, url::me()) : me_page(ctx, &saved.error());
}

// ---- my name -------------------------------------------------------------------------------------------

Response name_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>" << ctx.t("Your posts will carry the new name as well, and you sign in with it.") << "</p><p>"
      << ctx.t("Nobody else can take the old one.") << "</p>";
    open_form_onward(h, ctx, url::me_name());
    name_field(h, ctx,
               {.name = "name",
                .label = ctx.t("New name"),
                .hint = ctx.t("A made-up name keeps you safer."),
                .value = error ? ctx.form().get("name") : std::string_view(ctx.session->name),
                .autocomplete = "username"},
               error);
    close_form(h, ctx.t("Save my new name"));
    return form_page(ctx, ctx.t("Change my name"), h, error);
}

Response get_name(Ctx& ctx) { return name_page(ctx, nullptr); }

Response post_name(Ctx& ctx) {
    const auto change = [&]() -> Done {
        TRY(check_looks(ctx.form()));
        return rename(ctx.services, ctx.actor(), ctx.form().get("name"));
    };
    const Done renamed = change();
    return renamed ? http::saved(ctx, url::me()) : name_page(ctx, &renamed.error());
}

// ---- my password and codes -----------------------------------------------------------------------------

Response password_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>" << ctx.t("On all other devices you will have to sign in again.") << "</p>";
    open_form_onward(h, ctx, url::me_password());
    current_password_field(h, ctx, error);
    field(h, ctx,
          {.name = "password",
           .label = ctx.t("New password"),
           .hint = ctx.t("At least 8 characters. A few words in a row are easy to keep in mind."),
           .type = "password",
           .autocomplete = "new-password"},
          error);
    close_form(h, ctx.t("Save my new password"));
    return form_page(ctx, ctx.t("Change my password"), h, error);
}

Response get_password(Ctx& ctx) { return password_page(ctx, nullptr); }

Response post_password(Ctx& ctx) {
    const http::Form& typed = ctx.form();
    const Done changed = change_password(
        ctx.services, ctx.actor(),
        {std::string(typed.get("current")), std::string(typed.get("password")), ctx.session->id});
    return changed ? http::saved(ctx, url::me()) : password_page(ctx, &changed.error());
}

Response codes_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>" << ctx.t("You get ten new codes. The old ones stop working.") << "</p>";
    open_form_onward(h, ctx, url::me_recovery_codes());
    current_password_field(h, ctx, error);
    close_form(h, ctx.t("Show me new codes"));
    return form_page(ctx, ctx.t("Get new recovery codes"), h, error);
}

Response get_codes(Ctx& ctx) { return codes_page(ctx, nullptr); }

Response post_codes(Ctx& ctx) {
    const auto codes = renew_recovery_codes(ctx.services, ctx.actor(), ctx.form().get("current"));
    if (!codes) return codes_page(ctx, &codes.error());
    return recovery_codes_page(ctx, *codes, url::me());
}

// ---- closing my account --------------------------------------------------------------------------------

Response closure_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>"
      << ctx.t(
             "You will be signed out everywhere, and your e-mail address is deleted. Your posts stay, so "
             "that the answers of others still make sense.")
      << "</p><p>"
      << ctx.n(
             "For %d day you can take it back: just sign in. Then your account is erased, and your posts "
             "carry no name.",
             "For %d days you can take it back: just sign in. Then your account is erased, and your posts "
             "carry no name.",
             days_to_reopen)
      << "</p><p><a href=\"" << url::me_pause() << "\">" << ctx.t("I would rather take a break")
      << "</a></p><p><a href=\"" << url::me_erasure() << "\">"
      << ctx.t("I want everything about me erased instead") << "</a></p>";
    open_form_onward(h, ctx, url::me_closure());
    check_box(h, ctx, {.name = "sure", .label = ctx.t("Yes, I want to close my account.")}, error);
    current_password_field(h, ctx, error);
    h << "<p><button class=\"button danger\">" << ctx.t("Close my account")
      << "</button></p></form><p><a href=\"" << url::me() << "\">" << ctx.t("No, I want to stay")
      << "</a></p>";
    return form_page(ctx, ctx.t("Close my account"), h, error);
}

Response get_closure(Ctx& ctx) { return closure_page(ctx, nullptr); }

Done close_if_sure(Ctx& ctx) {
    if (ctx.form().get("sure").empty()) return invalid("Please tick the box if you are sure.", "sure");
    TRY(confirm(ctx.services, ctx.actor(), ctx.form().get("current")));
    return ctx.write([&](db::Tx& tx) { return close_account(tx, ctx.actor()); });
}

Response post_closure(Ctx& ctx) {
    const Done closed = close_if_sure(ctx);
    if (!closed) return closure_page(ctx, &closed.error());
    Response response = http::done(ctx, url::home());
    return forget_all(ctx, response);
}

// ---- people I have hidden ------------------------------------------------------------------------------

using Names = std::unordered_map<PersonaId, std::string>;

Response hidden_as_json(const Ctx& ctx, const Names& names) {
    JsonWriter j;
    j.object().array("people");
    for (const auto& [persona, name] : names)
        j.object().member("persona", persona).member("name", shown_name(name, ctx.words)).end();
    j.end().end();
    return http::json(j);
}

void hidden_person(Html& h, Ctx& ctx, PersonaId persona, std::string_view name) {
    h << "<li class=\"row\"><span>" << name << "</span><form method=\"post\" action=\"" << url::me_muted()
      << "\">";
    http::token_field(h, ctx);
    h << "<button class=\"button quiet\" name=\"persona\" value=\"" << persona.value() << "\">"
      << ctx.f("Show %1 again", name) << "</button></form></li>";
}

Response get_hidden(Ctx& ctx) {
    const Names names = ctx.read(
        [&](db::ReadTx& tx) { return names_of(tx, store::muted_names(tx, ctx.session->member)); });
    if (ctx.wants_json()) return hidden_as_json(ctx, names);
    Html h;
    if (names.empty()) {
        h << "<p class=\"empty\">"
          << ctx.t("Nobody. Under each post you can hide the person who wrote it from yourself.") << "</p>";
    } else {
        h << "<p>" << ctx.t("You do not see what they write. They are not told.") << "</p><ul>";
        for (const auto& [persona, name] : names) hidden_person(h, ctx, persona, shown_name(name, ctx.words));
        h << "</ul>";
    }
    return form_page(ctx, ctx.t("People I have hidden"), h, nullptr);
}

Response post_hidden(Ctx& ctx) {
    const PersonaId persona(std::atoll(std::string(ctx.form().get("persona")).c_str()));
    const Done shown = ctx.write([&](db::Tx& tx) { return unmute(tx, ctx.actor(), persona); });
    return shown ? http::done(ctx, url::me_muted()) : http::error_page(ctx, shown.error());
}

}  // namespace

std::vector<http::Route> me_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/me", gate::member, get_me},
        {Method::post, "/me", gate::member, post_me},
        {Method::get, "/me/name", gate::member, get_name},
        {Method::post, "/me/name", gate::member, post_name},
        {Method::get, "/me/password", gate::member, get_password},
        {Method::post, "/me/password", gate::member, post_password},
        {Method::get, "/me/recovery-codes", gate::member, get_codes},
        {Method::post, "/me/recovery-codes", gate::member, post_codes},
        {Method::get, "/me/closure", gate::member, get_closure},
        {Method::post, "/me/closure", gate::member, post_closure},
        {Method::get, "/me/muted", gate::member, get_hidden},
        {Method::post, "/me/muted", gate::member, post_hidden},
    };
}

}  // namespace kith::identity
