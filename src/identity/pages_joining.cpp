#include "identity/forms.hpp"
#include "identity/pages.hpp"
#include "identity/rules.hpp"
#include "identity/sessions.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/pseudonym.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using http::Ctx;
using http::Response;

// Who has just chosen the password is not asked for it again at once.
SessionPtr first_session(Ctx& ctx, const std::string& cookie) {
    const auto session = ctx.write([&](db::Tx& tx) -> Result<Session> {
        auto loaded = load_session(tx, cookie);
        if (!loaded) return not_found();
        Actor newcomer = Actor::of(loaded->session.member);
        newcomer.session = loaded->session.id;
        note_confirmed(tx, newcomer);
        return std::move(loaded->session);
    });
    return session ? std::make_shared<const Session>(*session) : SessionPtr();
}

Html passkey_offer(const Ctx& ctx, const Url& onward) {
    Html h;
    h << "<section class=\"card\"><h2>" << ctx.t("An easier way to come in next time") << "</h2>";
    passkey_words(h, ctx);
    h << "<p>" << ctx.t("You can make one now, or at any time later. Please keep the codes above first.")
      << "</p><p><a class=\"button quiet\" href=\"" << url::new_passkey().query("next", onward.text())
      << "\">" << ctx.t("Add a passkey") << "</a></p></section>";
    return h;
}

Response welcome(Ctx& ctx, const Claimed& claimed) {
    Ctx inside(ctx.services, ctx.request, first_session(ctx, claimed.cookie), ctx.comfort, ctx.as_of);
    const GroupId joined = claimed.account.joined;
    const Url next = joined ? url::membership(joined) : onward(ctx, url::groups());
    Response response = recovery_codes_page(inside, claimed.account.recovery_codes, next,
                                            passkey_offer(inside, next));
    return response.with("set-cookie", kept_cookie(*ctx.site, claimed.cookie));
}

// ---- signing up ----------------------------------------------------------------------------------------

std::string next_page(const Ctx& ctx) { return onward(ctx, url::home()).text(); }

Way way_of(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) { return way_in(tx, next_page(ctx)); });
}

SignUp typed_sign_up(const Ctx& ctx) {
    return {.name = std::string(ctx.form().get("name")),
            .password = std::string(ctx.form().get("password")),
            .language = ctx.comfort.language,
            .next = next_page(ctx),
            .agreed = std::string(ctx.form().get("agreed"))};
}

Response closed_door(Ctx& ctx) {
    return http::error_page(
        ctx,
        forbidden("This site does not take in new people just now. Please come back another day.").value());
}

// What they agree to with the button below it.
void agreements(Html& h, Ctx& ctx) {
    const std::vector<ToAgree> all = ctx.read([](db::ReadTx& tx) { return to_agree(tx); });
    if (all.empty()) return;
    std::string stamps;
    h << "<p>" << ctx.t("By signing up you agree to:") << "</p><ul>";
    for (const ToAgree& one : all) {
        h << "<li><a dir=\"auto\" href=\"" << one.url << "\">" << one.title << "</a></li>";
        stamps += (stamps.empty() ? "" : " ") + one.stamp;
    }
    h << "</ul><input type=\"hidden\" name=\"agreed\" value=\"" << stamps << "\">";
}

Html sign_up_form(Ctx& ctx, const Error* error) {
    Html h;
    connection_note(h, ctx);
    h << "<p>"
      << ctx.t("You need a name and a password. We do not ask for your real name or your e-mail address.")
      << "</p>";
    if (way_of(ctx) == Way::by_invitation)
        h << "<p>"
          << ctx.t(
                 "Your invitation makes you a member of its group at once, and you agree to its rules. You "
                 "can leave again, or take another name there, at any time.")
          << " <a href=\"" << next_page(ctx) << "\">" << ctx.t("Read about the group and its rules first")
          << "</a></p>";
    open_form_onward(h, ctx, url::sign_up());
    name_field(h, ctx,
               {.name = "name",
                .label = ctx.t("Name"),
                .hint = ctx.f("Others will see it. A made-up name is best, such as %1.",
                              text::suggest_pseudonym(ctx.services.random)),
                .value = ctx.form().get("name"),
                .autocomplete = "username"},
               error);
    field(h, ctx,
          {.name = "password",
           .label = ctx.t("Password"),
           .hint = ctx.t("At least 8 characters. A few words in a row are easy to keep in mind."),
           .type = "password",
           .autocomplete = "new-password"},
          error);
    agreements(h, ctx);
    if (the_door().ask) the_door().ask(h, ctx, way_of(ctx));
    close_form(h, ctx.t("Sign up"));
    h << "<p>" << ctx.t("You have an account already?") << " <a href=\"" << with_next(ctx, url::sign_in())
      << "\">" << ctx.t("Sign in") << "</a></p><p>" << ctx.t("Somebody gave you a code for your old account?")
      << " <a href=\"" << url::claim() << "\">" << ctx.t("Use the code") << "</a></p>";
    return h;
}

