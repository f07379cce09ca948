#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/testing.hpp"

using namespace kith;
using namespace kith::groups;
using namespace kith::groups::testing;
using identity::Role;

namespace {

Result<GroupId> make(World& world, const Actor& who, const GroupForm& form) {
    return world.db().write([&](db::Tx& tx) { return create_group(tx, who, form); });
}

std::string wrong_field(World& world, const GroupForm& form) {
    const auto made = make(world, Actor::system(), form);
    return made ? std::string() : made.error().field;
}

Done change(World& world, const Actor& who, GroupId id, const GroupForm& form) {
    return world.db().write([&](db::Tx& tx) { return change_group(tx, who, id, form); });
}

}  // namespace

BOTH_ENGINES(Groups, only_those_who_run_the_site_start_groups) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    give_role(world, rio, Role::coordinator);
    EXPECT_EQ(fault_of(make(world, Actor::guest(), form_named("One"))), Fault::unauthenticated);
    EXPECT_EQ(fault_of(make(world, ana, form_named("One"))), Fault::forbidden);
    const auto made = make(world, rio, form_named("One"));
    ASSERT_TRUE(made);
    const auto newest = world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 1); });
    ASSERT_EQ(newest.size(), 1u);
    EXPECT_EQ(newest[0].verb, "group.created");
    EXPECT_EQ(newest[0].subject_id, made->value());
}

BOTH_ENGINES(Groups, a_name_is_taken_however_it_is_written) {
    const GroupId id = group(world, form_named("Café Pain"));
    EXPECT_EQ(fault_of(make(world, Actor::system(), form_named("  cafe   PAIN "))), Fault::conflict);
    const auto found = world.db().read([](db::ReadTx& tx) { return find_group(tx, "CAFE pain"); });
    EXPECT_EQ(found, id);
    EXPECT_TRUE(change(world, Actor::system(), id, form_named("CAFÉ pain")));
}

BOTH_ENGINES(Groups, what_is_wrong_is_said_at_its_field) {
    GroupForm form = form_named("A");
    EXPECT_EQ(wrong_field(world, form), "name");
    form = form_named("Good name");
    form.purpose = " \n ";
    EXPECT_EQ(wrong_field(world, form), "purpose");
    form = form_named("Good name");
    form.size_limit = 1;
    EXPECT_EQ(wrong_field(world, form), "size_limit");
    form = form_named("Good name");
    form.opens_at = Time{2000};
    form.closes_at = Time{1000};
    EXPECT_EQ(wrong_field(world, form), "closes_at");
    form = form_named("Good name", Admission::request);
    form.public_reading = true;
    EXPECT_EQ(wrong_field(world, form), "public_reading");
    form = form_named("Good name");
    form.topic = TopicId(77);
    EXPECT_EQ(wrong_field(world, form), "topic");
    EXPECT_EQ(wrong_field(world, form_named("Good name")), "");
}

BOTH_ENGINES(Groups, a_facilitator_changes_the_words_but_not_who_may_read) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    give_role(world, rio, Role::facilitator, id);
    GroupForm form = form_named("New name", Admission::request);
    EXPECT_EQ(fault_of(change(world, ana, id, form)), Fault::not_found);
    EXPECT_TRUE(change(world, rio, id, form));
    EXPECT_EQ(access_of(world, rio, id)->group.name, "New name");
    form.admission = Admission::open;
    EXPECT_EQ(fault_of(change(world, rio, id, form)), Fault::forbidden);
    EXPECT_TRUE(change(world, Actor::system(), id, form));
}

BOTH_ENGINES(Groups, hidden_groups_are_listed_for_their_members_and_leaders_alone) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio"), sam = person(world, "Sam");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    give_role(world, rio, Role::facilitator, id);
    ASSERT_TRUE(try_join(world, ana, id, {.invitation_code = invite(world, id)}));
    const auto count = [&](const Actor& who) {
        return world.db().read([&](db::ReadTx& tx) { return listed_groups(tx, who).size(); });
    };
    EXPECT_EQ(count(ana), 1u);
    EXPECT_EQ(count(rio), 1u);
    EXPECT_EQ(count(sam), 0u);
    EXPECT_EQ(count(Actor::guest()), 0u);
}

BOTH_ENGINES(Groups, a_leader_is_named_by_pseudonym_and_can_be_relieved) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    const auto lead = [&](const LeadForm& form) {
        return world.db().write([&](db::Tx& tx) { return change_lead(tx, Actor::system(), id, form); });
    };
    EXPECT_EQ(fault_of(lead({.name = "Nobody", .role = "facilitator"})), Fault::invalid);
    EXPECT_EQ(fault_of(lead({.name = "Ana", .role = "host"})), Fault::invalid);
    ASSERT_TRUE(lead({.name = "Ana", .role = "facilitator"}));
    EXPECT_TRUE(access_of(world, ana, id)->lead);
    EXPECT_TRUE(access_of(world, ana, id)->member) << "who leads belongs";
    ASSERT_TRUE(lead({.name = "Ana", .role = "facilitator", .ends = true}));
    EXPECT_FALSE(access_of(world, ana, id)->lead);
}
