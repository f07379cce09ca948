#include <algorithm>

#include "identity/identity.hpp"
#include "rota/rules.hpp"

namespace kith::rota {
namespace {

using identity::GroupRole;
using identity::Role;

bool looks_after(const GroupRole& held) {
    return held.role == Role::facilitator || held.role == Role::moderator;
}

void add(std::set<MemberId>& out, const std::vector<identity::Holder>& holders) {
    for (const identity::Holder& holder : holders) out.insert(holder.member);
}

}  // namespace

bool Desk::sees(GroupId group) const {
    return plans || !group || std::ranges::find(groups, group) != groups.end();
}

std::vector<GroupId> all_groups(db::ReadTx& tx) {
    std::vector<GroupId> out;
    for (const groups::Group& group : groups::listed_groups(tx, Actor::system()))
        if (!group.archived_at) out.push_back(group.id);
    return out;
}

Result<Desk> desk(db::ReadTx& tx, const Actor& actor) {
    Desk out{.member = TRY(identity::acting_member(tx, actor))};
    for (const GroupRole& held : identity::acting_roles(tx, actor)) {
        if (held.role == Role::host || held.role == Role::coordinator) out.plans = true;
        if (looks_after(held) && held.group) out.groups.push_back(held.group);
    }
    if (out.plans) out.groups = all_groups(tx);
    if (!out.plans && out.groups.empty()) return not_found();
    std::ranges::sort(out.groups);
    out.groups.erase(std::ranges::unique(out.groups).begin(), out.groups.end());
    return out;
}

bool Reach::covers(MemberId member, GroupId group) {
    const auto [found, is_new] = known_.try_emplace(member);
    if (is_new) found->second = identity::roles_of(tx_, member);
    return std::ranges::any_of(found->second, [&](const GroupRole& held) {
        return held.role == Role::host || (looks_after(held) && (!group || held.group == group));
    });
}

bool may_cover(db::ReadTx& tx, MemberId member, GroupId group) { return Reach(tx).covers(member, group); }

std::set<MemberId> who_may_cover(db::ReadTx& tx, GroupId group) {
    std::set<MemberId> out;
    add(out, identity::holders_of(tx, Role::host, {}));
    if (group) add(out, identity::holders_in(tx, group));
    if (!group)
        for (const GroupId each : all_groups(tx)) add(out, identity::holders_in(tx, each));
    return out;
}

PersonaId name_on(db::ReadTx& tx, GroupId group, MemberId member) {
    return group ? groups::persona_here(tx, group, member) : identity::main_persona(tx, member);
}

std::vector<identity::Persona> everybody(db::ReadTx& tx, const Desk& desk) {
    if (!desk.plans) return {};
    std::vector<GroupId> groups = desk.groups;
    groups.push_back({});
    std::vector<PersonaId> personas;
    for (const GroupId group : groups)
        for (const MemberId member : who_may_cover(tx, group)) personas.push_back(name_on(tx, group, member));
    std::vector<identity::Persona> out;
    for (auto& [id, name] : identity::names_of(tx, personas)) out.push_back({id, std::move(name)});
    std::ranges::sort(out, {}, &identity::Persona::name);
    return out;
}

std::vector<Shift> shifts_for(std::span<const Shift> all, GroupId group, Reach& reach) {
    std::vector<Shift> out;
    for (const Shift& shift : all)
        if (shift.group == group || (!shift.group && shift.member && reach.covers(shift.member, group)))
            out.push_back(shift);
    return out;
}

}  // namespace kith::rota
