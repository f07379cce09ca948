#include <algorithm>

#include "identity/identity.hpp"
#include "rota/rules.hpp"

// The group of those who look after groups.
namespace kith::rota {
namespace {

std::set<MemberId> who_belongs(db::ReadTx& tx) {
    std::set<MemberId> out = who_may_cover(tx, {});
    for (const identity::Holder& holder : identity::holders_of(tx, identity::Role::coordinator, {}))
        out.insert(holder.member);
    return out;
}

void take_out(db::Tx& tx, GroupId room, MemberId member) {
    // Whoever has left by themselves is out already. Whoever is on hold cannot leave: that is tried again.
    const Done left = groups::leave(tx, Actor::of(member), room, {});
    if (left || left.error().fault == Fault::not_found) store::remove_from_room(tx, member);
}

}  // namespace

bool is_room(db::ReadTx& tx, GroupId group) { return group && store::settings(tx).room == group; }

void fill_room(db::Tx& tx) {
    const GroupId room = store::settings(tx).room;
    if (!room) return;
    const std::set<MemberId> wanted = who_belongs(tx);
    const std::vector<MemberId> inside = store::room_members(tx);
    for (const MemberId member : inside)
        if (!wanted.contains(member)) take_out(tx, room, member);
    for (const MemberId member : wanted) {
        // Whoever leaves by themselves is not brought back.
        if (std::ranges::find(inside, member) != inside.end()) continue;
        if (groups::add_member(tx, Actor::system(), room, member, {})) store::insert_into_room(tx, member);
    }
}

void empty_room(db::Tx& tx, GroupId room) {
    for (const MemberId member : store::room_members(tx)) take_out(tx, room, member);
}

}  // namespace kith::rota
