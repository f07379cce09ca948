#include "identity/identity.hpp"
#include "mailing/mailing.hpp"
#include "platform/http/forms.hpp"
#include "platform/http/saved.hpp"
#include "platform/zone/zone.hpp"
#include "url.hpp"

namespace kith::mailing {
namespace {

using http::Ctx;
using http::Response;
using notices::Way;
using notices::Wish;

// ---- forms -------------------------------------------------------------------------------------------

void hour_field(Html& h, const Ctx& ctx, std::string_view name, std::string_view label, std::int64_t chosen,
                const Error* error) {
    const std::string at = std::to_string(chosen);
    http::open_selection(h, ctx, {name, label, at}, error);
    for (std::int64_t hour = 0; hour < 24; ++hour) {
        const std::string number = std::to_string(hour);
        http::option(h, number, (hour < 10 ? "0" : "") + number + ":00", at);
    }
    http::close_selection(h);
}

void weekday_field(Html& h, const Ctx& ctx, std::int64_t chosen, const Error* error) {
    constexpr std::string_view days[] = {t_later("Monday"),   t_later("Tuesday"), t_later("Wednesday"),
                                         t_later("Thursday"), t_later("Friday"),  t_later("Saturday"),
                                         t_later("Sunday")};
    const std::string on = std::to_string(chosen);
    http::open_selection(h, ctx, {"weekday", ctx.t("Day of the weekly mail"), on}, error);
    for (std::int64_t day = 1; day <= 7; ++day)
        http::option(h, std::to_string(day), ctx.t(days[day - 1]), on);
    http::close_selection(h);
}

// "Europe/Madrid" under "Europe".
void zone_field(Html& h, const Ctx& ctx, std::string_view chosen, const Error* error) {
    http::open_selection(h, ctx, {"zone", ctx.t("Whose clock? Choose a big place near you."), chosen}, error);
    std::string_view continent;
    for (const std::string_view name : zone::names()) {
        const std::string_view here = name.substr(
            0, name.find('/') == std::string_view::npos ? 0 : name.find('/'));
        if (here != continent) {
            if (!continent.empty()) h << "</optgroup>";
            h << "<optgroup label=\"" << here << "\">";
            continent = here;
        }
        std::string shown(here.empty() ? name : name.substr(here.size() + 1));
        std::ranges::replace(shown, '_', ' ');
        http::option(h, name, shown, chosen);
    }
    if (!continent.empty()) h << "</optgroup>";
    http::close_selection(h);
}

Response page_of(Ctx& ctx, std::string_view title, const Html& body, const Error* error) {
    return http::form_page(ctx, {.title = std::string(title), .heading = std::string(title)}, body, error);
}

// ---- how I hear of news ------------------------------------------------------------------------------

Response wish_as_json(const Wish& wish) {
    JsonWriter j;
    j.object()
        .member("way", wish.way)
        .member("hour", wish.hour)
        .member("weekday", wish.weekday)
        .member("quiet_from", wish.quiet_from)
        .member("quiet_until", wish.quiet_until)
        .member("zone", wish.zone)
        .member("tells_more", wish.tells_more)
        .member("answers", wish.answers)
        .end();
    return http::json(j);
}

std::string_view words_of(const Ctx& ctx, Way way) {
    switch (way) {
        case Way::site:
            return ctx.t("Only here on the site");
        case Way::at_once:
            return ctx.t("By e-mail, soon after it happens");
        case Way::daily:
            return ctx.t("By e-mail, once a day");
        case Way::weekly:
            return ctx.t("By e-mail, once a week");
        case Way::important:
            return ctx.t("None, but for what I must know. You find that here on the site.");
    }
    return {};
}

void way_choices(Html& h, const Ctx& ctx, Way chosen, const Error* error) {
    std::vector<http::Option> ways;
    for (const Way way : {Way::site, Way::at_once, Way::daily, Way::weekly, Way::important})
        if (!notices::by_mail(way) || ctx.site->sends_mail)
            ways.push_back({to_word(way), words_of(ctx, way)});
    http::choices(h, ctx, {"way", ctx.t("How do you want to hear of news?"), to_word(chosen)}, ways, error);
}

// The words of others leave the site then: it is said what that means.
void answers_field(Html& h, const Ctx& ctx, const Wish& wish) {
    http::check_box(
        h, ctx,
        {.name = "answers",
         .label = ctx.t(
             "A mail at once may show me the words of a reply, and I may answer by mail. Whoever sees my "
             "mails can then read it. Words with a content note stay here on the site."),
         .checked = wish.answers});
}

void mail_fields(Html& h, const Ctx& ctx, const Wish& wish, const Error* error) {
    h << "<h2>" << ctx.t("About mails") << "</h2>";
    hour_field(h, ctx, "hour", ctx.t("Hour of the daily or weekly mail"), wish.hour, error);
    weekday_field(h, ctx, wish.weekday, error);
    h << "<p>"
      << ctx.t(
             "A mail says only that something is new. It names no group, no person and nothing of your "
             "health.")
      << "</p>";
    http::check_box(
        h, ctx,
        {.name = "tells_more",
         .label = ctx.t(
             "Mails to me may name this site and my groups. Whoever sees my mails can then read it."),
         .checked = wish.tells_more});
    if (ctx.site->takes_answers) answers_field(h, ctx, wish);
}

// Of mails and of signals on devices.
void quiet_fields(Html& h, const Ctx& ctx, const Wish& wish, const Error* error) {
    h << "<h2>" << ctx.t("Quiet hours") << "</h2><p>"
      << ctx.t(
             "In quiet hours no mail comes at once, and no signal on a device. They come when the hours are "
             "over. "
             "What cannot wait comes at any hour: somebody may be in danger, or somebody wants to come in as "
             "you.")
      << "</p>";
    hour_field(h, ctx, "quiet_from", ctx.t("Quiet hours begin"), wish.quiet_from, error);
    hour_field(h, ctx, "quiet_until", ctx.t("Quiet hours end"), wish.quiet_until, error);
    zone_field(h, ctx, wish.zone, error);
}

Response wish_page(Ctx& ctx, const Wish& wish, const Error* error) {
    Html h;
    if (ctx.site->sends_mail) {
        h << "<p>" << ctx.t("Mails go to the address that you gave us.") << " <a href=\"" << url::me()
          << "\">" << ctx.t("See or change my address") << "</a></p>";
    } else {
        h << "<p>" << ctx.t("This site does not send e-mail.") << "</p>";
    }
    http::open_form(h, ctx, url::me_notices());
    way_choices(h, ctx, wish.way, error);
    if (ctx.site->sends_mail) mail_fields(h, ctx, wish, error);
    quiet_fields(h, ctx, wish, error);
    http::close_form(h, ctx.t("Save"));
    h << "<p><a href=\"" << url::me_push() << "\">" << ctx.t("Signals on my devices") << "</a></p>";
    h << "<p><a href=\"" << url::me_feed() << "\">" << ctx.t("A feed for a program of mine") << "</a></p>";
    return page_of(ctx, ctx.t("How I hear of news"), h, error);
}

Wish present_wish(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) { return notices::wish_of(tx, ctx.session->member); });
}

