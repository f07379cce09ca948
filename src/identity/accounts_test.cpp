#include <gmock/gmock.h>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "identity/limits.hpp"
#include "platform/crypto/crypto.hpp"
#include "tests/world.hpp"

namespace kith::identity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view password = "a long walk by the sea";

Result<NewAccount> try_sign_up(test::World& world, std::string name, std::string_view typed = password) {
    const SignUp form{std::move(name), std::string(typed)};
    const std::string hash = crypto::hash_password(typed);
    return world.db().write([&](db::Tx& tx) { return sign_up(tx, form, hash, world.random); });
}

MemberId joins(test::World& world, std::string name) {
    const auto made = try_sign_up(world, std::move(name));
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->member : MemberId();
}

template <class F>
void must(test::World& world, F&& rule) {
    world.must([&](db::Tx& tx) -> Done { return rule(tx); });
}

template <class F>
Error error_of(test::World& world, F&& rule) {
    const auto result = world.db().write(std::forward<F>(rule));
    EXPECT_FALSE(result);
    return result ? Error{} : result.error();
}

MemberId becomes(test::World& world, std::string name, Role role, GroupId group = {}) {
    const MemberId member = joins(world, std::move(name));
    must(world, [&](db::Tx& tx) { return grant_role(tx, Actor::system(), member, role, group); });
    return member;
}

bool holds(test::World& world, MemberId member, Role role, GroupId group = {}) {
    return world.db().read([&](db::ReadTx& tx) { return has_role(tx, Actor::of(member), role, group); });
}

constexpr db::Sql count_rows_sql = R"(
    select (select count(*) from member) + (select count(*) from account) +
           (select count(*) from persona) + (select count(*) from recovery_code) +
           (select count(*) from recovery_code where used_at_ms is not null) +
           (select count(*) from claim_code where used_at_ms is not null) +
           (select count(*) from session) + (select count(*) from session where ended_at_ms is not null) +
           (select count(*) from suspension) + (select count(*) from closure) +
           (select count(*) from audit_entry) + (select count(*) from change))";

std::int64_t rows(test::World& world) {
    return world.db().read([](db::ReadTx& tx) { return tx.one<std::int64_t>(count_rows_sql); });
}

// ---- signing up --------------------------------------------------------------------------------------

BOTH_ENGINES(Accounts, a_newcomer_gets_a_name_and_ten_recovery_codes) {
    const auto made = try_sign_up(world, "  Quiet   Harbour 27 ");
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->recovery_codes.size(), 10u);
    EXPECT_EQ(made->recovery_codes[0].size(), 14u);
    const auto names = world.db().read([&](db::ReadTx& tx) {
        const PersonaId persona = main_persona(tx, made->member);
        EXPECT_EQ(find_persona(tx, "quiet harbour 27"), std::optional(persona));
        EXPECT_EQ(member_of(tx, persona), made->member);
        const PersonaId ids[] = {persona, persona, PersonaId(999)};
        return names_of(tx, ids);
    });
    ASSERT_EQ(names.size(), 1u);
    EXPECT_EQ(names.begin()->second, "Quiet Harbour 27");
}

BOTH_ENGINES(Accounts, a_taken_name_and_a_look_alike_get_the_same_answer) {
    joins(world, "Willow 10");
    const auto taken = try_sign_up(world, "Willow 10");
    const auto look_alike = try_sign_up(world, "WIllow lO");
    ASSERT_FALSE(taken);
    ASSERT_FALSE(look_alike);
    EXPECT_EQ(taken.error(), look_alike.error());
    EXPECT_EQ(taken.error().message, "Please choose another name.");
}

BOTH_ENGINES(Accounts, weak_passwords_are_refused_in_plain_words) {
    EXPECT_THAT(try_sign_up(world, "Heron", "short").error().message, HasSubstr("at least 8"));
    EXPECT_THAT(try_sign_up(world, "Heron", std::string(129, 'x')).error().message, HasSubstr("at most 128"));
    EXPECT_THAT(try_sign_up(world, "Heron", "password").error().message, HasSubstr("easy to guess"));
    EXPECT_THAT(try_sign_up(world, "Heron", "my HERON is grey").error().message,
                HasSubstr("leave your name out"));
}

