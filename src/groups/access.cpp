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
    const std::vector<identity::GroupRole> roles = identity::acting_roles(tx, actor);
    const auto holds = [&](Role role, GroupId where) {
        return std::ranges::find(roles, identity::GroupRole{role, where}) != roles.end();
    };
    const bool facilitator = holds(Role::host, GroupId()) || holds(Role::facilitator, group);
    access.lead = facilitator || holds(Role::coordinator, GroupId());
    access.moderate = facilitator || holds(Role::moderator, group);
}

void add_membership(db::ReadTx& tx, MemberId member, Access& access) {
    const std::optional<store::Belonging> belonging = store::belonging(tx, access.group.id, member);
    access.member = belonging.has_value();
    if (belonging) {
        access.persona = belonging->persona;
        access.has_written = belonging->first_post_at.has_value();
        access.rules_agreed = belonging->rules_agreed_at || access.group.rules.empty();
    } else if (access.lead || access.moderate) {
        access.persona = persona_here(tx, access.group.id, member);
    }
}

// Leaders also write before and after; nobody writes without a name.
void settle(Access& access) {
    const bool inside = access.member || access.lead || access.moderate;
    const bool running = access.phase == Phase::running;
    const bool archived = access.phase == Phase::archived;
    access.read = archived ? access.lead : access.read || inside;
    access.moderate = access.moderate && access.read;
    const bool takes_part = access.member && access.rules_agreed && running;
    access.write = access.persona && !archived && (access.lead || takes_part);
}

// Whether they may act at all was asked.
Access access_in(db::ReadTx& tx, const Actor& actor, Group group) {
    Access access{.phase = phase(group, tx.now())};
    access.group = std::move(group);
    let_strangers_in(access, actor);
    if (actor.is_member()) {
        add_rights(tx, actor, access);
        add_membership(tx, actor.member, access);
    }
    if (actor.is_system()) access.lead = access.moderate = true;
    settle(access);
    return access;
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
    if (access.phase == Phase::announced)
        return forbidden("This group has not opened yet. You can write here from the day it opens.");
    return forbidden("Please read the rules of this group first, and say that you agree to them.");
}

std::vector<std::string> names_with_role(db::ReadTx& tx, Role role, GroupId group) {
    const auto personas = personas_here(tx, group, identity::holders_of(tx, role, group));
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
    if (actor.is_member()) TRY(identity::acting_member(tx, actor));
    Access access = access_in(tx, actor, *std::move(group));
    if (!may_know_of(access)) return not_found();
    return access;
}

Result<Access> access_of_author(db::ReadTx& tx, MemberId author, GroupId id) {
    std::optional<Group> group = store::find_group(tx, id);
    if (!group) return not_found();
    TRY(identity::present_member(tx, Actor::of(author)));
    return access_in(tx, Actor::of(author), *std::move(group));
}

Result<Access> known(db::ReadTx& tx, const Actor& actor, GroupId id) {
    Result<Access> found = access(tx, actor, id);
    const bool hidden = !found && found.error().fault == Fault::not_found;
    if (!hidden || !actor.is_member() || !store::ending_reason(tx, id, actor.member)) return found;
    std::optional<Group> group = store::find_group(tx, id);
    if (!group || group->archived_at) return found;
    Access access{.phase = phase(*group, tx.now())};
    access.group = *std::move(group);
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
    TRY(require_write(found, actor));
    return found;
}

