#include "groups/pages.hpp"

#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/views.hpp"
#include "platform/http/saved.hpp"

// Making and changing groups; the routes of the feature.
namespace kith::groups {
namespace pages {
namespace {

void group_form(Html& h, const Ctx& ctx, const Url& action, const Typed& typed,
                std::span<const Topic> topics) {
    if (typed.error) http::error_summary(h, ctx, *typed.error);
    open_form(h, ctx, action);
    group_fields(h, ctx, typed, topics);
    close_form(h, ctx.t("Save this group"));
}

Answer new_group_page(Ctx& ctx, const Typed& typed) {
    const auto topics = ctx.read([](db::ReadTx& tx) { return store::topics(tx); });
    Html h;
    group_form(h, ctx, url::new_group(), typed, topics);
    const std::string_view title = ctx.t("Start a new group");
    return http::page(ctx, frame(ctx, title, title), h, typed.status());
}

// ---- settings -----------------------------------------------------------------------------------

struct Settings {
    Group group;
    Leaders leaders;
    std::vector<Topic> topics;
};

Result<Settings> load_settings(Ctx& ctx, GroupId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Settings> {
        Access access = TRY(leading(tx, ctx.actor(), id));
        return Settings{std::move(access.group), leaders_of(tx, id), store::topics(tx)};
    });
}

void leader_form(Html& h, const Ctx& ctx, const Settings& settings, const Typed& typed) {
    h << "<h2>" << ctx.t("Who looks after it") << "</h2>";
    leaders(h, ctx, settings.group, settings.leaders.facilitators, settings.leaders.moderators);
    open_form(h, ctx, url::leaders(settings.group.id));
    field(h, ctx, typed,
          {.name = "person",
           .label = ctx.t("Name of the person"),
           .hint = ctx.t("The name they write under here.")});
    const std::array roles{http::Option{"facilitator", ctx.t("Welcomes people and leads the group")},
                           http::Option{"moderator", ctx.t("Keeps it kind and safe")}};
    choices(h, ctx, typed, {"role", ctx.t("What they do")}, roles);
    identity::current_password_field(h, ctx, typed.wrong(), url::group_settings(settings.group.id));
    h << "<p class=\"row\"><button class=\"button\" name=\"do\" value=\"give\">" << ctx.t("Give this task")
      << "</button><button class=\"button quiet\" name=\"do\" value=\"end\">" << ctx.t("End this task")
      << "</button></p></form>";
}

void archive_form(Html& h, const Ctx& ctx, const Group& group) {
    h << "<h2>" << ctx.t("Put the group away") << "</h2><p class=\"hint\">"
      << ctx.t("Then only its leaders can read it. Nothing is lost. You can take it out again.") << "</p>";
    press(h, ctx, url::group_settings(group.id),
          {.words = group.archived_at ? ctx.t("Take it out again") : ctx.t("Put it away"),
           .name = "archived",
           .value = group.archived_at ? "no" : "yes"});
}

Answer settings_page(Ctx& ctx, GroupId id, const Typed* again) {
    const Settings settings = TRY(load_settings(ctx, id));
    Typed typed{typed_group(settings.group), std::nullopt};
    // The form of leaders shares the page: what was typed there leaves the other form as it was.
    const bool of_leaders = again && again->form.has("role");
    if (again) typed.error = again->error;
    if (again && !of_leaders) typed.form = again->form;
    Html h;
    group_form(h, ctx, url::group_settings(id), typed, settings.topics);
    if (looks_after_site(ctx)) {
        leader_form(h, ctx, settings, of_leaders ? *again : Typed{});
        archive_form(h, ctx, settings.group);
    }
    return http::page(ctx, frame_in(ctx, settings.group, ctx.t("Change this group")), h, typed.status());
}

Result<Group> group_led(Ctx& ctx, GroupId id) {
    return ctx.read([&](db::ReadTx& tx) -> Result<Group> { return TRY(leading(tx, ctx.actor(), id)).group; });
}

Done save_archived(Ctx& ctx, GroupId id) {
    const bool archived = ctx.form().checked("archived");
    return ctx.write([&](db::Tx& tx) {
        return archived ? archive_group(tx, ctx.actor(), id) : unarchive_group(tx, ctx.actor(), id);
    });
}

Done save_group(Ctx& ctx, GroupId id) {
    if (ctx.form().has("archived")) return save_archived(ctx, id);
    const Group group = TRY(group_led(ctx, id));
    GroupForm form = TRY(
        parse_group(looks_after_site(ctx) ? ctx.form() : with_kept_terms(group, ctx.form())));
    if (!ctx.form().has("anonymous_posting")) form.anonymous_posting = group.anonymous_posting;
    if (!ctx.form().has("tone")) form.tone = group.tone;
    return ctx.write([&](db::Tx& tx) { return change_group(tx, ctx.actor(), id, form); });
}

}  // namespace

Answer show_new_group(Ctx& ctx) {
    Typed typed;
    typed.form.set("admission", "open");
    typed.form.set("leadership", "peer");
    typed.form.set("anonymous_posting", "allowed");
    typed.form.set("tone", "any");
    return new_group_page(ctx, typed);
}

Answer save_new_group(Ctx& ctx) {
    const auto save = [&]() -> Result<GroupId> {
        const GroupForm form = TRY(parse_group(ctx.form()));
        return ctx.write([&](db::Tx& tx) { return create_group(tx, ctx.actor(), form); });
    };
    const Result<GroupId> group = save();
    if (!group)
        return once_more(ctx, group.error(), [&](const Typed& typed) { return new_group_page(ctx, typed); });
    return http::done(ctx, url::group(*group), 201);
}

Answer show_settings(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    if (!ctx.wants_json()) return settings_page(ctx, id, nullptr);
    JsonWriter j;
    group_json(j, TRY(group_led(ctx, id)), ctx.now());
    return http::json(j);
}

Answer save_settings(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const Done saved = save_group(ctx, id);
    if (!saved)
        return once_more(ctx, saved.error(),
                         [&](const Typed& typed) { return settings_page(ctx, id, &typed); });
    return http::saved(ctx, ctx.form().has("archived") ? url::group_settings(id) : url::group(id));
}

Answer save_leader(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const LeadForm form{.name = std::string(ctx.form().get("person")),
                        .role = std::string(ctx.form().get("role")),
                        .ends = ctx.form().get("do") == "end"};
    const auto save = [&]() -> Done {
        TRY(identity::confirm(ctx.services, ctx.actor(), ctx.form().get("current")));
        return ctx.write([&](db::Tx& tx) { return change_lead(tx, ctx.actor(), id, form); });
    };
    const Done saved = save();
    if (saved) return http::saved(ctx, url::group_settings(id));
    return once_more(ctx, saved.error(), [&](Typed typed) {
        if (!typed.form.has("role")) typed.form.set("role", "");
        return settings_page(ctx, id, &typed);
    });
}

}  // namespace pages

