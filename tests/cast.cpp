#include "tests/cast.hpp"

#include "platform/crypto/crypto.hpp"
#include "site/site.hpp"

namespace kith::test {
namespace {

// They are not new here: what the door asks of new accounts (src/doors) does not concern them.
constexpr std::int64_t here_for_ms = 10 * day_ms;

// Hashing once is enough for everybody.
const std::string& hash() {
    static const std::string hashed = crypto::hash_password(Cast::password);
    return hashed;
}

void join(World& world, GroupId group, std::initializer_list<MemberId> members) {
    for (const MemberId member : members)
        world.must([&](db::Tx& tx) -> Done {
            TRY(groups::add_member(tx, Actor::system(), group, member, PersonaId()));
            return groups::agree_to_rules(tx, as(member), group);
        });
}

void grant(World& world, MemberId member, identity::Role role, GroupId group = {}) {
    world.must([&](db::Tx& tx) { return identity::grant_role(tx, Actor::system(), member, role, group); });
}

}  // namespace

MemberId Cast::sign_up(World& world, std::string_view name) {
    return world
        .must([&](db::Tx& tx) {
            return identity::add_account(tx, {.name = std::string(name), .password = std::string(password)},
                                         hash(), world.random);
        })
        .member;
}

Cast::Cast(World& world) {
    oz = world
             .must([&](db::Tx& tx) {
                 return site::set_up(tx,
                                     {.site_name = "Harbour",
                                      .helplines = "Emergency | 112 | day and night",
                                      .host_name = "Oz",
                                      .password = std::string(password)},
                                     hash(), world.random);
             })
             .member;
    world.clock.advance(-here_for_ms);
    ada = sign_up(world, "Ada");
    bo = sign_up(world, "Bo");
    cy = sign_up(world, "Cy");
    mo = sign_up(world, "Mo");
    nia = sign_up(world, "Nia");
    dee = sign_up(world, "Dee");
    rae = sign_up(world, "Rae");
    world.clock.advance(here_for_ms);
    circle = world.must([&](db::Tx& tx) {
        return groups::create_group(tx, as(oz),
                                    {.name = "The circle",
                                     .purpose = "For a few.",
                                     .rules = "Be kind.",
                                     .admission = groups::Admission::invitation});
    });
    square = world.must([&](db::Tx& tx) {
        return groups::create_group(tx, as(oz),
                                    {.name = "The square",
                                     .purpose = "For all.",
                                     .rules = "Be kind.",
                                     .admission = groups::Admission::open,
                                     .public_reading = true});
    });
    join(world, circle, {ada, bo, mo, nia, dee});
    join(world, square, {cy});
    grant(world, dee, identity::Role::facilitator, circle);
    grant(world, mo, identity::Role::moderator, circle);
    grant(world, nia, identity::Role::moderator, circle);
    grant(world, rae, identity::Role::researcher);
}

}  // namespace kith::test
