#include "crises/pages.hpp"
#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "training/training.hpp"

namespace kith::crises::pages {
namespace {

using http::Ctx;
using http::Response;
using State = Opening::State;

// ---- one's own -------------------------------------------------------------------------------------------

Details typed_details(const Ctx& ctx) {
    const auto text = [&](std::string_view field) { return std::string(ctx.form().get(field)); };
    return {text("name"), text("phone"), text("person"), text("address")};
}

void details_form(Html& h, const Ctx& ctx, const Details& details, const Error* error) {
    const auto line = [&](std::string_view name, std::string_view label, std::string_view hint,
                          std::string_view value) {
        http::field(h, ctx, {.name = name, .label = label, .hint = hint, .value = value}, error);
    };
    http::open_form(h, ctx, url::me_emergency_contact());
    line("name", ctx.t("Your real name"), ctx.t("You can leave any of these empty."), details.name);
    line("phone", ctx.t("Your telephone number"), {}, details.phone);
    line("person", ctx.t("Somebody to call, and their number"),
         ctx.t("Does this person know that they may be called?"), details.person);
    line("address", ctx.t("Where you live"), ctx.t("An ambulance needs this."), details.address);
    http::close_form(h, ctx.t("Seal and keep this"));
}

void promise(Html& h, const Ctx& ctx) {
    h << "<p>"
      << ctx.t(
             "You can leave here how to reach you if you may be in danger. You do not have to: you belong "
             "here without it.")
      << "</p><ul><li>"
      << ctx.t(
             "It is kept sealed. Nobody here sees it, nor whether you left anything. Whoever runs the server "
             "holds the key, and could break the seal.")
      << "</li><li>"
      << ctx.t(
             "Only if somebody fears for you, because of what you wrote, can two people who look after your "
             "group open it together. They must say why. This also holds for what you wrote anonymously: "
             "then they learn how to reach you, and not which name you have here.")
      << "</li><li>" << ctx.t("A week later you can read that it was opened, and why.") << "</li><li>"
      << ctx.t("You can change or delete it at any time.") << "</li></ul>";
}

void kept_part(Html& h, const Ctx& ctx, Time left_at, const Error* error) {
    h << "<p class=\"notice\">" << ctx.f("You left something on %1.", text::date(ctx.words, left_at))
      << "</p>";
    http::open_form(h, ctx, url::me_emergency_contact());
    identity::current_password_field(h, ctx, error);
    h << "<p><button class=\"button\" name=\"do\" value=\"show\">" << ctx.t("Show it to me, to change it")
      << "</button></p></form>";
    http::open_form(h, ctx, url::me_emergency_contact());
    h << "<p><button class=\"button quiet\" name=\"do\" value=\"delete\">" << ctx.t("Delete it")
      << "</button></p></form>";
}

// `details`: a form with them; nothing: whether there are any.
Response mine_page(Ctx& ctx, const Details* details, const Error* error) {
    const auto left_at = ctx.read([&](db::ReadTx& tx) { return contact_left_at(tx, ctx.session->member); });
    if (ctx.wants_json() && !error) {
        JsonWriter j;
        j.object().member("left_at", left_at).end();
        return http::json(j);
    }
    Html h;
    promise(h, ctx);
    if (left_at && !details) kept_part(h, ctx, *left_at, error);
    else details_form(h, ctx, details ? *details : Details(), error);
    const std::string heading(ctx.t("How to reach me in an emergency"));
    return http::form_page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("My space")), url::me()}}},
        h, error);
}

Response show_kept(Ctx& ctx) {
    const auto details = [&]() -> Result<Details> {
        TRY(identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current")));
        return ctx.read([&](db::ReadTx& tx) { return own_contact(tx, ctx.actor()); });
    }();
    if (details && ctx.wants_json()) {
        JsonWriter j;
        j.object()
            .member("name", details->name)
            .member("phone", details->phone)
            .member("person", details->person)
            .member("address", details->address)
            .end();
        return http::json(j);
    }
    if (details) return mine_page(ctx, &*details, nullptr);
    if (!belongs_to_form(ctx, details.error()) && details.error().fault != Fault::too_many)
        return http::error_page(ctx, details.error());
    return mine_page(ctx, nullptr, &details.error());
}

// ---- opening them in a case ------------------------------------------------------------------------------

struct View {
    Opening opening;
    bool is_trained = true;  // who reads
    Names names;
};

Result<View> load(Ctx& ctx, CaseId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<View> {
        View out{TRY(opening_of(tx, ctx.actor(), id)), training::is_trained(tx, ctx.actor()), {}};
        const PersonaId people[] = {out.opening.asked_by, out.opening.agreed_by};
        out.names = identity::names_of(tx, people);
        return out;
    });
}

