#include "identity/identity.hpp"
#include "platform/text/time_words.hpp"
#include "platform/zone/zone.hpp"
#include "rota/pages.hpp"
#include "url.hpp"

// A week of shifts, and what is ahead.
namespace kith::rota::pages {
namespace {

using http::Ctx;
using http::Response;

constexpr std::int64_t week_days = 7;

struct Week {
    View view;
    std::int64_t monday = 0;
    bool has_handover = false;
};

// The Monday of the week that was asked for, or of this one.
std::int64_t monday_in(const Ctx& ctx, std::string_view zone) {
    const auto typed = text::parse_date(ctx.query().get("week"));
    const std::int64_t day = typed ? typed->ms / day_ms : zone::day_of(zone, ctx.now());
    return day - (zone::weekday_of(day) - 1);
}

Result<Week> load_week(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Week> {
        Week out{.view = {.desk = TRY(desk(tx, ctx.actor())), .zone = settings(tx).zone}};
        out.monday = monday_in(ctx, out.view.zone);
        out.view.shifts = shifts_between(tx, out.view.desk, zone::at(out.view.zone, out.monday, 0),
                                         zone::at(out.view.zone, out.monday + week_days, 0));
        out.has_handover = handover_waits(tx, out.view.desk);
        name_all(tx, out.view);
        return out;
    });
}

void shift_line(Html& h, const Ctx& ctx, const View& view, const Shift& shift) {
    h << (shift.is_open() ? Markup("<li class=\"card wanted\">") : Markup("<li class=\"card\">"))
      << "<a href=\"" << url::shift(shift.id.value()) << "\">"
      << span_words(ctx.words, view.zone, span_of(shift)) << "</a><p><bdi>" << who_words(ctx, view, shift)
      << "</bdi> <bdi class=\"meta\">" << view.group_name(ctx, shift.group) << "</bdi>";
    if (shift.is_on(ctx.now())) h << " <span class=\"badge\">" << ctx.t("now") << "</span>";
    if (shift.offered_at) h << " <span class=\"badge\">" << ctx.t("wants to hand it over") << "</span>";
    h << "</p></li>";
}

void day_part(Html& h, const Ctx& ctx, const Week& week, std::int64_t day) {
    const View& view = week.view;
    const bool is_today = zone::day_of(view.zone, ctx.now()) == day;
    h << (is_today ? Markup("<section class=\"day today\"><h2>") : Markup("<section class=\"day\"><h2>"))
      << weekday_words(ctx.words, zone::weekday_of(day)) << " <span class=\"meta\">"
      << text::date(ctx.words, {day * day_ms}) << "</span></h2>";
    Html shifts;
    for (const Shift& shift : view.shifts)
        if (zone::day_of(view.zone, shift.begins_at) == day) shift_line(shifts, ctx, view, shift);
    if (shifts.empty()) h << "<p class=\"meta\">" << ctx.t("Nobody is planned.") << "</p>";
    else h << "<ul class=\"cards\">" << shifts << "</ul>";
    h << "</section>";
}

void ways(Html& h, const Ctx& ctx, const Week& week) {
    h << "<p class=\"row\"><a class=\"button\" href=\"" << url::new_shift() << "\">" << ctx.t("Plan a shift")
      << "</a><a class=\"button quiet\" href=\"" << url::handovers() << "\">" << ctx.t("Handover notes")
      << "</a><a class=\"button quiet\" href=\"" << url::rota_ahead() << "\">" << ctx.t("Gaps ahead")
      << "</a></p>";
    if (week.has_handover)
        h << "<p class=\"notice\"><a href=\"" << url::handovers() << "\">"
          << ctx.t("There is a handover note for you to read.") << "</a></p>";
}

void other_weeks(Html& h, const Ctx& ctx, std::int64_t monday) {
    h << "<nav class=\"pagination\" aria-label=\"" << ctx.t("Weeks") << "\"><a rel=\"prev\" href=\""
      << url::rota_week(date_words(monday - week_days)) << "\">" << ctx.t("Earlier week") << "</a><span>"
      << ctx.f("Week from %1", text::date(ctx.words, {monday * day_ms})) << "</span><a rel=\"next\" href=\""
      << url::rota_week(date_words(monday + week_days)) << "\">" << ctx.t("Next week") << "</a></nav>";
}

Response week_json(const Week& week) {
    JsonWriter j;
    j.object().member("monday", date_words(week.monday)).member("zone", week.view.zone);
    j.member("handover", week.has_handover).array("shifts");
    for (const Shift& shift : week.view.shifts) shift_json(j, week.view, shift);
    j.end().end();
    return http::json(j);
}

struct Ahead {
    View view;
    std::vector<std::string> resting;
};

Result<Ahead> load_ahead(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Ahead> {
        Ahead out{.view = {.desk = TRY(desk(tx, ctx.actor())), .zone = settings(tx).zone}};
        out.view.gaps = gaps_ahead(tx, out.view.desk);
        out.resting = who_needs_rest(tx, out.view.desk);
        name_all(tx, out.view);
        return out;
    });
}

Response ahead_json(const Ahead& ahead) {
    JsonWriter j;
    j.object().array("gaps");
    for (const Gap& gap : ahead.view.gaps) gap_members(j, gap);
    j.end().array("needs_rest");
    for (const std::string& name : ahead.resting) j.value(name);
    j.end().end();
    return http::json(j);
}

void resting_part(Html& h, const Ctx& ctx, const Ahead& ahead) {
    if (!ahead.view.desk.plans) return;
    h << "<h2>" << ctx.t("Who needs rest") << "</h2>";
    if (ahead.resting.empty()) {
        h << "<p>" << ctx.t("Nobody just now.") << "</p>";
        return;
    }
    h << "<p>"
      << ctx.t(
             "These people have carried much in the last days. It says nothing about how well they do it. A "
             "kind word helps, and somebody else for their next shift.")
      << "</p><ul>";
    for (const std::string& name : ahead.resting) h << "<li><bdi>" << name << "</bdi></li>";
    h << "</ul>";
}

}  // namespace

Response show_week(Ctx& ctx) {
    const auto week = load_week(ctx);
    if (!week) return http::error_page(ctx, week.error());
    if (ctx.wants_json()) return week_json(*week);
    Html h;
    ways(h, ctx, *week);
    other_weeks(h, ctx, week->monday);
    h << "<div class=\"week\">";
    for (std::int64_t day = week->monday; day < week->monday + week_days; ++day) day_part(h, ctx, *week, day);
    h << "</div><p class=\"hint\">" << ctx.f("All times by the clock in %1.", place_of(week->view.zone))
      << "</p>";
    const std::string heading(ctx.t("Rota"));
    return http::page(
        ctx, {.title = heading, .heading = heading, .crumbs = {{std::string(ctx.t("Home")), url::home()}}},
        h);
}

Response show_ahead(Ctx& ctx) {
    const auto ahead = load_ahead(ctx);
    if (!ahead) return http::error_page(ctx, ahead.error());
    if (ctx.wants_json()) return ahead_json(*ahead);
    Html h;
    h << "<h2>" << ctx.t("In the next 14 days") << "</h2>";
    if (ahead->view.gaps.empty())
        h << "<p class=\"empty\">" << ctx.t("No gap. Everybody who is planned has somebody.") << "</p>";
    gaps_lists(h, ctx, ahead->view);
    resting_part(h, ctx, *ahead);
    return http::page(ctx, frame(ctx, ctx.t("Gaps ahead")), h);
}

}  // namespace kith::rota::pages
