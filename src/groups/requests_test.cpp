#include "audit/audit.hpp"
#include "groups/testing.hpp"
#include "notices/notices.hpp"
#include "tests/faults.hpp"

using namespace kith;
using namespace kith::groups;
using namespace kith::groups::testing;
using identity::Role;
using test::expect_whole_or_nothing;

// Asking to come in, and an end by somebody else: both lead to an answer.

BOTH_ENGINES(Requests, a_request_tells_the_leaders_and_waits_for_one_answer) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    give_role(world, rio, Role::facilitator, id);
    EXPECT_EQ(*try_join(world, ana, id, {.name = "Blue Kite", .request_words = "I have pain."}),
              Joined::requested);
    EXPECT_FALSE(belongs(world, ana, id));
    EXPECT_EQ(notices_of(world, rio), std::vector{notices::Kind::request});
    EXPECT_EQ(fault_of(try_join(world, ana, id)), Fault::conflict);
    const RequestId request = only_request(world, id);
    EXPECT_EQ(fault_of(decide(world, ana, request, true)), Fault::not_found);
    ASSERT_TRUE(decide(world, rio, request, true));
    EXPECT_EQ(fault_of(decide(world, rio, request, false)), Fault::conflict);
    EXPECT_TRUE(belongs(world, ana, id));
    EXPECT_EQ(notices_of(world, ana), std::vector{notices::Kind::request_accepted});
    const PersonaId persona = access_of(world, ana, id)->persona;
    world.db().read(
        [&](db::ReadTx& tx) { EXPECT_EQ(identity::names_of(tx, {&persona, 1}).at(persona), "Blue Kite"); });
}

BOTH_ENGINES(Requests, a_declined_member_is_told_and_may_ask_again) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    give_role(world, rio, Role::facilitator, id);
    ASSERT_TRUE(try_join(world, ana, id));
    ASSERT_TRUE(decide(world, rio, only_request(world, id), false));
    EXPECT_FALSE(belongs(world, ana, id));
    EXPECT_EQ(notices_of(world, ana), std::vector{notices::Kind::request_declined});
    EXPECT_EQ(fault_of(try_join(world, ana, id)), Fault::conflict) << "a week lies between";
    world.clock.advance(7 * day_ms);
    EXPECT_EQ(*try_join(world, ana, id), Joined::requested);
    ASSERT_TRUE(leave_now(world, ana, id));
    EXPECT_EQ(*try_join(world, ana, id), Joined::requested) << "to take one back is no decline";
}

BOTH_ENGINES(Requests, a_request_can_be_taken_back) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    ASSERT_TRUE(try_join(world, ana, id));
    const RequestId request = only_request(world, id);
    ASSERT_TRUE(leave_now(world, ana, id));
    EXPECT_EQ(fault_of(decide(world, Actor::system(), request, true)), Fault::conflict);
}

BOTH_ENGINES(Requests, accepting_into_a_full_group_leaves_the_request_waiting) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio"), sam = person(world, "Sam");
    GroupForm form = form_named("Small", Admission::request);
    form.size_limit = 2;
    const GroupId id = group(world, form);
    ASSERT_TRUE(try_join(world, ana, id));
    const RequestId request = only_request(world, id);
    for (const Actor& each : {rio, sam})
        world.must([&](db::Tx& tx) { return add_member(tx, Actor::system(), id, each.member, PersonaId()); });
    EXPECT_EQ(fault_of(decide(world, Actor::system(), request, true)), Fault::conflict);
    EXPECT_EQ(only_request(world, id), request);
}

BOTH_ENGINES(Requests, an_answer_is_whole_or_not_at_all_whichever_statement_fails) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    const RequestId request = only_request(world, id);
    expect_whole_or_nothing(
        world, [&](db::Tx& tx) { return decide_request(tx, Actor::system(), request, true); },
        [&] {
            EXPECT_EQ(only_request(world, id), request);
            EXPECT_FALSE(belongs(world, ana, id));
            EXPECT_TRUE(notices_of(world, ana).empty());
        });
    EXPECT_TRUE(belongs(world, ana, id));
}

