#include "groups/testing.hpp"

using namespace kith;
using namespace kith::groups;
using namespace kith::groups::testing;
using identity::Role;

BOTH_ENGINES(GroupAccess, guests_read_open_groups_only_where_reading_is_public) {
    GroupForm form = form_named("Quiet corner");
    const GroupId closed_to_guests = group(world, form);
    form = form_named("Town square");
    form.public_reading = true;
    const GroupId for_all = group(world, form);
    EXPECT_FALSE(access_of(world, Actor::guest(), closed_to_guests)->read);
    EXPECT_TRUE(access_of(world, Actor::guest(), for_all)->read);
    EXPECT_FALSE(access_of(world, Actor::guest(), for_all)->write);
    const auto readable = world.db().read([](db::ReadTx& tx) { return readable_groups(tx, Actor::guest()); });
    EXPECT_EQ(readable, std::vector{for_all});
}

BOTH_ENGINES(GroupAccess, a_stranger_reads_an_open_group_and_writes_after_joining) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    EXPECT_TRUE(access_of(world, ana, id)->read);
    EXPECT_FALSE(access_of(world, ana, id)->write);
    ASSERT_TRUE(try_join(world, ana, id));
    const auto after = access_of(world, ana, id);
    EXPECT_TRUE(after->member && after->write && after->persona);
    EXPECT_FALSE(after->lead || after->moderate);
}

BOTH_ENGINES(GroupAccess, a_group_by_request_is_known_but_not_read) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    ASSERT_TRUE(access_of(world, ana, id));
    EXPECT_FALSE(access_of(world, ana, id)->read);
    const auto read = world.db().read([&](db::ReadTx& tx) { return readable(tx, ana, id); });
    EXPECT_EQ(fault_of(read), Fault::not_found);
    const auto all = world.db().read([&](db::ReadTx& tx) { return readable_groups(tx, ana); });
    EXPECT_TRUE(all.empty());
}

BOTH_ENGINES(GroupAccess, a_group_by_invitation_does_not_exist_for_strangers) {
    const Actor ana = person(world, "Ana");
    const Actor host = person(world, "Rio");
    give_role(world, host, Role::host);
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    EXPECT_EQ(fault_of(access_of(world, ana, id)), Fault::not_found);
    EXPECT_EQ(fault_of(access_of(world, Actor::guest(), id)), Fault::not_found);
    EXPECT_TRUE(access_of(world, host, id)->lead);
    EXPECT_EQ(fault_of(access_of(world, ana, GroupId(999))), Fault::not_found);
}

BOTH_ENGINES(GroupAccess, roles_decide_who_leads_and_who_moderates) {
    const Actor facilitator = person(world, "Ana");
    const Actor moderator = person(world, "Rio");
    const Actor coordinator = person(world, "Sam");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    give_role(world, facilitator, Role::facilitator, id);
    give_role(world, moderator, Role::moderator, id);
    give_role(world, coordinator, Role::coordinator);
    const auto leads = access_of(world, facilitator, id);
    EXPECT_TRUE(leads->lead && leads->moderate && leads->read && leads->write);
    const auto moderates = access_of(world, moderator, id);
    EXPECT_TRUE(moderates->moderate && moderates->read);
    EXPECT_FALSE(moderates->lead || moderates->write);
    const auto coordinates = access_of(world, coordinator, id);
    EXPECT_TRUE(coordinates->lead && coordinates->read);
    EXPECT_FALSE(coordinates->moderate);
}

BOTH_ENGINES(GroupAccess, members_write_only_between_opening_and_closing) {
    const Actor ana = person(world, "Ana");
    GroupForm form = form_named("Four weeks");
    form.opens_at = world.clock.now() + 3 * day_ms;
    form.closes_at = world.clock.now() + 31 * day_ms;
    const GroupId id = group(world, form);
    ASSERT_TRUE(try_join(world, ana, id));
    EXPECT_EQ(access_of(world, ana, id)->phase, Phase::announced);
    EXPECT_FALSE(access_of(world, ana, id)->write);
    world.clock.advance(3 * day_ms);
    EXPECT_TRUE(access_of(world, ana, id)->write);
    world.clock.advance(28 * day_ms);
    EXPECT_EQ(access_of(world, ana, id)->phase, Phase::closed);
    EXPECT_TRUE(access_of(world, ana, id)->read);
    const auto write = world.db().read([&](db::ReadTx& tx) { return writable(tx, ana, id); });
    ASSERT_EQ(fault_of(write), Fault::forbidden);
    EXPECT_EQ(write.error().message, "This group has closed. You can still read it.");
}

