#include <algorithm>
#include <charconv>

#include "platform/text/unicode.hpp"
#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;
using identity::Role;

constexpr std::size_t members_shown = 50;
constexpr int members_searched = 20'000;

struct Member {
    identity::Persona persona;  // the main name
    bool host = false, coordinator = false, researcher = false;
    bool active = true;  // neither on hold nor closed
};

struct MembersView {
    std::string q;
    std::vector<Member> members;
    bool more = false;
};

// ---- loading ------------------------------------------------------------------------------------------

Done require_staff(db::ReadTx& tx, const Actor& actor) {
    TRY(identity::acting_member(tx, actor));
    if (identity::has_role(tx, actor, Role::host) || identity::has_role(tx, actor, Role::coordinator))
        return {};
    return not_found();
}

Member load_member(db::ReadTx& tx, MemberId id, identity::Persona persona) {
    const Actor them = Actor::of(id);
    return {.persona = std::move(persona),
            .host = identity::has_role(tx, them, Role::host),
            .coordinator = identity::has_role(tx, them, Role::coordinator),
            .researcher = identity::has_role(tx, them, Role::researcher),
            .active = identity::acting_member(tx, them).has_value()};
}

identity::Persona main_name(db::ReadTx& tx, MemberId id) {
    const PersonaId persona = identity::main_persona(tx, id);
    const auto names = identity::names_of(tx, std::span(&persona, 1));
    return {persona, names.empty() ? std::string() : names.begin()->second};
}

// Those whose main name holds the words; and whoever has exactly this name, in a group too.
std::vector<identity::Persona> find(db::ReadTx& tx, std::string_view q) {
    const std::string wanted = text::fold(q);
    std::vector<identity::Persona> found = identity::list_members(tx, members_searched);
    std::erase_if(found, [&](const identity::Persona& persona) {
        return text::fold(persona.name).find(wanted) == std::string::npos;
    });
    if (const auto exact = identity::find_member(tx, q)) {
        const identity::Persona persona = main_name(tx, *exact);
        std::erase_if(found, [&](const identity::Persona& other) { return other.id == persona.id; });
        found.insert(found.begin(), persona);
    }
    return found;
}

MembersView load_members(db::ReadTx& tx, std::string_view q) {
    MembersView view{.q = text::one_line(q)};
    auto found = view.q.empty() ? identity::list_members(tx, members_shown + 1) : find(tx, view.q);
    view.more = found.size() > members_shown;
    if (view.more) found.resize(members_shown);
    for (identity::Persona& persona : found) {
        const MemberId id = identity::member_of(tx, persona.id);
        view.members.push_back(load_member(tx, id, std::move(persona)));
    }
    return view;
}

Result<MembersView> members_for(Ctx& ctx, std::string_view q) {
    return ctx.read([&](db::ReadTx& tx) -> Result<MembersView> {
        TRY(require_staff(tx, ctx.actor()));
        return load_members(tx, q);
    });
}

// ---- showing ------------------------------------------------------------------------------------------

void badge(Html& h, bool shown, std::string_view words) {
    if (shown) h << " <span class=\"badge\">" << words << "</span>";
}

void badges(Html& h, const Ctx& ctx, const Member& member) {
    badge(h, member.host, ctx.t("host"));
    badge(h, member.coordinator, ctx.t("coordinator"));
    badge(h, member.researcher, ctx.t("researcher"));
    badge(h, !member.active, ctx.t("on hold or closed"));
}

void search_form(Html& h, const Ctx& ctx, std::string_view q) {
    h << "<form method=\"get\" action=\"" << url::admin_members() << "\">";
    field(h, ctx,
          {.name = "q",
           .label = ctx.t("Name"),
           .hint = ctx.t("Any name that somebody writes under, or a part of their main name."),
           .value = q,
           .type = "search"},
          nullptr);
    close_form(h, ctx.t("Find"));
}

void open_act(Html& h, const Ctx& ctx, const Member& member, std::string_view act) {
    open_form(h, ctx, url::admin_member(member.persona.id));
    h << "<input type=\"hidden\" name=\"act\" value=\"" << act << "\">";
}

void role_form(Html& h, const Ctx& ctx, const Member& member, Role role, bool holds) {
    const bool coordinator = role == Role::coordinator;
    open_act(h, ctx, member, holds ? "end" : "grant");
    h << "<input type=\"hidden\" name=\"role\" value=\"" << to_word(role)
      << "\"><button class=\"button quiet\">";
    if (coordinator) {
        h << (holds ? ctx.t("End the role of coordinator") : ctx.t("Make them a coordinator"));
    } else {
        h << (holds ? ctx.t("End the role of researcher") : ctx.t("Make them a researcher"));
    }
    h << "</button></form>";
}

void hold_form(Html& h, const Ctx& ctx, const Member& member, const Error* error) {
    open_act(h, ctx, member, "suspend");
    field(h, ctx,
          {.name = "reason",
           .label = ctx.t("Why?"),
           .hint = ctx.t("The person will read this. Say which rule, in plain and kind words."),
           .value = ctx.form().get("reason")},
          error);
    field(h, ctx,
          {.name = "days",
           .label = ctx.t("For how many days?"),
           .hint = ctx.t("Leave it empty to keep the account on hold until you end it."),
           .value = ctx.form().get("days")},
          error);
    h << "<p><button class=\"button danger\">" << ctx.t("Put this account on hold") << "</button></p></form>";
}

