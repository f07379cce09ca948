#include "doors/numbers.hpp"
#include "doors/pages.hpp"
#include "platform/http/forms.hpp"
#include "platform/text/time_words.hpp"
#include "url.hpp"

namespace kith::doors::pages {
namespace {

using http::Ctx;
using http::Response;

constexpr int invitations_shown = 10;

struct View {
    Numbers numbers;
    Count hour, day;
    std::vector<Flood> floods;
    std::vector<groups::UsedInvitation> invitations;
    std::vector<ReadingAlarm> alarms;
    std::vector<Hint> hints;
    std::unordered_map<MemberId, PersonaId> people;
    std::unordered_map<PersonaId, std::string> names;
    std::unordered_map<GroupId, std::string> groups;

    std::string name_of(MemberId member) const { return names.at(people.at(member)); }
    bool is_working() const {
        return numbers.asking == Asking::always ||
               (numbers.asking == Asking::when_busy && hour.came >= numbers.busy_from);
    }
};

void add_names(db::ReadTx& tx, View& view) {
    std::vector<PersonaId> ids;
    const auto add = [&](MemberId member) {
        ids.push_back(view.people.try_emplace(member, identity::main_persona(tx, member)).first->second);
    };
    for (const ReadingAlarm& alarm : view.alarms)
        if (alarm.member) add(*alarm.member);
    for (const Hint& hint : view.hints) add(hint.member);
    std::vector<GroupId> groups;
    for (const groups::UsedInvitation& one : view.invitations) {
        groups.push_back(one.group);
        if (one.made_by) ids.push_back(*one.made_by);
    }
    view.names = identity::names_of(tx, ids);
    view.groups = groups::names_of(tx, groups);
}

Result<View> load(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<View> {
        TRY(identity::require_host(tx, ctx.actor()));
        const Time now = tx.now();
        View view{
            .numbers = numbers(tx),
            .hour = count_since(tx, now + -hour_ms),
            .day = count_since(tx, now + -day_ms),
            .floods = floods(tx),
            .invitations = groups::used_invitations(tx, now + -30 * day_ms, now + -day_ms, invitations_shown),
            .alarms = reading_alarms(tx),
            .hints = hints(tx)};
        add_names(tx, view);
        return view;
    });
}

void numbers_json(JsonWriter& j, const Numbers& numbers) {
    j.object("numbers").member("asking", numbers.asking);
    for (const NumberField& one : number_fields()) j.member(one.name, numbers.*one.number);
    j.end();
}

Response as_json(const View& view) {
    JsonWriter j;
    const auto count = [&](std::string_view name, const Count& one) {
        j.object(name)
            .member("came", one.came)
            .member("turned_away", one.turned_away)
            .member("worked", one.worked)
            .member("waited", one.waited)
            .end();
    };
    j.object();
    count("hour", view.hour);
    count("day", view.day);
    numbers_json(j, view.numbers);
    j.array("floods");
    for (const Flood& flood : view.floods)
        j.object()
            .member("id", flood.id)
            .member("kind", flood.kind)
            .member("posts", flood.posts)
            .member("last_at", flood.last_at)
            .member("outcome", flood.outcome ? to_word(*flood.outcome) : std::string_view())
            .end();
    j.end().array("invitations");
    for (const groups::UsedInvitation& one : view.invitations)
        j.object()
            .member("id", one.id)
            .member("group", one.group)
            .member("came", one.came)
            .member("came_lately", one.came_lately)
            .member("works", one.works)
            .end();
    j.end().array("reading");
    for (const ReadingAlarm& alarm : view.alarms)
        j.object()
            .member("name", alarm.member ? view.name_of(*alarm.member) : std::string())
            .member("opened", alarm.opened)
            .member("last_at", alarm.last_at)
            .end();
    j.end().array("hints");
    for (const Hint& hint : view.hints)
        j.object().member("name", view.name_of(hint.member)).member("at", hint.at).end();
    j.end().end();
    return http::json(j);
}

// ---- what is going on ------------------------------------------------------------------------------------

void now_part(Html& h, const Ctx& ctx, const View& view) {
    h << "<h2>" << ctx.t("Signing up") << "</h2><p>"
      << ctx.n("%d person signed up in the last hour.", "%d people signed up in the last hour.",
               view.hour.came)
      << " " << ctx.n("%d in the last day.", "%d in the last day.", view.day.came) << "</p><p>"
      << ctx.n("%d try was turned away in the last day.", "%d tries were turned away in the last day.",
               view.day.turned_away)
      << "</p>";
    if (view.is_working())
        h << "<p class=\"notice\">"
          << ctx.t("The device of each newcomer works for a moment now, or they take a minute over the form.")
          << "</p>";
    if (view.day.worked + view.day.waited > 0)
        h << "<p>"
          << ctx.f("Of those who came in the last day, the devices of %1 worked, and %2 took a minute.",
                   std::to_string(view.day.worked), std::to_string(view.day.waited))
          << "</p>";
    if (!ctx.site->open_sign_up) h << "<p>" << ctx.t("Only people with an invitation can sign up.") << "</p>";
    h << "<p><a href=\"" << url::admin_site() << "\">" << ctx.t("Close the door for a while, or open it")
      << "</a></p>";
}

void flood_card(Html& h, const Ctx& ctx, const Flood& flood) {
    h << "<li class=\"card\"><a href=\"" << url::admin_flood(flood.id.value()) << "\">"
      << (flood.kind == FloodKind::words
              ? ctx.n("The same words in %d post", "The same words in %d posts", flood.posts)
              : ctx.n("The same link or number in %d post", "The same link or number in %d posts",
                      flood.posts))
      << "</a> <span class=\"meta\">" << text::ago(ctx.words, flood.last_at, ctx.now()) << "</span><p>"
      << ctx.t(state_words(flood)) << "</p></li>";
}

void floods_part(Html& h, const Ctx& ctx, const View& view) {
    h << "<h2>" << ctx.t("The same from many new accounts") << "</h2>";
    if (view.floods.empty()) {
        h << "<p>" << ctx.t("Nothing of the kind.") << "</p>";
        return;
    }
    h << "<ul class=\"cards\">";
    for (const Flood& flood : view.floods) flood_card(h, ctx, flood);
    h << "</ul>";
}

void invitation_card(Html& h, const Ctx& ctx, const View& view, const groups::UsedInvitation& one) {
    h << "<li class=\"card\"><a dir=\"auto\" href=\"" << url::admin_door_invitation(one.id) << "\">"
      << one.label << "</a> <span class=\"meta\" dir=\"auto\">" << view.groups.at(one.group) << "</span><p>"
      << ctx.n("%d person came by it.", "%d people came by it.", one.came) << " "
      << ctx.n("%d in the last day.", "%d in the last day.", one.came_lately);
    if (one.made_by) h << " " << ctx.f("Made by %1.", view.names.at(*one.made_by));
    if (!one.works) h << " " << ctx.t("It does not work any more.");
    h << "</p></li>";
}

void invitations_part(Html& h, const Ctx& ctx, const View& view) {
    h << "<h2>" << ctx.t("Who came by which invitation") << "</h2>";
    if (view.invitations.empty()) {
        h << "<p>" << ctx.t("Nobody came by an invitation in the last 30 days.") << "</p>";
        return;
    }
    h << "<ul class=\"cards\">";
    for (const groups::UsedInvitation& one : view.invitations) invitation_card(h, ctx, view, one);
    h << "</ul>";
}

void member_link(Html& h, const View& view, MemberId member) {
    h << "<a dir=\"auto\" href=\"" << url::admin_member(view.people.at(member)) << "\">"
      << view.name_of(member) << "</a>";
}

void reading_part(Html& h, const Ctx& ctx, const View& view) {
    h << "<h2>" << ctx.t("Who reads far too much") << "</h2>";
    if (view.alarms.empty()) {
        h << "<p>" << ctx.t("Nobody.") << "</p>";
        return;
    }
    h << "<ul class=\"cards\">";
    for (const ReadingAlarm& alarm : view.alarms) {
        h << "<li class=\"card\">";
        if (alarm.member) member_link(h, view, *alarm.member);
        else h << ctx.t("Somebody without an account");
        h << "<p>"
          << ctx.f("At least %1 conversations within an hour. They are slowed down.",
                   std::to_string(alarm.opened))
          << " <span class=\"meta\">" << text::ago(ctx.words, alarm.last_at, ctx.now()) << "</span></p></li>";
    }
    h << "</ul><p class=\"hint\">"
      << ctx.t(
             "A person rarely opens so many. It can be a program that copies what people wrote in "
             "confidence.")
      << "</p>";
}

void hints_part(Html& h, const Ctx& ctx, const View& view) {
    if (view.hints.empty()) return;
    h << "<h2>" << ctx.t("Perhaps the same person again") << "</h2><p>"
      << ctx.t(
             "These accounts were opened from a network from which somebody whose account is on hold came, "
             "too. It "
             "may be the same person. It may as well be their family, a clinic, a library, or anybody with "
             "the same "
             "telephone company: many people share a network. Nothing was done. Please judge by what they "
             "write.")
      << "</p><ul class=\"cards\">";
    for (const Hint& hint : view.hints) {
        h << "<li class=\"card\">";
        member_link(h, view, hint.member);
        h << " <span class=\"meta\">" << text::ago(ctx.words, hint.at, ctx.now()) << "</span></li>";
    }
    h << "</ul>";
}

// ---- the numbers -----------------------------------------------------------------------------------------

void number_input(Html& h, const Ctx& ctx, const NumberField& one, const Numbers& now, const Error* error) {
    const std::string value = std::to_string(now.*one.number);
    http::field(h, ctx,
                {.name = one.name,
                 .label = ctx.t(one.label),
                 .value = error ? ctx.form().get(one.name) : std::string_view(value),
                 .type = "number"},
                error);
}

void asking_choice(Html& h, const Ctx& ctx, const Numbers& now, const Error* error) {
    const http::Option options[] = {
        {"when_busy", ctx.t("When it is busy")}, {"never", ctx.t("Never")}, {"always", ctx.t("Always")}};
    const std::string_view typed = ctx.form().get("asking");
    http::choices(h, ctx,
                  {.name = "asking",
                   .label = ctx.t("When does the device of a newcomer work for a moment?"),
                   .chosen = error && !typed.empty() ? typed : to_word(now.asking)},
                  options, error);
    h << "<p class=\"hint\">"
      << ctx.t(
             "It costs a telephone less than a second, and machines that open many accounts a lot. Nobody "
             "solves a "
             "puzzle. Without scripts one takes a minute over the form.")
      << "</p>";
}

void numbers_form(Html& h, const Ctx& ctx, const Numbers& now, const Error* error) {
    h << "<h2>" << ctx.t("The numbers") << "</h2><p>"
      << ctx.t("They are set so that no honest person meets them. Change them when something is going on.")
      << "</p>";
    http::open_form(h, ctx, url::admin_door());
    for (const NumberField& one : number_fields()) number_input(h, ctx, one, now, error);
    asking_choice(h, ctx, now, error);
    http::close_form(h, ctx.t("Save"));
}

Response door_page(Ctx& ctx, const Error* error) {
    const auto view = load(ctx);
    if (!view) return http::error_page(ctx, view.error());
    if (ctx.wants_json() && !error) return as_json(*view);
    Html h;
    now_part(h, ctx, *view);
    floods_part(h, ctx, *view);
    invitations_part(h, ctx, *view);
    reading_part(h, ctx, *view);
    hints_part(h, ctx, *view);
    numbers_form(h, ctx, view->numbers, error);
    const std::string heading(ctx.t("Who is at the door"));
    return http::form_page(ctx,
                           {.title = heading,
                            .heading = heading,
                            .crumbs = {{std::string(ctx.t("Look after the site")), url::admin()}}},
                           h, error);
}

}  // namespace

