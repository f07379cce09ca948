#include <array>

#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "groups/testing.hpp"
#include "notices/notices.hpp"
#include "tests/faults.hpp"

using namespace kith;
using namespace kith::groups;
using namespace kith::groups::testing;
using identity::Role;
using test::expect_whole_or_nothing;

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
    const auto empty = world.db().write([&](db::Tx& tx) { return use_name(tx, ana, id, "  "); });
    ASSERT_EQ(fault_of(empty), Fault::invalid);
    EXPECT_EQ(empty.error().field, "name");
    EXPECT_NE(access_of(world, ana, id)->persona, main) << "nobody is named by an empty field";
    world.must([&](db::Tx& tx) { return use_main_name(tx, ana, id); });
    EXPECT_EQ(access_of(world, ana, id)->persona, main);
}

BOTH_ENGINES(Membership, another_name_is_for_what_comes_and_not_for_what_was_written) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    const PersonaId before = access_of(world, ana, id)->persona;
    world.must([&](db::Tx& tx) { return use_name(tx, ana, id, "Red Kite"); });
    const PersonaId after = access_of(world, ana, id)->persona;
    EXPECT_NE(after, before);
    world.db().read([&](db::ReadTx& tx) {
        const auto names = identity::names_of(tx, std::array{before, after});
        EXPECT_EQ(names.at(before), "Blue Kite");
        EXPECT_EQ(names.at(after), "Red Kite");
    });
    world.must([&](db::Tx& tx) { return use_name(tx, ana, id, "Blue Kite"); });
    EXPECT_EQ(access_of(world, ana, id)->persona, before) << "one's own earlier name can be taken up again";
}

BOTH_ENGINES(Membership, names_are_tried_out_a_few_times_and_no_more) {
    const Actor ana = person(world, "Ana");
    person(world, "Rio");
    const GroupId id = group(world, form_named("Town square"));
    const auto try_name = [&](std::string_view name) {
        const auto joined = try_join(world, ana, id, {.name = std::string(name)});
        if (joined) return Fault::unavailable;
        identity::count_refused_name(*world.services, ana, joined.error());
        return joined.error().fault;
    };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(try_name("Rio"), Fault::conflict);
    EXPECT_EQ(try_name("Rio"), Fault::too_many);
    EXPECT_EQ(try_name("Nobody here"), Fault::too_many);
    EXPECT_TRUE(try_join(world, ana, id)) << "one's own name costs nothing";
}

BOTH_ENGINES(Membership, who_waits_for_an_answer_learns_nothing_about_names) {
    const Actor ana = person(world, "Ana");
    person(world, "Rio");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    ASSERT_TRUE(try_join(world, ana, id));
    const auto taken = try_join(world, ana, id, {.name = "Rio"});
    const auto free = try_join(world, ana, id, {.name = "Nobody here"});
    ASSERT_EQ(fault_of(taken), Fault::conflict);
    ASSERT_EQ(fault_of(free), Fault::conflict);
    EXPECT_EQ(taken.error(), free.error());
}

BOTH_ENGINES(Membership, who_asked_under_a_name_comes_in_under_that_name) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    give_role(world, rio, Role::facilitator, id);
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Blue Kite"}));
    ASSERT_TRUE(decide(world, rio, only_request(world, id), true));
    ASSERT_TRUE(leave_now(world, ana, id));
    ASSERT_TRUE(try_join(world, ana, id, {.name = "Ana"}));
    ASSERT_TRUE(decide(world, rio, only_request(world, id), true));
    const PersonaId main = world.db().read(
        [&](db::ReadTx& tx) { return identity::main_persona(tx, ana.member); });
    EXPECT_EQ(access_of(world, ana, id)->persona, main);
}

BOTH_ENGINES(Membership, a_request_reaches_the_hosts_where_nobody_leads) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    give_role(world, rio, Role::host);
    const GroupId id = group(world, form_named("By asking", Admission::request));
    ASSERT_TRUE(try_join(world, ana, id));
    EXPECT_EQ(notices_of(world, rio), std::vector{notices::Kind::request});
}