void forms(Html& h, const Ctx& ctx, const Member& member, const Error* error) {
    h << "<h2>" << ctx.t("Roles") << "</h2><div class=\"row\">";
    role_form(h, ctx, member, Role::coordinator, member.coordinator);
    role_form(h, ctx, member, Role::researcher, member.researcher);
    h << "</div><h2>" << ctx.t("The account") << "</h2>";
    if (member.active) {
        hold_form(h, ctx, member, error);
        return;
    }
    open_act(h, ctx, member, "lift");
    close_form(h, ctx.t("Let them back in"));
}

void list(Html& h, const Ctx& ctx, const MembersView& view) {
    if (view.members.empty()) {
        h << "<div class=\"empty\"><p>" << ctx.t("Nobody here has that name.") << "</p></div>";
        return;
    }
    h << "<ul class=\"cards\">";
    for (const Member& member : view.members) {
        h << "<li class=\"card\"><a href=\"" << url::admin_members().query("q", member.persona.name) << "\">"
          << member.persona.name << "</a>";
        badges(h, ctx, member);
        h << "</li>";
    }
    h << "</ul>";
    if (view.more) h << "<p>" << ctx.t("There are more. Please search for a name.") << "</p>";
}

// One person with all that can be done: the only one found, or the one whose name was typed exactly.
const Member* the_one(const MembersView& view) {
    if (view.q.empty() || view.members.empty()) return nullptr;
    const Member& first = view.members.front();
    const bool exact = text::fold(first.persona.name) == text::fold(view.q);
    return exact || view.members.size() == 1 ? &first : nullptr;
}

Response members_page(Ctx& ctx, const MembersView& view, const Error* error) {
    Html h;
    search_form(h, ctx, view.q);
    if (const Member* one = the_one(view)) {
        h << "<section class=\"card\"><h2>" << one->persona.name << "</h2><p>";
        badges(h, ctx, *one);
        h << "</p></section>";
        forms(h, ctx, *one, error);
    } else {
        list(h, ctx, view);
    }
    return form_page(ctx, admin_frame(ctx, ctx.t("Members")), h, error);
}

Response members_json(const MembersView& view) {
    JsonWriter j;
    j.object().array("members");
    for (const Member& member : view.members)
        j.object()
            .member("persona", member.persona.id)
            .member("name", member.persona.name)
            .member("host", member.host)
            .member("coordinator", member.coordinator)
            .member("researcher", member.researcher)
            .member("active", member.active)
            .end();
    j.end().member("more", view.more).end();
    return http::json(j);
}

Response get_members(Ctx& ctx) {
    const auto view = members_for(ctx, ctx.query().get("q"));
    if (!view) return http::error_page(ctx, view.error());
    return ctx.wants_json() ? members_json(*view) : members_page(ctx, *view, nullptr);
}

// ---- acting -------------------------------------------------------------------------------------------

Result<std::optional<Time>> typed_until(const Ctx& ctx, Time now) {
    constexpr int most_days = 3650;
    const std::string text = text::trim(ctx.form().get("days"));
    if (text.empty()) return std::optional<Time>();
    int days = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
    if (error != std::errc() || end != text.data() + text.size() || days < 1 || days > most_days)
        return invalid("Please write a number of days, such as 7, or leave it empty.", "days");
    return std::optional<Time>(now + days * day_ms);
}

Done suspend(db::Tx& tx, const Ctx& ctx, MemberId member) {
    const std::string reason = text::one_line(ctx.form().get("reason"));
    if (reason.empty()) return invalid("Please say why: the person will read it.", "reason");
    const std::optional<Time> until = TRY(typed_until(ctx, tx.now()));
    return identity::suspend(tx, ctx.actor(), member, reason, until);
}

Result<Role> typed_role(const Ctx& ctx) {
    const auto role = from_word<Role>(ctx.form().get("role"));
    if (role == Role::coordinator || role == Role::researcher) return *role;
    return invalid("Please choose coordinator or researcher.", "role");
}

Done act_on(db::Tx& tx, const Ctx& ctx, MemberId member) {
    const std::string_view act = ctx.form().get("act");
    if (act == "suspend") return suspend(tx, ctx, member);
    if (act == "lift") return identity::lift_suspension(tx, ctx.actor(), member);
    if (act == "grant") return identity::grant_role(tx, ctx.actor(), member, TRY(typed_role(ctx)));
    if (act == "end") return identity::end_role(tx, ctx.actor(), member, TRY(typed_role(ctx)));
    return invalid("Please choose what to do.", "act");
}

// The main name behind the persona in the address, for those who may know it.
Result<std::string> addressed_name(Ctx& ctx, PersonaId persona) {
    return ctx.read([&](db::ReadTx& tx) -> Result<std::string> {
        TRY(require_staff(tx, ctx.actor()));
        if (identity::names_of(tx, std::span(&persona, 1)).empty()) return not_found();
        return main_name(tx, identity::member_of(tx, persona)).name;
    });
}

Response post_member(Ctx& ctx) {
    const auto persona = ctx.param<PersonaId>("persona");
    if (!persona) return http::error_page(ctx, persona.error());
    const auto name = addressed_name(ctx, *persona);
    if (!name) return http::error_page(ctx, name.error());
    const Done done = ctx.write(
        [&](db::Tx& tx) { return act_on(tx, ctx, identity::member_of(tx, *persona)); });
    if (done) return http::done(ctx, url::admin_members().query("q", *name));
    const auto view = members_for(ctx, *name);
    return view ? members_page(ctx, *view, &done.error()) : http::error_page(ctx, done.error());
}

}  // namespace

std::vector<http::Route> member_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/admin/members", gate::host, get_members},
            {Method::post, "/admin/members/{persona}", gate::host, post_member}};
}

}  // namespace kith::site
