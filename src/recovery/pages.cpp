#include "identity/identity.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "recovery/recovery.hpp"
#include "url.hpp"

namespace kith::recovery {
namespace {

using http::Ctx;
using http::Response;

// ---- who keeps a code for me ---------------------------------------------------------------------------

http::Frame frame_below_security(const Ctx& ctx, std::string_view title) {
    return {.title = std::string(title),
            .heading = std::string(title),
            .crumbs = {{std::string(ctx.t("My space")), url::me()},
                       {std::string(ctx.t("How I sign in")), url::me_security()}}};
}

struct View {
    std::vector<Helper> helpers;
    std::optional<Wait> wait;
    bool may_make = false;
};

View load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) {
        const MemberId member = ctx.session->member;
        return View{helpers_of(tx, member), standing_wait(tx, member), identity::is_plain_member(tx, member)};
    });
}

void wait_members(JsonWriter& j, const std::optional<Wait>& wait) {
    j.member("opens_at", wait ? std::optional(wait->opens_at()) : std::nullopt)
        .member("closes_at", wait ? std::optional(wait->closes_at()) : std::nullopt);
}

Response as_json(const View& view) {
    JsonWriter j;
    j.object().member("may_make", view.may_make);
    wait_members(j, view.wait);
    j.array("helpers");
    for (const Helper& helper : view.helpers)
        j.object()
            .member("id", helper.id)
            .member("name", helper.name)
            .member("made_at", helper.made_at)
            .end();
    j.end().end();
    return http::json(j);
}

void how_it_goes(Html& h, const Ctx& ctx) {
    h << "<p>"
      << ctx.t(
             "You can lose your password, your phone and your recovery codes. Then somebody you trust can "
             "help you "
             "back in.")
      << "</p><ol><li>"
      << ctx.t(
             "We make a code. You give it to them on paper. They need no account, and the paper names "
             "neither this "
             "site nor you.")
      << "</li><li>"
      << ctx.t("If you ever need it, you ask them for the code and type it with your name here.")
      << "</li><li>"
      << ctx.t(
             "Then you wait three days. We tell you here, on your devices and by mail if we may, so that "
             "nobody can "
             "come in as you unseen.")
      << "</li><li>" << ctx.t("After that you choose a new password.") << "</li></ol>";
}

void helper_cards(Html& h, const Ctx& ctx, const std::vector<Helper>& helpers) {
    if (helpers.empty()) return;
    h << "<h2>" << ctx.t("Who keeps a code for me") << "</h2><ul class=\"cards\">";
    for (const Helper& helper : helpers)
        h << "<li class=\"card\"><p dir=\"auto\">" << helper.name << "</p><p class=\"meta\">"
          << ctx.f("since %1", text::date(ctx.words, helper.made_at)) << "</p><p><a href=\""
          << url::me_helper(helper.id.value()) << "\">" << ctx.f("End the code of %1", helper.name)
          << "</a></p></li>";
    h << "</ul>";
}

void making_form(Html& h, Ctx& ctx, const View& view, const Error* error) {
    if (!view.may_make) {
        h << "<p class=\"notice\">"
          << ctx.t("You look after something here. So a host helps you back in, and no helper can.")
          << "</p>";
        return;
    }
    if (view.helpers.size() >= helpers_most) return;
    h << "<h2>" << ctx.t("Ask somebody to keep a code") << "</h2>";
    http::open_form(h, ctx, url::me_helpers());
    http::field(h, ctx,
                {.name = "name",
                 .label = ctx.t("Who is it?"),
                 .hint = ctx.t("Only you see this, such as “my sister”."),
                 .value = ctx.form().get("name")},
                error);
    identity::current_password_field(h, ctx, error);
    http::close_form(h, ctx.t("Make a code"));
}

Response mine_page(Ctx& ctx, const Error* error) {
    const View view = load(ctx);
    if (ctx.wants_json() && !error) return as_json(view);
    Html h;
    warn(h, ctx);
    how_it_goes(h, ctx);
    helper_cards(h, ctx, view.helpers);
    making_form(h, ctx, view, error);
    return http::form_page(ctx, frame_below_security(ctx, ctx.t("A way back with a helper")), h, error);
}

// What is on the sheet is all that its keeper gets to know.
void sheet(Html& h, const Ctx& ctx, std::string_view code) {
    h << "<section class=\"sheet card\"><h2>" << ctx.t("Please keep this for me") << "</h2><p>"
      << ctx.t(
             "One day I may have lost my way into something of mine. Then I will ask you for this code. "
             "Please give "
             "it to nobody but me, and only when you see me or know my voice. You need not do anything "
             "else. Nobody "
             "can do anything with the code alone.")
      << "</p><ul class=\"codes\"><li><code>" << code << "</code></li></ul></section>";
}