BOTH_ENGINES(Accounts, a_password_that_anybody_would_try_is_refused) {
    const auto is_weak = [](std::string_view typed) {
        const Done checked = check_password(typed, "Heron", "password");
        return !checked && checked.error().message.find("easy to guess") != std::string::npos;
    };
    for (const std::string_view weak : {"aaaaaaaa", "12121212", "abcabcabc", "12345678", "87654321",
                                        "1234567890", "hijklmnop", "Elizabeth", "mountain", "butterfly"})
        EXPECT_TRUE(is_weak(weak)) << weak;
    EXPECT_FALSE(is_weak("a long walk by the sea"));
    EXPECT_FALSE(is_weak("aaaaaaab"));
}

BOTH_ENGINES(Accounts, a_closed_door_lets_in_the_invited_alone) {
    const std::string hash = crypto::hash_password(password);
    SignUp form{.name = "Heron 12", .password = std::string(password), .next = "/invited/bad"};
    const auto signing_up = [&](db::Tx& tx) { return sign_up(tx, form, hash, world.random); };
    use_door({.is_open = [](db::ReadTx&) { return false; },
              .is_invitation = [](db::ReadTx&, std::string_view next) { return next == "/invited/good"; },
              .use_invitation = [](db::Tx&, const Actor&, std::string_view) -> Result<GroupId> {
                  return GroupId(7);
              }});
    EXPECT_EQ(error_of(world, signing_up).fault, Fault::forbidden);
    form.next = "/invited/good";
    EXPECT_EQ(world.must(signing_up).joined, GroupId(7));
    use_door({});
}

// Fails each statement of `act` in turn, until it gets through: what failed has left nothing.
template <class F>
void fails_whole(test::World& world, int least, F&& act) {
    const std::int64_t before = rows(world);
    for (int nth = 1;; ++nth) {
        ASSERT_LT(nth, 100);
        world.db().fail_statement(nth);
        try {
            act();
            world.db().fail_statement(0);
            EXPECT_GT(nth, least);
            return;
        } catch (const db::Failure&) {
            world.db().fail_statement(0);
            EXPECT_EQ(rows(world), before) << "statement " << nth;
        }
    }
}

BOTH_ENGINES(Accounts, a_sign_up_that_fails_halfway_leaves_nothing) {
    fails_whole(world, 10, [&] { ASSERT_TRUE(try_sign_up(world, "Plover 12")); });
}

BOTH_ENGINES(Accounts, a_suspension_that_fails_halfway_leaves_nothing) {
    const MemberId member = joins(world, "Fern 11");
    fails_whole(world, 5, [&] {
        must(world, [&](db::Tx& tx) { return suspend(tx, Actor::system(), member, "Why.", std::nullopt); });
    });
}

BOTH_ENGINES(Accounts, a_closure_that_fails_halfway_leaves_nothing) {
    const Actor actor = Actor::of(joins(world, "Fern 11"));
    fails_whole(world, 5, [&] { must(world, [&](db::Tx& tx) { return close_account(tx, actor); }); });
}

BOTH_ENGINES(Accounts, a_claim_that_fails_halfway_leaves_the_code_good) {
    const PersonaId persona = world.must(
        [&](db::Tx& tx) { return create_placeholder(tx, Actor::system(), "Old Friend 3"); });
    const std::string code = world.must(
        [&](db::Tx& tx) { return create_claim_code(tx, Actor::system(), persona, world.random); });
    keys_for_limits(*world.services);  // has a transaction of its own the first time of a day
    fails_whole(world, 10, [&] {
        ASSERT_TRUE(claim_and_sign_in(*world.services, code, password, {"", "192.0.2.1", {}}));
    });
}

BOTH_ENGINES(Accounts, a_recovery_that_fails_halfway_leaves_the_code_good) {
    const auto account = try_sign_up(world, "Fern 11");
    const Recovery form{
        "Fern 11", account->recovery_codes[0], "three green umbrellas", {"", "192.0.2.1", {}}};
    keys_for_limits(*world.services);
    fails_whole(world, 5, [&] { ASSERT_TRUE(recover(*world.services, form)); });
}