namespace {

template <pages::Answer (*handler)(http::Ctx&)>
http::Response answer(http::Ctx& ctx) {
    pages::Answer answer = handler(ctx);
    return answer ? *std::move(answer) : http::error_page(ctx, answer.error());
}

}  // namespace

std::vector<http::Route> routes() {
    using enum http::Method;
    using namespace pages;
    namespace gate = http::gate;
    return {
        {get, "/groups", gate::open, answer<show_directory>},
        {get, "/groups/new", gate::host, answer<show_new_group>},
        {post, "/groups/new", gate::host, answer<save_new_group>},
        {get, "/groups/{group}/settings", gate::facilitator, answer<show_settings>},
        {post, "/groups/{group}/settings", gate::facilitator, answer<save_settings>},
        {post, "/groups/{group}/leaders", gate::host, answer<save_leader>},
        {get, "/topics", gate::host, answer<show_topics>},
        {post, "/topics", gate::host, answer<save_topic>},

        {get, "/groups/{group}/membership", gate::open, answer<show_membership>},
        {post, "/groups/{group}/membership", gate::member, answer<save_membership>},
        {del, "/groups/{group}/membership", gate::member, answer<end_membership>},
        {post, "/groups/{group}/membership/leaving", gate::member, answer<end_membership>},
        {post, "/groups/{group}/membership/name", gate::member, answer<save_name>},
        {post, "/groups/{group}/membership/rules", gate::member, answer<save_agreement>},
        {get, "/invited", gate::open, answer<show_code_form>},
        {post, "/invited", gate::open, answer<open_code>},
        {get, "/invited/{code}", gate::open, answer<show_invited>},

        {get, "/groups/{group}/requests", gate::facilitator, answer<show_requests>},
        {post, "/groups/{group}/requests/{request}", gate::facilitator, answer<answer_request>},
        {get, "/groups/{group}/members", gate::facilitator, answer<show_ending>},
        {post, "/groups/{group}/members", gate::facilitator, answer<save_ending>},
        {get, "/groups/{group}/invitations", gate::facilitator, answer<show_invitations>},
        {post, "/groups/{group}/invitations", gate::facilitator, answer<save_invitation>},
        {del, "/groups/{group}/invitations/{invitation}", gate::facilitator, answer<end_invitation>},
        {post, "/groups/{group}/invitations/{invitation}", gate::facilitator, answer<end_invitation>},
    };
}

}  // namespace kith::groups
