#include <gmock/gmock.h>

#include "identity/identity.hpp"
#include "platform/crypto/crypto.hpp"
#include "tests/world.hpp"

namespace kith::identity {
namespace {

using ::testing::HasSubstr;

const std::string password = "a long walk by the sea";
const std::string new_password = "three green umbrellas";

NewAccount newcomer(test::World& world, std::string name = "Heron 12") {
    const std::string hash = crypto::hash_password(password);
    return world.must(
        [&](db::Tx& tx) { return sign_up(tx, SignUp{std::move(name), password}, hash, world.random); });
}

Device device_at(std::string network) { return {"Firefox, Android", std::move(network), {}}; }

Result<std::string> tries(test::World& world, std::string name, std::string typed,
                          std::string network = "192.0.2.1") {
    return sign_in(*world.services, {std::move(name), std::move(typed), device_at(std::move(network))});
}

std::size_t open_sessions(test::World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return sessions_of(tx, member).size(); });
}

BOTH_ENGINES(SignIn, the_right_pair_opens_a_session) {
    const NewAccount account = newcomer(world);
    const auto cookie = tries(world, "heron 12", password);
    ASSERT_TRUE(cookie) << cookie.error().message;
    EXPECT_GE(cookie->size(), 32u);
    EXPECT_EQ(open_sessions(world, account.member), 1u);
}

BOTH_ENGINES(SignIn, a_wrong_name_and_a_wrong_password_get_the_same_answer) {
    newcomer(world);
    const auto wrong_name = tries(world, "Nobody 99", password);
    const auto wrong_password = tries(world, "Heron 12", "something else");
    ASSERT_FALSE(wrong_name);
    ASSERT_FALSE(wrong_password);
    EXPECT_EQ(wrong_name.error(), wrong_password.error());
}

BOTH_ENGINES(SignIn, ten_failures_of_a_name_close_it_for_a_quarter_of_an_hour) {
    newcomer(world);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(tries(world, "Heron 12", "wrong one", "192.0.2." + std::to_string(i)).error().fault,
                  Fault::invalid);
    EXPECT_EQ(tries(world, "Heron 12", password).error().fault, Fault::too_many);
    world.clock.advance(15 * minute_ms);
    EXPECT_TRUE(tries(world, "Heron 12", password));
}

BOTH_ENGINES(SignIn, fifty_failures_of_a_network_close_it) {
    newcomer(world);
    for (int i = 0; i < 50; ++i) {
        const std::string address = "2001:db8::" + std::to_string(i + 1);
        EXPECT_EQ(tries(world, "Nobody " + std::to_string(100 + i), "wrong one", address).error().fault,
                  Fault::invalid);
    }
    EXPECT_EQ(tries(world, "Heron 12", password, "2001:db8::ffff").error().fault, Fault::too_many);
    EXPECT_TRUE(tries(world, "Heron 12", password, "2001:db8:1::1"));
}

BOTH_ENGINES(SignIn, a_suspended_member_hears_until_when) {
    const NewAccount account = newcomer(world);
    world.must([&](db::Tx& tx) {
        return suspend(tx, Actor::system(), account.member, "Unkind words.", tx.now() + day_ms);
    });
    const auto refused = tries(world, "Heron 12", password);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::forbidden);
    EXPECT_THAT(refused.error().message, HasSubstr("3 February 2026"));
    EXPECT_EQ(tries(world, "Heron 12", "wrong one").error().fault, Fault::invalid);
}

BOTH_ENGINES(SignIn, coming_back_opens_a_closed_account) {
    const NewAccount account = newcomer(world);
    world.must([&](db::Tx& tx) { return close_account(tx, Actor::of(account.member)); });
    ASSERT_TRUE(tries(world, "Heron 12", password));
    EXPECT_TRUE(world.db().read(
        [&](db::ReadTx& tx) { return acting_member(tx, Actor::of(account.member)).has_value(); }));
}

BOTH_ENGINES(SignIn, a_recovery_code_works_once_and_ends_other_sessions) {
    const NewAccount account = newcomer(world);
    ASSERT_TRUE(tries(world, "Heron 12", password));
    std::string code = account.recovery_codes[3];
    for (char& c : code)
        if (c == '-') c = ' ';
    const Recovery form{"Heron 12", code, new_password, device_at("192.0.2.1")};
    ASSERT_TRUE(recover(*world.services, form));
    EXPECT_EQ(open_sessions(world, account.member), 1u);
    EXPECT_FALSE(recover(*world.services, form));
    EXPECT_FALSE(tries(world, "Heron 12", password));
    EXPECT_TRUE(tries(world, "Heron 12", new_password));
}

BOTH_ENGINES(SignIn, codes_are_tried_under_the_same_limits) {
    newcomer(world);
    const Recovery form{"Heron 12", "aaaa-bbbb-cccc", new_password, device_at("192.0.2.1")};
    const Recovery unknown{"Nobody 99", "aaaa-bbbb-cccc", new_password, device_at("192.0.2.1")};
    EXPECT_EQ(recover(*world.services, unknown).error(), recover(*world.services, form).error());
    for (int i = 0; i < 9; ++i) EXPECT_FALSE(recover(*world.services, form));
    EXPECT_EQ(recover(*world.services, form).error().fault, Fault::too_many);
}

BOTH_ENGINES(SignIn, a_new_password_needs_the_present_one_and_keeps_this_session) {
    const NewAccount account = newcomer(world);
    const Actor actor = Actor::of(account.member);
    ASSERT_TRUE(tries(world, "Heron 12", password));
    ASSERT_TRUE(tries(world, "Heron 12", password));
    const SessionId here = world.db().read(
        [&](db::ReadTx& tx) { return sessions_of(tx, account.member).front().id; });
    EXPECT_EQ(change_password(*world.services, actor, {"wrong one", new_password, here}).error().field,
              "current");
    ASSERT_TRUE(change_password(*world.services, actor, {password, new_password, here}));
    EXPECT_EQ(open_sessions(world, account.member), 1u);
    EXPECT_TRUE(tries(world, "Heron 12", new_password));
}

BOTH_ENGINES(SignIn, new_recovery_codes_replace_the_old_ones) {
    const NewAccount account = newcomer(world);
    const auto codes = renew_recovery_codes(*world.services, Actor::of(account.member), password);
    ASSERT_TRUE(codes);
    EXPECT_FALSE(recover(*world.services,
                         {"Heron 12", account.recovery_codes[0], new_password, device_at("192.0.2.1")}));
    EXPECT_TRUE(recover(*world.services, {"Heron 12", codes->front(), new_password, device_at("192.0.2.1")}));
}

BOTH_ENGINES(SignIn, a_claimed_account_is_signed_in_at_once) {
    const PersonaId persona = world.must(
        [&](db::Tx& tx) { return create_placeholder(tx, Actor::system(), "Old Friend 3"); });
    const std::string code = world.must(
        [&](db::Tx& tx) { return create_claim_code(tx, Actor::system(), persona, world.random); });
    EXPECT_FALSE(claim_and_sign_in(*world.services, "aaaa", password, device_at("192.0.2.1")));
    ASSERT_TRUE(claim_and_sign_in(*world.services, code, password, device_at("192.0.2.1")));
    EXPECT_TRUE(tries(world, "Old Friend 3", password));
}

}  // namespace
}  // namespace kith::identity