BOTH_ENGINES(GroupAccess, a_group_put_away_is_there_for_its_leaders_alone) {
    const Actor ana = person(world, "Ana");
    const Actor rio = person(world, "Rio");
    const GroupId id = group(world, form_named("Old times"));
    give_role(world, rio, Role::facilitator, id);
    ASSERT_TRUE(try_join(world, ana, id));
    world.must([&](db::Tx& tx) { return archive_group(tx, Actor::system(), id); });
    EXPECT_EQ(fault_of(access_of(world, ana, id)), Fault::not_found);
    EXPECT_TRUE(access_of(world, rio, id)->read);
    EXPECT_FALSE(access_of(world, rio, id)->write);
    world.must([&](db::Tx& tx) { return unarchive_group(tx, Actor::system(), id); });
    EXPECT_TRUE(access_of(world, ana, id)->write);
}

BOTH_ENGINES(GroupAccess, a_suspended_member_may_do_nothing) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    ASSERT_TRUE(try_join(world, ana, id));
    world.must([&](db::Tx& tx) {
        return identity::suspend(tx, Actor::system(), ana.member, "unkind words", std::nullopt);
    });
    EXPECT_EQ(fault_of(access_of(world, ana, id)), Fault::forbidden);
    const auto all = world.db().read([&](db::ReadTx& tx) { return readable_groups(tx, ana); });
    EXPECT_TRUE(all.empty());
}

BOTH_ENGINES(GroupAccess, rights_come_from_memberships_and_roles_by_group) {
    const Actor ana = person(world, "Ana");
    const GroupId first = group(world, form_named("First"));
    const GroupId second = group(world, form_named("Second"));
    give_role(world, ana, Role::moderator, first);
    ASSERT_TRUE(try_join(world, ana, second, {.name = "Blue Kite"}));
    const auto rights = world.db().read([&](db::ReadTx& tx) { return rights_of(tx, Actor::of(ana.member)); });
    ASSERT_EQ(rights.size(), 2u);
    EXPECT_EQ(rights[0].group, first);
    EXPECT_TRUE(rights[0].moderator);
    EXPECT_EQ(rights[1].group, second);
    EXPECT_FALSE(rights[1].moderator || rights[1].facilitator);
    EXPECT_NE(rights[0].persona, rights[1].persona);
}

BOTH_ENGINES(GroupAccess, a_leader_is_shown_by_the_name_used_in_the_group) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("First"));
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    give_role(world, ana, Role::facilitator, id);
    const Leaders found = world.db().read([&](db::ReadTx& tx) { return leaders_of(tx, id); });
    EXPECT_EQ(found.facilitators, std::vector<std::string>{"Blue Kite"});
    EXPECT_TRUE(found.moderators.empty());
}

BOTH_ENGINES(GroupAccess, posts_of_those_with_a_task_are_marked) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("First"));
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    give_role(world, ana, Role::facilitator, id);
    give_role(world, rio, Role::moderator, id);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(marked_facilitators(tx, id), std::vector{access_of(world, ana, id)->persona});
        EXPECT_EQ(marked_moderators(tx, id), std::vector{identity::main_persona(tx, rio.member)});
    });
}

BOTH_ENGINES(GroupAccess, a_leader_who_went_back_to_the_main_name_is_shown_by_it) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("First"));
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    give_role(world, ana, Role::facilitator, id);
    world.must([&](db::Tx& tx) { return use_main_name(tx, ana, id); });
    const Leaders found = world.db().read([&](db::ReadTx& tx) { return leaders_of(tx, id); });
    EXPECT_EQ(found.facilitators, std::vector<std::string>{"Ana"});
}
