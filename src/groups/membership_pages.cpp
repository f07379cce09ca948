#include "groups/pages.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/views.hpp"
#include "identity/identity.hpp"
#include "platform/text/markdown.hpp"

// A group as people see it before they join; joining, leaving and the name used there.
namespace kith::groups::pages {
namespace {

struct Preview {
    Access access;
    Leaders leaders;
    std::string code;  // the invitation that opened it, if any
    std::string name;  // the reader's name there, or the one they would have
    bool waiting = false;
    bool full = false;

    const Group& group() const { return access.group; }
    // Whether joining means asking.
    bool asks() const {
        return group().admission == Admission::request && code.empty() && !access.lead && !access.moderate;
    }
};

// access(), or what a good invitation shows of a group that would be unknown otherwise.
Result<Access> seen(db::ReadTx& tx, const Actor& actor, GroupId id, std::string_view code) {
    Result<Access> found = access(tx, actor, id);
    if (found || code.empty() || found.error().fault != Fault::not_found) return found;
    Group group = TRY(group_for_code(tx, code));
    if (group.id != id) return not_found();
    Access out{.phase = phase(group, tx.now())};
    out.group = std::move(group);
    return out;
}

std::string name_of(db::ReadTx& tx, PersonaId persona) {
    const auto names = identity::names_of(tx, {&persona, 1});
    return names.empty() ? std::string() : names.begin()->second;
}

Result<Preview> preview(db::ReadTx& tx, const Actor& actor, GroupId id, std::string_view code) {
    Preview out{.access = TRY(seen(tx, actor, id, code)), .code = std::string(code)};
    out.leaders = leaders_of(tx, id);
    const std::optional<int> limit = out.group().size_limit;
    out.full = limit && store::count_members(tx, id) >= *limit;
    if (!actor.is_member()) return out;
    out.waiting = store::is_waiting(tx, id, actor.member);
    out.name = name_of(tx,
                       out.access.member ? out.access.persona : identity::persona_in(tx, actor.member, id));
    return out;
}

// ---- what the person sees -----------------------------------------------------------------------

void about(Html& h, const Ctx& ctx, const Preview& preview) {
    const Group& group = preview.group();
    badges(h, ctx, group);
    h << text::render_markdown(group.purpose) << "<p>" << admission_sentence(ctx, group.admission);
    if (group.public_reading && ctx.site->public_reading)
        h << " " << ctx.t("People without an account can read it too.");
    h << "</p>";
    if (group.size_limit)
        h << "<p>" << ctx.f("For up to %1 people.", std::to_string(*group.size_limit)) << "</p>";
    h << "<h2>" << ctx.t("Who looks after it") << "</h2>";
    leaders(h, ctx, preview.leaders.facilitators, preview.leaders.moderators);
    if (!group.rules.empty())
        h << "<h2>" << ctx.t("Rules of this group") << "</h2><div class=\"text\">"
          << text::render_markdown(group.rules) << "</div>";
}

void name_field(Html& h, const Ctx& ctx, const Typed& typed, std::string_view hint) {
    field(h, ctx, typed,
          {.name = "name", .label = ctx.t("Another name for this group, if you like"), .hint = hint});
}

void join_form(Html& h, const Ctx& ctx, const Preview& preview, const Typed& typed) {
    h << "<h2>" << (preview.asks() ? ctx.t("Ask to join") : ctx.t("Join")) << "</h2>";
    open_form(h, ctx, url::membership(preview.group().id));
    if (!preview.code.empty())
        h << "<input type=\"hidden\" name=\"invitation_code\" value=\"" << preview.code << "\">";
    if (preview.asks())
        field(h, ctx, typed,
              {.name = "request_words",
               .label = ctx.t("Why would you like to join?"),
               .hint = ctx.t("A line is enough. You can leave it empty."),
               .rows = 3});
    name_field(
        h, ctx, typed,
        ctx.f("Leave it empty to write as %1. Other members cannot tell that both are yours.", preview.name));
    tick(h, ctx, typed, {.name = "rules_agreed", .label = ctx.t("I have read the rules and agree to them.")});
    close_form(h, preview.asks() ? ctx.t("Ask to join this group") : ctx.t("Join this group"));
}

void own_membership(Html& h, const Ctx& ctx, const Preview& preview, const Typed& typed) {
    const GroupId group = preview.group().id;
    h << "<h2>" << ctx.t("You belong to this group") << "</h2><p>"
      << ctx.f("You write here as %1.", preview.name) << "</p><p><a class=\"button\" href=\""
      << url::group(group) << "\">" << ctx.t("Go to the group") << "</a></p>";
    open_form(h, ctx, url::group_name(group));
    name_field(h, ctx, typed, ctx.t("Leave it empty to write under your main name from now on."));
    close_form(h, ctx.t("Change my name here"));
    h << "<p class=\"hint\">" << ctx.t("You can come back whenever you like. What you wrote stays.")
      << "</p>";
    press(h, ctx, url::leaving(group), {.words = ctx.t("Leave this group"), .danger = true});
}

void sign_in_first(Html& h, const Ctx& ctx) {
    h << "<h2>" << ctx.t("Join") << "</h2><p>"
      << ctx.t("To join you need a name here. A made-up one is best.")
      << "</p><p class=\"row\"><a class=\"button\" href=\""
      << url::sign_up().query("next", ctx.request.target) << "\">" << ctx.t("Choose a name")
      << "</a><a class=\"button quiet\" href=\"" << url::sign_in().query("next", ctx.request.target) << "\">"
      << ctx.t("Sign in") << "</a></p>";
}

void waiting_note(Html& h, const Ctx& ctx, GroupId group) {
    h << "<div class=\"notice\"><p>"
      << ctx.t("You have asked to join. Somebody who looks after this group will answer you.")
      << "</p></div>";
    press(h, ctx, url::leaving(group), {.words = ctx.t("Take my request back")});
}

void note(Html& h, std::string_view words) { h << "<div class=\"notice\"><p>" << words << "</p></div>"; }

void way_in(Html& h, const Ctx& ctx, const Preview& preview, const Typed& typed) {
    const Group& group = preview.group();
    if (preview.access.member) return own_membership(h, ctx, preview, typed);
    if (preview.waiting && preview.code.empty()) return waiting_note(h, ctx, group.id);
    if (preview.access.phase > Phase::running)
        return note(h, ctx.t("This group has closed. Nobody new can join it any more."));
    if (preview.full)
        return note(h, ctx.t("This group is full just now. You can come back later or look for "
                             "another one."));
    if (!ctx.signed_in()) return sign_in_first(h, ctx);
    if (group.admission == Admission::invitation && preview.code.empty() && !preview.access.lead &&
        !preview.access.moderate)
        return note(h, ctx.t("This group is by invitation. Please ask somebody there for a link."));
    join_form(h, ctx, preview, typed);
}

Response as_json(const Ctx& ctx, const Preview& preview) {
    JsonWriter j;
    j.object().member("member", preview.access.member).member("waiting", preview.waiting);
    j.member("full", preview.full).member("read", preview.access.read);
    j.member("write", preview.access.write).member("name", preview.name).array("facilitators");
    for (const std::string& name : preview.leaders.facilitators) j.value(name);
    j.end().array("moderators");
    for (const std::string& name : preview.leaders.moderators) j.value(name);
    j.end().array("groups");
    group_json(j, preview.group(), ctx.now());
    j.end().end();
    return http::json(j);
}

Answer preview_page(Ctx& ctx, GroupId id, std::string_view code, const Typed& typed) {
    const Preview found = TRY(ctx.read([&](db::ReadTx& tx) { return preview(tx, ctx.actor(), id, code); }));
    if (ctx.wants_json()) return as_json(ctx, found);
    Html h;
    if (typed.error) http::error_summary(h, ctx, *typed.error);
    about(h, ctx, found);
    way_in(h, ctx, found, typed);
    const bool may_look = found.access.read;
    if (may_look && !found.access.member)
        h << "<p><a href=\"" << url::group(id) << "\">" << ctx.t("Have a look first") << "</a></p>";
    return http::page(ctx, frame(ctx, ctx.t("About a group"), found.group().name), h, typed.status());
}

Joining typed_joining(const http::Form& form) {
    return {.rules_agreed = form.checked("rules_agreed"),
            .name = std::string(form.get("name")),
            .invitation_code = std::string(form.get("invitation_code")),
            .request_words = std::string(form.get("request_words"))};
}

}  // namespace

Answer show_membership(Ctx& ctx) { return preview_page(ctx, TRY(ctx.param<GroupId>("group")), {}, Typed{}); }

Answer show_invited(Ctx& ctx) {
    const std::string_view code = ctx.text_param("code");
    const Group group = TRY(ctx.read([&](db::ReadTx& tx) { return group_for_code(tx, code); }));
    return preview_page(ctx, group.id, code, Typed{});
}

Answer save_membership(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const Joining form = typed_joining(ctx.form());
    const Result<Joined> joined = ctx.write([&](db::Tx& tx) { return join(tx, ctx.actor(), id, form); });
    if (!joined)
        return once_more(ctx, joined.error(), [&](const Typed& typed) {
            return preview_page(ctx, id, form.invitation_code, typed);
        });
    return http::done(ctx, *joined == Joined::now ? url::group(id) : url::membership(id), 201);
}

Answer end_membership(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    TRY(ctx.write([&](db::Tx& tx) { return leave(tx, ctx.actor(), id, ctx.form().get("reason")); }));
    return http::done(ctx, url::groups());
}

Answer save_name(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const std::string_view name = ctx.form().get("name");
    const Done saved = ctx.write([&](db::Tx& tx) { return use_name(tx, ctx.actor(), id, name); });
    if (saved) return http::done(ctx, url::group(id));
    return once_more(ctx, saved.error(),
                     [&](const Typed& typed) { return preview_page(ctx, id, {}, typed); });
}

}  // namespace kith::groups::pages
