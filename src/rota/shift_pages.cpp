#include "identity/identity.hpp"
#include "platform/text/list_words.hpp"
#include "platform/zone/zone.hpp"
#include "rota/pages.hpp"
#include "url.hpp"

// One shift, and planning one.
namespace kith::rota::pages {
namespace {

using http::Ctx;
using http::Response;

// ---- planning --------------------------------------------------------------------------------------------

struct Plan {
    View view;
    std::vector<identity::Persona> people;
};

Result<Plan> load_plan(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Plan> {
        Plan out{.view = {.desk = TRY(desk(tx, ctx.actor())), .zone = settings(tx).zone}};
        out.people = everybody(tx, out.view.desk);
        name_all(tx, out.view);
        return out;
    });
}

void person_selection(Html& h, const Ctx& ctx, const std::vector<identity::Persona>& people,
                      std::string_view chosen, const Error* error) {
    http::open_selection(h, ctx, {"person", ctx.t("Who?"), chosen}, error);
    http::option(h, "0", ctx.t("Nobody yet: somebody is wanted"), chosen);
    for (const identity::Persona& one : people)
        http::option(h, std::to_string(one.id.value()), one.name, chosen);
    http::close_selection(h);
}

void time_field(Html& h, const Ctx& ctx, const http::Field& field, const Error* error) {
    http::Field shown = field;
    shown.value = error ? ctx.form().get(field.name) : field.value;
    http::field(h, ctx, shown, error);
}

Response plan_page(Ctx& ctx, const Error* error) {
    const auto plan = load_plan(ctx);
    if (!plan) return http::error_page(ctx, plan.error());
    const auto typed = [&](std::string_view key) { return error ? ctx.form().get(key) : std::string_view(); };
    const std::string today = date_words(zone::day_of(plan->view.zone, ctx.now()));
    Html h;
    if (!plan->view.desk.plans)
        h << "<p>" << ctx.t("You plan a shift for yourself. Those who plan the rota see it.") << "</p>";
    http::open_form(h, ctx, url::new_shift());
    group_selection(h, ctx, plan->view, typed("group"), error);
    if (plan->view.desk.plans) person_selection(h, ctx, plan->people, typed("person"), error);
    time_field(h, ctx, {.name = "day", .label = ctx.t("Day"), .value = today, .type = "date"}, error);
    const std::string clock = ctx.f("By the clock in %1.", place_of(plan->view.zone));
    time_field(h, ctx, {.name = "from", .label = ctx.t("From"), .hint = clock, .type = "time"}, error);
    time_field(h, ctx,
               {.name = "until",
                .label = ctx.t("Until"),
                .hint = ctx.t("At most 12 hours. An earlier time is of the next day; 00:00 is midnight."),
                .type = "time"},
               error);
    http::check_box(h, ctx,
                    {.name = "weekly",
                     .label = ctx.t("The same every week"),
                     .checked = error && ctx.form().checked("weekly")});
    http::close_form(h, ctx.t("Plan this shift"));
    return http::form_page(ctx, frame(ctx, ctx.t("Plan a shift")), h, error);
}

// ---- one shift -------------------------------------------------------------------------------------------

struct One {
    View view;
    std::vector<identity::Persona> people;
    std::vector<std::string> beside;
    bool can_take = false;
    bool is_pair = false;  // two are asked for

    const Shift& shift() const { return view.shifts.front(); }
    bool is_own() const { return shift().member == view.desk.member; }
};

Result<One> load_one(Ctx& ctx, ShiftId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<One> {
        One out{.view = {.desk = TRY(desk(tx, ctx.actor())), .zone = settings(tx).zone}};
        const Shift shift = TRY(visible_shift(tx, out.view.desk, id));
        out.view.shifts.push_back(shift);
        out.people = everybody(tx, out.view.desk);
        out.beside = beside(tx, shift);
        out.can_take = may_cover(tx, out.view.desk.member, shift.group);
        out.is_pair = needs_two(tx, shift.group);
        name_all(tx, out.view);
        return out;
    });
}

void facts(Html& h, const Ctx& ctx, const One& one) {
    const Shift& shift = one.shift();
    const std::int64_t day = zone::day_of(one.view.zone, shift.begins_at);
    h << "<dl><dt>" << ctx.t("When") << "</dt><dd>" << day_words(ctx.words, one.view.zone, day, ctx.now())
      << ", " << span_words(ctx.words, one.view.zone, span_of(shift)) << "</dd><dt>" << ctx.t("Group")
      << "</dt><dd>" << one.view.group_name(ctx, shift.group) << "</dd><dt>" << ctx.t("Who") << "</dt><dd>"
      << who_words(ctx, one.view, shift) << "</dd>";
    if (!one.beside.empty())
        h << "<dt>" << ctx.t("With") << "</dt><dd>" << text::listed(ctx.words, one.beside) << "</dd>";
    h << "</dl>";
    if (one.is_pair && one.beside.empty())
        h << "<p class=\"notice warn\">"
          << ctx.t("Nobody should be alone here. A second person is still wanted.") << "</p>";
    if (shift.offered_at)
        h << "<p class=\"notice\">"
          << ctx.t(
                 "Somebody else is wanted for this shift. Until then it stays as "
                 "it is.")
          << "</p>";
}

