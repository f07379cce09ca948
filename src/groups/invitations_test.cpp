#include "groups/testing.hpp"

using namespace kith;
using namespace kith::groups;
using namespace kith::groups::testing;

namespace {

bool opens(World& world, std::string_view code) {
    return world.db().read([&](db::ReadTx& tx) { return group_for_code(tx, code).has_value(); });
}

Result<NewInvitation> make(World& world, const Actor& who, GroupId id, const InvitationForm& form) {
    return world.db().write([&](db::Tx& tx) { return create_invitation(tx, who, id, form, world.random); });
}

}  // namespace

BOTH_ENGINES(Invitations, a_code_opens_a_hidden_group_as_often_as_it_says) {
    const Actor ana = person(world, "Ana"), rio = person(world, "Rio"), sam = person(world, "Sam");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const std::string code = invite(world, id, 2);
    EXPECT_EQ(fault_of(try_join(world, ana, id)), Fault::not_found);
    EXPECT_EQ(*try_join(world, ana, id, {.invitation_code = code}), Joined::now);
    EXPECT_EQ(*try_join(world, rio, id, {.invitation_code = code}), Joined::now);
    EXPECT_EQ(fault_of(try_join(world, sam, id, {.invitation_code = code})), Fault::not_found);
    EXPECT_FALSE(opens(world, code));
}

BOTH_ENGINES(Invitations, a_failed_try_uses_nothing_up) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const std::string code = invite(world, id);
    const auto joined = world.db().write(
        [&](db::Tx& tx) { return join(tx, ana, id, {.rules_agreed = false, .invitation_code = code}); });
    EXPECT_EQ(fault_of(joined), Fault::invalid);
    EXPECT_TRUE(opens(world, code));
    EXPECT_TRUE(try_join(world, ana, id, {.invitation_code = code}));
}

BOTH_ENGINES(Invitations, a_code_lets_people_in_without_asking) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("By asking", Admission::request));
    ASSERT_EQ(*try_join(world, ana, id), Joined::requested);
    EXPECT_EQ(*try_join(world, ana, id, {.invitation_code = invite(world, id)}), Joined::now);
    EXPECT_TRUE(access_of(world, ana, id)->member);
}

BOTH_ENGINES(Invitations, a_code_opens_no_other_group) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const GroupId other = group(world, form_named("Other", Admission::invitation));
    EXPECT_EQ(fault_of(try_join(world, ana, other, {.invitation_code = invite(world, id)})),
              Fault::not_found);
}

BOTH_ENGINES(Invitations, a_code_ends_with_its_time) {
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const std::string code = invite(world, id);
    world.clock.advance(7 * day_ms - 1);
    EXPECT_TRUE(opens(world, code));
    world.clock.advance(1);
    EXPECT_FALSE(opens(world, code));
}

BOTH_ENGINES(Invitations, a_code_taken_back_works_no_more) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const NewInvitation made = *make(world, Actor::system(), id,
                                     {.label = "Clinic", .expires_at = world.clock.now() + day_ms});
    const auto revoke = [&](const Actor& by) {
        return world.db().write([&](db::Tx& tx) { return revoke_invitation(tx, by, made.id); });
    };
    EXPECT_EQ(fault_of(revoke(ana)), Fault::not_found);
    EXPECT_TRUE(opens(world, made.code));
    ASSERT_TRUE(revoke(Actor::system()));
    ASSERT_TRUE(revoke(Actor::system()));
    EXPECT_FALSE(opens(world, made.code));
}

BOTH_ENGINES(Invitations, only_leaders_make_them_within_limits) {
    const Actor ana = person(world, "Ana");
    const GroupId id = group(world, form_named("Town square"));
    const Time soon = world.clock.now() + day_ms;
    const auto field = [&](const InvitationForm& form) {
        const auto made = make(world, Actor::system(), id, form);
        return made ? std::string() : made.error().field;
    };
    EXPECT_EQ(fault_of(make(world, ana, id, {.label = "Clinic", .expires_at = soon})), Fault::not_found);
    EXPECT_EQ(field({.label = " ", .expires_at = soon}), "label");
    EXPECT_EQ(field({.label = "Clinic", .expires_at = world.clock.now() + 91 * day_ms}), "days");
    EXPECT_EQ(field({.label = "Clinic", .expires_at = world.clock.now()}), "days");
    EXPECT_EQ(field({.label = "Clinic", .expires_at = soon, .uses = 0}), "uses");
    EXPECT_EQ(field({.label = "Clinic", .expires_at = soon, .uses = 501}), "uses");
    EXPECT_EQ(field({.label = "Clinic", .expires_at = soon, .uses = 500}), "");
}

BOTH_ENGINES(Invitations, a_code_works_however_it_is_typed) {
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const std::string code = invite(world, id);
    EXPECT_EQ(code.size(), 19u) << code;
    std::string typed = " ";
    for (const char c : code)
        if (c != '-') typed += static_cast<char>(std::toupper(c));
    EXPECT_TRUE(opens(world, typed));
    EXPECT_FALSE(opens(world, ""));
    EXPECT_FALSE(opens(world, code.substr(1)));
}

BOTH_ENGINES(Invitations, codes_are_tried_out_a_few_times_and_no_more) {
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const std::string code = invite(world, id);
    const auto try_code = [&](std::string_view typed, std::string_view network) {
        return group_for_typed_code(world.db(), typed, network);
    };
    for (int i = 0; i < 30; ++i) {
        EXPECT_TRUE(try_code(code, "192.0.2.1")) << "a code that works is no failed try";
        EXPECT_EQ(fault_of(try_code("wrong", "192.0.2.1")), Fault::invalid);
    }
    EXPECT_EQ(fault_of(try_code("wrong", "192.0.2.1")), Fault::too_many);
    EXPECT_EQ(fault_of(try_code(code, "192.0.2.1")), Fault::too_many);
    EXPECT_TRUE(try_code(code, "192.0.2.2"));
    world.clock.advance(hour_ms);
    EXPECT_TRUE(try_code(code, "192.0.2.1"));
}

BOTH_ENGINES(Invitations, the_page_of_a_good_code_is_an_invitation_and_no_other) {
    const GroupId id = group(world, form_named("Hidden", Admission::invitation));
    const std::string code = invite(world, id);
    const auto is = [&](std::string_view next) {
        return world.db().read([&](db::ReadTx& tx) { return is_invitation(tx, next); });
    };
    EXPECT_TRUE(is("/invited/" + code));
    EXPECT_FALSE(is("/invited/" + code.substr(2)));
    EXPECT_FALSE(is("/invited"));
    EXPECT_FALSE(is("/groups/" + code));
    ASSERT_TRUE(try_join(world, person(world, "Ana"), id, {.invitation_code = code}));
    EXPECT_FALSE(is("/invited/" + code)) << "it is used up";
}
