#include "identity/passkeys.hpp"

#include <sodium.h>

#include <array>

#include "identity/factor_store.hpp"
#include "identity/store.hpp"
#include "tests/cast.hpp"

namespace kith::identity {
namespace {

using crypto::from_base64url;
using crypto::to_base64url;
using test::Cast;
using test::World;

const crypto::PasskeyHome home = crypto::passkey_home("https://kith.example:8443/");
const Device device{"Firefox, Android", "192.0.2.1", {}};

std::string client_data(std::string_view type, std::string_view challenge, std::string_view origin) {
    return "{\"type\":\"" + std::string(type) + "\",\"challenge\":\"" + std::string(challenge) +
           "\",\"origin\":\"" + std::string(origin) + "\",\"crossOrigin\":false}";
}

std::string sha256(std::string_view bytes) {
    std::string out(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return out;
}

// A real authenticator of EdDSA in a few lines; that of ES256 is Chromium's, in tests/browser.
class Authenticator {
public:
    Authenticator() { crypto_sign_keypair(public_.data(), secret_.data()); }

    std::string rp_id = home.rp_id, origin = home.origin;
    unsigned char flags = 0x05;  // present and recognised
    std::uint32_t count = 0;
    std::string id = std::string(16, 'k');

    NewPasskey create(std::string_view challenge) const {
        std::string data = head(static_cast<unsigned char>(flags | 0x40)) + std::string(16, '\0');
        data += {'\0', static_cast<char>(id.size())};
        data += id;
        // COSE: {1: 1, 3: -8, -1: 6, -2: the key}
        data.append("\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20", 10);
        data.append(reinterpret_cast<const char*>(public_.data()), public_.size());
        return {"my phone", to_base64url(client_data("webauthn.create", challenge, origin)),
                to_base64url(data)};
    }

    Assertion get(std::string_view challenge, std::string_view type = "webauthn.get") {
        const std::string said = client_data(type, challenge, origin);
        const std::string data = head(flags);
        const std::string signed_bytes = data + sha256(said);
        std::string signature(crypto_sign_BYTES, '\0');
        crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                             reinterpret_cast<const unsigned char*>(signed_bytes.data()), signed_bytes.size(),
                             secret_.data());
        return {to_base64url(id), to_base64url(said), to_base64url(data), to_base64url(signature), ""};
    }

private:
    std::string head(unsigned char flag_bits) const {
        std::string out = sha256(rp_id);
        out += static_cast<char>(flag_bits);
        for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(count >> shift);
        return out;
    }

    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_{};
};

Actor confirmed(World& world, MemberId member) {
    world.must([&](db::Tx& tx) { return start_session(tx, member, "Firefox", world.random); });
    Actor actor = Actor::of(member);
    actor.session = world.db().read([&](db::ReadTx& tx) { return sessions_of(tx, member).front().id; });
    actor.second_factor = false;
    EXPECT_TRUE(confirm(*world.services, actor, Cast::password));
    return actor;
}

Done add(World& world, const Actor& actor, const Authenticator& key) {
    const Enrolment asked = world.must([&](db::Tx& tx) { return begin_passkey(tx, actor, world.random); });
    return world.db().write(
        [&](db::Tx& tx) { return add_passkey(tx, actor, home, key.create(asked.challenge)); });
}

std::string challenge(World& world) { return *make_challenge(*world.services, device.network); }

Result<std::string> come_in(World& world, const Assertion& assertion) {
    return sign_in_with_passkey(*world.services, home, assertion, device);
}

bool has_factor(World& world, MemberId member) {
    return world.db().read(
        [&](db::ReadTx& tx) { return store::has_second_factor(tx, sessions_of(tx, member).front().id); });
}

BOTH_ENGINES(Passkeys, sign_in_without_name_and_password_and_count_as_both_steps) {
    const Cast cast(world);
    Authenticator key;
    const Done added = add(world, confirmed(world, cast.ada), key);
    ASSERT_TRUE(added) << added.error().message;
    EXPECT_TRUE(has_factor(world, cast.ada));
    world.clock.advance(minute_ms);
    const auto cookie = come_in(world, key.get(challenge(world)));
    ASSERT_TRUE(cookie) << cookie.error().message;
    EXPECT_TRUE(has_factor(world, cast.ada));
    const auto mine = world.db().read([&](db::ReadTx& tx) { return passkeys(tx, cast.ada); });
    ASSERT_EQ(mine.size(), 1u);
    EXPECT_EQ(mine[0].name, "my phone");
    EXPECT_EQ(mine[0].used_at, world.clock.now());
}

BOTH_ENGINES(Passkeys, answer_a_challenge_once_and_within_five_minutes) {
    const Cast cast(world);
    Authenticator key;
    ASSERT_TRUE(add(world, confirmed(world, cast.ada), key));
    const std::string first = challenge(world), second = challenge(world);
    EXPECT_TRUE(come_in(world, key.get(first)));
    EXPECT_FALSE(come_in(world, key.get(first)));
    world.clock.advance(challenge_ms);
    EXPECT_FALSE(come_in(world, key.get(second)));
    EXPECT_FALSE(come_in(world, key.get("a challenge of nobody")));
}

BOTH_ENGINES(Passkeys, are_good_on_our_own_pages_alone_and_when_the_person_was_recognised) {
    const Cast cast(world);
    Authenticator key;
    ASSERT_TRUE(add(world, confirmed(world, cast.ada), key));
    const auto refused = [&](const std::function<void(Authenticator&)>& spoil) {
        Authenticator spoiled = key;
        spoil(spoiled);
        const auto cookie = come_in(world, spoiled.get(challenge(world)));
        return !cookie && cookie.error().fault == Fault::invalid;
    };
    EXPECT_TRUE(refused([](Authenticator& a) { a.origin = "https://kith.example"; }));
    EXPECT_TRUE(refused([](Authenticator& a) { a.rp_id = "other.example"; }));
    EXPECT_TRUE(refused([](Authenticator& a) { a.flags = 0x01; }));
    EXPECT_TRUE(refused([](Authenticator& a) { a.flags = 0x04; }));
    EXPECT_TRUE(refused([](Authenticator& a) { a.id = std::string(16, 'x'); }));
    EXPECT_TRUE(refused([](Authenticator& a) {
        const std::string id = a.id;
        a = Authenticator();
        a.id = id;
    }));
    EXPECT_FALSE(come_in(world, key.get(challenge(world), "webauthn.create")));
    Assertion foreign = key.get(challenge(world));
    foreign.user_handle = to_base64url("somebody else");
    EXPECT_FALSE(come_in(world, foreign));
    EXPECT_FALSE(come_in(world, {}));
    EXPECT_TRUE(come_in(world, key.get(challenge(world))));
}

BOTH_ENGINES(Passkeys, whose_counter_goes_back_are_refused) {
    const Cast cast(world);
    Authenticator key;
    key.count = 5;
    ASSERT_TRUE(add(world, confirmed(world, cast.ada), key));
    EXPECT_FALSE(come_in(world, key.get(challenge(world))));
    key.count = 6;
    EXPECT_TRUE(come_in(world, key.get(challenge(world))));
    key.count = 4;
    EXPECT_FALSE(come_in(world, key.get(challenge(world))));
}

BOTH_ENGINES(Passkeys, are_added_renamed_and_removed_by_their_owner) {
    const Cast cast(world);
    const Actor ada = confirmed(world, cast.ada), bo = confirmed(world, cast.bo);
    Authenticator key;
    const Enrolment for_bo = world.must([&](db::Tx& tx) { return begin_passkey(tx, bo, world.random); });
    EXPECT_FALSE(world.db().write(
        [&](db::Tx& tx) { return add_passkey(tx, ada, home, key.create(for_bo.challenge)); }));
    ASSERT_TRUE(add(world, ada, key));
    EXPECT_EQ(add(world, ada, key).error().fault, Fault::conflict);
    const PasskeyId id = world.db().read([&](db::ReadTx& tx) { return passkeys(tx, cast.ada).front().id; });
    const auto write = [&](auto rule) { return world.db().write(rule); };
    EXPECT_EQ(write([&](db::Tx& tx) { return rename_passkey(tx, bo, id, "mine"); }).error().fault,
              Fault::not_found);
    EXPECT_EQ(write([&](db::Tx& tx) { return end_passkey(tx, bo, id); }).error().fault, Fault::not_found);
    EXPECT_EQ(write([&](db::Tx& tx) { return rename_passkey(tx, ada, id, " "); }).error().field, "name");
    EXPECT_TRUE(write([&](db::Tx& tx) { return rename_passkey(tx, ada, id, "blue key"); }));
    world.clock.advance(confirmed_for_ms);
    EXPECT_EQ(write([&](db::Tx& tx) { return end_passkey(tx, ada, id); }).error().field, "current");
    ASSERT_TRUE(confirm_with_passkey(*world.services, ada, home, key.get(challenge(world)), device.network));
    EXPECT_TRUE(has_factor(world, cast.ada));
    ASSERT_TRUE(write([&](db::Tx& tx) { return end_passkey(tx, ada, id); }));
    EXPECT_FALSE(has_factor(world, cast.ada));
    EXPECT_FALSE(come_in(world, key.get(challenge(world))));
}

BOTH_ENGINES(Passkeys, of_somebody_else_do_not_confirm_who_acts) {
    const Cast cast(world);
    Authenticator key;
    ASSERT_TRUE(add(world, confirmed(world, cast.ada), key));
    const Actor bo = confirmed(world, cast.bo);
    EXPECT_FALSE(confirm_with_passkey(*world.services, bo, home, key.get(challenge(world)), device.network));
}

BOTH_ENGINES(Passkeys, are_limited_for_a_network) {
    const Cast cast(world);
    for (int i = 0; i < 200; ++i) ASSERT_TRUE(make_challenge(*world.services, "192.0.2.9"));
    EXPECT_EQ(make_challenge(*world.services, "192.0.2.9").error().fault, Fault::too_many);
    EXPECT_TRUE(make_challenge(*world.services, "192.0.2.10"));
}

TEST(PasskeyHome, is_the_public_address) {
    EXPECT_EQ(home.origin, "https://kith.example:8443");
    EXPECT_EQ(home.rp_id, "kith.example");
    EXPECT_EQ(crypto::passkey_home("http://localhost:8080").rp_id, "localhost");
    EXPECT_EQ(crypto::passkey_home("https://kith.example").rp_id, "kith.example");
}

}  // namespace
}  // namespace kith::identity
