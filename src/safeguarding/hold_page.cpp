#include <algorithm>

#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "safeguarding/pages.hpp"
#include "url.hpp"

// Everything else leads here while an account is on hold (platform/http/router.cpp).
namespace kith::safeguarding::pages {
namespace {

using http::Ctx;
using http::Response;
using identity::Hold;

struct View {
    std::vector<Hold> holds;             // the one that lasts longest first
    std::vector<OwnDecision> decisions;  // that they come from
};

View load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) {
        View out{identity::standing_holds(tx, ctx.session->member), decisions_on(tx, ctx.session->member)};
        std::erase_if(out.decisions, [](const OwnDecision& one) { return !one.hold; });
        return out;
    });
}

Response as_json(const View& view) {
    JsonWriter j;
    j.object()
        .member("on_hold", !view.holds.empty())
        .member("until", view.holds.empty() ? std::nullopt : view.holds.front().until)
        .array("decisions");
    for (const OwnDecision& one : view.decisions) j.value(one.id.value());
    j.end().end();
    return http::json(j);
}

// Until somebody has decided about each post.
void until_looked_at(Html& h, const Ctx& ctx) {
    h << "<section class=\"card\"><h2>" << ctx.t("Several people reported what you wrote") << "</h2><p>"
      << ctx.t(
             "Nobody has decided anything yet, and perhaps nothing is wrong. Somebody will look at it. Your "
             "account "
             "is on hold until then.")
      << "</p></section>";
}

bool waits_for_a_look(const View& view) {
    return std::ranges::any_of(view.holds, [&](const Hold& hold) {
        return hold.by_case &&
               std::ranges::find(view.decisions, hold.by_case, &OwnDecision::id) == view.decisions.end();
    });
}

void by_a_host(Html& h, const Ctx& ctx, const Hold& hold) {
    h << "<section class=\"card\"><h2>" << ctx.t("The reason") << "</h2><blockquote dir=\"auto\">"
      << hold.reason << "</blockquote>";
    end_of_hold(h, ctx, hold);
    h << "<p>";
    if (ctx.site->contact.empty()) {
        h << ctx.t("Do you see it differently? Then please write to the people who run this site.");
    } else {
        h << ctx.f("Do you see it differently? Then please write to %1.", ctx.site->contact);
    }
    h << "</p></section>";
}

void what_remains(Html& h, const Ctx& ctx) {
    h << "<h2>" << ctx.t("What you can still do here") << "</h2><ul><li><a href=\"" << url::help_now()
      << "\">" << ctx.t("Need help now?") << "</a></li><li><a href=\"" << url::me_decisions() << "\">"
      << ctx.t("Decisions about my posts") << "</a></li><li><a href=\"" << url::me_data() << "\">"
      << ctx.t("My data") << "</a></li><li><a href=\"" << url::me_erasure() << "\">"
      << ctx.t("Have all about me erased") << "</a></li></ul>";
    http::open_form(h, ctx, url::sign_out());
    h << "<button class=\"button quiet\">" << ctx.t("Sign out") << "</button></form>";
}

}  // namespace

void end_of_hold(Html& h, const Ctx& ctx, const Hold& hold) {
    h << "<p>"
      << (hold.until ? ctx.f("It ends by itself on %1.", text::date(ctx.words, *hold.until))
                     : std::string(ctx.t("It has no end so far.")))
      << "</p>";
}

Response show_my_hold(Ctx& ctx) {
    const View view = load(ctx);
    if (ctx.wants_json()) return as_json(view);
    if (view.holds.empty()) return Response::redirect(url::home());
    Html h;
    identity::show_warnings(h, ctx);
    h << "<p>"
      << ctx.t(
             "For now you cannot read or write here. You still belong here: this is about what you wrote, "
             "not "
             "about who you are.")
      << "</p>";
    for (const OwnDecision& one : view.decisions) decision_card(h, ctx, one, nullptr);
    if (waits_for_a_look(view)) until_looked_at(h, ctx);
    for (const Hold& hold : view.holds)
        if (!hold.by_case) by_a_host(h, ctx, hold);
    what_remains(h, ctx);
    const std::string heading(ctx.t("Your account is on hold"));
    return http::page(ctx, {.title = heading, .heading = heading}, h);
}

}  // namespace kith::safeguarding::pages
