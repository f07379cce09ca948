#include <algorithm>
#include <array>

#include "identity/forms.hpp"
#include "identity/pages.hpp"
#include "identity/rules.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

// Taking a break, and coming back.
namespace kith::identity {
namespace {

using http::Ctx;
using http::Response;

Response pause_json(const std::optional<Pause>& pause) {
    JsonWriter j;
    j.object().member("on_a_break", pause.has_value());
    j.member("until", pause ? pause->until : std::nullopt).end();
    return http::json(j);
}

// Everything else leads here meanwhile.
Response resting_page(Ctx& ctx, const Pause& pause) {
    Html h;
    show_warnings(h, ctx);
    h << "<p>" << ctx.t("Rest well. Nobody sees that you are away, and we send you nothing.") << "</p>";
    if (pause.until)
        h << "<p>" << ctx.f("Your break ends by itself on %1.", text::date(ctx.words, *pause.until))
          << "</p>";
    open_form_onward(h, ctx, url::me_pause_end());
    close_form(h, ctx.t("I am back"));
    h << "<p><a href=\"" << url::me_data() << "\">" << ctx.t("My data") << "</a></p><p><a href=\""
      << url::me_closure() << "\">" << ctx.t("Close my account") << "</a></p>";
    return form_page(ctx, ctx.t("You are on a break"), h, nullptr);
}

// Nobody else could help a member back in, or change the site.
bool is_only_host(Ctx& ctx) {
    if (!ctx.session->host) return false;
    const auto hosts = ctx.read([](db::ReadTx& tx) { return holders_of(tx, Role::host, GroupId()); });
    return std::ranges::none_of(
        hosts, [&](const Holder& host) { return host.member != ctx.session->member && !host.is_away; });
}

void what_happens(Html& h, Ctx& ctx) {
    h << "<ul><li>" << ctx.t("You get no mails, and see nothing new until you come back.") << "</li><li>"
      << ctx.t(
             "Nobody sees that you are on a break. What you wrote stays, and so does your place in your "
             "groups.")
      << "</li><li>" << ctx.t("One press brings you back, whenever you like.") << "</li></ul>";
    if (ctx.session->is_facilitator_somewhere() || ctx.session->is_moderator_somewhere())
        h << "<p class=\"notice\">"
          << ctx.t(
                 "You look after a group. While you rest the group does not name you. Please tell the "
                 "others who look after it.")
          << "</p>";
    if (is_only_host(ctx))
        h << "<p class=\"notice\">"
          << ctx.t(
                 "You are the only host who is here. While you rest nobody can change the site or help "
                 "somebody back into their account. You could make somebody else a host first.")
          << " <a href=\"" << url::admin_members() << "\">" << ctx.t("Members") << "</a></p>";
}

Response asking_page(Ctx& ctx, const Error* error) {
    Html h;
    what_happens(h, ctx);
    const std::array options{Option{"open", ctx.t("Until I come back")}, Option{"week", ctx.t("A week")},
                             Option{"two_weeks", ctx.t("Two weeks")}, Option{"month", ctx.t("A month")}};
    open_form_onward(h, ctx, url::me_pause());
    choices(h, ctx, {.name = "length", .label = ctx.t("How long?"), .chosen = "open"}, options, error);
    close_form(h, ctx.t("Begin my break"));
    h << "<p><a href=\"" << url::me() << "\">" << ctx.t("No, I want to stay") << "</a></p>";
    return form_page(ctx, ctx.t("Take a break"), h, error);
}

Response get_pause(Ctx& ctx) {
    const auto pause = ctx.read([&](db::ReadTx& tx) { return standing_pause(tx, ctx.session->member); });
    if (ctx.wants_json()) return pause_json(pause);
    return pause ? resting_page(ctx, *pause) : asking_page(ctx, nullptr);
}

Done begin(Ctx& ctx) {
    const auto length = from_word<PauseLength>(ctx.form().get("length"));
    if (!length) return invalid("Please choose how long.", "length");
    return ctx.write([&](db::Tx& tx) { return begin_pause(tx, ctx.actor(), *length); });
}

Response post_pause(Ctx& ctx) {
    const Done begun = begin(ctx);
    if (begun) return http::done(ctx, url::me_pause());
    if (begun.error().fault != Fault::invalid) return http::error_page(ctx, begun.error());
    return asking_page(ctx, &begun.error());
}

Response post_pause_end(Ctx& ctx) {
    const Done back = ctx.write([&](db::Tx& tx) { return end_pause(tx, ctx.actor()); });
    return back ? http::done(ctx, url::home()) : http::error_page(ctx, back.error());
}

}  // namespace

std::vector<http::Route> pause_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/me/break", gate::member, get_pause},
            {Method::post, "/me/break", gate::member, post_pause},
            {Method::post, "/me/break/end", gate::member, post_pause_end}};
}

}  // namespace kith::identity