Done require_write(const Access& access, const Actor& actor) {
    if (!access.write) return cannot_write(access, actor);
    return {};
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

void note_first_post(db::Tx& tx, GroupId group, MemberId member) {
    store::note_first_post(tx, group, member);
}

PersonaId persona_here(db::ReadTx& tx, GroupId group, MemberId member) {
    const std::optional<PersonaId> used = store::latest_persona(tx, group, member);
    return used ? *used : identity::main_persona(tx, member);
}

std::vector<PersonaId> personas_here(db::ReadTx& tx, GroupId group,
                                     std::span<const identity::Holder> holders) {
    std::vector<PersonaId> out;
    for (std::size_t at = 0; at < holders.size(); at += store::members_at_once) {
        const auto some = holders.subspan(at, std::min(store::members_at_once, holders.size() - at));
        std::array<MemberId, store::members_at_once> members{};
        std::ranges::transform(some, members.begin(), &identity::Holder::member);
        const std::vector<store::NameUsed> used = store::latest_personas(tx, group, members);
        for (const identity::Holder& holder : some) {
            if (holder.is_away) continue;
            const auto name = std::ranges::find(used, holder.member, &store::NameUsed::member);
            out.push_back(name == used.end() ? holder.persona : name->persona);
        }
    }
    return out;
}

std::vector<GroupId> readable_groups(db::ReadTx& tx, const Actor& actor) {
    if (actor.kind == Actor::Kind::guest && !actor.reads_public) return {};
    if (actor.kind == Actor::Kind::guest) return store::public_groups(tx);
    if (actor.is_member() && !identity::acting_member(tx, actor)) return {};
    if (runs_site(tx, actor)) return store::all_group_ids(tx);
    std::vector<GroupId> out = store::groups_readable_by(tx, actor.member);
    for (const identity::GroupRole& role : identity::acting_roles(tx, actor))
        if (role.group && readable(tx, actor, role.group)) out.push_back(role.group);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

std::vector<Group> listed_groups(db::ReadTx& tx, const Actor& actor) {
    if (runs_site(tx, actor)) return store::all_groups(tx);
    std::vector<Group> out = store::groups_listed_for(tx, actor.member);
    if (!actor.is_member()) return out;
    for (const identity::GroupRole& role : identity::acting_roles(tx, actor)) {
        if (!role.group) continue;
        auto found = readable(tx, actor, role.group);
        if (found && std::ranges::find(out, role.group, &Group::id) == out.end())
            out.push_back(std::move(found->group));
    }
    return out;
}

std::vector<MyGroup> groups_of(db::ReadTx& tx, MemberId member) { return store::my_groups(tx, member); }

std::unordered_map<GroupId, std::string> names_of(db::ReadTx& tx, std::span<const GroupId> ids) {
    std::vector<GroupId> wanted(ids.begin(), ids.end());
    std::ranges::sort(wanted);
    wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
    std::unordered_map<GroupId, std::string> out;
    for (std::size_t at = 0; at < wanted.size(); at += store::names_at_once) {
        std::array<GroupId, store::names_at_once> some{};
        const std::size_t count = std::min(some.size(), wanted.size() - at);
        std::copy_n(wanted.begin() + static_cast<std::ptrdiff_t>(at), count, some.begin());
        for (store::Name& name : store::names_of(tx, some)) out.emplace(name.group, std::move(name.name));
    }
    return out;
}

std::vector<GroupRight> rights_of(db::ReadTx& tx, const Actor& actor) {
    std::vector<GroupRight> out;
    for (const store::Belonging& belonging : store::belongings(tx, actor.member))
        out.push_back({belonging.group, belonging.persona});
    for (const identity::GroupRole& role : identity::acting_roles(tx, actor)) {
        if (!role.group) continue;
        auto at = std::ranges::lower_bound(out, role.group, {}, &GroupRight::group);
        if (at == out.end() || at->group != role.group)
            at = out.insert(at, {role.group, persona_here(tx, role.group, actor.member)});
        at->facilitator = at->facilitator || role.role == Role::facilitator;
        at->moderator = at->moderator || role.role == Role::moderator;
    }
    return out;
}

Leaders leaders_of(db::ReadTx& tx, GroupId group) {
    return {names_with_role(tx, Role::facilitator, group), names_with_role(tx, Role::moderator, group)};
}

std::vector<PersonaId> marked_facilitators(db::ReadTx& tx, GroupId group) {
    return personas_here(tx, group, identity::holders_of(tx, Role::facilitator, group));
}

std::vector<PersonaId> marked_moderators(db::ReadTx& tx, GroupId group) {
    return personas_here(tx, group, identity::holders_of(tx, Role::moderator, group));
}

}  // namespace kith::groups