std::string_view state_words(const Flood& flood) {
    if (!flood.outcome && flood.kind == FloodKind::link) return t_later("It waits for you.");
    if (!flood.outcome)
        return t_later("It waits for you. What comes with the same words is hidden meanwhile.");
    if (*flood.outcome == FloodOutcome::cleared)
        return t_later("Somebody said that nothing is wrong with it.");
    if (flood.waiting > 0)
        return t_later("It was stopped. More of it has come since, or is being removed now.");
    return t_later("It was stopped.");
}

Response show_door(Ctx& ctx) { return door_page(ctx, nullptr); }

Response save_numbers(Ctx& ctx) {
    constexpr std::int64_t no_number = -1;
    const Done saved = ctx.write([&](db::Tx& tx) -> Done {
        Numbers typed = numbers(tx);
        for (const NumberField& one : number_fields())
            if (ctx.form().has(one.name)) typed.*one.number = ctx.form().number(one.name).value_or(no_number);
        typed.asking = from_word<Asking>(ctx.form().get("asking")).value_or(typed.asking);
        return set_numbers(tx, ctx.actor(), typed);
    });
    if (saved) return http::done(ctx, url::admin_door());
    if (saved.error().field.empty() || ctx.wants_json()) return http::error_page(ctx, saved.error());
    return door_page(ctx, &saved.error());
}

}  // namespace kith::doors::pages

namespace kith::doors {

std::vector<http::Route> routes() {
    using http::Method;
    namespace gate = http::gate;
    return {
        {Method::get, "/admin/door", gate::host, pages::show_door},
        {Method::post, "/admin/door", gate::host, pages::save_numbers},
        {Method::get, "/admin/door/floods/{flood}", gate::host, pages::show_flood},
        {Method::post, "/admin/door/floods/{flood}", gate::host, pages::decide_flood},
        {Method::get, "/admin/door/invitations/{invitation}", gate::host, pages::show_invitation},
        {Method::post, "/admin/door/invitations/{invitation}", gate::host, pages::decide_invitation},
    };
}

}  // namespace kith::doors
