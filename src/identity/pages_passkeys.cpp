// Passkeys: what the script (web/ts/_passkeys.ts) asks for and sends. Without scripts the list alone is shown.
#include "identity/forms.hpp"
#include "identity/pages.hpp"
#include "identity/passkeys.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using http::Ctx;
using http::Response;

crypto::PasskeyHome home_of(const Ctx& ctx) { return crypto::passkey_home(ctx.site->public_url); }

// ---- signing in ----------------------------------------------------------------------------------------

Response post_challenge(Ctx& ctx) {
    const auto challenge = make_challenge(ctx.services, ctx.request.client);
    if (!challenge) return http::error_page(ctx, challenge.error());
    JsonWriter j;
    j.object()
        .member("challenge", *challenge)
        .member("rp_id", home_of(ctx).rp_id)
        .member("timeout_ms", challenge_ms)
        .end();
    return http::json(j);
}

Response post_sign_in_passkey(Ctx& ctx) {
    const auto cookie = sign_in_with_passkey(ctx.services, home_of(ctx), typed_assertion(ctx),
                                             device_of(ctx));
    return cookie ? come_in(ctx, {*cookie}) : sign_in_again(ctx, cookie.error());
}

// ---- my passkeys ---------------------------------------------------------------------------------------

// Hidden fields for the script to fill, and a place for its words. The button shows once the script knows that the
// browser can do it.
void script_fields(Html& h, const Ctx& ctx) {
    for (const std::string_view name :
         {"credential_id", "client_data", "authenticator_data", "signature", "user_handle"})
        h << "<input type=\"hidden\" name=\"" << name << "\">";
    h << "<p class=\"error\" role=\"alert\" data-refused=\""
      << ctx.t("That did not work. Please try once more, or use your password.") << "\" hidden></p>";
}

void open_script_form(Html& h, Ctx& ctx, const Url& action, std::string_view kind, const Url& ask) {
    h << "<form method=\"post\" action=\"" << action << "\" class=\"passkey\" data-passkey=\"" << kind
      << "\" data-ask=\"" << ask << "\" hidden>";
    http::token_field(h, ctx);
    next_field(h, ctx);
    script_fields(h, ctx);
}

void passkey_item(Html& h, Ctx& ctx, const Passkey& key) {
    const std::string name = key.name.empty() ? std::string(ctx.t("Passkey")) : key.name;
    h << "<li class=\"card\"><h3>" << name << "</h3><p class=\"meta\">"
      << ctx.f("Added on %1", text::date(ctx.words, key.created_at));
    if (key.used_at) h << ", " << ctx.f("last used on %1", text::date(ctx.words, *key.used_at));
    h << "</p><p><a href=\"" << url::me_passkey(key.id) << "\">" << ctx.f("Rename or remove %1", name)
      << "</a></p></li>";
}

Response new_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>"
      << ctx.t(
             "Your phone, your computer or a security key makes the passkey. You open it with your finger, "
             "your face or "
             "the code of the device. Nothing of that is sent to us.")
      << "</p>";
    open_script_form(h, ctx, url::me_passkeys(), "create", url::new_passkey());
    field(h, ctx,
          {.name = "name",
           .label = ctx.t("A name for it"),
           .hint = ctx.t("So that you know it again later, such as: my phone."),
           .value = device_of(ctx).words},
          nullptr);
    close_form(h, ctx.t("Make the passkey"));
    h << "<p class=\"notice\" data-no-passkeys>"
      << ctx.t(
             "This browser cannot make passkeys here, or its scripts are off. You can use an app with codes "
             "instead.")
      << " <a href=\"" << url::me_code_app() << "\">" << ctx.t("Set up an app") << "</a></p>";
    return form_page(ctx, ctx.t("Add a passkey"), h, error);
}

Response get_new(Ctx& ctx) {
    if (ctx.wants_json()) return new_page(ctx, nullptr);
    if (auto first = ask_to_confirm(ctx)) return *std::move(first);
    return new_page(ctx, nullptr);
}

// What navigator.credentials.create() is called with.
Response post_new(Ctx& ctx) {
    const auto begun = ctx.write(
        [&](db::Tx& tx) { return begin_passkey(tx, ctx.actor(), ctx.services.random); });
    if (!begun) return http::error_page(ctx, begun.error());
    JsonWriter j;
    j.object()
        .member("challenge", begun->challenge)
        .member("rp_id", home_of(ctx).rp_id)
        .member("rp_name", ctx.site->name)
        .member("user_handle", begun->user_handle)
        .member("user_name", begun->name)
        .member("timeout_ms", challenge_ms)
        .array("known");
    for (const std::string& id : begun->known) j.value(id);
    j.end().end();
    return http::json(j);
}