Response made_page(Ctx& ctx, std::string_view code) {
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().member("location", url::me_helpers().text()).array("shown_once").value(code);
        j.end().end();
        return http::json(j, 201);
    }
    Html h;
    h << "<p>"
      << ctx.t(
             "Print this page or copy the card by hand. We cannot show the code again. The printed sheet "
             "holds the "
             "card alone; if your printer adds the address of this page, turn “headers and footers” off.")
      << "</p>";
    sheet(h, ctx, code);
    h << "<p>"
      << ctx.t(
             "You will need your name here as well, and your helper does not know it. Keep no picture of "
             "the code on "
             "the phone that you sign in with.")
      << "</p><p><a class=\"button\" href=\"" << url::me_helpers() << "\">" << ctx.t("I have kept it")
      << "</a></p>";
    http::Frame frame = frame_below_security(ctx, ctx.t("A code for your helper"));
    frame.main_class = "only-sheet";
    return http::page(ctx, frame, h, 201);
}

Response get_mine(Ctx& ctx) { return mine_page(ctx, nullptr); }

Response post_mine(Ctx& ctx) {
    const Done sure = identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current"));
    if (!sure) return mine_page(ctx, &sure.error());
    const auto code = ctx.write([&](db::Tx& tx) {
        return make_helper(tx, ctx.actor(), ctx.form().get("name"), ctx.services.random);
    });
    return code ? made_page(ctx, *code) : mine_page(ctx, &code.error());
}

// ---- one of them ---------------------------------------------------------------------------------------

Response helper_page(Ctx& ctx, const Helper& helper, const Error* error) {
    Html h;
    h << "<p>" << ctx.t("The code stops working at once. You need not ask for the paper, and nobody is told.")
      << "</p>";
    http::open_form(h, ctx, url::me_helper_end(helper.id.value()));
    identity::current_password_field(h, ctx, error, url::me_helper(helper.id.value()));
    h << "<p><button class=\"button danger\">" << ctx.t("End this code")
      << "</button></p></form><p><a href=\"" << url::me_helpers() << "\">" << ctx.t("No, keep it")
      << "</a></p>";
    http::Frame frame = frame_below_security(ctx, ctx.f("The code of %1", helper.name));
    frame.title = ctx.t("End this code");
    return http::form_page(ctx, frame, h, error);
}

Result<Helper> helper_here(Ctx& ctx) {
    const HelperId id = TRY(ctx.param<HelperId>("helper"));
    const auto helper = ctx.read([&](db::ReadTx& tx) { return find_helper(tx, ctx.session->member, id); });
    if (!helper) return not_found();
    return *helper;
}

Response get_helper(Ctx& ctx) {
    const auto helper = helper_here(ctx);
    return helper ? helper_page(ctx, *helper, nullptr) : http::error_page(ctx, helper.error());
}

Response post_end(Ctx& ctx) {
    const auto helper = helper_here(ctx);
    if (!helper) return http::error_page(ctx, helper.error());
    const Done sure = identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current"));
    if (!sure) return helper_page(ctx, *helper, &sure.error());
    const Done ended = ctx.write([&](db::Tx& tx) { return end_helper(tx, ctx.actor(), helper->id); });
    return ended ? http::done(ctx, url::me_helpers()) : http::error_page(ctx, ended.error());
}

Response post_stop(Ctx& ctx) {
    const Done stopped = ctx.write([&](db::Tx& tx) { return stop(tx, ctx.actor()); });
    return stopped ? http::done(ctx, url::me_helpers()) : http::error_page(ctx, stopped.error());
}

// ---- coming back ---------------------------------------------------------------------------------------

Typed typed_in(const Ctx& ctx) {
    return {std::string(ctx.form().get("name")), std::string(ctx.form().get("code")), ctx.request.client};
}

http::Frame frame_of_helped(const Ctx& ctx) {
    const std::string title(ctx.t("Come back with a helper"));
    return {.title = title, .heading = title};
}

Response asking_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>"
      << ctx.t(
             "Does somebody you trust keep a code for you? Ask them for it, and type it here with your "
             "name. Then you "
             "wait three days, so that nobody else can do this unseen. After that you come back to this "
             "page.")
      << "</p>";
    http::open_form(h, ctx, url::helped());
    http::field(h, ctx,
                {.name = "name",
                 .label = ctx.t("Your name here"),
                 .value = ctx.form().get("name"),
                 .autocomplete = "username"},
                error);
    http::field(h, ctx,
                {.name = "code",
                 .label = ctx.t("The code of your helper"),
                 .hint = ctx.t("It looks like k7m2-p9xq-4hd3-w8nz-t5ga."),
                 .value = ctx.form().get("code")},
                error);
    http::close_form(h, ctx.t("Go on"));
    return http::form_page(ctx, frame_of_helped(ctx), h, error);
}

Response wait_json(const Ctx& ctx, const Wait& wait) {
    JsonWriter j;
    j.object().member("is_open", ctx.now() >= wait.opens_at());
    wait_members(j, wait);
    j.end();
    return http::json(j);
}

