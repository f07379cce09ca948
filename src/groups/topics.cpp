#include <algorithm>

#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "platform/text/unicode.hpp"

// The tree that groups are sorted under.
namespace kith::groups {
namespace {

constexpr std::size_t topic_least = 2, topic_most = 60;  // code points
constexpr int topic_depth_most = 3;

const Topic* find_topic(const std::vector<Topic>& all, std::optional<TopicId> id) {
    const auto at = std::ranges::find_if(all, [&](const Topic& topic) { return topic.id == id; });
    return at == all.end() ? nullptr : &*at;
}

int depth_of(const std::vector<Topic>& all, const Topic* topic) {
    int depth = 0;
    for (; topic && depth < topic_depth_most; topic = find_topic(all, topic->parent)) ++depth;
    return depth;
}

// How many steps of topics begin with this one.
int height_of(const std::vector<Topic>& all, TopicId id) {
    int below = 0;
    for (const Topic& topic : all)
        if (topic.parent == id) below = std::max(below, height_of(all, topic.id));
    return below + 1;
}

bool is_within(const std::vector<Topic>& all, const Topic* topic, TopicId id) {
    while (topic && topic->id != id) topic = find_topic(all, topic->parent);
    return topic != nullptr;
}

// The name as it will be kept beside the other topics under `parent`.
Result<std::string> topic_name(const std::vector<Topic>& all, std::optional<TopicId> parent,
                               std::string_view typed, TopicId own) {
    std::string name = text::one_line(typed);
    const std::size_t length = text::length(name);
    if (length < topic_least || length > topic_most)
        return invalid("Please give the topic a name of 2 to 60 letters.", "name");
    for (const Topic& topic : all)
        if (topic.parent == parent && topic.id != own && text::fold(topic.name) == text::fold(name))
            return conflict("There is already a topic with this name here.", "name");
    return name;
}

// Whether a topic with so many steps fits there.
Done check_place(const std::vector<Topic>& all, std::optional<TopicId> parent, const Topic* above,
                 int height) {
    if (parent && !above) return invalid("Please choose a topic from the list.", "parent");
    if (depth_of(all, above) + height > topic_depth_most)
        return invalid("Topics go three steps deep. Please choose a topic further up.", "parent");
    return {};
}

std::int64_t last_position(const std::vector<Topic>& all) {
    return all.empty() ? 0 : std::ranges::max(all, {}, &Topic::position).position;
}

// The topic that changes places with this one; null at the end of the row.
const Topic* neighbour(const std::vector<Topic>& all, const Topic& topic, Direction direction) {
    std::vector<const Topic*> row;
    for (const Topic& each : all)
        if (each.parent == topic.parent) row.push_back(&each);
    if (direction == Direction::up) std::ranges::reverse(row);
    const auto at = std::ranges::find(row, &topic);
    return at + 1 == row.end() ? nullptr : *(at + 1);
}

}  // namespace

std::vector<Topic> topics(db::ReadTx& tx) { return store::topics(tx); }

Result<TopicId> create_topic(db::Tx& tx, const Actor& actor, std::optional<TopicId> parent,
                             std::string_view typed) {
    TRY(require_site_lead(tx, actor));
    const std::vector<Topic> all = store::topics(tx);
    const Topic* const above = find_topic(all, parent);
    TRY(check_place(all, parent, above, 1));
    const std::string name = TRY(topic_name(all, parent, typed, TopicId()));
    const TopicId topic = store::insert_topic(tx, parent, name);
    audit::record(tx, actor, "topic.created", "topic", topic.value());
    return topic;
}

Done rename_topic(db::Tx& tx, const Actor& actor, TopicId id, std::string_view typed) {
    TRY(require_site_lead(tx, actor));
    const std::vector<Topic> all = store::topics(tx);
    const Topic* const topic = find_topic(all, id);
    if (!topic) return not_found();
    store::rename_topic(tx, id, TRY(topic_name(all, topic->parent, typed, id)));
    audit::record(tx, actor, "topic.renamed", "topic", id.value());
    return {};
}

Done move_topic(db::Tx& tx, const Actor& actor, TopicId id, std::optional<TopicId> parent) {
    TRY(require_site_lead(tx, actor));
    const std::vector<Topic> all = store::topics(tx);
    const Topic* const topic = find_topic(all, id);
    if (!topic) return not_found();
    if (topic->parent == parent) return {};
    const Topic* const above = find_topic(all, parent);
    if (is_within(all, above, id))
        return invalid("A topic cannot be part of itself. Please choose another one.", "parent");
    TRY(check_place(all, parent, above, height_of(all, id)));
    TRY(topic_name(all, parent, topic->name, id));
    store::place_topic(tx, id, parent, last_position(all) + 1);
    audit::record(tx, actor, "topic.moved", "topic", id.value());
    return {};
}

Done shift_topic(db::Tx& tx, const Actor& actor, TopicId id, Direction direction) {
    TRY(require_site_lead(tx, actor));
    const std::vector<Topic> all = store::topics(tx);
    const Topic* const topic = find_topic(all, id);
    if (!topic) return not_found();
    const Topic* const other = neighbour(all, *topic, direction);
    if (!other) return {};
    store::place_topic(tx, topic->id, topic->parent, other->position);
    store::place_topic(tx, other->id, other->parent, topic->position);
    audit::record(tx, actor, "topic.shifted", "topic", id.value());
    return {};
}

Done delete_topic(db::Tx& tx, const Actor& actor, TopicId id) {
    TRY(require_site_lead(tx, actor));
    const std::vector<Topic> all = store::topics(tx);
    if (!find_topic(all, id)) return not_found();
    const std::vector<TopicId> used = store::topics_in_use(tx);
    const bool has_groups = std::ranges::find(used, id) != used.end();
    if (has_groups || height_of(all, id) > 1)
        return conflict("There is still something in this topic. Please move it elsewhere first.");
    store::delete_topic(tx, id);
    audit::record(tx, actor, "topic.deleted", "topic", id.value());
    return {};
}

}  // namespace kith::groups
