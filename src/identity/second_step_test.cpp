#include "identity/second_step.hpp"

#include <gmock/gmock.h>

#include "audit/audit.hpp"
#include "identity/factor_store.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/crypto/totp.hpp"
#include "tests/cast.hpp"
#include "tests/pages.hpp"
#include "url.hpp"

namespace kith::identity {
namespace {

using test::Cast;
using test::World;
using ::testing::Contains;

const std::string password(Cast::password);
const Device device{"Firefox, Android", "192.0.2.1", {}};

// Somebody at a browser, who came in with the password alone.
Actor at_browser(World& world, MemberId member) {
    world.must([&](db::Tx& tx) { return start_session(tx, member, "Firefox", world.random); });
    Actor actor = Actor::of(member);
    actor.session = world.db().read([&](db::ReadTx& tx) { return sessions_of(tx, member).front().id; });
    actor.second_factor = false;
    return actor;
}

Actor confirmed(World& world, MemberId member) {
    const Actor actor = at_browser(world, member);
    EXPECT_TRUE(confirm(*world.services, actor, password));
    return actor;
}

std::string code_at(World& world, const std::string& secret, std::int64_t steps = 0) {
    return crypto::totp_code(secret, world.clock.now().ms / 30'000 + steps);
}

// Sets an app up and returns its secret. The code of now is used then.
std::string set_up_app(World& world, const Actor& actor) {
    world.must([&](db::Tx& tx) { return begin_code_app(tx, actor, world.random); });
    const std::string secret = world.db().read(
        [&](db::ReadTx& tx) { return code_app_of(tx, actor.member).secret; });
    const Done proved = prove_code_app(*world.services, actor, code_at(world, secret));
    EXPECT_TRUE(proved) << proved.error().message;
    world.clock.advance(minute_ms);
    return secret;
}

SignedIn with_password(World& world) {
    const auto in = sign_in(*world.services, {"Ada", password, device});
    EXPECT_TRUE(in) << in.error().message;
    return in.value_or(SignedIn{});
}

Result<std::string> finish(World& world, const SignedIn& half, const std::string& code) {
    return finish_sign_in(*world.services, half.cookie, code, device);
}

bool has_factor(World& world, MemberId member) {
    return world.db().read(
        [&](db::ReadTx& tx) { return store::has_second_factor(tx, sessions_of(tx, member).front().id); });
}

std::size_t open_sessions(World& world, MemberId member) {
    return world.db().read([&](db::ReadTx& tx) { return sessions_of(tx, member).size(); });
}

BOTH_ENGINES(SecondStep, a_code_is_asked_for_after_the_password) {
    const Cast cast(world);
    const std::string secret = set_up_app(world, confirmed(world, cast.ada));
    const std::size_t before = open_sessions(world, cast.ada);
    const SignedIn half = with_password(world);
    EXPECT_TRUE(half.half);
    EXPECT_EQ(open_sessions(world, cast.ada), before);
    world.clock.advance(second_ms);
    ASSERT_TRUE(finish(world, half, code_at(world, secret)));
    EXPECT_EQ(open_sessions(world, cast.ada), before + 1);
    EXPECT_TRUE(has_factor(world, cast.ada));
}

BOTH_ENGINES(SecondStep, whoever_has_no_app_is_in_with_the_password) {
    const Cast cast(world);
    EXPECT_FALSE(with_password(world).half);
    EXPECT_FALSE(has_factor(world, cast.ada));
}

BOTH_ENGINES(SecondStep, each_code_works_once) {
    const Cast cast(world);
    const std::string secret = set_up_app(world, confirmed(world, cast.ada));
    const std::string code = code_at(world, secret);
    ASSERT_TRUE(finish(world, with_password(world), code));
    EXPECT_EQ(finish(world, with_password(world), code).error().field, "code");
    EXPECT_EQ(finish(world, with_password(world), code_at(world, secret, -1)).error().field, "code");
    EXPECT_TRUE(finish(world, with_password(world), code_at(world, secret, 1)));
}

BOTH_ENGINES(SecondStep, a_half_session_ends_after_five_wrong_codes_or_ten_minutes) {
    const Cast cast(world);
    const std::string secret = set_up_app(world, confirmed(world, cast.ada));
    const SignedIn half = with_password(world);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(finish(world, half, "000000").error().field, "code");
    EXPECT_EQ(finish(world, half, code_at(world, secret)).error().fault, Fault::unauthenticated);
    const SignedIn another = with_password(world);
    world.clock.advance(half_session_ms);
    EXPECT_EQ(finish(world, another, code_at(world, secret)).error().fault, Fault::unauthenticated);
    EXPECT_EQ(finish(world, {"nothing", true}, code_at(world, secret)).error().fault, Fault::unauthenticated);
}

BOTH_ENGINES(SecondStep, ten_wrong_codes_of_an_account_close_it_for_a_while) {
    const Cast cast(world);
    const std::string secret = set_up_app(world, confirmed(world, cast.ada));
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(finish(world, with_password(world), "000000").error().field, "code");
    EXPECT_EQ(finish(world, with_password(world), code_at(world, secret)).error().fault, Fault::too_many);
    world.clock.advance(15 * minute_ms);
    EXPECT_TRUE(finish(world, with_password(world), code_at(world, secret)));
}

BOTH_ENGINES(SecondStep, a_recovery_code_takes_the_place_of_the_app_once) {
    const Cast cast(world);
    const Actor ada = confirmed(world, cast.ada);
    const auto codes = renew_recovery_codes(*world.services, ada, "");
    ASSERT_TRUE(codes);
    set_up_app(world, ada);
    EXPECT_TRUE(finish(world, with_password(world), codes->front()));
    EXPECT_EQ(finish(world, with_password(world), codes->front()).error().field, "code");
}

BOTH_ENGINES(SecondStep, a_new_password_by_recovery_code_needs_it_as_well) {
    const Cast cast(world);
    const Actor ada = confirmed(world, cast.ada);
    const auto codes = renew_recovery_codes(*world.services, ada, "");
    ASSERT_TRUE(codes);
    const std::string secret = set_up_app(world, ada);
    const auto in = recover(*world.services, {"Ada", codes->front(), "three green umbrellas", device});
    ASSERT_TRUE(in);
    EXPECT_TRUE(in->half);
    EXPECT_TRUE(finish(world, *in, code_at(world, secret)));
}

BOTH_ENGINES(SecondStep, a_changed_password_ends_half_sessions) {
    const Cast cast(world);
    const std::string secret = set_up_app(world, confirmed(world, cast.ada));
    const SignedIn half = with_password(world);
    world.must([&](db::Tx& tx) { return set_password(tx, Actor::system(), cast.ada, "another hash"); });
    EXPECT_EQ(finish(world, half, code_at(world, secret)).error().fault, Fault::unauthenticated);
}

BOTH_ENGINES(SecondStep, the_secret_is_told_until_the_first_code_and_never_again) {
    const Cast cast(world);
    const Actor ada = confirmed(world, cast.ada);
    world.must([&](db::Tx& tx) { return begin_code_app(tx, ada, world.random); });
    const auto app = [&] {
        return world.db().read([&](db::ReadTx& tx) { return code_app_of(tx, cast.ada); });
    };
    EXPECT_EQ(app().state, CodeAppState::pending);
    EXPECT_FALSE(app().secret.empty());
    EXPECT_EQ(prove_code_app(*world.services, ada, "000000").error().field, "code");
    EXPECT_FALSE(with_password(world).half);
    ASSERT_TRUE(prove_code_app(*world.services, ada, code_at(world, app().secret)));
    EXPECT_EQ(app().state, CodeAppState::on);
    EXPECT_TRUE(app().secret.empty());
    EXPECT_EQ(
        world.db().write([&](db::Tx& tx) { return begin_code_app(tx, ada, world.random); }).error().fault,
        Fault::conflict);
}

BOTH_ENGINES(SecondStep, setting_it_up_and_turning_it_off_needs_a_proof_of_ten_minutes) {
    const Cast cast(world);
    const Actor ada = at_browser(world, cast.ada);
    const auto begins = [&] {
        return world.db().write([&](db::Tx& tx) { return begin_code_app(tx, ada, world.random); });
    };
    EXPECT_EQ(begins().error().field, "current");
    EXPECT_EQ(confirm(*world.services, ada, "wrong one").error().field, "current");
    ASSERT_TRUE(confirm(*world.services, ada, password));
    ASSERT_TRUE(confirm(*world.services, ada, ""));
    set_up_app(world, ada);
    world.clock.advance(confirmed_for_ms);
    const auto ends = [&] { return world.db().write([&](db::Tx& tx) { return end_code_app(tx, ada); }); };
    EXPECT_EQ(ends().error().field, "current");
    EXPECT_TRUE(has_factor(world, cast.ada));
    ASSERT_TRUE(confirm(*world.services, ada, password));
    ASSERT_TRUE(ends());
    EXPECT_FALSE(has_factor(world, cast.ada));
    EXPECT_FALSE(with_password(world).half);
}

BOTH_ENGINES(Confirming, takes_a_code_of_the_app_as_well) {
    const Cast cast(world);
    const Actor ada = at_browser(world, cast.ada);
    EXPECT_EQ(confirm_with_code(*world.services, ada, "123456").error().field, "code") << "there is no app";
    ASSERT_TRUE(confirm(*world.services, ada, password));
    const std::string secret = set_up_app(world, ada);
    world.clock.advance(confirmed_for_ms);
    const auto is_confirmed = [&] {
        return world.db().read([&](db::ReadTx& tx) { return require_confirmed(tx, ada); }).has_value();
    };
    EXPECT_EQ(confirm_with_code(*world.services, ada, "000000").error().field, "code");
    EXPECT_FALSE(is_confirmed());
    const std::string code = code_at(world, secret);
    ASSERT_TRUE(confirm_with_code(*world.services, ada, code));
    EXPECT_TRUE(is_confirmed());
    EXPECT_FALSE(confirm_with_code(*world.services, ada, code)) << "a code is good once";
}

BOTH_ENGINES(Confirming, offers_every_way_that_there_is) {
    const Cast cast(world);
    test::Pages pages(world);
    const auto shows = [&](std::string_view page, std::string_view words) {
        return pages.get(page, cast.ada).shows(words);
    };
    EXPECT_TRUE(shows("/me/password", "name=\"current\""));
    EXPECT_FALSE(shows("/me/password", "/me/confirm?next="));
    const std::string secret = set_up_app(world, confirmed(world, cast.ada));
    world.clock.advance(confirmed_for_ms);
    EXPECT_TRUE(shows("/me/password", "/me/confirm?next="));
    EXPECT_TRUE(shows("/me/confirm?next=/me/password", "name=\"code\""));
    EXPECT_EQ(pages.post("/me/confirm", {{"code", "000000"}}, cast.ada).status, 422);
    const test::Answer right = pages.post(
        "/me/confirm", {{"code", code_at(world, secret)}, {"next", "/me/password"}}, cast.ada);
    EXPECT_EQ(right.location(), "/me/password");
    EXPECT_FALSE(shows("/me/password", "name=\"current\""));
}

BOTH_ENGINES(Confirming, leads_back_to_the_page_and_not_to_where_its_form_is_sent) {
    const Cast cast(world);
    test::Pages pages(world);
    set_up_app(world, confirmed(world, cast.oz));
    world.clock.advance(confirmed_for_ms);
    const test::Answer wrong = pages.post(
        url::leaders(cast.circle).text(),
        {{"person", "Bo"}, {"role", "moderator"}, {"do", "give"}, {"current", "wrong"}}, cast.oz);
    EXPECT_EQ(wrong.status, 422);
    const Url right = url::me_confirm().query("next", url::group_settings(cast.circle).text());
    EXPECT_TRUE(wrong.shows(right.text())) << wrong.body;
}

BOTH_ENGINES(Confirming, is_needed_by_a_person_for_what_is_grave) {
    const Cast cast(world);
    const Actor oz = at_browser(world, cast.oz);
    const auto needs = [&](const std::function<Done(db::Tx&)>& rule) {
        const Done done = world.db().write(rule);
        return !done && done.error().field == "current";
    };
    EXPECT_TRUE(needs([&](db::Tx& tx) { return grant_role(tx, oz, cast.bo, Role::researcher); }));
    EXPECT_TRUE(needs([&](db::Tx& tx) { return end_role(tx, oz, cast.rae, Role::researcher); }));
    EXPECT_TRUE(needs([&](db::Tx& tx) { return close_account(tx, oz); }));
    EXPECT_TRUE(needs([&](db::Tx& tx) -> Done {
        TRY(look_up(tx, oz, {"Bo", "In danger."}));
        return {};
    }));
    Actor program = Actor::of(cast.oz);
    program.by_token = true;
    EXPECT_EQ(world.db()
                  .write([&](db::Tx& tx) { return grant_role(tx, program, cast.bo, Role::researcher); })
                  .error()
                  .fault,
              Fault::forbidden);
    ASSERT_TRUE(confirm(*world.services, oz, password));
    world.must([&](db::Tx& tx) { return grant_role(tx, oz, cast.bo, Role::researcher); });
}

// ---- roles ---------------------------------------------------------------------------------------------

class NeedsFactor {
public:
    NeedsFactor() {
        use_door({.roles_need_factor = [](db::ReadTx&) { return true; }});
    }
    ~NeedsFactor() { use_door({}); }
};

BOTH_ENGINES(RolesAndFactors, roles_wait_for_who_came_with_a_password_alone) {
    const Cast cast(world);
    const NeedsFactor setting;
    const Actor dee = at_browser(world, cast.dee), oz = at_browser(world, cast.oz);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_FALSE(has_role(tx, oz, Role::host));
        EXPECT_FALSE(require_host(tx, oz));
        EXPECT_TRUE(acting_roles(tx, dee).empty());
        EXPECT_TRUE(has_role(tx, Actor::of(cast.oz), Role::host));
        EXPECT_TRUE(has_role(tx, Actor::system(), Role::host));
    });
}

BOTH_ENGINES(RolesAndFactors, a_factor_gives_them_back_in_that_session) {
    const Cast cast(world);
    const NeedsFactor setting;
    const Actor oz = confirmed(world, cast.oz);
    set_up_app(world, oz);
    world.db().read(
        [&](db::ReadTx& tx) { EXPECT_TRUE(has_role(tx, actor_of(tx, cast.oz, oz.session), Role::host)); });
    const Actor elsewhere = at_browser(world, cast.oz);
    world.db().read([&](db::ReadTx& tx) {
        EXPECT_FALSE(has_role(tx, actor_of(tx, cast.oz, elsewhere.session), Role::host));
    });
}

BOTH_ENGINES(RolesAndFactors, the_system_ends_the_factors_of_who_has_lost_them) {
    const Cast cast(world);
    const Actor ada = confirmed(world, cast.ada);
    set_up_app(world, ada);
    EXPECT_EQ(world.db()
                  .write([&](db::Tx& tx) { return end_second_factors(tx, Actor::of(cast.oz), cast.ada); })
                  .error()
                  .fault,
              Fault::forbidden);
    world.must([&](db::Tx& tx) { return end_second_factors(tx, Actor::system(), cast.ada); });
    EXPECT_FALSE(with_password(world).half);
    EXPECT_FALSE(has_factor(world, cast.ada));
}

BOTH_ENGINES(SecondStep, a_new_beginning_ends_the_app_and_needs_no_code_any_more) {
    const Cast cast(world);
    set_up_app(world, confirmed(world, cast.ada));
    const SignedIn half = with_password(world);
    const std::string secret = "another made-up password";
    const auto codes = world.must(
        [&](db::Tx& tx) { return begin_anew(tx, cast.ada, crypto::hash_password(secret), world.random); });
    EXPECT_EQ(codes.size(), 10u);
    EXPECT_EQ(open_sessions(world, cast.ada), 0u);
    EXPECT_FALSE(finish(world, half, codes.front()));
    const auto in = sign_in(*world.services, {"Ada", secret, device});
    ASSERT_TRUE(in);
    EXPECT_FALSE(in->half);
    EXPECT_FALSE(has_factor(world, cast.ada));
}

}  // namespace
}  // namespace kith::identity
