#include "identity/comfort.hpp"
#include "identity/identity.hpp"
#include "platform/crypto/crypto.hpp"
#include "tests/world.hpp"

namespace kith::identity {
namespace {

// A site with one member, and listeners as the application has them.
struct House {
    explicit House(test::World& world_in)
        : world(world_in), sessions(*world.services, [](db::ReadTx&, const Actor&) {
              return std::vector<GroupRight>{{GroupId(4), PersonaId(1), true, false}};
          }) {
        world.db().on_change([this](std::span<const Change> changes) {
            for (const Change& change : changes) world.versions.grow(change.member);
        });
        const std::string hash = crypto::hash_password(password);
        member = world
                     .must([&](db::Tx& tx) {
                         return sign_up(tx, SignUp{"Heron 12", password}, hash, world.random);
                     })
                     .member;
        cookie = world.must(
            [&](db::Tx& tx) { return start_session(tx, member, "Firefox, Android", world.random); });
    }

    const std::string password = "a long walk by the sea";
    test::World& world;
    Sessions sessions;
    MemberId member;
    std::string cookie;

    Actor actor() const { return Actor::of(member); }
    std::string new_token() {
        return create_token(*world.services, actor(), {.name = "my script", .current = password}).value();
    }
    std::size_t tokens() const {
        return world.db().read([&](db::ReadTx& tx) { return tokens_of(tx, member).size(); });
    }
    OpenSession open_session() const {
        return world.db().read([&](db::ReadTx& tx) { return sessions_of(tx, member).at(0); });
    }
};

http::Request request_with(std::string_view header, std::string_view value) {
    http::Request request;
    request.headers.emplace_back(header, value);
    return request;
}

http::Request with_cookie(std::string& storage, const std::string& cookie) {
    storage = "other=1; __Host-kith=" + cookie;
    return request_with("cookie", storage);
}

BOTH_ENGINES(Sessions, a_cookie_is_known_from_the_database_then_from_memory) {
    House house(world);
    std::string storage;
    const http::Request request = with_cookie(storage, house.cookie);
    EXPECT_FALSE(house.sessions.know_at_once(request));
    const http::Visitor visitor = house.sessions.know(request);
    ASSERT_TRUE(visitor.session);
    EXPECT_EQ(visitor.session->member, house.member);
    EXPECT_EQ(visitor.session->name, "Heron 12");
    EXPECT_FALSE(visitor.session->form_token.empty());
    EXPECT_TRUE(visitor.session->is_facilitator_somewhere());
    const auto at_once = house.sessions.know_at_once(request);
    ASSERT_TRUE(at_once);
    EXPECT_EQ(at_once->session, visitor.session);
}

BOTH_ENGINES(Sessions, a_new_role_shows_with_the_next_request) {
    House house(world);
    std::string storage;
    const http::Request request = with_cookie(storage, house.cookie);
    EXPECT_FALSE(house.sessions.know(request).session->host);
    world.must([&](db::Tx& tx) { return grant_role(tx, Actor::system(), house.member, Role::host); });
    EXPECT_FALSE(house.sessions.know_at_once(request));
    EXPECT_TRUE(house.sessions.know(request).session->host);
}

BOTH_ENGINES(Sessions, an_ended_session_is_a_guest) {
    House house(world);
    std::string storage;
    const http::Request request = with_cookie(storage, house.cookie);
    ASSERT_TRUE(house.sessions.know(request).session);
    const SessionId session = house.open_session().id;
    world.must([&](db::Tx& tx) { return end_session(tx, house.actor(), session); });
    EXPECT_FALSE(house.sessions.know(request).session);
}

BOTH_ENGINES(Sessions, a_suspended_member_is_a_guest_everywhere) {
    House house(world);
    const std::string token = house.new_token();
    const std::string bearer = "Bearer " + token;
    std::string storage;
    ASSERT_TRUE(house.sessions.know(request_with("authorization", bearer)).session);
    world.must([&](db::Tx& tx) {
        return suspend(tx, Actor::system(), house.member, "Unkind words.", std::nullopt);
    });
    EXPECT_FALSE(house.sessions.know(request_with("authorization", bearer)).session);
    EXPECT_FALSE(house.sessions.know(with_cookie(storage, house.cookie)).session);
}

BOTH_ENGINES(Sessions, on_hold_have_no_rights_until_it_ends) {
    House house(world);
    world.must([&](db::Tx& tx) {
        return suspend(tx, Actor::system(), house.member, "Unkind words.", tx.now() + day_ms);
    });
    const std::string cookie = world.must(
        [&](db::Tx& tx) { return start_session(tx, house.member, "phone", world.random); });
    std::string storage;
    const http::Request request = with_cookie(storage, cookie);
    const http::Visitor held = house.sessions.know(request);
    ASSERT_TRUE(held.session);
    EXPECT_EQ(held.session->held_until, test::the_start + day_ms);
    EXPECT_FALSE(held.session->is_facilitator_somewhere());
    world.clock.advance(day_ms);
    const http::Visitor back = house.sessions.know(request);
    EXPECT_FALSE(back.session->held_until);
    EXPECT_TRUE(back.session->is_facilitator_somewhere()) << "nobody had to do anything";
}

BOTH_ENGINES(Sessions, a_session_ends_after_thirty_days) {
    House house(world);
    std::string storage;
    const http::Request request = with_cookie(storage, house.cookie);
    ASSERT_TRUE(house.sessions.know(request).session);
    world.clock.advance(30 * day_ms);
    EXPECT_FALSE(house.sessions.know(request).session);
}

BOTH_ENGINES(Sessions, being_seen_is_noted_once_an_hour) {
    House house(world);
    std::string storage;
    const http::Request request = with_cookie(storage, house.cookie);
    house.sessions.know(request);
    world.clock.advance(59 * minute_ms);
    house.sessions.know(request);
    EXPECT_EQ(house.open_session().seen_at, test::the_start);
    world.clock.advance(minute_ms);
    house.sessions.know(request);
    EXPECT_EQ(house.open_session().seen_at, test::the_start + hour_ms);
    EXPECT_TRUE(house.sessions.know_at_once(request));
}

BOTH_ENGINES(Sessions, a_reading_token_only_reads_and_can_be_revoked) {
    House house(world);
    const std::string token = house.new_token();
    const std::string bearer = "Bearer " + token;
    const http::Request request = request_with("authorization", bearer);
    const http::Visitor visitor = house.sessions.know(request);
    ASSERT_TRUE(visitor.session);
    EXPECT_TRUE(visitor.session->from_token);
    EXPECT_EQ(visitor.session->scope, Actor::Scope::read);
    const TokenId id = world.db().read([&](db::ReadTx& tx) { return tokens_of(tx, house.member).at(0).id; });
    world.must([&](db::Tx& tx) { return end_token(tx, house.actor(), id); });
    EXPECT_FALSE(house.sessions.know(request).session);
}

BOTH_ENGINES(Sessions, a_new_token_needs_the_password) {
    House house(world);
    const auto refused = create_token(*world.services, house.actor(), {.name = "x", .current = "wrong"});
    EXPECT_EQ(refused.error().field, "current");
    EXPECT_EQ(house.tokens(), 0u);
}

BOTH_ENGINES(Sessions, signing_out_everywhere_and_suspension_end_tokens) {
    House house(world);
    house.new_token();
    world.must([&](db::Tx& tx) { return end_all_sessions(tx, house.actor()); });
    EXPECT_EQ(house.tokens(), 0u);
    house.new_token();
    world.must([&](db::Tx& tx) {
        return suspend(tx, Actor::system(), house.member, "Unkind words.", std::nullopt);
    });
    EXPECT_EQ(house.tokens(), 0u);
}

BOTH_ENGINES(Sessions, a_token_cannot_touch_the_account) {
    House house(world);
    house.new_token();
    Actor program = house.actor();
    program.by_token = true;
    const SessionId session = house.open_session().id;
    const TokenId token = world.db().read(
        [&](db::ReadTx& tx) { return tokens_of(tx, house.member).at(0).id; });
    const auto fault_of = [&](auto rule) { return world.db().write(rule).error().fault; };
    EXPECT_EQ(fault_of([&](db::Tx& tx) { return end_session(tx, program, session); }), Fault::forbidden);
    EXPECT_EQ(fault_of([&](db::Tx& tx) { return end_all_sessions(tx, program); }), Fault::forbidden);
    EXPECT_EQ(fault_of([&](db::Tx& tx) { return end_token(tx, program, token); }), Fault::forbidden);
    EXPECT_EQ(fault_of([&](db::Tx& tx) { return close_account(tx, program); }), Fault::forbidden);
    Services& services = *world.services;
    const std::string& p = house.password;
    EXPECT_EQ(rename(services, program, "Moss 12").error().fault, Fault::forbidden);
    EXPECT_EQ(set_email(services, program, {"a@example.org", p}).error().fault, Fault::forbidden);
    EXPECT_EQ(create_token(services, program, {.name = "x", .current = p}).error().fault, Fault::forbidden);
    EXPECT_EQ(change_password(services, program, {p, "another long one", {}}).error().fault,
              Fault::forbidden);
    EXPECT_EQ(renew_recovery_codes(services, program, p).error().fault, Fault::forbidden);
}

BOTH_ENGINES(Sessions, a_token_is_no_cookie_and_a_cookie_no_token) {
    House house(world);
    const std::string bearer = "Bearer " + house.cookie;
    EXPECT_FALSE(house.sessions.know(request_with("authorization", bearer)).session);
}

BOTH_ENGINES(Sessions, guests_are_known_at_once_and_keep_their_comfort) {
    House house(world);
    const auto guest = house.sessions.know_at_once(
        request_with("cookie", "kith-comfort=es.dark.low-energy.off.IE"));
    ASSERT_TRUE(guest);
    EXPECT_FALSE(guest->session);
    EXPECT_EQ(guest->comfort.language, Language::es);
    EXPECT_EQ(guest->comfort.theme, Theme::dark);
    EXPECT_EQ(guest->comfort.view, View::low_energy);
    EXPECT_FALSE(guest->comfort.keys);
    EXPECT_EQ(code_of(guest->comfort.country), "IE");
    const auto odd = house.sessions.know_at_once(request_with("cookie", "kith-comfort=xx.dark"));
    EXPECT_EQ(odd->comfort.theme, Theme::automatic);
}

BOTH_ENGINES(Sessions, old_sessions_and_tries_are_forgotten) {
    House house(world);
    world.clock.advance(61 * day_ms);
    world.must([](db::Tx& tx) -> Done {
        forget_old_sessions(tx);
        return {};
    });
    const auto cookie = world.db().read([&](db::ReadTx& tx) { return sessions_of(tx, house.member); });
    EXPECT_TRUE(cookie.empty());
}

TEST(CookieName, is_bound_to_the_host_where_the_browser_takes_it) {
    const auto name_at = [](std::string url) {
        Site site;
        site.public_url = std::move(url);
        return cookie_name(site);
    };
    EXPECT_EQ(name_at("https://kith.example"), "__Host-kith");
    EXPECT_EQ(name_at("http://localhost:8080"), "__Host-kith");
    EXPECT_EQ(name_at("http://localhost.example"), "kith");
    EXPECT_EQ(name_at("http://192.0.2.1:8080"), "kith");
}

}  // namespace
}  // namespace kith::identity