// ---- names -------------------------------------------------------------------------------------------

Done renames(test::World& world, MemberId member, std::string_view name) {
    return rename(*world.services, Actor::of(member), name);
}

BOTH_ENGINES(Accounts, a_new_name_replaces_the_old_one_everywhere) {
    const MemberId member = joins(world, "Fern 11");
    joins(world, "Reed 11");
    EXPECT_EQ(renames(world, member, "reed 11").error().fault, Fault::conflict);
    ASSERT_TRUE(renames(world, member, "Moss 12"));
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(find_persona(tx, "Fern 11"), std::nullopt);
        const auto found = find_member(tx, "Moss 12");
        ASSERT_TRUE(found);
        EXPECT_EQ(*found, member);
    });
}

BOTH_ENGINES(Accounts, an_old_name_stays_its_owners) {
    const MemberId member = joins(world, "Fern 11");
    const MemberId other = joins(world, "Reed 11");
    ASSERT_TRUE(renames(world, member, "Moss 12"));
    const Error taken = try_sign_up(world, "Fern 11").error();
    EXPECT_EQ(taken, (Error{Fault::conflict, "Please choose another name.", "name"}));
    EXPECT_EQ(renames(world, other, "fern ll").error(), taken);
    EXPECT_EQ(error_of(world, [&](db::Tx& tx) { return create_placeholder(tx, Actor::system(), "Fern 11"); }),
              taken);
    const auto in_group = error_of(world, [&](db::Tx& tx) {
        return persona_for_group(tx, Actor::of(other), other, GroupId(1), "Fern 11");
    });
    EXPECT_EQ(in_group, taken);
    ASSERT_TRUE(renames(world, member, "Fern 11"));
    EXPECT_EQ(renames(world, other, "Moss 12").error(), taken);
}

BOTH_ENGINES(Accounts, five_names_an_hour_can_be_tried_taken_ones_too) {
    const MemberId member = joins(world, "Fern 11");
    joins(world, "Reed 11");
    for (int i = 0; i < 4; ++i) EXPECT_EQ(renames(world, member, "Reed 11").error().fault, Fault::conflict);
    ASSERT_TRUE(renames(world, member, "Moss 12"));
    EXPECT_EQ(renames(world, member, "Reed 11").error().fault, Fault::too_many);
    EXPECT_EQ(renames(world, member, "Moss 13").error().fault, Fault::too_many);
    const auto in_group = error_of(world, [&](db::Tx& tx) {
        return persona_for_group(tx, Actor::of(member), member, GroupId(1), "Moss 14");
    });
    EXPECT_EQ(in_group.fault, Fault::too_many);
    world.clock.advance(hour_ms);
    EXPECT_TRUE(renames(world, member, "Moss 13"));
}

BOTH_ENGINES(Accounts, one_person_may_have_another_name_in_a_group) {
    const MemberId member = joins(world, "Fern 11");
    joins(world, "Reed 11");
    const auto name_there = [&](std::string_view name) {
        return world.db().write(
            [&](db::Tx& tx) { return persona_for_group(tx, Actor::of(member), member, GroupId(1), name); });
    };
    const auto made = name_there("Lichen 5");
    ASSERT_TRUE(made) << made.error().message;
    const auto second = name_there("Pebble 5");
    ASSERT_TRUE(second) << second.error().message;
    EXPECT_NE(*second, *made) << "what was written keeps its name";
    EXPECT_EQ(name_there("lichen 5").value(), *made) << "an earlier name can be taken up again";
    EXPECT_EQ(name_there("Reed 11").error().fault, Fault::conflict);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_EQ(personas_of(tx, member).size(), 3u);
        EXPECT_EQ(member_of(tx, *made), member);
        EXPECT_NE(main_persona(tx, member), *made);
    });
    EXPECT_NE(name_there("Fern 11").value(), *made);
}

