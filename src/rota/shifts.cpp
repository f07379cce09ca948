#include <algorithm>

#include "identity/identity.hpp"
#include "notices/notices.hpp"
#include "rota/rules.hpp"

namespace kith::rota {
namespace {

Result<Shift> own_shift(db::ReadTx& tx, const Desk& desk, ShiftId id) {
    const Shift shift = TRY(visible_shift(tx, desk, id));
    if (shift.member != desk.member) return conflict("This is not your shift any more.");
    TRY(require_ahead(shift, tx.now()));
    return shift;
}

// Those who can take it, and those who plan.
std::set<MemberId> who_can_help(db::ReadTx& tx, GroupId group) {
    std::set<MemberId> out = who_may_cover(tx, group);
    for (const identity::Holder& holder : identity::holders_of(tx, identity::Role::coordinator, {}))
        out.insert(holder.member);
    return out;
}

// By the names that they have on those shifts.
std::set<PersonaId> people_beside(db::ReadTx& tx, const Shift& shift) {
    Reach reach(tx);
    std::set<PersonaId> out;
    for (const Shift& other : shifts_for(shifts_during(tx, span_of(shift)), shift.group, reach))
        if (other.member && other.member != shift.member) out.insert(name_on(tx, other.group, other.member));
    return out;
}

}  // namespace

Done require_ahead(const Shift& shift, Time now) {
    if (shift.ends_at <= now) return conflict("This shift is over. Thank you for it.");
    return {};
}

void tell(db::Tx& tx, MemberId member, GroupId group) {
    if (member) notices::tell(tx, member, notices::Kind::shift, {.group = group});
}

std::vector<Shift> shifts_during(db::ReadTx& tx, const Span& time) {
    std::vector<Shift> out = store::shifts_between(tx, time.begins_at + -longest_ms, time.ends_at);
    std::erase_if(out, [&](const Shift& shift) { return shift.ends_at <= time.begins_at; });
    return out;
}

std::vector<Shift> shifts_between(db::ReadTx& tx, const Desk& desk, Time from, Time until) {
    std::vector<Shift> out = store::shifts_between(tx, from, until);
    std::erase_if(out, [&](const Shift& shift) { return !desk.sees(shift.group); });
    return out;
}

Result<Shift> visible_shift(db::ReadTx& tx, const Desk& desk, ShiftId id) {
    auto found = store::find_shift(tx, id);
    if (!found || !desk.sees(found->group)) return not_found();
    return *std::move(found);
}

std::optional<Shift> next_shift(db::ReadTx& tx, MemberId member) {
    const std::vector<Shift> own = store::shifts_of(tx, member, tx.now());
    if (own.empty()) return std::nullopt;
    return own.front();
}

std::vector<std::string> beside(db::ReadTx& tx, const Shift& shift) {
    const std::set<PersonaId> people = people_beside(tx, shift);
    std::vector<std::string> out;
    for (const auto& [id, name] : identity::names_of(tx, std::vector(people.begin(), people.end())))
        out.push_back(name);
    std::ranges::sort(out);
    return out;
}

Done offer_shift(db::Tx& tx, const Actor& actor, ShiftId id, Offer offer) {
    const Desk at = TRY(desk(tx, actor));
    TRY(own_shift(tx, at, id));
    store::set_offered(tx, id, offer == Offer::made ? std::optional(tx.now()) : std::nullopt);
    return {};
}

Done leave_shift(db::Tx& tx, const Actor& actor, ShiftId id) {
    const Desk at = TRY(desk(tx, actor));
    const Shift shift = TRY(own_shift(tx, at, id));
    if (!store::set_member(tx, id, at.member, {})) return conflict("This is not your shift any more.");
    for (const MemberId member : who_can_help(tx, shift.group))
        if (member != at.member) tell(tx, member, shift.group);
    return {};
}

}  // namespace kith::rota
