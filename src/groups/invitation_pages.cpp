#include <algorithm>

#include "groups/pages.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/views.hpp"
#include "platform/text/time_words.hpp"

// Invitations, for those who lead a group.
namespace kith::groups::pages {
namespace {

constexpr int per_page = 20;

struct Invitations {
    Group group;
    std::vector<Invitation> shown;
    Pages pages;
};

Result<Invitations> load_invitations(Ctx& ctx, GroupId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Invitations> {
        Invitations out{.group = TRY(leading(tx, ctx.actor(), id)).group, .shown = {}, .pages = {}};
        out.pages.last = std::max(1, (store::count_invitations(tx, id) + per_page - 1) / per_page);
        out.pages.page = std::min(ctx.page_number(), out.pages.last);
        out.shown = store::invitations(tx, id, per_page, (out.pages.page - 1) * per_page);
        return out;
    });
}

std::string state_words(const Ctx& ctx, const Invitation& invitation) {
    if (invitation.revoked_at) return std::string(ctx.t("Taken back"));
    if (invitation.expires_at <= ctx.now()) return std::string(ctx.t("Its time is over"));
    if (invitation.uses_left == 0) return std::string(ctx.t("All used"));
    return ctx.n("One person can still use it", "%d people can still use it", invitation.uses_left);
}

void invitation_row(Html& h, const Ctx& ctx, GroupId group, const Invitation& invitation) {
    const bool works = !invitation.revoked_at && invitation.expires_at > ctx.now() &&
                       invitation.uses_left > 0;
    h << "<tr><th scope=\"row\">" << invitation.label << "</th><td data-label=\"" << ctx.t("Works until")
      << "\">" << text::date(ctx.words, invitation.expires_at) << "</td><td data-label=\"" << ctx.t("State")
      << "\">" << state_words(ctx, invitation) << "</td><td>";
    if (works) press(h, ctx, url::invitation(group, invitation.id), {.words = ctx.t("Take it back")});
    h << "</td></tr>";
}

void invitation_table(Html& h, const Ctx& ctx, const Invitations& invitations) {
    if (invitations.shown.empty()) {
        h << "<div class=\"empty\"><p>" << ctx.t("Nobody has been invited yet.") << "</p></div>";
        return;
    }
    h << "<table class=\"reflow\"><caption>" << ctx.t("Invitations") << "</caption><thead><tr>"
      << "<th scope=\"col\">" << ctx.t("For") << "</th><th scope=\"col\">" << ctx.t("Works until")
      << "</th><th scope=\"col\">" << ctx.t("State") << "</th><td></td></tr></thead><tbody>";
    for (const Invitation& invitation : invitations.shown)
        invitation_row(h, ctx, invitations.group.id, invitation);
    h << "</tbody></table>";
}

void invitation_form(Html& h, const Ctx& ctx, GroupId group, const Typed& typed) {
    h << "<h2>" << ctx.t("Make an invitation") << "</h2>";
    open_form(h, ctx, url::invitations(group));
    field(h, ctx, typed,
          {.name = "label",
           .label = ctx.t("Who is it for?"),
           .hint = ctx.t("Only you and the other leaders see this.")});
    field(h, ctx, typed,
          {.name = "days",
           .label = ctx.t("How many days it works"),
           .hint = ctx.t("1 to 90"),
           .type = "number"});
    field(h, ctx, typed,
          {.name = "uses",
           .label = ctx.t("How many people can use it"),
           .hint = ctx.t("1 to 500"),
           .type = "number"});
    close_form(h, ctx.t("Make this invitation"));
}

std::string link_of(const Ctx& ctx, std::string_view code) {
    return ctx.site->public_url + url::invited(code).text();
}

void code_note(Html& h, const Ctx& ctx, std::string_view code) {
    h << "<div class=\"notice\"><h2>" << ctx.t("The invitation is ready") << "</h2><p>"
      << ctx.t("Copy this link now. For safety we show it only this once.") << "</p><p class=\"codes\">"
      << link_of(ctx, code) << "</p><p>" << ctx.t("The code by itself:") << " <code>" << code
      << "</code></p></div>";
}

Answer invitations_page(Ctx& ctx, GroupId id, const Typed& typed, std::string_view code = {}) {
    const Invitations invitations = TRY(load_invitations(ctx, id));
    Html h;
    if (typed.error) http::error_summary(h, ctx, *typed.error);
    if (!code.empty()) code_note(h, ctx, code);
    invitation_table(h, ctx, invitations);
    pagination(h, ctx, url::invitations(id), invitations.pages);
    invitation_form(h, ctx, id, typed);
    const int status = code.empty() ? typed.status() : 201;
    return http::page(ctx, frame_in(ctx, invitations.group, ctx.t("Invitations")), h, status);
}

Response invitations_json(const Invitations& invitations) {
    JsonWriter j;
    j.object().member("page", invitations.pages.page).member("pages", invitations.pages.last);
    j.array("invitations");
    for (const Invitation& each : invitations.shown)
        j.object()
            .member("id", each.id)
            .member("label", each.label)
            .member("created_at", each.created_at)
            .member("expires_at", each.expires_at)
            .member("uses_left", each.uses_left)
            .member("used", each.used)
            .member("revoked_at", each.revoked_at)
            .end();
    j.end().end();
    return http::json(j);
}

Response new_invitation_json(const Ctx& ctx, const NewInvitation& made) {
    JsonWriter j;
    j.object().member("id", made.id).member("code", made.code);
    j.member("link", link_of(ctx, made.code)).end();
    return http::json(j, 201);
}

Result<InvitationForm> typed_invitation(const Ctx& ctx) {
    const int days = TRY(number_typed(ctx.form(), "days")).value_or(0);
    const int uses = TRY(number_typed(ctx.form(), "uses")).value_or(0);
    return InvitationForm{
        .label = std::string(ctx.form().get("label")), .expires_at = ctx.now() + days * day_ms, .uses = uses};
}

Typed fresh_invitation() {
    Typed typed;
    typed.form.set("days", "14");
    typed.form.set("uses", "1");
    return typed;
}

}  // namespace

Answer show_invitations(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    if (ctx.wants_json()) return invitations_json(TRY(load_invitations(ctx, id)));
    return invitations_page(ctx, id, fresh_invitation());
}

Answer save_invitation(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const auto save = [&]() -> Result<NewInvitation> {
        const InvitationForm form = TRY(typed_invitation(ctx));
        return ctx.write(
            [&](db::Tx& tx) { return create_invitation(tx, ctx.actor(), id, form, ctx.services.random); });
    };
    const Result<NewInvitation> made = save();
    if (!made)
        return once_more(ctx, made.error(),
                         [&](const Typed& typed) { return invitations_page(ctx, id, typed); });
    if (ctx.wants_json()) return new_invitation_json(ctx, *made);
    return invitations_page(ctx, id, fresh_invitation(), made->code);
}

Answer end_invitation(Ctx& ctx) {
    const GroupId group = TRY(ctx.param<GroupId>("group"));
    const InvitationId invitation = TRY(ctx.param<InvitationId>("invitation"));
    TRY(ctx.write([&](db::Tx& tx) { return revoke_invitation(tx, ctx.actor(), invitation); }));
    return http::done(ctx, url::invitations(group));
}

}  // namespace kith::groups::pages