namespace {

PersonaId persona_of(World& world, const Actor& who, GroupId id) {
    return access_of(world, who, id)->persona;
}

Done end_now(World& world, const Actor& by, GroupId id, PersonaId persona,
             std::string_view reason = "Rule 1.") {
    return world.db().write([&](db::Tx& tx) { return end_membership(tx, by, id, persona, reason); });
}

}  // namespace

BOTH_ENGINES(EndedMembership, is_told_kindly_and_leads_back_by_asking) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("Town square"));
    give_role(world, rio, Role::facilitator, id);
    ASSERT_TRUE(try_join(world, ana, id));
    ASSERT_TRUE(end_now(world, rio, id, persona_of(world, ana, id)));
    EXPECT_FALSE(belongs(world, ana, id));
    EXPECT_EQ(notices_of(world, ana).front(), notices::Kind::membership_ended);
    EXPECT_EQ(*try_join(world, ana, id), Joined::requested) << "though the group is open";
    ASSERT_TRUE(decide(world, rio, only_request(world, id), true));
    EXPECT_TRUE(belongs(world, ana, id));
    ASSERT_TRUE(leave_now(world, ana, id));
    EXPECT_EQ(*try_join(world, ana, id), Joined::now);
}

BOTH_ENGINES(EndedMembership, leads_back_by_asking_into_a_hidden_group_too) {
    const Actor ana = person(world, "Ana"), sam = person(world, "Sam");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const std::string code = invite(world, id, 5);
    ASSERT_TRUE(try_join(world, ana, id, {.invitation_code = code}));
    ASSERT_TRUE(end_now(world, Actor::system(), id, persona_of(world, ana, id)));
    EXPECT_EQ(fault_of(access_of(world, ana, id)), Fault::not_found);
    EXPECT_EQ(*try_join(world, ana, id, {.invitation_code = code}), Joined::requested);
    ASSERT_TRUE(decide(world, Actor::system(), only_request(world, id), false));
    world.clock.advance(7 * day_ms);
    EXPECT_EQ(*try_join(world, ana, id), Joined::requested);
    EXPECT_EQ(fault_of(try_join(world, sam, id)), Fault::not_found);
}

BOTH_ENGINES(EndedMembership, is_for_leaders_with_a_reason_and_by_a_name_of_the_group) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio"), sam = person(world, "Sam");
    const GroupId id = group(world, form_named("Town square"));
    give_role(world, rio, Role::facilitator, id);
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    ASSERT_TRUE(try_join(world, sam, id));
    const PersonaId kite = persona_of(world, ana, id);
    const PersonaId main = world.db().read(
        [&](db::ReadTx& tx) { return identity::main_persona(tx, ana.member); });
    EXPECT_EQ(fault_of(end_now(world, sam, id, kite)), Fault::not_found);
    EXPECT_EQ(fault_of(end_now(world, rio, id, kite, "  ")), Fault::invalid);
    EXPECT_EQ(fault_of(end_now(world, rio, id, main)), Fault::not_found)
        << "two names are never tied together";
    EXPECT_EQ(fault_of(end_now(world, rio, id, PersonaId(999))), Fault::not_found);
    world.must([&](db::Tx& tx) { return use_name(tx, ana, id, "Red Kite"); });
    ASSERT_TRUE(end_now(world, rio, id, kite)) << "by the name of an earlier post";
    EXPECT_FALSE(belongs(world, ana, id));
    give_role(world, sam, Role::moderator, id);
    EXPECT_EQ(fault_of(end_now(world, rio, id, persona_of(world, sam, id))), Fault::conflict);
}

BOTH_ENGINES(EndedMembership, is_whole_or_not_at_all_whichever_statement_fails) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    ASSERT_TRUE(try_join(world, ana, id));
    const PersonaId persona = persona_of(world, ana, id);
    const std::size_t told = notices_of(world, ana).size();
    expect_whole_or_nothing(
        world, [&](db::Tx& tx) { return end_membership(tx, Actor::system(), id, persona, "Rule 1."); },
        [&] {
            EXPECT_TRUE(belongs(world, ana, id));
            EXPECT_EQ(notices_of(world, ana).size(), told);
        });
    EXPECT_FALSE(belongs(world, ana, id));
}