BOTH_ENGINES(Accounts, muted_people_are_remembered) {
    const MemberId member = joins(world, "Fern 11");
    const MemberId other = joins(world, "Reed 11");
    const auto persona_of = [&](MemberId whose) {
        return world.db().read([&](db::ReadTx& tx) { return main_persona(tx, whose); });
    };
    const auto muted = [&] { return world.db().read([&](db::ReadTx& tx) { return muted_by(tx, member); }); };
    const GroupId group(1);
    must(world, [&](db::Tx& tx) { return mute(tx, Actor::of(member), persona_of(other), group); });
    ASSERT_EQ(muted().size(), 1u);
    EXPECT_TRUE(is_muted(muted(), persona_of(other), group));
    EXPECT_FALSE(is_muted(muted(), persona_of(member), group));
    must(world, [&](db::Tx& tx) { return unmute(tx, Actor::of(member), persona_of(other)); });
    EXPECT_TRUE(muted().empty());
    const PersonaId own = persona_of(member);
    EXPECT_EQ(error_of(world, [&](db::Tx& tx) { return mute(tx, Actor::of(member), own, group); }).fault,
              Fault::invalid);
}

BOTH_ENGINES(Accounts, muted_people_stay_muted_under_another_name_in_that_group_alone) {
    const MemberId member = joins(world, "Fern 12");
    const MemberId other = joins(world, "Reed 12");
    const GroupId here(1), elsewhere(2);
    const auto persona_named = [&](GroupId group, std::string_view name) {
        PersonaId made;
        must(world, [&](db::Tx& tx) -> Done {
            made = TRY(persona_for_group(tx, Actor::of(other), other, group, name));
            return {};
        });
        return made;
    };
    const auto main = world.db().read([&](db::ReadTx& tx) { return main_persona(tx, other); });
    const auto is = [&](PersonaId persona, GroupId group) {
        return is_muted(world.db().read([&](db::ReadTx& tx) { return muted_by(tx, member); }), persona,
                        group);
    };
    must(world, [&](db::Tx& tx) { return mute(tx, Actor::of(member), main, here); });
    const PersonaId fox = persona_named(here, "Quiet Fox 12"), owl = persona_named(elsewhere, "Owl 12");
    EXPECT_TRUE(is(fox, here));
    EXPECT_FALSE(is(owl, elsewhere));
    must(world, [&](db::Tx& tx) { return unmute(tx, Actor::of(member), main); });
    must(world, [&](db::Tx& tx) { return mute(tx, Actor::of(member), owl, elsewhere); });
    EXPECT_TRUE(is(owl, elsewhere));
    EXPECT_FALSE(is(main, elsewhere)) << "that would tell who Owl is there";
    EXPECT_FALSE(is(main, here)) << "that would tell who Owl is";
    EXPECT_FALSE(is(fox, here));
}

// ---- roles -------------------------------------------------------------------------------------------

BOTH_ENGINES(Roles, a_role_in_one_group_is_none_in_another) {
    const MemberId member = becomes(world, "Fern 11", Role::facilitator, GroupId(1));
    EXPECT_TRUE(holds(world, member, Role::facilitator, GroupId(1)));
    EXPECT_FALSE(holds(world, member, Role::facilitator, GroupId(2)));
    EXPECT_FALSE(holds(world, member, Role::moderator, GroupId(1)));
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_THAT(personas_with_role(tx, Role::facilitator, GroupId(1)),
                    ElementsAre(main_persona(tx, member)));
        ASSERT_EQ(group_roles(tx, member).size(), 1u);
    });
}

BOTH_ENGINES(Roles, coordinators_name_moderators_but_no_hosts) {
    const Actor coordinator = Actor::of(becomes(world, "Fern 11", Role::coordinator));
    const MemberId member = joins(world, "Reed 11");
    must(world, [&](db::Tx& tx) { return grant_role(tx, coordinator, member, Role::moderator, GroupId(1)); });
    const auto no_host = error_of(
        world, [&](db::Tx& tx) { return grant_role(tx, coordinator, member, Role::host); });
    EXPECT_EQ(no_host.fault, Fault::forbidden);
    const auto nobody = error_of(
        world, [&](db::Tx& tx) { return grant_role(tx, Actor::of(member), member, Role::researcher); });
    EXPECT_EQ(nobody.fault, Fault::forbidden);
}

