#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "identity/identity.hpp"
#include "rota/rota.hpp"
#include "rota/store.hpp"

// What the rules and pages of this feature share.
namespace kith::rota {

// Sorted, and those that touch are one.
std::vector<Span> merged(std::vector<Span> spans);
inline Span span_of(const Shift& shift) { return {shift.begins_at, shift.ends_at}; }

// Those of `members` who are on shift for the group now, each once.
std::vector<OnShift> on_shift(db::ReadTx& tx, GroupId group, std::span<const MemberId> members);

// Who can be on shift for a group.
std::set<MemberId> who_may_cover(db::ReadTx& tx, GroupId group);
// The same the other way round, see may_cover: each member is read once, and only whoever is asked about.
class Reach {
public:
    explicit Reach(db::ReadTx& tx) : tx_(tx) {}
    bool covers(MemberId member, GroupId group);

private:
    db::ReadTx& tx_;
    std::map<MemberId, std::vector<identity::GroupRole>> known_;
};
// The name that somebody has on a shift: theirs in the group, the main one on a shift for all groups. No page names a
// person by both at once, or it would tell that the two are one.
PersonaId name_on(db::ReadTx& tx, GroupId group, MemberId member);
// Everybody a shift can be given to, by each of those names.
std::vector<identity::Persona> everybody(db::ReadTx& tx, const Desk& desk);
// The groups that there are, without those that were put away; by name.
std::vector<GroupId> all_groups(db::ReadTx& tx);

// That overlap it, also those that have begun before; in order.
std::vector<Shift> shifts_during(db::ReadTx& tx, const Span& time);
// Shifts of a group, and those for every group of people who look after this one.
std::vector<Shift> shifts_for(std::span<const Shift> all, GroupId group, Reach& reach);

// The time of a pattern on a day.
Span span_on(std::string_view zone, std::int64_t day, std::int64_t from, std::int64_t until);
// As far ahead as patterns are laid out.
void lay_out(db::Tx& tx, const store::Pattern& pattern, std::string_view zone);

// By those whom it concerns, that something changed.
void tell(db::Tx& tx, MemberId member, GroupId group);

// Whom the house had put into the room leaves it.
void empty_room(db::Tx& tx, GroupId room);

// Fault `conflict` for a shift that has ended.
Done require_ahead(const Shift& shift, Time now);

}  // namespace kith::rota
