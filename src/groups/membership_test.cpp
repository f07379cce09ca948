#include <algorithm>

#include "groups/store.hpp"
#include "groups/testing.hpp"
#include "notices/notices.hpp"

using namespace kith;
using namespace kith::groups;
using namespace kith::groups::testing;
using identity::Role;

namespace {

std::vector<notices::Kind> notices_of(World& world, const Actor& who) {
    std::vector<notices::Kind> out;
    world.db().read([&](db::ReadTx& tx) {
        for (const notices::Notice& notice : notices::list_for(tx, who.member, 0, 20))
            out.push_back(notice.kind);
    });
    return out;
}

bool belongs(World& world, const Actor& who, GroupId id) {
    const auto found = access_of(world, who, id);
    return found && found->member;
}

Done leave_now(World& world, const Actor& who, GroupId id) {
    return world.db().write([&](db::Tx& tx) { return leave(tx, who, id, ""); });
}

RequestId only_request(World& world, GroupId id) {
    return world.db().read([&](db::ReadTx& tx) {
        const auto waiting = store::waiting_requests(tx, id, 10);
        EXPECT_EQ(waiting.size(), 1u);
        return waiting.empty() ? RequestId() : waiting.front().id;
    });
}

Done decide(World& world, const Actor& who, RequestId request, bool accepted) {
    return world.db().write([&](db::Tx& tx) { return decide_request(tx, who, request, accepted); });
}

}  // namespace

BOTH_ENGINES(Membership, joining_needs_an_account_and_the_rules) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    EXPECT_EQ(fault_of(try_join(world, Actor::guest(), id)), Fault::unauthenticated);
    const auto joined = world.db().write([&](db::Tx& tx) { return join(tx, ana, id, {}); });
    ASSERT_EQ(fault_of(joined), Fault::invalid);
    EXPECT_EQ(joined.error().field, "rules_agreed");
}

BOTH_ENGINES(Membership, a_newcomer_is_welcomed_once_and_cannot_join_twice) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    EXPECT_EQ(*try_join(world, ana, id), Joined::now);
    EXPECT_EQ(notices_of(world, ana), std::vector{notices::Kind::welcome});
    EXPECT_EQ(fault_of(try_join(world, ana, id)), Fault::conflict);
}

BOTH_ENGINES(Membership, leaving_and_coming_back_is_possible) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    ASSERT_TRUE(try_join(world, ana, id));
    ASSERT_TRUE(leave_now(world, ana, id));
    EXPECT_FALSE(belongs(world, ana, id));
    EXPECT_EQ(fault_of(leave_now(world, ana, id)), Fault::not_found);
    ASSERT_TRUE(try_join(world, ana, id));
    EXPECT_TRUE(belongs(world, ana, id));
}

BOTH_ENGINES(Membership, a_full_group_says_so_until_somebody_leaves) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio"), sam = person(world, "Sam");
    GroupForm form = form_named("Small");
    form.size_limit = 2;
    const GroupId id = group(world, form);
    ASSERT_TRUE(try_join(world, ana, id));
    ASSERT_TRUE(try_join(world, rio, id));
    EXPECT_EQ(fault_of(try_join(world, sam, id)), Fault::conflict);
    ASSERT_TRUE(leave_now(world, ana, id));
    EXPECT_TRUE(try_join(world, sam, id));
}

BOTH_ENGINES(Membership, nobody_joins_a_closed_group) {
    const Actor ana = person(world, "Ana");
    GroupForm form = form_named("Short");
    form.closes_at = world.clock.now() + day_ms;
    const GroupId id = group(world, form);
    world.clock.advance(day_ms);
    EXPECT_EQ(fault_of(try_join(world, ana, id)), Fault::conflict);
}

BOTH_ENGINES(Membership, another_name_is_used_in_one_group_and_can_be_given_up) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    const PersonaId main = world.db().read(
        [&](db::ReadTx& tx) { return identity::main_persona(tx, ana.member); });
    EXPECT_NE(access_of(world, ana, id)->persona, main);
    world.must([&](db::Tx& tx) { return use_name(tx, ana, id, ""); });
    EXPECT_EQ(access_of(world, ana, id)->persona, main);
}

BOTH_ENGINES(Membership, coming_back_without_a_name_keeps_the_name_used_there_before) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    const PersonaId before = access_of(world, ana, id)->persona;
    ASSERT_TRUE(leave_now(world, ana, id));
    ASSERT_TRUE(try_join(world, ana, id));
    EXPECT_EQ(access_of(world, ana, id)->persona, before);
}

BOTH_ENGINES(Membership, a_request_tells_the_leaders_and_waits_for_one_answer) {
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

BOTH_ENGINES(Membership, a_declined_member_is_told_and_may_ask_again) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    give_role(world, rio, Role::facilitator, id);
    ASSERT_TRUE(try_join(world, ana, id));
    ASSERT_TRUE(decide(world, rio, only_request(world, id), false));
    EXPECT_FALSE(belongs(world, ana, id));
    EXPECT_EQ(notices_of(world, ana), std::vector{notices::Kind::request_declined});
    EXPECT_EQ(*try_join(world, ana, id), Joined::requested);
}

BOTH_ENGINES(Membership, a_request_can_be_taken_back) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    ASSERT_TRUE(try_join(world, ana, id));
    const RequestId request = only_request(world, id);
    ASSERT_TRUE(leave_now(world, ana, id));
    EXPECT_EQ(fault_of(decide(world, Actor::system(), request, true)), Fault::conflict);
}

BOTH_ENGINES(Membership, accepting_into_a_full_group_leaves_the_request_waiting) {
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

BOTH_ENGINES(Membership, only_those_who_run_the_site_put_members_in) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const auto add = [&](const Actor& by) {
        return world.db().write([&](db::Tx& tx) { return add_member(tx, by, id, ana.member, PersonaId()); });
    };
    EXPECT_EQ(fault_of(add(rio)), Fault::forbidden);
    ASSERT_TRUE(add(Actor::system()));
    ASSERT_TRUE(add(Actor::system()));
    EXPECT_TRUE(belongs(world, ana, id));
}

BOTH_ENGINES(Membership, joining_is_whole_or_not_at_all_whichever_statement_fails) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const std::string code = invite(world, id);
    const Joining form{.name = "Blue Kite", .invitation_code = code};
    bool joined = false;
    for (int statement = 1; !joined && statement < 100; ++statement) {
        world.db().fail_statement(statement);
        try {
            joined = try_join(world, ana, id, form).has_value();
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_FALSE(belongs(world, ana, id));
            EXPECT_TRUE(notices_of(world, ana).empty());
            EXPECT_TRUE(
                world.db().read([&](db::ReadTx& tx) { return group_for_code(tx, code).has_value(); }));
        }
    }
    world.db().fail_statement(0);
    EXPECT_TRUE(joined);
    EXPECT_TRUE(belongs(world, ana, id));
}
