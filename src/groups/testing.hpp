#pragma once

#include <string>
#include <string_view>

#include "groups/groups.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "tests/world.hpp"

// People and groups for the tests of this feature.
namespace kith::groups::testing {

using test::World;

inline Actor person(World& world, std::string_view name) {
    const auto account = world.must([&](db::Tx& tx) {
        return identity::add_account(tx, {.name = std::string(name), .password = "long enough 4 all"},
                                     "no real hash", world.random);
    });
    return Actor::of(account.member);
}

inline void give_role(World& world, const Actor& who, identity::Role role, GroupId group = {}) {
    world.must(
        [&](db::Tx& tx) { return identity::grant_role(tx, Actor::system(), who.member, role, group); });
}

inline GroupForm form_named(std::string_view name, Admission admission = Admission::open) {
    return {.name = std::string(name),
            .purpose = "Talk about pain.",
            .rules = "Be kind.",
            .admission = admission};
}

inline GroupId group(World& world, const GroupForm& form) {
    return world.must([&](db::Tx& tx) { return create_group(tx, Actor::system(), form); });
}

inline Result<Joined> try_join(World& world, const Actor& who, GroupId id, Joining form = {}) {
    form.rules_agreed = true;
    return world.db().write([&](db::Tx& tx) { return join(tx, who, id, form); });
}

inline Result<Access> access_of(World& world, const Actor& who, GroupId id) {
    return world.db().read([&](db::ReadTx& tx) { return access(tx, who, id); });
}

inline bool belongs(World& world, const Actor& who, GroupId id) {
    const auto found = access_of(world, who, id);
    return found && found->member;
}

inline std::vector<notices::Kind> notices_of(World& world, const Actor& who) {
    std::vector<notices::Kind> out;
    world.db().read([&](db::ReadTx& tx) {
        for (const notices::Notice& notice : notices::list_for(tx, who.member, 0, 20))
            out.push_back(notice.kind);
    });
    return out;
}

inline Done leave_now(World& world, const Actor& who, GroupId id) {
    return world.db().write([&](db::Tx& tx) { return leave(tx, who, id, ""); });
}

inline RequestId only_request(World& world, GroupId id) {
    return world.db().read([&](db::ReadTx& tx) {
        const auto waiting = store::waiting_requests(tx, id, 10);
        EXPECT_EQ(waiting.size(), 1u);
        return waiting.empty() ? RequestId() : waiting.front().id;
    });
}

inline Done decide(World& world, const Actor& who, RequestId request, bool accepted) {
    return world.db().write([&](db::Tx& tx) { return decide_request(tx, who, request, accepted); });
}

inline std::string invite(World& world, GroupId id, int uses = 1) {
    return world
        .must([&](db::Tx& tx) {
            return create_invitation(tx, Actor::system(), id,
                                     {.label = "Clinic", .expires_at = tx.now() + 7 * day_ms, .uses = uses},
                                     world.random);
        })
        .code;
}

// The fault of a Result that must have failed.
template <class T>
Fault fault_of(const Result<T>& result) {
    EXPECT_FALSE(result.has_value());
    return result ? Fault::unavailable : result.error().fault;
}

}  // namespace kith::groups::testing