void acts_of_own(Html& h, const Ctx& ctx, const Url& here, const Shift& shift) {
    if (shift.offered_at) {
        press(h, ctx, here, {"keep", ctx.t("I keep it after all")});
    } else {
        press(h, ctx, here, {"offer", ctx.t("I would like to hand it over")});
    }
    press(h, ctx, here, {"leave", ctx.t("I cannot come")});
}

void acts(Html& h, const Ctx& ctx, const One& one) {
    const Shift& shift = one.shift();
    const Url here = url::shift(shift.id.value());
    h << "<div class=\"row\">";
    if (one.is_own()) acts_of_own(h, ctx, here, shift);
    else if (one.can_take && (shift.is_open() || shift.offered_at))
        press(h, ctx, here, {"take", ctx.t("I take this shift")});
    if (one.view.desk.plans || (one.is_own() && !shift.pattern))
        press(h, ctx, here, {"remove", ctx.t("Take it off the rota")});
    if (shift.pattern && (one.view.desk.plans || one.is_own()))
        press(h, ctx, url::shift_pattern(shift.pattern.value()),
              {"end", ctx.t("No more of these from now on")});
    h << "</div>";
    if (one.is_own())
        h << "<p class=\"hint\">"
          << ctx.t("You need not say why. If you cannot come, the others are told at once.") << "</p>";
}

void giving(Html& h, const Ctx& ctx, const One& one, const Error* error) {
    if (!one.view.desk.plans) return;
    h << "<h2>" << ctx.t("Give it to somebody") << "</h2>";
    http::open_form(h, ctx, url::shift(one.shift().id.value()));
    h << "<input type=\"hidden\" name=\"do\" value=\"give\">";
    person_selection(h, ctx, one.people, error ? ctx.form().get("person") : std::string_view(), error);
    http::close_form(h, ctx.t("Give this shift"));
}

Response one_page(Ctx& ctx, ShiftId id, const Error* error) {
    const auto one = load_one(ctx, id);
    if (!one) return http::error_page(ctx, one.error());
    if (ctx.wants_json() && !error) {
        JsonWriter j;
        shift_json(j, one->view, one->shift());
        return http::json(j);
    }
    Html h;
    facts(h, ctx, *one);
    const bool is_over = one->shift().ends_at <= ctx.now();
    if (!is_over) {
        acts(h, ctx, *one);
        giving(h, ctx, *one, error);
    }
    if (one->is_own())
        h << "<p><a href=\"" << url::handovers() << "\">" << ctx.t("Write a handover note") << "</a></p>";
    return http::form_page(ctx, frame(ctx, ctx.t("A shift")), h, error);
}

Done act(db::Tx& tx, const Ctx& ctx, ShiftId id) {
    const Actor actor = ctx.actor();
    const std::string_view act = ctx.form().get("do");
    if (act == "take") return take_shift(tx, actor, id);
    if (act == "offer") return offer_shift(tx, actor, id, Offer::made);
    if (act == "keep") return offer_shift(tx, actor, id, Offer::withdrawn);
    if (act == "leave") return leave_shift(tx, actor, id);
    if (act == "remove") return remove_shift(tx, actor, id);
    if (act == "give") return give_shift(tx, actor, id, PersonaId(ctx.form().number("person").value_or(0)));
    return invalid("Please choose what you want to do.");
}

}  // namespace

Response show_new_shift(Ctx& ctx) { return plan_page(ctx, nullptr); }

Response save_new_shift(Ctx& ctx) {
    const http::Form& form = ctx.form();
    const ShiftForm typed{.group = GroupId(form.number("group").value_or(0)),
                          .person = PersonaId(form.number("person").value_or(0)),
                          .day = std::string(form.get("day")),
                          .from = std::string(form.get("from")),
                          .until = std::string(form.get("until")),
                          .weekly = form.checked("weekly")};
    const Done saved = ctx.write([&](db::Tx& tx) { return plan_shift(tx, ctx.actor(), typed); });
    if (saved) return http::done(ctx, url::rota_week(typed.day), 201);
    if (saved.error().field.empty()) return http::error_page(ctx, saved.error());
    return plan_page(ctx, &saved.error());
}

Response show_shift(Ctx& ctx) {
    const auto id = ctx.param<ShiftId>("shift");
    return id ? one_page(ctx, *id, nullptr) : http::error_page(ctx, id.error());
}

Response save_shift(Ctx& ctx) {
    const auto id = ctx.param<ShiftId>("shift");
    if (!id) return http::error_page(ctx, id.error());
    const Done done = ctx.write([&](db::Tx& tx) { return act(tx, ctx, *id); });
    if (done)
        return http::done(ctx, ctx.form().get("do") == "remove" ? url::rota() : url::shift(id->value()));
    const Fault fault = done.error().fault;
    if (fault != Fault::invalid && fault != Fault::conflict) return http::error_page(ctx, done.error());
    return one_page(ctx, *id, &done.error());
}

Response save_pattern(Ctx& ctx) {
    const auto id = ctx.param<PatternId>("pattern");
    if (!id) return http::error_page(ctx, id.error());
    const Done done = ctx.write([&](db::Tx& tx) { return end_pattern(tx, ctx.actor(), *id); });
    return done ? http::done(ctx, url::rota()) : http::error_page(ctx, done.error());
}

}  // namespace kith::rota::pages
