#include <algorithm>

#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "identity/identity.hpp"

namespace kith::groups {
namespace {

using identity::Role;

// Opens to everybody what the group shows to everybody.
void let_strangers_in(Access& access, const Actor& actor) {
    const Group& group = access.group;
    if (access.phase == Phase::archived || group.admission != Admission::open) return;
    const bool shown = group.public_reading && !group.sensitive && actor.reads_public;
    access.read = actor.is_member() || shown;
}

void add_rights(db::ReadTx& tx, const Actor& actor, Access& access) {
    const GroupId group = access.group.id;
    const bool host = identity::has_role(tx, actor, Role::host);
    const bool facilitator = host || identity::has_role(tx, actor, Role::facilitator, group);
    access.lead = facilitator || identity::has_role(tx, actor, Role::coordinator);
    access.moderate = facilitator || identity::has_role(tx, actor, Role::moderator, group);
}

void add_membership(db::ReadTx& tx, MemberId member, Access& access) {
    const std::optional<PersonaId> persona = store::current_persona(tx, access.group.id, member);
    access.member = persona.has_value();
    if (persona) {
        access.persona = *persona;
    } else if (access.lead || access.moderate) {
        access.persona = identity::persona_in(tx, member, access.group.id);
    }
}

// Leaders also write before and after; nobody writes without a name.
void settle(Access& access) {
    const bool inside = access.member || access.lead || access.moderate;
    const bool running = access.phase == Phase::running;
    const bool archived = access.phase == Phase::archived;
    access.read = archived ? access.lead : access.read || inside;
    access.moderate = access.moderate && access.read;
    access.write = access.persona && !archived && (access.lead || (access.member && running));
}

bool may_know_of(const Access& access) {
    if (access.read) return true;
    return access.phase != Phase::archived && access.group.admission != Admission::invitation;
}

tl::unexpected<Error> cannot_write(const Access& access, const Actor& actor) {
    if (actor.kind == Actor::Kind::guest) return unauthenticated("Please sign in first.");
    if (access.phase == Phase::closed) return forbidden("This group has closed. You can still read it.");
    if (access.phase == Phase::archived)
        return forbidden("This group has been put away. It can only be read.");
    if (!access.member) return forbidden("Join this group first. Then you can write here.");
    return forbidden("This group has not opened yet. You can write here from the day it opens.");
}

// By the name they write under there, or once wrote under, and by no other.
std::vector<std::string> names_with_role(db::ReadTx& tx, Role role, GroupId group) {
    std::vector<PersonaId> personas = identity::personas_with_role(tx, role, group);
    for (PersonaId& persona : personas)
        persona = identity::persona_in(tx, identity::member_of(tx, persona), group);
    const auto names = identity::names_of(tx, personas);
    std::vector<std::string> out;
    for (const PersonaId persona : personas)
        if (const auto at = names.find(persona); at != names.end()) out.push_back(at->second);
    return out;
}

}  // namespace

Phase phase(const Group& group, Time now) {
    if (group.archived_at) return Phase::archived;
    if (group.closes_at && *group.closes_at <= now) return Phase::closed;
    if (group.opens_at && *group.opens_at > now) return Phase::announced;
    return Phase::running;
}

Result<Access> access(db::ReadTx& tx, const Actor& actor, GroupId id) {
    std::optional<Group> group = store::find_group(tx, id);
    if (!group) return not_found();
    Access access{.phase = phase(*group, tx.now())};
    access.group = *std::move(group);
    let_strangers_in(access, actor);
    if (actor.is_member()) {
        const MemberId member = TRY(identity::acting_member(tx, actor));
        add_rights(tx, actor, access);
        add_membership(tx, member, access);
    }
    if (actor.is_system()) access.lead = access.moderate = true;
    settle(access);
    if (!may_know_of(access)) return not_found();
    return access;
}

Result<Access> readable(db::ReadTx& tx, const Actor& actor, GroupId group) {
    Access found = TRY(access(tx, actor, group));
    const bool is_guest = actor.kind == Actor::Kind::guest;
    if (!found.read && is_guest && found.group.admission == Admission::open)
        return unauthenticated("Please sign in first.");
    if (!found.read) return not_found();
    return found;
}

Result<Access> writable(db::ReadTx& tx, const Actor& actor, GroupId group) {
    Access found = TRY(access(tx, actor, group));
    if (!found.write) return cannot_write(found, actor);
    return found;
}

Result<Access> leading(db::ReadTx& tx, const Actor& actor, GroupId group) {
    Access found = TRY(access(tx, actor, group));
    if (!found.lead) return not_found();
    return found;
}

bool runs_site(db::ReadTx& tx, const Actor& actor) {
    return actor.is_system() || identity::has_role(tx, actor, Role::host) ||
           identity::has_role(tx, actor, Role::coordinator);
}

Done require_site_lead(db::ReadTx& tx, const Actor& actor) {
    if (actor.is_system()) return {};
    TRY(identity::acting_member(tx, actor));
    if (!runs_site(tx, actor)) return forbidden("Only those who run this site can do that.");
    return {};
}

std::vector<GroupId> readable_groups(db::ReadTx& tx, const Actor& actor) {
    if (actor.kind == Actor::Kind::guest && !actor.reads_public) return {};
    if (actor.kind == Actor::Kind::guest) return store::public_groups(tx);
    if (actor.is_member() && !identity::acting_member(tx, actor)) return {};
    if (runs_site(tx, actor)) return store::all_group_ids(tx);
    std::vector<GroupId> out = store::groups_readable_by(tx, actor.member);
    for (const identity::GroupRole& role : identity::group_roles(tx, actor.member))
        if (readable(tx, actor, role.group)) out.push_back(role.group);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

std::vector<Group> listed_groups(db::ReadTx& tx, const Actor& actor) {
    if (runs_site(tx, actor)) return store::all_groups(tx);
    std::vector<Group> out = store::groups_listed_for(tx, actor.member);
    if (!actor.is_member()) return out;
    for (const identity::GroupRole& role : identity::group_roles(tx, actor.member)) {
        auto found = readable(tx, actor, role.group);
        if (found && std::ranges::find(out, role.group, &Group::id) == out.end())
            out.push_back(std::move(found->group));
    }
    return out;
}

std::vector<MyGroup> groups_of(db::ReadTx& tx, MemberId member) { return store::my_groups(tx, member); }

std::unordered_map<GroupId, std::string> names_of(db::ReadTx& tx, std::span<const GroupId> ids) {
    std::unordered_map<GroupId, std::string> out;
    for (const GroupId id : ids) {
        if (out.contains(id)) continue;
        std::string name = store::name_of(tx, id);
        if (!name.empty()) out.emplace(id, std::move(name));
    }
    return out;
}

std::vector<GroupRight> rights_of(db::ReadTx& tx, MemberId member) {
    std::vector<GroupRight> out;
    for (const store::Belonging& belonging : store::belongings(tx, member))
        out.push_back({belonging.group, belonging.persona});
    for (const identity::GroupRole& role : identity::group_roles(tx, member)) {
        auto at = std::ranges::lower_bound(out, role.group, {}, &GroupRight::group);
        if (at == out.end() || at->group != role.group)
            at = out.insert(at, {role.group, identity::persona_in(tx, member, role.group)});
        at->facilitator = at->facilitator || role.role == Role::facilitator;
        at->moderator = at->moderator || role.role == Role::moderator;
    }
    return out;
}

Leaders leaders_of(db::ReadTx& tx, GroupId group) {
    return {names_with_role(tx, Role::facilitator, group), names_with_role(tx, Role::moderator, group)};
}

}  // namespace kith::groups
