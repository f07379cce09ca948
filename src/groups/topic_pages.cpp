#include <algorithm>

#include "groups/pages.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/views.hpp"
#include "platform/http/saved.hpp"

// The tree of topics, for those who run the site.
namespace kith::groups::pages {
namespace {

struct Tree {
    std::vector<TopicPath> topics;
    std::vector<TopicId> in_use;  // by groups

    bool is_empty(std::size_t at) const {
        const bool has_topics = at + 1 < topics.size() && topics[at + 1].depth > topics[at].depth;
        return !has_topics && std::ranges::find(in_use, topics[at].id) == in_use.end();
    }
};

Tree load_tree(Ctx& ctx) {
    return ctx.read(
        [](db::ReadTx& tx) { return Tree{topic_paths(store::topics(tx)), store::topics_in_use(tx)}; });
}

// Each topic has fields of its own on the same page: "name-7".
std::string field_of(std::string_view field, TopicId id) {
    return std::string(field) + "-" + std::to_string(id.value());
}

void open_topic_form(Html& h, const Ctx& ctx, TopicId id) {
    open_form(h, ctx, url::topics());
    h << "<input type=\"hidden\" name=\"topic\" value=\"" << id.value() << "\">";
}

void topic_error(Html& h, const Ctx& ctx, const Typed& typed, const std::string& field) {
    if (typed.error && typed.error->field == field)
        h << "<p class=\"error\" id=\"" << field << "-error\">" << ctx.t(typed.error->message) << "</p>";
}

void rename_form(Html& h, const Ctx& ctx, const TopicPath& topic, const Typed& typed) {
    const std::string id = field_of("name", topic.id);
    const bool wrong = typed.error && typed.error->field == id;
    open_topic_form(h, ctx, topic.id);
    h << "<div class=\"field\"><label class=\"visually-hidden\" for=\"" << id << "\">"
      << ctx.f("New name for %1", topic.name) << "</label>";
    topic_error(h, ctx, typed, id);
    h << "<input id=\"" << id << "\" name=\"name\" value=\""
      << (wrong ? typed.form.get("name") : std::string_view(topic.name)) << "\"";
    if (wrong) h << " aria-invalid=\"true\" aria-describedby=\"" << id << "-error\"";
    h << "> <button class=\"button quiet\">" << ctx.t("Rename") << "</button></div></form>";
}

void parent_options(Html& h, const Ctx& ctx, const Tree& tree, const TopicPath& topic) {
    h << "<option value=\"\">" << ctx.t("Nothing: it stands by itself") << "</option>";
    for (const TopicPath& path : tree.topics) {
        if (path.id == topic.id) continue;
        h << "<option value=\"" << path.id.value() << "\"";
        if (path.id == topic.parent) h << " selected";
        h << ">" << path.words << "</option>";
    }
}

void move_form(Html& h, const Ctx& ctx, const Tree& tree, const TopicPath& topic, const Typed& typed) {
    const std::string id = field_of("parent", topic.id);
    const bool wrong = typed.error && typed.error->field == id;
    h << "<details";
    if (wrong) h << " open";
    h << "><summary>" << ctx.f("Move %1", topic.name) << "</summary>";
    open_topic_form(h, ctx, topic.id);
    h << "<div class=\"field\"><label for=\"" << id << "\">" << ctx.t("Part of") << "</label>";
    topic_error(h, ctx, typed, id);
    h << "<select id=\"" << id << "\" name=\"parent\">";
    parent_options(h, ctx, tree, topic);
    h << "</select></div><p><button class=\"button quiet\" name=\"do\" value=\"move\">" << ctx.t("Move it")
      << "</button></p></form></details>";
}

void act_button(Html& h, std::string_view act, const std::string& name, std::string_view words) {
    h << "<button class=\"button quiet\" name=\"do\" value=\"" << act << "\" aria-label=\"" << name << "\">"
      << words << "</button>";
}

void acts(Html& h, const Ctx& ctx, const TopicPath& topic, bool empty) {
    open_topic_form(h, ctx, topic.id);
    h << "<p class=\"row\">";
    act_button(h, "up", ctx.f("Move %1 up", topic.name), ctx.t("Up"));
    act_button(h, "down", ctx.f("Move %1 down", topic.name), ctx.t("Down"));
    if (empty) act_button(h, "delete", ctx.f("Delete %1", topic.name), ctx.t("Delete"));
    h << "</p></form>";
}

void topic_tree(Html& h, const Ctx& ctx, const Tree& tree, const Typed& typed) {
    if (tree.topics.empty()) {
        h << "<div class=\"empty\"><p>" << ctx.t("There are no topics yet.") << "</p></div>";
        return;
    }
    int depth = -1;
    for (std::size_t at = 0; at < tree.topics.size(); ++at) {
        const TopicPath& topic = tree.topics[at];
        if (topic.depth > depth) h << "<ul>";
        for (; depth > topic.depth; --depth) h << "</li></ul>";
        if (topic.depth == depth) h << "</li>";
        depth = topic.depth;
        h << "<li id=\"topic-" << topic.id.value() << "\">";
        rename_form(h, ctx, topic, typed);
        acts(h, ctx, topic, tree.is_empty(at));
        move_form(h, ctx, tree, topic, typed);
    }
    for (; depth >= 0; --depth) h << "</li></ul>";
}

void new_topic_form(Html& h, const Ctx& ctx, const Typed& typed, std::span<const TopicPath> topics) {
    h << "<h2>" << ctx.t("Add a topic") << "</h2>";
    open_form(h, ctx, url::topics());
    field(h, ctx, typed, {.name = "name", .label = ctx.t("Name of the topic")});
    topic_field(h, ctx, typed,
                {.name = "parent",
                 .label = ctx.t("Part of"),
                 .none = ctx.t("Nothing: it stands by itself"),
                 .topics = topics});
    close_form(h, ctx.t("Add this topic"));
}

Answer topics_page(Ctx& ctx, const Typed& typed) {
    const Tree tree = load_tree(ctx);
    Html h;
    if (typed.error) http::error_summary(h, ctx, *typed.error);
    topic_tree(h, ctx, tree, typed);
    new_topic_form(h, ctx, typed.form.has("topic") ? Typed{} : typed, tree.topics);
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

Done change_topic(db::Tx& tx, const Ctx& ctx, TopicId topic, std::optional<TopicId> parent) {
    const std::string_view act = ctx.form().get("do");
    if (const auto direction = from_word<Direction>(act))
        return shift_topic(tx, ctx.actor(), topic, *direction);
    if (act == "move") return move_topic(tx, ctx.actor(), topic, parent);
    if (act == "delete") return delete_topic(tx, ctx.actor(), topic);
    return rename_topic(tx, ctx.actor(), topic, ctx.form().get("name"));
}

Done save_typed_topic(Ctx& ctx) {
    const std::optional<int> topic = TRY(number_typed(ctx.form(), "topic"));
    const std::optional<int> typed = TRY(number_typed(ctx.form(), "parent"));
    const auto parent = typed ? std::optional(TopicId(*typed)) : std::nullopt;
    return ctx.write([&](db::Tx& tx) -> Done {
        if (topic) return change_topic(tx, ctx, TopicId(*topic), parent);
        TRY(create_topic(tx, ctx.actor(), parent, ctx.form().get("name")));
        return {};
    });
}

}  // namespace

Answer show_topics(Ctx& ctx) {
    if (ctx.wants_json()) return topics_json(ctx);
    return topics_page(ctx, Typed{});
}

Answer save_topic(Ctx& ctx) {
    const Done saved = save_typed_topic(ctx);
    const std::string_view topic = ctx.form().get("topic");
    if (saved && (topic.empty() || ctx.form().get("do") == "delete")) return http::done(ctx, url::topics());
    if (saved) return http::saved(ctx, url::topics().fragment("topic-" + std::string(topic)));
    return once_more(ctx, saved.error(), [&](Typed typed) {
        if (!typed.form.has("topic")) return topics_page(ctx, typed);
        std::string& field = typed.error->field;
        const bool moves = typed.form.get("do") == "move";
        field = (moves ? "parent-" : "name-") + std::string(typed.form.get("topic"));
        return topics_page(ctx, typed);
    });
}

}  // namespace kith::groups::pages