Response sign_up_page(Ctx& ctx, const Error* error) {
    return form_page(ctx, ctx.t("Sign up"), sign_up_form(ctx, error), error);
}

Response get_sign_up(Ctx& ctx) {
    if (ctx.signed_in()) return Response::redirect(onward(ctx, url::me()));
    return may_sign_up(ctx) ? sign_up_page(ctx, nullptr) : closed_door(ctx);
}

struct Ready {
    SignUp form;
    std::string hash;
    Ticket ticket;
};

Result<Claimed> join(db::Tx& tx, const Ctx& ctx, const Ready& ready) {
    Random& random = ctx.services.random;
    NewAccount account = TRY(sign_up(tx, ready.form, ready.hash, random));
    if (the_door().come_in) TRY(the_door().come_in(tx, account.member, ready.ticket));
    TRY(set_comfort(tx, Actor::of(account.member), ctx.comfort));
    std::string cookie = TRY(let_in(tx, account.member, device_of(ctx), random));
    return Claimed{std::move(account), std::move(cookie)};
}

// What can be said before the hashing, which takes time.
Result<Ready> ready_to_join(Ctx& ctx, Way way) {
    Ready ready{.form = typed_sign_up(ctx), .hash = {}, .ticket = {}};
    Mistakes mistakes;
    mistakes.note(check_sign_up(ready.form));
    mistakes.note(check_looks(ctx.form()));
    TRY(mistakes.done());
    if (the_door().check) {
        ready.ticket = TRY(the_door().check(ctx, way));
    } else {
        TRY(ctx.write([&](db::Tx& tx) { return take_sign_up(tx, ctx.request.client, ctx.services.random); }));
    }
    ready.hash = crypto::hash_password(ready.form.password);
    return ready;
}

Response post_sign_up(Ctx& ctx) {
    const Way way = way_of(ctx);
    if (way == Way::closed) return closed_door(ctx);
    const Result<Ready> ready = ready_to_join(ctx, way);
    if (!ready) return sign_up_page(ctx, &ready.error());
    const auto joined = ctx.write([&](db::Tx& tx) { return join(tx, ctx, *ready); });
    if (!joined) return sign_up_page(ctx, &joined.error());
    return welcome(ctx, *joined);
}

// ---- with a code for an imported account ---------------------------------------------------------------

Response claim_page(Ctx& ctx, const Error* error) {
    Html h;
    connection_note(h, ctx);
    h << "<p>"
      << ctx.t(
             "Your old posts are here, under your old name. With the code we sent you they are yours again.")
      << "</p>";
    open_form_onward(h, ctx, url::claim());
    code_field(h, ctx, ctx.t("Code"), error);
    new_password_field(h, ctx, error);
    close_form(h, ctx.t("Take over my account"));
    return form_page(ctx, ctx.t("Take over your old account"), h, error);
}

Response get_claim(Ctx& ctx) { return claim_page(ctx, nullptr); }

Response post_claim(Ctx& ctx) {
    const auto claimed = claim_and_sign_in(ctx.services, ctx.form().get("code"), ctx.form().get("password"),
                                           device_of(ctx));
    if (!claimed) return claim_page(ctx, &claimed.error());
    return welcome(ctx, *claimed);
}

}  // namespace

bool may_sign_up(Ctx& ctx) { return way_of(ctx) != Way::closed; }

std::vector<http::Route> joining_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/sign-up", gate::open, get_sign_up},
        {Method::post, "/sign-up", gate::open, post_sign_up},
        {Method::get, "/claim", gate::open, get_claim},
        {Method::post, "/claim", gate::open, post_claim},
    };
}

}  // namespace kith::identity
