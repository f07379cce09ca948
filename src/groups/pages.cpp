#include "groups/pages.hpp"

#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/views.hpp"

// Making and changing groups and topics.
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
    leaders(h, ctx, settings.leaders.facilitators, settings.leaders.moderators);
    open_form(h, ctx, url::leaders(settings.group.id));
    field(h, ctx, typed,
          {.name = "person",
           .label = ctx.t("Name of the person"),
           .hint = ctx.t("The name they write under here.")});
    const std::vector<Option> roles{
        {"facilitator", std::string(ctx.t("Welcomes people and leads the group"))},
        {"moderator", std::string(ctx.t("Keeps it kind and safe"))}};
    choices(h, typed, "role", ctx.t("What they do"), roles);
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
    const GroupForm form = TRY(
        parse_group(looks_after_site(ctx) ? ctx.form() : with_kept_terms(group, ctx.form())));
    return ctx.write([&](db::Tx& tx) { return change_group(tx, ctx.actor(), id, form); });
}

// ---- topics -------------------------------------------------------------------------------------

// The id of a topic's own field: each has one on the same page.
std::string rename_field(TopicId id) { return "name-" + std::to_string(id.value()); }

void rename_form(Html& h, const Ctx& ctx, const TopicPath& topic) {
    const std::string id = rename_field(topic.id);
    open_form(h, ctx, url::topics());
    h << "<input type=\"hidden\" name=\"topic\" value=\"" << topic.id.value()
      << "\"><div class=\"field\"><label class=\"visually-hidden\" for=\"" << id << "\">"
      << ctx.f("New name for %1", topic.name) << "</label><input id=\"" << id << "\" name=\"name\" value=\""
      << topic.name << "\"> <button class=\"button quiet\">" << ctx.t("Rename") << "</button></div></form>";
}

void topic_tree(Html& h, const Ctx& ctx, std::span<const TopicPath> topics) {
    if (topics.empty()) {
        h << "<div class=\"empty\"><p>" << ctx.t("There are no topics yet.") << "</p></div>";
        return;
    }
    int depth = -1;
    for (const TopicPath& topic : topics) {
        if (topic.depth > depth) h << "<ul>";
        for (; depth > topic.depth; --depth) h << "</li></ul>";
        if (topic.depth == depth) h << "</li>";
        depth = topic.depth;
        h << "<li>";
        rename_form(h, ctx, topic);
    }
    for (; depth >= 0; --depth) h << "</li></ul>";
}

void new_topic_form(Html& h, const Ctx& ctx, const Typed& typed, std::span<const TopicPath> topics) {
    h << "<h2>" << ctx.t("Add a topic") << "</h2>";
    open_form(h, ctx, url::topics());
    field(h, ctx, typed, {.name = "name", .label = ctx.t("Name of the topic")});
    std::vector<Option> options;
    for (const TopicPath& path : topics) options.push_back({std::to_string(path.id.value()), path.words});
    selection(h, ctx, typed,
              {.name = "parent",
               .label = ctx.t("Part of"),
               .none = ctx.t("Nothing: it stands by itself"),
               .options = options});
    close_form(h, ctx.t("Add this topic"));
}

Answer topics_page(Ctx& ctx, const Typed& typed) {
    const auto paths = ctx.read([](db::ReadTx& tx) { return topic_paths(store::topics(tx)); });
    Html h;
    if (typed.error) http::error_summary(h, ctx, *typed.error);
    topic_tree(h, ctx, paths);
    new_topic_form(h, ctx, typed.form.has("topic") ? Typed{} : typed, paths);
    return http::page(ctx, frame(ctx, ctx.t("Topics"), ctx.t("Topics")), h, typed.status());
}

Response topics_json(Ctx& ctx) {
    JsonWriter j;
    j.object().array("topics");
    for (const Topic& topic : ctx.read([](db::ReadTx& tx) { return store::topics(tx); }))
        j.object().member("id", topic.id).member("parent", topic.parent).member("name", topic.name).end();
    j.end().end();
    return http::json(j);
}

Done save_typed_topic(Ctx& ctx) {
    const std::string_view name = ctx.form().get("name");
    const std::optional<int> topic = TRY(number_typed(ctx.form(), "topic"));
    const std::optional<int> parent = TRY(number_typed(ctx.form(), "parent"));
    return ctx.write([&](db::Tx& tx) -> Done {
        if (topic) return rename_topic(tx, ctx.actor(), TopicId(*topic), name);
        const auto above = parent ? std::optional(TopicId(*parent)) : std::nullopt;
        TRY(create_topic(tx, ctx.actor(), above, name));
        return {};
    });
}

}  // namespace

Answer show_new_group(Ctx& ctx) {
    Typed typed;
    typed.form.set("admission", "open");
    typed.form.set("leadership", "peer");
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
    return http::done(ctx, ctx.form().has("archived") ? url::group_settings(id) : url::group(id));
}

Answer save_leader(Ctx& ctx) {
    const GroupId id = TRY(ctx.param<GroupId>("group"));
    const LeadForm form{.name = std::string(ctx.form().get("person")),
                        .role = std::string(ctx.form().get("role")),
                        .ends = ctx.form().get("do") == "end"};
    const Done saved = ctx.write([&](db::Tx& tx) { return change_lead(tx, ctx.actor(), id, form); });
    if (saved) return http::done(ctx, url::group_settings(id));
    return once_more(ctx, saved.error(), [&](Typed typed) {
        if (!typed.form.has("role")) typed.form.set("role", "");
        return settings_page(ctx, id, &typed);
    });
}

Answer show_topics(Ctx& ctx) {
    if (ctx.wants_json()) return topics_json(ctx);
    return topics_page(ctx, Typed{});
}

Answer save_topic(Ctx& ctx) {
    const Done saved = save_typed_topic(ctx);
    if (saved) return http::done(ctx, url::topics());
    return once_more(ctx, saved.error(), [&](Typed typed) {
        if (typed.form.has("topic")) typed.error->field = "name-" + std::string(typed.form.get("topic"));
        return topics_page(ctx, typed);
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
        {get, "/invited/{code}", gate::open, answer<show_invited>},

        {get, "/groups/{group}/requests", gate::facilitator, answer<show_requests>},
        {post, "/groups/{group}/requests/{request}", gate::facilitator, answer<answer_request>},
        {get, "/groups/{group}/invitations", gate::facilitator, answer<show_invitations>},
        {post, "/groups/{group}/invitations", gate::facilitator, answer<save_invitation>},
        {del, "/groups/{group}/invitations/{invitation}", gate::facilitator, answer<end_invitation>},
        {post, "/groups/{group}/invitations/{invitation}", gate::facilitator, answer<end_invitation>},
    };
}

}  // namespace kith::groups