Response get_wish(Ctx& ctx) {
    const Wish wish = present_wish(ctx);
    return ctx.wants_json() ? wish_as_json(wish) : wish_page(ctx, wish, nullptr);
}

void take_number(std::int64_t& out, const http::Form& form, std::string_view name) {
    constexpr std::int64_t none = -1;  // no hour and no day
    if (form.has(name)) out = form.number(name).value_or(none);
}

// What is not sent stays as it is, but for the tick, which says no by being left out of a form that has it.
Wish typed_wish(const http::Form& form, Wish wish) {
    wish.way = from_word<Way>(form.get("way")).value_or(wish.way);
    take_number(wish.hour, form, "hour");
    take_number(wish.weekday, form, "weekday");
    take_number(wish.quiet_from, form, "quiet_from");
    take_number(wish.quiet_until, form, "quiet_until");
    if (form.has("zone")) wish.zone = form.get("zone");
    if (form.has("hour") || form.has("tells_more")) wish.tells_more = form.checked("tells_more");
    if (form.has("hour") || form.has("answers")) wish.answers = form.checked("answers");
    return wish;
}

Response post_wish(Ctx& ctx) {
    const Wish wish = typed_wish(ctx.form(), present_wish(ctx));
    const Done saved = ctx.write([&](db::Tx& tx) { return save_wish(tx, ctx.actor(), wish); });
    return saved ? http::saved(ctx, url::me_notices()) : wish_page(ctx, wish, &saved.error());
}

// ---- links in mails ----------------------------------------------------------------------------------

// A button, so that a program that looks at links in mails does nothing by that.
Response button_page(Ctx& ctx, std::string_view title, std::string_view words, const Url& action,
                     std::string_view button) {
    Html h;
    h << "<p>" << words << "</p>";
    http::open_form(h, ctx, action);
    http::close_form(h, button);
    return page_of(ctx, title, h, nullptr);
}

Response done_page(Ctx& ctx, std::string_view title, std::string_view words) {
    Html h;
    h << "<p>" << words << "</p><p><a href=\"" << url::me_notices() << "\">"
      << ctx.t("Choose when mails come") << "</a></p>";
    return page_of(ctx, title, h, nullptr);
}

Response get_confirming(Ctx& ctx) {
    return button_page(ctx, ctx.t("Confirm my e-mail address"),
                       ctx.t("Press the button, and this address is yours here."),
                       url::mail_confirming(ctx.text_param("link")), ctx.t("This is my address"));
}

Response post_confirming(Ctx& ctx) {
    const Done done = ctx.write([&](db::Tx& tx) { return confirm(tx, ctx.text_param("link")); });
    if (!done) return http::error_page(ctx, done.error());
    return done_page(ctx, ctx.t("Confirm my e-mail address"),
                     ctx.t("Thank you, this address is confirmed. Now you can choose when mails come."));
}

Response get_stopping(Ctx& ctx) {
    return button_page(ctx, ctx.t("No more mails"), ctx.t("Press the button, and no more mails come to you."),
                       url::mail_stopping(ctx.text_param("link")), ctx.t("End the mails"));
}

// Also sent by the programs and servers that people read their mail with, without a session (RFC 8058).
Response post_stopping(Ctx& ctx) {
    const Done done = ctx.write([&](db::Tx& tx) { return stop(tx, ctx.text_param("link")); });
    if (!done) return http::error_page(ctx, done.error());
    return done_page(ctx, ctx.t("No more mails"),
                     ctx.t("No more mails come to you. You find what is new here on the site."));
}

}  // namespace

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/me/notices", gate::member, get_wish},
        {Method::post, "/me/notices", gate::member, post_wish},
        {Method::get, "/mail/confirming/{link}", gate::open, get_confirming},
        {Method::post, "/mail/confirming/{link}", gate::open, post_confirming},
        {Method::get, "/mail/stopping/{link}", gate::open, get_stopping},
        {Method::post, "/mail/stopping/{link}", gate::open, post_stopping},
    };
}

}  // namespace kith::mailing
