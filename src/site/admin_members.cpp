#include <algorithm>
#include <charconv>

#include "platform/text/unicode.hpp"
#include "site/pages.hpp"
#include "url.hpp"

namespace kith::site {
namespace {

using http::Ctx;
using http::Response;
using identity::KnownMember;
using identity::Standing;

constexpr int members_shown = 50;

struct MembersView {
    std::string q;
    std::vector<KnownMember> members;
    bool more = false;
};

// ---- loading ------------------------------------------------------------------------------------------

PersonaId after(const Ctx& ctx) {
    const std::string_view text = ctx.query().get("after");
    std::int64_t id = 0;
    std::from_chars(text.data(), text.data() + text.size(), id);
    return PersonaId(std::max<std::int64_t>(id, 0));
}

Result<MembersView> load_members(Ctx& ctx) {
    return ctx.read([&](db::ReadTx& tx) -> Result<MembersView> {
        MembersView view{.q = text::one_line(ctx.query().get("q")), .members = {}};
        view.members = TRY(identity::find_members(tx, ctx.actor(), {view.q, after(ctx), members_shown + 1}));
        view.more = view.members.size() > members_shown;
        if (view.more) view.members.resize(members_shown);
        return view;
    });
}

// ---- showing ------------------------------------------------------------------------------------------

void badge(Html& h, bool shown, std::string_view words) {
    if (shown) h << " <span class=\"badge\">" << words << "</span>";
}

void search_form(Html& h, const Ctx& ctx, std::string_view q) {
    h << "<form method=\"get\" action=\"" << url::admin_members() << "\">";
    field(h, ctx,
          {.name = "q",
           .label = ctx.t("Name"),
           .hint = ctx.t("A main name or a part of it. Names for one group are not searched."),
           .value = q,
           .type = "search"},
          nullptr);
    close_form(h, ctx.t("Find"));
}

void next_page(Html& h, const Ctx& ctx, const MembersView& view) {
    Url next = url::admin_members();
    if (!view.q.empty()) next = next.query("q", view.q);
    next = next.query("after", std::to_string(view.members.back().persona.id.value()));
    h << "<nav class=\"pagination\" aria-label=\"" << ctx.t("Pages") << "\"><a rel=\"next\" href=\"" << next
      << "\">" << ctx.t("More people") << "</a></nav>";
}

void list(Html& h, const Ctx& ctx, const MembersView& view) {
    if (view.members.empty()) {
        h << "<div class=\"empty\"><p>" << ctx.t("Nobody here has that name.") << "</p></div>";
        return;
    }
    h << "<ul class=\"cards\">";
    for (const KnownMember& member : view.members) {
        h << "<li class=\"card\"><a href=\"" << url::admin_member(member.persona.id) << "\">"
          << member.persona.name << "</a>";
        badges(h, ctx, member);
        h << "</li>";
    }
    h << "</ul>";
    if (view.more) next_page(h, ctx, view);
}

Response members_page(Ctx& ctx, const MembersView& view) {
    Html h;
    search_form(h, ctx, view.q);
    list(h, ctx, view);
    return http::page(ctx, admin_frame(ctx, ctx.t("Members")), h);
}

Response members_json(const MembersView& view) {
    JsonWriter j;
    j.object().array("members");
    for (const KnownMember& member : view.members) {
        j.object();
        member_fields(j, member);
        j.end();
    }
    j.end().member("more", view.more).end();
    return http::json(j);
}

Response get_members(Ctx& ctx) {
    const auto view = load_members(ctx);
    if (!view) return http::error_page(ctx, view.error());
    return ctx.wants_json() ? members_json(*view) : members_page(ctx, *view);
}

}  // namespace

void badges(Html& h, const Ctx& ctx, const KnownMember& member) {
    badge(h, member.host, ctx.t("host"));
    badge(h, member.coordinator, ctx.t("coordinator"));
    badge(h, member.researcher, ctx.t("researcher"));
    badge(h, member.standing == Standing::on_hold, ctx.t("on hold"));
    badge(h, member.standing == Standing::closed, ctx.t("closed"));
    badge(h, member.standing == Standing::placeholder, ctx.t("from an archive"));
}

void member_fields(JsonWriter& j, const KnownMember& member) {
    j.member("persona", member.persona.id)
        .member("name", member.persona.name)
        .member("host", member.host)
        .member("coordinator", member.coordinator)
        .member("researcher", member.researcher)
        .member("active", member.standing == Standing::active)
        .member("standing", member.standing);
}

std::vector<http::Route> member_routes() {
    using http::Method;
    namespace gate = http::gate;
    return {{Method::get, "/admin/members", gate::host, get_members},
            {Method::get, "/admin/members/{persona}", gate::host, get_member},
            {Method::post, "/admin/members/{persona}", gate::host, post_member}};
}

}  // namespace kith::site
