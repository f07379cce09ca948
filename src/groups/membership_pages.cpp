#include "groups/pages.hpp"
#include "groups/preview.hpp"
#include "groups/rules.hpp"
#include "groups/views.hpp"
#include "identity/identity.hpp"
#include "platform/text/markdown.hpp"
#include "platform/text/time_words.hpp"
#include "platform/text/unicode.hpp"

// A group as people see it before they join; joining, leaving and the name used there.
namespace kith::groups::pages {
namespace {

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
    leaders(h, ctx, group, preview.leaders.facilitators, preview.leaders.moderators);
    if (!group.rules.empty())
        h << "<h2>" << ctx.t("Rules of this group") << "</h2><div class=\"text\">"
          << text::render_markdown(group.rules) << "</div>";
}

// Under which name one will be seen, before one joins.
void seen_as(Html& h, const Ctx& ctx, const Preview& preview) {
    h << "<p>" << ctx.f("Others here will see you as %1.", preview.name) << " ";
    if (preview.name == preview.main_name) {
        h << ctx.t("It is your main name: others can tell that you are the same person as in other groups.");
    } else {
        h << ctx.f("You used this name here before. To be seen under your main name, write %1 below.",
                   preview.main_name);
    }
    h << "</p>";
}

// One press for both, so that nobody in a hurry meets a form that says no.
void agree_button(Html& h, std::string_view words) {
    h << "<p><button class=\"button\" id=\"rules_agreed\" name=\"rules_agreed\" value=\"yes\">" << words
      << "</button></p></form>";
}

void join_form(Html& h, const Ctx& ctx, const Preview& preview, const Typed& typed) {
    h << "<h2>" << (preview.asks() ? ctx.t("Ask to join") : ctx.t("Join")) << "</h2>";
    seen_as(h, ctx, preview);
    open_form(h, ctx, url::membership(preview.group().id));
    if (!preview.code.empty())
        h << "<input type=\"hidden\" name=\"invitation_code\" value=\"" << preview.code << "\">";
    if (preview.asks())
        field(h, ctx, typed,
              {.name = "request_words",
               .label = ctx.t("Why would you like to join?"),
               .hint = ctx.t("A line is enough. You can leave it empty."),
               .rows = 3});
    const std::string hint = ctx.f(
        "Leave it empty to write as %1. Other members cannot tell that both are yours.", preview.name);
    name_field(h, ctx, typed,
               {.name = "name", .label = ctx.t("Another name for this group, if you like"), .hint = hint});
    agree_button(h, preview.asks() ? ctx.t("I agree to the rules. Ask to join this group")
                                   : ctx.t("I agree to the rules. Join this group"));
}

// The field holds the present name, so that nobody changes it by pressing the button alone.
void name_forms(Html& h, const Ctx& ctx, const Preview& preview, Typed typed) {
    if (!typed.form.has("name")) typed.form.set("name", preview.name);
    const Url action = url::group_name(preview.group().id);
    open_form(h, ctx, action);
    name_field(h, ctx, typed,
               {.name = "name",
                .label = ctx.t("Your name in this group"),
                .hint = ctx.t("What you wrote before keeps the name it has.")});
    close_form(h, ctx.t("Change my name here"));
    if (preview.name == preview.main_name) return;
    h << "<p class=\"hint\">"
      << ctx.f(
             "Your main name is %1. With it, others can tell that you are the same person as in other "
             "groups.",
             preview.main_name)
      << "</p>";
    press(h, ctx, action, {.words = ctx.t("Use my main name here"), .name = "main", .value = "yes"});
}

void own_membership(Html& h, const Ctx& ctx, const Preview& preview, const Typed& typed) {
    const GroupId group = preview.group().id;
    if (!preview.access.rules_agreed) rules_to_agree_to(h, ctx, preview.group());
    h << "<h2>" << ctx.t("You belong to this group") << "</h2><p>"
      << ctx.f("You write here as %1.", preview.name) << "</p><p><a class=\"button\" href=\""
      << url::group(group) << "\">" << ctx.t("Go to the group") << "</a></p>";
    name_forms(h, ctx, preview, typed);
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

void note(Html& h, std::string_view words) { h << "<div class=\"notice\"><p>" << words << "</p></div>"; }

void waiting_note(Html& h, const Ctx& ctx, const Preview& preview) {
    note(h, ctx.t("You have asked to join. Somebody who looks after this group will answer you."));
    h << "<p>" << ctx.f("Others here will see you as %1.", preview.name) << "</p>";
    press(h, ctx, url::leaving(preview.group().id), {.words = ctx.t("Take my request back")});
}

void ending_note(Html& h, const Ctx& ctx, const std::string& reason) {
    h << "<div class=\"notice\"><p>"
      << ctx.t(
             "Somebody who looks after this group has ended your stay here. You still belong to this "
             "community.")
      << "</p><blockquote>" << reason << "</blockquote><p>"
      << ctx.t("If you would like to come back, you can ask.") << "</p></div>";
}

void pause_note(Html& h, const Ctx& ctx, Time until) {
    note(h, ctx.f("This group could not take you in just now. You can ask again on %1. Another group may be "
                  "right for you meanwhile.",
                  text::date(ctx.words, until)));
}

// Why nobody can join now; empty if somebody can.
std::string_view no_room(const Ctx& ctx, const Preview& preview) {
    if (preview.access.phase > Phase::running)
        return ctx.t("This group has closed. Nobody new can join it any more.");
    if (preview.full)
        return ctx.t("This group is full just now. You can come back later or look for another one.");
    return {};
}

void way_in(Html& h, const Ctx& ctx, const Preview& preview, const Typed& typed) {
    if (preview.access.member) return own_membership(h, ctx, preview, typed);
    if (preview.ending) ending_note(h, ctx, *preview.ending);
    if (preview.waiting && preview.code.empty()) return waiting_note(h, ctx, preview);
    if (const std::string_view words = no_room(ctx, preview); !words.empty()) return note(h, words);
    if (!ctx.signed_in()) return sign_in_first(h, ctx);
    if (preview.needs_invitation())
        return note(h, ctx.t("This group is by invitation. Please ask somebody there for a link."));
    if (preview.asks() && preview.pause_until) return pause_note(h, ctx, *preview.pause_until);
    join_form(h, ctx, preview, typed);
}

Response as_json(const Ctx& ctx, const Preview& preview) {
    JsonWriter j;
    j.object().member("member", preview.access.member).member("waiting", preview.waiting);
    j.member("rules_agreed", preview.access.rules_agreed);
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

Answer code_page(Ctx& ctx, const Typed& typed) {
    Html h;
    if (typed.error) http::error_summary(h, ctx, *typed.error);
    open_form(h, ctx, url::invited());
    field(h, ctx, typed,
          {.name = "code",
           .label = ctx.t("Your invitation code"),
           .hint = ctx.t(
               "It looks like k7m2-p9xq-4hd3-w8nz. Somebody who looks after a group gave it to you.")});
    close_form(h, ctx.t("Open the invitation"));
    const std::string_view title = ctx.t("I have a code");
    return http::page(ctx, frame(ctx, title, title), h, typed.status());
}

Joining typed_joining(const http::Form& form) {
    return {.rules_agreed = form.checked("rules_agreed"),
            .name = std::string(form.get("name")),
            .invitation_code = std::string(form.get("invitation_code")),
            .request_words = std::string(form.get("request_words"))};
}

}  // namespace

Answer show_membership(Ctx& ctx) { return preview_page(ctx, TRY(ctx.param<GroupId>("group")), {}, Typed{}); }

Answer show_code_form(Ctx& ctx) { return code_page(ctx, Typed{}); }

Answer open_code(Ctx& ctx) {
    const std::string code = text::one_line(ctx.form().get("code"));
    const auto group = group_for_typed_code(ctx.services.db, code, ctx.request.client);
    if (group) return http::done(ctx, url::invited(code));
    return once_more(ctx, group.error(), [&](const Typed& typed) { return code_page(ctx, typed); });
}

Answer show_invited(Ctx& ctx) {
    const std::string_view code = ctx.text_param("code");
    const Group group = TRY(ctx.read([&](db::ReadTx& tx) { return group_for_code(tx, code); }));
    return preview_page(ctx, group.id, code, Typed{});
}

Answer save_membership(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const Joining form = typed_joining(ctx.form());
    const auto save = [&]() -> Result<Joined> {
        TRY(identity::check_looks(ctx.form()));
        return ctx.write([&](db::Tx& tx) { return join(tx, ctx.actor(), id, form); });
    };
    const Result<Joined> joined = save();
    if (joined) return http::done(ctx, *joined == Joined::now ? url::group(id) : url::membership(id), 201);
    identity::count_refused_name(ctx.services, ctx.actor(), joined.error());
    return once_more(ctx, joined.error(),
                     [&](const Typed& typed) { return preview_page(ctx, id, form.invitation_code, typed); });
}

Answer save_agreement(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    TRY(ctx.write([&](db::Tx& tx) { return agree_to_rules(tx, ctx.actor(), id); }));
    return http::done(ctx, url::group(id));
}

Answer end_membership(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    TRY(ctx.write([&](db::Tx& tx) { return leave(tx, ctx.actor(), id, ctx.form().get("reason")); }));
    return http::done(ctx, url::groups());
}

Answer save_name(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const auto save = [&]() -> Done {
        const bool main = ctx.form().checked("main");
        if (!main) TRY(identity::check_looks(ctx.form()));
        return ctx.write([&](db::Tx& tx) {
            return main ? use_main_name(tx, ctx.actor(), id)
                        : use_name(tx, ctx.actor(), id, ctx.form().get("name"));
        });
    };
    const Done saved = save();
    if (saved) return http::done(ctx, url::group(id));
    identity::count_refused_name(ctx.services, ctx.actor(), saved.error());
    return once_more(ctx, saved.error(),
                     [&](const Typed& typed) { return preview_page(ctx, id, {}, typed); });
}

}  // namespace kith::groups::pages