Response waiting_page(Ctx& ctx, const Wait& wait) {
    Html h;
    h << "<p>"
      << ctx.f(
             "The time to wait has begun. Please come back to this page after %1, with the same name and "
             "code.",
             text::exact(ctx.words, wait.opens_at()))
      << "</p><p>"
      << ctx.f("Then you can choose a new password, until %1.", text::date(ctx.words, wait.closes_at()))
      << "</p><p>"
      << ctx.t("You need not keep anything open meanwhile. If you are in need now, this is for everybody:")
      << " <a href=\"" << url::help_now() << "\">" << ctx.t("urgent help") << "</a></p>";
    return http::page(ctx, frame_of_helped(ctx), h);
}

void carried(Html& h, std::string_view name, std::string_view value) {
    h << "<input type=\"hidden\" name=\"" << name << "\" value=\"" << value << "\">";
}

Response password_page(Ctx& ctx, const Error* error) {
    Html h;
    h << "<p>"
      << ctx.t(
             "You have waited long enough. When you save, all devices are signed out, and passkeys and apps "
             "with codes "
             "end too. We will show you new recovery codes.")
      << "</p>";
    http::open_form(h, ctx, url::helped_password());
    carried(h, "name", ctx.form().get("name"));
    carried(h, "code", ctx.form().get("code"));
    http::field(h, ctx,
                {.name = "password",
                 .label = ctx.t("New password"),
                 .hint = ctx.t("At least 8 characters. A few words in a row are easy to keep in mind."),
                 .type = "password",
                 .autocomplete = "new-password"},
                error);
    http::close_form(h, ctx.t("Save my new password"));
    return http::form_page(ctx, frame_of_helped(ctx), h, error);
}

Response back_page(Ctx& ctx, const std::vector<std::string>& codes) {
    if (ctx.wants_json()) {
        JsonWriter j;
        j.object().member("location", url::sign_in().text()).array("shown_once");
        for (const std::string& code : codes) j.value(code);
        j.end().end();
        return http::json(j, 201);
    }
    Html h;
    h << "<p>"
      << ctx.t(
             "Your new password is saved. Here are new recovery codes: each of them lets you in once. Write "
             "them down "
             "or print them now. The old ones and the code of your helper work no more.")
      << "</p><ul class=\"codes\">";
    for (const std::string& code : codes) h << "<li><code>" << code << "</code></li>";
    h << "</ul><p><a class=\"button\" href=\"" << url::sign_in() << "\">"
      << ctx.t("I have kept them safe, sign in") << "</a></p>";
    const std::string title(ctx.t("Welcome back"));
    return http::page(ctx, {.title = title, .heading = title}, h, 201);
}

Response get_helped(Ctx& ctx) { return asking_page(ctx, nullptr); }

Response post_helped(Ctx& ctx) {
    const auto wait = ask(ctx.services, typed_in(ctx));
    if (!wait) return asking_page(ctx, &wait.error());
    if (ctx.wants_json()) return wait_json(ctx, *wait);
    return ctx.now() < wait->opens_at() ? waiting_page(ctx, *wait) : password_page(ctx, nullptr);
}

Response post_password(Ctx& ctx) {
    const auto codes = come_back(ctx.services, typed_in(ctx), ctx.form().get("password"));
    if (codes) return back_page(ctx, *codes);
    return codes.error().field == "password" ? password_page(ctx, &codes.error())
                                             : asking_page(ctx, &codes.error());
}

}  // namespace

void warn(Html& h, Ctx& ctx) {
    const auto wait = ctx.read([&](db::ReadTx& tx) { return standing_wait(tx, ctx.session->member); });
    if (!wait) return;
    h << "<div class=\"notice\"><p>"
      << ctx.f(
             "Somebody typed your name and the code of a helper of yours. From %1 on they can choose a new "
             "password for you. Is it not you? Then stop it: nothing changes, and the code ends.",
             text::exact(ctx.words, wait->opens_at()))
      << "</p>";
    http::open_form(h, ctx, url::me_helpers_stop());
    http::close_form(h, ctx.t("It is not me, stop it"));
    h << "</div>";
}

void part_of_security(Html& h, Ctx& ctx) {
    const auto count = ctx.read([&](db::ReadTx& tx) { return helpers_of(tx, ctx.session->member).size(); });
    h << "<h2>" << ctx.t("A way back with a helper") << "</h2><p>"
      << (count == 0 ? std::string(ctx.t("Nobody keeps a code for you yet."))
                     : ctx.n("%d person keeps a code for you.", "%d people keep a code for you.",
                             static_cast<long>(count)))
      << " " << ctx.t("Somebody you trust can help you back in when you have lost everything else.")
      << "</p><p><a href=\"" << url::me_helpers() << "\">" << ctx.t("Look at this way back") << "</a></p>";
}

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/recovery/helper", gate::open, get_helped},
        {Method::post, "/recovery/helper", gate::open, post_helped},
        {Method::post, "/recovery/helper/password", gate::open, post_password},
        {Method::get, "/me/helpers", gate::member, get_mine},
        {Method::post, "/me/helpers", gate::member, post_mine},
        {Method::post, "/me/helpers/stop", gate::member, post_stop},
        {Method::get, "/me/helpers/{helper}", gate::member, get_helper},
        {Method::post, "/me/helpers/{helper}/end", gate::member, post_end},
    };
}

}  // namespace kith::recovery
