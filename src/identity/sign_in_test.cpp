#include <gmock/gmock.h>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "identity/limits.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/text/time_words.hpp"
#include "tests/world.hpp"

namespace kith::identity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

const std::string password = "a long walk by the sea";
const std::string new_password = "three green umbrellas";

NewAccount newcomer(test::World& world, std::string name = "Heron 12") {
    const std::string hash = crypto::hash_password(password);
    return world.must(
        [&](db::Tx& tx) { return sign_up(tx, SignUp{std::move(name), password}, hash, world.random); });
}

Device device_at(std::string network) { return {"Firefox, Android", std::move(network), {}}; }

Result<SignedIn> tries(test::World& world, std::string name, std::string typed,
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
    EXPECT_GE(cookie->cookie.size(), 32u);
    EXPECT_FALSE(cookie->half);
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

void fails(test::World& world, std::string name, std::string network) {
    EXPECT_EQ(tries(world, std::move(name), "wrong one", std::move(network)).error().fault, Fault::invalid);
}

std::vector<std::string> verbs(test::World& world) {
    std::vector<std::string> out;
    for (const auto& entry : world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 50); }))
        out.push_back(entry.verb);
    return out;
}

BOTH_ENGINES(SignIn, ten_failures_of_a_name_close_it_for_that_network_alone) {
    newcomer(world);
    for (int i = 0; i < 10; ++i) fails(world, "Heron 12", "198.51.100.7");
    EXPECT_EQ(tries(world, "Heron 12", password, "198.51.100.7").error().fault, Fault::too_many);
    EXPECT_TRUE(tries(world, "Heron 12", password));
    EXPECT_THAT(verbs(world), Contains("sign_in.limited"));
    world.clock.advance(15 * minute_ms);
    EXPECT_TRUE(tries(world, "Heron 12", password, "198.51.100.7"));
}

BOTH_ENGINES(SignIn, failures_of_a_name_from_everywhere_make_it_rest_longer_and_longer) {
    const NewAccount account = newcomer(world);
    for (int i = 0; i < 100; ++i) fails(world, "Heron 12", "198.51.100." + std::to_string(i));
    EXPECT_EQ(tries(world, "Heron 12", password).error().fault, Fault::too_many);
    EXPECT_TRUE(
        recover(*world.services, {"Heron 12", account.recovery_codes[0], password, device_at("192.0.2.1")}));
    world.clock.advance(second_ms);
    fails(world, "Heron 12", "198.51.100.200");
    world.clock.advance(second_ms);
    EXPECT_EQ(tries(world, "Heron 12", password).error().fault, Fault::too_many);
    world.clock.advance(second_ms);
    EXPECT_TRUE(tries(world, "Heron 12", password));
}

BOTH_ENGINES(SignIn, an_unknown_name_is_limited_like_a_known_one) {
    newcomer(world);
    for (int i = 0; i < 10; ++i) fails(world, "Nobody 99", "198.51.100.7");
    for (int i = 0; i < 10; ++i) fails(world, "Heron 12", "198.51.100.7");
    EXPECT_EQ(tries(world, "Nobody 99", "x", "198.51.100.7").error(),
              tries(world, "Heron 12", "x", "198.51.100.7").error());
}

TEST(Networks, are_an_ipv4_address_or_half_an_ipv6_one) {
    EXPECT_EQ(network_of("192.0.2.1"), network_of("::ffff:192.0.2.1"));
    EXPECT_EQ(network_of("192.0.2.1"), network_of("::ffff:c000:201"));
    EXPECT_NE(network_of("::ffff:192.0.2.1"), network_of("::ffff:192.0.2.2"));
    EXPECT_EQ(network_of("2001:db8::1"), network_of("2001:db8::ffff:1"));
    EXPECT_EQ(network_of("fe80::1"), network_of("fe80::2%eth0"));
    EXPECT_NE(network_of("2001:db8::1"), network_of("2001:db8:0:1::1"));
    EXPECT_EQ(network_of("odd"), "odd");
}

BOTH_ENGINES(SignUpLimits, count_a_whole_network) {
    const auto takes = [&](const std::string& address) {
        return world.db().write([&](db::Tx& tx) { return take_sign_up(tx, address, world.random); });
    };
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(takes("2001:db8::" + std::to_string(i + 1)));
    EXPECT_EQ(takes("2001:db8::ffff").error().fault, Fault::too_many);
    EXPECT_TRUE(takes("2001:db8:1::1"));
    world.clock.advance(hour_ms);
    EXPECT_TRUE(takes("2001:db8::ffff"));
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

// What somebody hears who wants to do something.
Error refusal(test::World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return acting_member(tx, Actor::of(member)); }).error();
}

BOTH_ENGINES(SignIn, a_suspended_member_comes_in_and_may_do_nothing) {
    const NewAccount account = newcomer(world);
    world.must([&](db::Tx& tx) {
        return suspend(tx, Actor::system(), account.member, "Unkind words.", tx.now() + day_ms);
    });
    EXPECT_TRUE(tries(world, "Heron 12", password)) << "to read why";
    const auto refused = refusal(world, account.member);
    EXPECT_EQ(refused.fault, Fault::forbidden);
    EXPECT_THAT(refused.message, HasSubstr("3 February 2026"));
    EXPECT_EQ(tries(world, "Heron 12", "wrong one").error().fault, Fault::invalid);
}

BOTH_ENGINES(SignIn, a_suspended_member_hears_it_in_their_own_language) {
    const NewAccount account = newcomer(world);
    world.must([&](db::Tx& tx) -> Done {
        TRY(set_comfort(tx, Actor::of(account.member), {.language = Language::es}));
        return suspend(tx, Actor::system(), account.member, "Palabras feas.", tx.now() + day_ms);
    });
    const std::string message = refusal(world, account.member).message;
    EXPECT_THAT(message, HasSubstr(text::date(Words::of(Language::es), test::the_start + day_ms)));
    EXPECT_THAT(message, HasSubstr("Palabras feas."));
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

BOTH_ENGINES(SignIn, what_concerns_the_account_is_audited_without_words) {
    const NewAccount account = newcomer(world);
    const Actor actor = Actor::of(account.member);
    ASSERT_TRUE(tries(world, "Heron 12", password));
    ASSERT_TRUE(
        recover(*world.services, {"Heron 12", account.recovery_codes[0], password, device_at("192.0.2.1")}));
    ASSERT_TRUE(change_password(*world.services, actor, {password, new_password, {}}));
    ASSERT_TRUE(rename(*world.services, actor, "Moss 12"));
    ASSERT_TRUE(set_email(*world.services, actor, {"a@example.org", new_password}));
    ASSERT_TRUE(create_token(*world.services, actor, {.name = "mine", .current = new_password}));
    world.must([&](db::Tx& tx) { return end_all_sessions(tx, actor); });
    EXPECT_THAT(verbs(world),
                IsSupersetOf({"member.signed_in", "recovery_code.used", "password.changed", "member.renamed",
                              "email.changed", "token.made", "member.signed_out_everywhere"}));
    for (const auto& entry : world.db().read([](db::ReadTx& tx) { return audit::list(tx, 0, 50); }))
        EXPECT_EQ(entry.detail, "{}");
}

}  // namespace
}  // namespace kith::identity
