#include <gmock/gmock.h>

#include "audit/audit.hpp"
#include "tests/cast.hpp"

namespace kith::identity {
namespace {

using test::as;
using test::Cast;
using test::World;
using ::testing::ElementsAre;

std::vector<std::string> found(World& world, MemberId by, const MemberSearch& search) {
    std::vector<std::string> out;
    const auto members = world.db().read([&](db::ReadTx& tx) { return find_members(tx, as(by), search); });
    EXPECT_TRUE(members);
    for (const KnownMember& member : *members) out.push_back(member.persona.name);
    return out;
}

PersonaId group_name(World& world, MemberId member, GroupId group, std::string_view name) {
    return world.must(
        [&](db::Tx& tx) { return persona_for_group(tx, Actor::of(member), member, group, name); });
}

PersonaId main_of(World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return main_persona(tx, member); });
}

Result<MemberFile> file_of(World& world, MemberId by, PersonaId persona) {
    return world.db().read([&](db::ReadTx& tx) { return member_file(tx, as(by), persona); });
}

audit::Entry newest_entry(World& world) {
    return world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 1).at(0); });
}

BOTH_ENGINES(Staff, find_members_by_main_names_alone) {
    const Cast cast(world);
    group_name(world, cast.bo, cast.circle, "Quiet Fox");
    EXPECT_THAT(found(world, cast.oz, {.words = "a"}), ElementsAre("Ada", "Nia", "Rae"));
    EXPECT_THAT(found(world, cast.oz, {.words = "Quiet Fox"}), ElementsAre());
    EXPECT_THAT(found(world, cast.oz, {.words = "%_"}).size(), 8u);
    EXPECT_THAT(found(world, cast.oz, {.words = "", .after = main_of(world, cast.mo), .limit = 2}),
                ElementsAre("Nia", "Dee"));
}

BOTH_ENGINES(Staff, are_the_only_ones_with_such_a_list) {
    const Cast cast(world);
    const auto fault_for = [&](const Actor& actor) {
        return world.db().read([&](db::ReadTx& tx) { return find_members(tx, actor, {}); }).error().fault;
    };
    EXPECT_EQ(fault_for(as(cast.mo)), Fault::not_found);
    EXPECT_EQ(fault_for(Actor::guest()), Fault::unauthenticated);
    EXPECT_EQ(file_of(world, cast.mo, main_of(world, cast.ada)).error().fault, Fault::not_found);
}

BOTH_ENGINES(Staff, see_where_an_account_stands) {
    const Cast cast(world);
    world.must([&](db::Tx& tx) { return grant_role(tx, as(cast.oz), cast.mo, Role::coordinator); });
    world.must([&](db::Tx& tx) { return close_account(tx, as(cast.ada)); });
    world.must([&](db::Tx& tx) { return suspend(tx, as(cast.oz), cast.bo, "Selling.", std::nullopt); });
    const auto closed = file_of(world, cast.oz, main_of(world, cast.ada));
    EXPECT_EQ(closed->known.standing, Standing::closed);
    EXPECT_EQ(closed->closed_at, test::the_start);
    const auto held = file_of(world, cast.oz, main_of(world, cast.bo));
    EXPECT_EQ(held->known.standing, Standing::on_hold);
    ASSERT_TRUE(held->hold);
    EXPECT_EQ(held->hold->reason, "Selling.");
    EXPECT_EQ(held->hold->from, test::the_start);
    EXPECT_FALSE(file_of(world, cast.mo, main_of(world, cast.bo))->hold);
    EXPECT_TRUE(file_of(world, cast.oz, main_of(world, cast.rae))->known.researcher);
}

BOTH_ENGINES(Staff, cannot_reach_a_member_by_the_number_of_a_group_name) {
    const Cast cast(world);
    const PersonaId fox = group_name(world, cast.bo, cast.circle, "Quiet Fox");
    EXPECT_EQ(file_of(world, cast.oz, fox).error().fault, Fault::not_found);
}

BOTH_ENGINES(LookUps, are_for_the_host_who_says_why_and_are_kept) {
    const Cast cast(world);
    const PersonaId fox = group_name(world, cast.bo, cast.circle, "Quiet Fox");
    world.must([&](db::Tx& tx) { return grant_role(tx, as(cast.oz), cast.mo, Role::coordinator); });
    const auto looks = [&](const Actor& actor, LookUpForm form) {
        return world.db().write([&](db::Tx& tx) { return look_up(tx, actor, form); });
    };
    EXPECT_EQ(looks(as(cast.mo), {"Quiet Fox", "In danger."}).error().fault, Fault::forbidden);
    EXPECT_EQ(looks(as(cast.oz), {"Quiet Fox", " "}).error().field, "reason");
    EXPECT_EQ(looks(as(cast.oz), {"Loud Fox", "In danger."}).error().field, "name");
    EXPECT_EQ(looks(as(cast.oz), {"quiet fox", "In danger."}).value(), main_of(world, cast.bo));
    const auto kept = world.db().read([&](db::ReadTx& tx) { return list_look_ups(tx, as(cast.oz), 10); });
    ASSERT_EQ(kept->size(), 1u);
    EXPECT_EQ(kept->front().by, "Oz");
    EXPECT_EQ(kept->front().name, "Quiet Fox");
    EXPECT_EQ(kept->front().reason, "In danger.");
    const audit::Entry entry = newest_entry(world);
    EXPECT_EQ(entry.verb, "persona.looked_up");
    EXPECT_EQ(entry.subject_id, fox.value());
    EXPECT_EQ(entry.detail, "{}");
}

BOTH_ENGINES(Hosts, are_appointed_and_dismissed_with_a_password) {
    const Cast cast(world);
    Services& services = *world.services;
    const Proof proof{std::string(Cast::password)};
    const auto is_host = [&] {
        return world.db().read([&](db::ReadTx& tx) { return has_role(tx, as(cast.ada), Role::host); });
    };
    EXPECT_EQ(appoint_host(services, as(cast.mo), cast.ada, proof).error().fault, Fault::forbidden);
    EXPECT_EQ(appoint_host(services, as(cast.oz), cast.ada, {"wrong"}).error().field, "current");
    EXPECT_FALSE(is_host());
    ASSERT_TRUE(appoint_host(services, as(cast.oz), cast.ada, proof));
    EXPECT_TRUE(is_host());
    ASSERT_TRUE(dismiss_host(services, as(cast.oz), cast.ada, proof));
    EXPECT_FALSE(is_host());
}

BOTH_ENGINES(ResetCodes, let_a_member_in_once_within_a_day) {
    const Cast cast(world);
    Services& services = *world.services;
    const Proof proof{std::string(Cast::password)};
    const auto comes_back = [&](const std::string& code) {
        return recover(services, {"Ada", code, "three green umbrellas", {"", "192.0.2.1", {}}});
    };
    EXPECT_EQ(create_reset_code(services, as(cast.mo), cast.ada, proof).error().fault, Fault::forbidden);
    const std::string late = create_reset_code(services, as(cast.oz), cast.ada, proof).value();
    world.clock.advance(day_ms);
    EXPECT_FALSE(comes_back(late));
    const std::string replaced = create_reset_code(services, as(cast.oz), cast.ada, proof).value();
    const std::string code = create_reset_code(services, as(cast.oz), cast.ada, proof).value();
    EXPECT_EQ(newest_entry(world).verb, "reset_code.made");
    EXPECT_FALSE(comes_back(replaced));
    EXPECT_TRUE(comes_back(code));
    EXPECT_FALSE(comes_back(code));
}

}  // namespace
}  // namespace kith::identity
