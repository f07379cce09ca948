#include "audit/audit.hpp"
#include "groups/store.hpp"
#include "groups/testing.hpp"

using namespace kith;
using namespace kith::groups;
using namespace kith::groups::testing;

namespace {

Result<TopicId> topic(World& world, std::optional<TopicId> parent, std::string_view name) {
    return world.db().write([&](db::Tx& tx) { return create_topic(tx, Actor::system(), parent, name); });
}

Done move(World& world, TopicId id, std::optional<TopicId> parent) {
    return world.db().write([&](db::Tx& tx) { return move_topic(tx, Actor::system(), id, parent); });
}

Done shift(World& world, TopicId id, Direction direction) {
    return world.db().write([&](db::Tx& tx) { return shift_topic(tx, Actor::system(), id, direction); });
}

Done remove(World& world, TopicId id) {
    return world.db().write([&](db::Tx& tx) { return delete_topic(tx, Actor::system(), id); });
}

// "Body Mind", those under `parent` in their order.
std::string names_under(World& world, std::optional<TopicId> parent) {
    std::string out;
    for (const Topic& each : world.db().read([](db::ReadTx& tx) { return store::topics(tx); }))
        if (each.parent == parent) out += (out.empty() ? "" : " ") + each.name;
    return out;
}

std::string last_verb(World& world) {
    return world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 1); }).at(0).verb;
}

}  // namespace

BOTH_ENGINES(Topics, form_a_tree_with_one_of_each_name) {
    const auto body = topic(world, std::nullopt, "Body");
    const auto pain = topic(world, *body, "Pain");
    const auto back = topic(world, *pain, "Back");
    ASSERT_TRUE(back);
    EXPECT_EQ(fault_of(topic(world, *body, "pain")), Fault::conflict);
    EXPECT_EQ(fault_of(topic(world, TopicId(99), "Mind")), Fault::invalid);
    EXPECT_EQ(fault_of(topic(world, *back, "Lower back")), Fault::invalid);
    EXPECT_TRUE(topic(world, std::nullopt, "Pain"));
    world.must([&](db::Tx& tx) { return rename_topic(tx, Actor::system(), *pain, "Aches"); });
    const auto all = world.db().read([](db::ReadTx& tx) { return store::topics(tx); });
    EXPECT_EQ(all.size(), 4u);
    EXPECT_EQ(all[1].name, "Aches");
    EXPECT_EQ(all[1].parent, *body);
}

BOTH_ENGINES(Topics, are_put_in_order_one_step_at_a_time) {
    const TopicId body = *topic(world, std::nullopt, "Body");
    topic(world, body, "Pain").value();
    const TopicId mind = *topic(world, std::nullopt, "Mind");
    const TopicId life = *topic(world, std::nullopt, "Life");
    ASSERT_TRUE(shift(world, life, Direction::up));
    EXPECT_EQ(names_under(world, std::nullopt), "Body Life Mind");
    EXPECT_EQ(last_verb(world), "topic.shifted");
    ASSERT_TRUE(shift(world, body, Direction::down));
    EXPECT_EQ(names_under(world, std::nullopt), "Life Body Mind");
    ASSERT_TRUE(shift(world, mind, Direction::down)) << "the last stays where it is";
    ASSERT_TRUE(shift(world, life, Direction::up)) << "and so does the first";
    EXPECT_EQ(names_under(world, std::nullopt), "Life Body Mind");
    EXPECT_EQ(names_under(world, body), "Pain");
    EXPECT_EQ(fault_of(shift(world, TopicId(99), Direction::up)), Fault::not_found);
}

BOTH_ENGINES(Topics, move_with_all_below_them_where_they_fit) {
    const TopicId body = *topic(world, std::nullopt, "Body");
    const TopicId pain = *topic(world, body, "Pain");
    const TopicId back = *topic(world, pain, "Back");
    const TopicId mind = *topic(world, std::nullopt, "Mind");
    ASSERT_TRUE(topic(world, mind, "Back"));
    ASSERT_TRUE(move(world, pain, mind));
    EXPECT_EQ(names_under(world, mind), "Back Pain");
    EXPECT_EQ(names_under(world, pain), "Back");
    EXPECT_EQ(last_verb(world), "topic.moved");
    EXPECT_EQ(fault_of(move(world, back, mind)), Fault::conflict) << "one of each name";
    EXPECT_EQ(fault_of(move(world, mind, back)), Fault::invalid) << "no topic is part of itself";
    EXPECT_EQ(fault_of(move(world, mind, mind)), Fault::invalid);
    EXPECT_EQ(fault_of(move(world, mind, body)), Fault::invalid) << "that would be four steps";
    EXPECT_EQ(fault_of(move(world, mind, TopicId(99))), Fault::invalid);
    ASSERT_TRUE(move(world, pain, std::nullopt));
    EXPECT_EQ(names_under(world, std::nullopt), "Body Mind Pain");
}

BOTH_ENGINES(Topics, go_when_nothing_is_left_in_them) {
    const TopicId body = *topic(world, std::nullopt, "Body");
    const TopicId pain = *topic(world, body, "Pain");
    GroupForm form = form_named("Back pain");
    form.topic = pain;
    const GroupId id = group(world, form);
    EXPECT_EQ(fault_of(remove(world, body)), Fault::conflict);
    EXPECT_EQ(fault_of(remove(world, pain)), Fault::conflict);
    form.topic = std::nullopt;
    world.must([&](db::Tx& tx) { return change_group(tx, Actor::system(), id, form); });
    ASSERT_TRUE(remove(world, pain));
    ASSERT_TRUE(remove(world, body));
    EXPECT_EQ(last_verb(world), "topic.deleted");
    EXPECT_EQ(fault_of(remove(world, body)), Fault::not_found);
}

BOTH_ENGINES(Topics, are_for_those_who_run_the_site) {
    const Actor ana = person(world, "Ana");
    const TopicId body = *topic(world, std::nullopt, "Body");
    const auto as_ana = [&](auto&& rule) { return fault_of(world.db().write(rule)); };
    EXPECT_EQ(as_ana([&](db::Tx& tx) { return move_topic(tx, ana, body, std::nullopt); }), Fault::forbidden);
    EXPECT_EQ(as_ana([&](db::Tx& tx) { return shift_topic(tx, ana, body, Direction::up); }),
              Fault::forbidden);
    EXPECT_EQ(as_ana([&](db::Tx& tx) { return delete_topic(tx, ana, body); }), Fault::forbidden);
}