BOTH_ENGINES(Roles, one_host_remains) {
    const MemberId host = becomes(world, "Fern 11", Role::host);
    const Actor system = Actor::system();
    const auto fault_of = [&](auto rule) { return error_of(world, rule).fault; };
    EXPECT_EQ(fault_of([&](db::Tx& tx) { return end_role(tx, system, host, Role::host); }), Fault::conflict);
    EXPECT_EQ(fault_of([&](db::Tx& tx) { return close_account(tx, Actor::of(host)); }), Fault::conflict);
    EXPECT_EQ(fault_of([&](db::Tx& tx) { return suspend(tx, system, host, "why", std::nullopt); }),
              Fault::conflict);
    becomes(world, "Reed 11", Role::host);
    must(world, [&](db::Tx& tx) { return end_role(tx, system, host, Role::host); });
    EXPECT_FALSE(holds(world, host, Role::host));
}

// ---- suspension and closure --------------------------------------------------------------------------

BOTH_ENGINES(Accounts, a_suspended_member_has_no_rights_until_it_ends) {
    const MemberId member = becomes(world, "Fern 11", Role::moderator, GroupId(1));
    must(world, [&](db::Tx& tx) {
        return suspend(tx, Actor::system(), member, "Unkind words.", tx.now() + day_ms);
    });
    EXPECT_FALSE(holds(world, member, Role::moderator, GroupId(1)));
    const auto acting = [&] {
        return world.db().read([&](db::ReadTx& tx) { return acting_member(tx, Actor::of(member)); });
    };
    ASSERT_FALSE(acting());
    EXPECT_THAT(acting().error().message, HasSubstr("on hold until 3 February 2026"));
    world.clock.advance(day_ms);
    EXPECT_TRUE(acting());
}

BOTH_ENGINES(Accounts, a_suspension_can_be_lifted_and_all_of_it_is_audited) {
    const MemberId member = joins(world, "Fern 11");
    const Actor system = Actor::system();
    must(world, [&](db::Tx& tx) { return suspend(tx, system, member, "A mistake.", std::nullopt); });
    must(world, [&](db::Tx& tx) { return lift_suspension(tx, system, member); });
    EXPECT_EQ(error_of(world, [&](db::Tx& tx) { return lift_suspension(tx, system, member); }).fault,
              Fault::not_found);
    must(world, [&](db::Tx& tx) { return close_account(tx, Actor::of(member)); });
    const auto entries = world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 10); });
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_EQ(entries[0].verb, "member.closed");
    EXPECT_EQ(entries[1].verb, "member.suspension_lifted");
    EXPECT_EQ(entries[2].verb, "member.suspended");
}

// ---- placeholders ------------------------------------------------------------------------------------

BOTH_ENGINES(Accounts, a_placeholder_is_claimed_once_with_its_code) {
    const PersonaId persona = world.must(
        [&](db::Tx& tx) { return create_placeholder(tx, Actor::system(), "Old Friend 3"); });
    const std::string code = world.must(
        [&](db::Tx& tx) { return create_claim_code(tx, Actor::system(), persona, world.random); });
    const std::string hash = crypto::hash_password(password);
    const auto claiming = [&](db::Tx& tx) { return claim(tx, code, password, hash, world.random); };
    const NewAccount account = world.must(claiming);
    EXPECT_EQ(account.recovery_codes.size(), 10u);
    EXPECT_EQ(error_of(world, claiming).field, "code");
    const auto another = error_of(
        world, [&](db::Tx& tx) { return create_claim_code(tx, Actor::system(), persona, world.random); });
    EXPECT_EQ(another.fault, Fault::conflict);
}

BOTH_ENGINES(Accounts, a_placeholder_with_a_taken_name_leaves_no_member_behind) {
    joins(world, "Fern 11");
    const auto made = world.must([&](db::Tx& tx) -> Result<std::int64_t> {
        EXPECT_FALSE(create_placeholder(tx, Actor::system(), "Fern 11"));
        return tx.one<std::int64_t>("select count(*) from member");
    });
    EXPECT_EQ(made, 1);
}

}  // namespace
}  // namespace kith::identity