Response post_passkeys(Ctx& ctx) {
    const http::Form& form = ctx.form();
    const NewPasskey typed{std::string(form.get("name")), std::string(form.get("client_data")),
                           std::string(form.get("authenticator_data"))};
    const Done added = ctx.write(
        [&](db::Tx& tx) { return add_passkey(tx, ctx.actor(), home_of(ctx), typed); });
    return added ? http::done(ctx, onward(ctx, url::me_security()), 201)
                 : http::error_page(ctx, added.error());
}

Result<Passkey> addressed(Ctx& ctx) {
    const PasskeyId id = TRY(ctx.param<PasskeyId>("passkey"));
    for (Passkey& key : ctx.read([&](db::ReadTx& tx) { return passkeys(tx, ctx.session->member); }))
        if (key.id == id) return std::move(key);
    return not_found();
}

Response one_page(Ctx& ctx, const Passkey& key, const Error* error) {
    Html h;
    open_form_onward(h, ctx, url::me_passkey(key.id));
    field(h, ctx,
          {.name = "name",
           .label = ctx.t("A name for it"),
           .value = error ? ctx.form().get("name") : std::string_view(key.name)},
          error);
    close_form(h, ctx.t("Save the name"));
    h << "<h2>" << ctx.t("Remove this passkey") << "</h2><p>"
      << ctx.t("It no longer lets anybody in here. You can delete it on your device as well.") << "</p>";
    open_form_onward(h, ctx, url::me_passkey(key.id));
    h << "<p><button class=\"button danger\" name=\"act\" value=\"remove\">" << ctx.t("Remove this passkey")
      << "</button></p></form>";
    return form_page(ctx, key.name.empty() ? ctx.t("Passkey") : std::string_view(key.name), h, error);
}

Response get_one(Ctx& ctx) {
    const auto key = addressed(ctx);
    if (!key) return http::error_page(ctx, key.error());
    if (!ctx.wants_json()) return one_page(ctx, *key, nullptr);
    JsonWriter j;
    j.object()
        .member("id", key->id)
        .member("name", key->name)
        .member("created_at", key->created_at)
        .member("used_at", key->used_at)
        .end();
    return http::json(j);
}

Response post_one(Ctx& ctx) {
    const auto key = addressed(ctx);
    if (!key) return http::error_page(ctx, key.error());
    const bool removes = ctx.form().get("act") == "remove";
    if (removes)
        if (auto first = ask_to_confirm(ctx)) return *std::move(first);
    const Done done = ctx.write([&](db::Tx& tx) {
        return removes ? end_passkey(tx, ctx.actor(), key->id)
                       : rename_passkey(tx, ctx.actor(), key->id, ctx.form().get("name"));
    });
    return done ? http::done(ctx, url::me_security()) : one_page(ctx, *key, &done.error());
}

}  // namespace

void passkey_form(Html& h, Ctx& ctx, const Url& action, std::string_view button) {
    open_script_form(h, ctx, action, "get", url::passkey_challenge());
    close_form(h, button);
}

void passkey_words(Html& h, const Ctx& ctx) {
    h << "<p>"
      << ctx.t(
             "With a passkey you sign in without a name or a password, with your finger, your face or the "
             "code of your "
             "device. It is the safest way, and the easiest.")
      << "</p>";
}

void passkeys_part(Html& h, Ctx& ctx, std::span<const Passkey> keys) {
    h << "<h2>" << ctx.t("Passkeys") << "</h2>";
    passkey_words(h, ctx);
    if (!keys.empty()) {
        h << "<ul class=\"cards\">";
        for (const Passkey& key : keys) passkey_item(h, ctx, key);
        h << "</ul>";
    }
    h << "<p><a class=\"button\" href=\"" << with_next(ctx, url::new_passkey()) << "\">"
      << ctx.t("Add a passkey") << "</a></p>";
}

Assertion typed_assertion(const Ctx& ctx) {
    const auto typed = [&](std::string_view name) { return std::string(ctx.form().get(name)); };
    return {typed("credential_id"), typed("client_data"), typed("authenticator_data"), typed("signature"),
            typed("user_handle")};
}

std::vector<http::Route> passkey_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::post, "/passkeys/challenge", gate::open, post_challenge},
        {Method::post, "/sign-in/passkey", gate::open, post_sign_in_passkey},
        {Method::post, "/me/security/passkeys", gate::member, post_passkeys},
        {Method::get, "/me/security/passkeys/new", gate::member, get_new},
        {Method::post, "/me/security/passkeys/new", gate::member, post_new},
        {Method::get, "/me/security/passkeys/{passkey}", gate::member, get_one},
        {Method::post, "/me/security/passkeys/{passkey}", gate::member, post_one},
    };
}

}  // namespace kith::identity