void press(Html& h, const Ctx& ctx, CaseId id, const Url& action, std::string_view words,
           const Error* error) {
    http::open_form(h, ctx, action);
    identity::current_password_field(h, ctx, error, url::case_contact(id));
    http::close_form(h, words);
}

void asking_form(Html& h, const Ctx& ctx, CaseId id, const Error* error) {
    http::open_form(h, ctx, url::case_contact(id));
    http::field(h, ctx,
                {.name = "reason",
                 .label = ctx.t("Why do you need to reach them now?"),
                 .hint = ctx.t("The second person reads it, and later the person themselves."),
                 .value = ctx.form().get("reason"),
                 .rows = 3},
                error);
    identity::current_password_field(h, ctx, error);
    http::close_form(h, ctx.t("Ask a second person"));
}

void asked(Html& h, const Ctx& ctx, CaseId id, const View& view, const Error* error) {
    const std::string until = text::exact(ctx.words, view.opening.until);
    if (view.opening.is_part) {
        h << "<p class=\"notice\">"
          << ctx.f(
                 "You have asked. The others who look after the group were told; one of them can agree here "
                 "until %1.",
                 until)
          << "</p>";
        return;
    }
    h << "<p>"
      << ctx.f("%1 asks to open the contact details, because:",
               name_of(ctx.words, view.names, view.opening.asked_by))
      << "</p><blockquote dir=\"auto\">" << view.opening.reason << "</blockquote><p>"
      << ctx.f("If you think so too, you can agree until %1. If not, do nothing: nothing is opened.", until)
      << "</p>";
    press(h, ctx, id, url::case_contact_agreement(id), ctx.t("I agree. We both may see them"), error);
}

void agreed(Html& h, const Ctx& ctx, CaseId id, const View& view, const Error* error) {
    h << "<p>"
      << ctx.f("%1 asked and %2 agreed. Both can see the details until %3.",
               name_of(ctx.words, view.names, view.opening.asked_by),
               name_of(ctx.words, view.names, view.opening.agreed_by),
               text::exact(ctx.words, view.opening.until))
      << "</p>";
    if (view.opening.is_part)
        press(h, ctx, id, url::case_contact_opening(id), ctx.t("Show me the details"), error);
}

void steps(Html& h, const Ctx& ctx, CaseId id, const View& view, const Error* error) {
    if (!view.is_trained) return training::ask_first(h, ctx);
    if (view.opening.state == State::none) asking_form(h, ctx, id, error);
    if (view.opening.state == State::asked) asked(h, ctx, id, view, error);
    if (view.opening.state == State::agreed) agreed(h, ctx, id, view, error);
}

Response frame(Ctx& ctx, CaseId id, const Html& h, const Error* error) {
    const std::string heading(ctx.t("How to reach them in an emergency"));
    return http::form_page(ctx, {.title = heading, .heading = heading, .crumbs = crumbs(ctx, id)}, h, error);
}

Response opening_json(const Opening& opening) {
    JsonWriter j;
    j.object().member("state", opening.state).member("reason", opening.reason);
    j.member("until", opening.state == State::none ? std::nullopt : std::optional(opening.until)).end();
    return http::json(j);
}

Response opening_page(Ctx& ctx, CaseId id, const Error* error) {
    const auto view = load(ctx, id);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json()) return opening_json(view->opening);
    Html h;
    h << "<p>"
      << ctx.t(
             "Some people leave sealed how to reach them if they may be in danger. Two people who look after "
             "the group can open it together, for 24 hours. Whether there is anything shows only then. Is it "
             "urgent? Do not wait for this: call the emergency number.")
      << " <a href=\"" << url::help_now() << "\">" << ctx.t("Need help now?") << "</a></p>";
    steps(h, ctx, id, *view, error);
    h << "<p class=\"hint\">"
      << ctx.t(
             "Every step is written down for the hosts. A week later the person can read that it was opened, "
             "and why.")
      << "</p>";
    return frame(ctx, id, h, error);
}

