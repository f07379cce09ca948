#include <algorithm>

#include "audit/audit.hpp"
#include "identity/rules.hpp"
#include "identity/store.hpp"
#include "platform/json/writer.hpp"
#include "platform/text/time_words.hpp"

namespace kith::identity {
namespace {

bool is_in_group(Role role) { return role == Role::facilitator || role == Role::moderator; }

Result<store::Grant> grant_for(Role role, GroupId group) {
    if (!is_in_group(role)) return store::Grant{role, GroupId()};
    if (!group) return invalid("Please choose a group for this role.", "group");
    return store::Grant{role, group};
}

// "Your account is on hold until 3 May 2026. ..." for the one who is kept out, in their own language.
std::string on_hold(const Words& words, const Hold& hold) {
    if (hold.by_case)
        return std::string(
            words.t(t_later("Your account is on hold, so this cannot be done now. My space says why.")));
    if (!hold.until)
        return words.f(
            t_later("Your account is on hold. You still belong here. If you think this is wrong, please "
                    "write to the people who run this site. The reason: %1"),
            hold.reason);
    return words.f(
        t_later("Your account is on hold until %1. You still belong here. If you think this is wrong, please "
                "write to the people who run this site. The reason: %2"),
        text::date(words, *hold.until), hold.reason);
}

Done require_may_grant(db::ReadTx& tx, const Actor& actor, Role role) {
    if (role == Role::host || role == Role::coordinator) return require_host(tx, actor);
    return require_staff(tx, actor);
}

// The role's change shows at the member's own pages and at the group's.
void record_role(db::Tx& tx, const Actor& actor, std::string_view verb, MemberId member,
                 const store::Grant& grant) {
    JsonWriter detail;
    detail.object().member("role", grant.role).member("group", grant.group).end();
    audit::record(tx, actor, verb, "member", member.value(), detail.str());
    announce(tx, member);
    if (grant.group) tx.changed({.kind = Change::Kind::group, .group = grant.group});
}

}  // namespace

bool has_role(db::ReadTx& tx, const Actor& actor, Role role, GroupId group) {
    if (actor.is_system()) return true;
    if (!actor.is_member()) return false;
    const store::Grant grant{role, is_in_group(role) ? group : GroupId()};
    return store::holds(tx, actor.member, grant) && is_active(tx, actor.member) && !roles_wait(tx, actor);
}

Result<MemberId> acting_member(db::ReadTx& tx, const Actor& actor) {
    const MemberId member = TRY(present_member(tx, actor));
    if (const auto holds = store::standing_holds(tx, member); !holds.empty())
        return forbidden(on_hold(Words::of(store::language_of(tx, member)), holds.front()));
    return member;
}

Result<MemberId> acting_person(db::ReadTx& tx, const Actor& actor) {
    if (actor.by_token) return forbidden("An access token cannot do this. Please sign in.");
    return acting_member(tx, actor);
}

Result<MemberId> present_member(db::ReadTx& tx, const Actor& actor) {
    if (!actor.is_member()) return unauthenticated("Please sign in first.");
    if (store::closed_at(tx, actor.member)) return forbidden("This account is closed.");
    return actor.member;
}

Result<MemberId> present_person(db::ReadTx& tx, const Actor& actor) {
    if (actor.by_token) return forbidden("An access token cannot do this. Please sign in.");
    return present_member(tx, actor);
}

bool is_plain_member(db::ReadTx& tx, MemberId member) {
    return store::account_of(tx, member) && !store::closed_at(tx, member) &&
           store::grants_of(tx, member).empty();
}

bool is_active(db::ReadTx& tx, MemberId member) {
    return !store::is_held(tx, member) && !store::closed_at(tx, member);
}

Done require_host(db::ReadTx& tx, const Actor& actor) {
    if (actor.is_system()) return {};
    TRY(acting_member(tx, actor));
    if (!has_role(tx, actor, Role::host)) return forbidden("Only a host can do this.");
    return {};
}

Done require_staff(db::ReadTx& tx, const Actor& actor) {
    if (actor.is_system()) return {};
    TRY(acting_member(tx, actor));
    if (has_role(tx, actor, Role::host) || has_role(tx, actor, Role::coordinator)) return {};
    return forbidden("Only a host or a coordinator can do this.");
}

Done grant_role(db::Tx& tx, const Actor& actor, MemberId member, Role role, GroupId group) {
    TRY(require_may_grant(tx, actor, role));
    TRY(require_confirmed(tx, actor));
    const store::Grant grant = TRY(grant_for(role, group));
    if (!store::member_exists(tx, member)) return not_found();
    if (store::holds(tx, member, grant)) return {};
    store::insert_grant(tx, member, grant, who(actor));
    record_role(tx, actor, "role.granted", member, grant);
    return {};
}

Done end_role(db::Tx& tx, const Actor& actor, MemberId member, Role role, GroupId group) {
    TRY(require_may_grant(tx, actor, role));
    TRY(require_confirmed(tx, actor));
    const store::Grant grant = TRY(grant_for(role, group));
    if (role == Role::host) TRY(keep_a_host(tx, member));
    if (!store::end_grant(tx, member, grant, who(actor))) return not_found();
    record_role(tx, actor, "role.ended", member, grant);
    return {};
}

Done keep_a_host(db::ReadTx& tx, MemberId member) {
    const bool is_host = store::holds(tx, member, {Role::host, GroupId()});
    if (!is_host || store::is_there_another_host(tx, member)) return {};
    return conflict("Somebody must look after this site. Please make another member host first.");
}

std::vector<GroupRole> roles_of(db::ReadTx& tx, MemberId member) {
    std::vector<GroupRole> out;
    for (const store::Grant& grant : store::grants_of(tx, member)) out.push_back({grant.role, grant.group});
    if (!out.empty() && !is_active(tx, member)) out.clear();
    return out;
}

std::vector<GroupRole> group_roles(db::ReadTx& tx, MemberId member) {
    std::vector<GroupRole> out = roles_of(tx, member);
    std::erase_if(out, [](const GroupRole& role) { return !role.group; });
    return out;
}

std::vector<GroupRole> acting_roles(db::ReadTx& tx, const Actor& actor) {
    if (!actor.is_member()) return {};
    std::vector<GroupRole> out = roles_of(tx, actor.member);
    if (!out.empty() && roles_wait(tx, actor)) out.clear();
    return out;
}

std::vector<PersonaId> personas_with_role(db::ReadTx& tx, Role role, GroupId group) {
    std::vector<PersonaId> out;
    for (const Holder& holder : store::holders(tx, {role, group}))
        if (!holder.is_away) out.push_back(holder.persona);
    return out;
}

std::vector<Holder> holders_of(db::ReadTx& tx, Role role, GroupId group) {
    return store::holders(tx, {role, group});
}

std::vector<Holder> holders_in(db::ReadTx& tx, GroupId group) {
    std::vector<Holder> out = holders_of(tx, Role::facilitator, group);
    for (const Holder& holder : holders_of(tx, Role::moderator, group))
        if (std::ranges::find(out, holder.member, &Holder::member) == out.end()) out.push_back(holder);
    return out;
}

std::vector<MemberId> inactive_members(db::ReadTx& tx) { return store::inactive_members(tx); }

std::optional<MemberId> who(const Actor& actor) {
    return actor.is_member() ? std::optional(actor.member) : std::nullopt;
}

}  // namespace kith::identity