BOTH_ENGINES(Membership, a_welcome_comes_from_whoever_leads_the_group) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    const GroupId id = group(world, form_named("Town square"));
    ASSERT_TRUE(try_join(world, rio, id, {.name = "Blue Kite"}));
    give_role(world, rio, Role::facilitator, id);
    ASSERT_TRUE(try_join(world, ana, id));
    world.db().read([&](db::ReadTx& tx) {
        const auto told = notices::list_for(tx, ana.member, 0, 1);
        ASSERT_EQ(told.size(), 1u);
        EXPECT_EQ(told[0].from, identity::find_persona(tx, "Blue Kite"));
        EXPECT_EQ(told[0].group, id);
    });
}

BOTH_ENGINES(Membership, places_of_people_who_went_away_are_free_again) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio"), sam = person(world, "Sam");
    const Actor eve = person(world, "Eve");
    GroupForm form = form_named("Small");
    form.size_limit = 2;
    const GroupId id = group(world, form);
    ASSERT_TRUE(try_join(world, ana, id));
    ASSERT_TRUE(try_join(world, rio, id));
    world.must([&](db::Tx& tx) { return identity::close_account(tx, ana); });
    EXPECT_TRUE(try_join(world, sam, id));
    EXPECT_EQ(fault_of(try_join(world, eve, id)), Fault::conflict);
    world.must(
        [&](db::Tx& tx) { return identity::suspend(tx, Actor::system(), rio.member, "x", std::nullopt); });
    EXPECT_TRUE(try_join(world, eve, id));
}

BOTH_ENGINES(Membership, who_was_put_in_agrees_to_the_rules_before_writing) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    world.must([&](db::Tx& tx) { return add_member(tx, Actor::system(), id, ana.member, PersonaId()); });
    EXPECT_TRUE(access_of(world, ana, id)->member);
    EXPECT_FALSE(access_of(world, ana, id)->write);
    const auto write = world.db().read([&](db::ReadTx& tx) { return writable(tx, ana, id); });
    ASSERT_EQ(fault_of(write), Fault::forbidden);
    EXPECT_EQ(write.error().message,
              "Please read the rules of this group first, and say that you agree to them.");
    world.must([&](db::Tx& tx) { return agree_to_rules(tx, ana, id); });
    EXPECT_TRUE(access_of(world, ana, id)->write);
    const Actor rio = person(world, "Rio");
    const auto stranger = world.db().write([&](db::Tx& tx) { return agree_to_rules(tx, rio, id); });
    EXPECT_EQ(fault_of(stranger), Fault::not_found);
}

BOTH_ENGINES(Membership, a_group_without_rules_asks_for_no_agreement) {
    const Actor ana = person(world, "Ana");
    GroupForm form = form_named("Town square");
    form.rules = "";
    const GroupId id = group(world, form);
    world.must([&](db::Tx& tx) { return add_member(tx, Actor::system(), id, ana.member, PersonaId()); });
    EXPECT_TRUE(access_of(world, ana, id)->write);
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

// ---- ending a membership ------------------------------------------------------------------------

// ---- faults -------------------------------------------------------------------------------------

BOTH_ENGINES(Membership, a_new_task_is_whole_or_not_at_all_whichever_statement_fails) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio");
    give_role(world, rio, Role::host);
    const GroupId id = group(world, form_named("Town square"));
    const auto entries = [&] {
        return world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 100).size(); });
    };
    const std::size_t before = entries();
    expect_whole_or_nothing(
        world, [&](db::Tx& tx) { return change_lead(tx, rio, id, {.name = "Ana", .role = "facilitator"}); },
        [&] {
            EXPECT_FALSE(access_of(world, ana, id)->lead);
            EXPECT_EQ(entries(), before);
        });
    EXPECT_TRUE(access_of(world, ana, id)->lead);
}

BOTH_ENGINES(Membership, an_invitation_is_made_whole_or_not_at_all_whichever_statement_fails) {
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const InvitationForm form{.label = "Clinic", .expires_at = world.clock.now() + day_ms};
    const auto made = [&] {
        return world.db().read([&](db::ReadTx& tx) { return store::count_invitations(tx, id); });
    };
    expect_whole_or_nothing(
        world, [&](db::Tx& tx) { return create_invitation(tx, Actor::system(), id, form, world.random); },
        [&] { EXPECT_EQ(made(), 0); });
    EXPECT_EQ(made(), 1);
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