// A rule about one case, by somebody who shows that it is them; `next` is what follows.
template <class Rule, class Next>
Response take_step(Ctx& ctx, Rule&& rule, Next&& next) {
    const auto id = ctx.param<CaseId>("case");
    if (!id) return http::error_page(ctx, id.error());
    const auto done = confirmed(ctx, *id, rule);
    if (done) return next(*id, done);
    return belongs_to_form(ctx, done.error()) ? opening_page(ctx, *id, &done.error())
                                              : http::error_page(ctx, done.error());
}

void detail(Html& h, std::string_view label, std::string_view words) {
    if (!words.empty()) h << "<dt>" << label << "</dt><dd dir=\"auto\">" << words << "</dd>";
}

Response opened_page(Ctx& ctx, CaseId id, const std::optional<Details>& details) {
    if (ctx.wants_json()) {
        JsonWriter j;
        const Details all = details.value_or(Details());
        j.object()
            .member("was_left", details.has_value())
            .member("name", all.name)
            .member("phone", all.phone)
            .member("person", all.person)
            .member("address", all.address)
            .end();
        return http::json(j);
    }
    Html h;
    if (!details) {
        h << "<p class=\"notice\">"
          << ctx.t("They left nothing. Think of another way: write to them here, or tell a service outside.")
          << "</p>";
        return frame(ctx, id, h, nullptr);
    }
    h << "<dl>";
    detail(h, ctx.t("Real name"), details->name);
    detail(h, ctx.t("Telephone"), details->phone);
    detail(h, ctx.t("Somebody to call"), details->person);
    detail(h, ctx.t("Address"), details->address);
    h << "</dl><p class=\"notice\">"
      << ctx.t("Tell nobody who does not need to know. Think first of how to help.") << "</p><p><a href=\""
      << url::case_timeline(id) << "\">" << ctx.t("Write down what you tried") << "</a></p>";
    return frame(ctx, id, h, nullptr);
}

}  // namespace

Response show_my_contact(Ctx& ctx) { return mine_page(ctx, nullptr, nullptr); }

Response save_my_contact(Ctx& ctx) {
    const std::string_view what = ctx.form().get("do");
    if (what == "show") return show_kept(ctx);
    const Details details = typed_details(ctx);
    const Done saved = ctx.write([&](db::Tx& tx) {
        return what == "delete" ? delete_contact(tx, ctx.actor()) : leave_contact(tx, ctx.actor(), details);
    });
    if (saved) return http::done(ctx, url::me_emergency_contact());
    const bool is_kept = belongs_to_form(ctx, saved.error()) ||
                         (saved.error().fault == Fault::unavailable && !ctx.wants_json());
    return is_kept ? mine_page(ctx, &details, &saved.error()) : http::error_page(ctx, saved.error());
}

Response show_opening(Ctx& ctx) {
    const auto id = ctx.param<CaseId>("case");
    return id ? opening_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response ask_opening(Ctx& ctx) {
    return take_step(
        ctx,
        [&](db::Tx& tx, CaseId id) {
            return crises::ask_opening(tx, ctx.actor(), id, ctx.form().get("reason"));
        },
        [&](CaseId id, const Done&) { return http::done(ctx, url::case_contact(id)); });
}

Response agree_to_opening(Ctx& ctx) {
    return take_step(
        ctx, [&](db::Tx& tx, CaseId id) { return crises::agree_to_opening(tx, ctx.actor(), id); },
        [&](CaseId id, const Done&) { return http::done(ctx, url::case_contact(id)); });
}

Response open_contact(Ctx& ctx) {
    return take_step(
        ctx, [&](db::Tx& tx, CaseId id) { return crises::open_contact(tx, ctx.actor(), id); },
        [&](CaseId id, const Result<std::optional<Details>>& details) {
            return opened_page(ctx, id, *details);
        });
}

}  // namespace kith::crises::pages
