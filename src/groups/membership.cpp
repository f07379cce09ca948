#include <algorithm>
#include <iterator>

#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"
#include "notices/notices.hpp"
#include "platform/text/unicode.hpp"

namespace kith::groups {
namespace {

// What a member who wants to come in has shown.
struct Entrance {
    Group group;
    std::optional<InvitationId> invitation;
    bool at_once = false;   // without being asked about
    bool was_here = false;  // until a leader ended it
};

// With a code: whatever the group, the code decides. A use is taken at once and given back if joining fails. Whose stay
// was ended must ask all the same, and takes none.
Result<Entrance> entrance_by_code(db::Tx& tx, MemberId member, GroupId id, std::string_view code) {
    if (store::ending_reason(tx, id, member)) {
        Group asked = TRY(group_for_code(tx, code));
        if (asked.id != id)
            return not_found("This invitation does not work any more. Please ask for a new one.");
        return Entrance{std::move(asked), std::nullopt, false, true};
    }
    const auto invitation = store::take_use(tx, id, code_digest(code));
    std::optional<Group> group = store::find_group(tx, id);
    if (!invitation || !group || group->archived_at)
        return not_found("This invitation does not work any more. Please ask for a new one.");
    return Entrance{*std::move(group), invitation, true, false};
}

Result<Entrance> entrance(db::Tx& tx, const Actor& actor, GroupId id, const Joining& form) {
    if (!form.invitation_code.empty()) return entrance_by_code(tx, actor.member, id, form.invitation_code);
    const bool was_here = store::ending_reason(tx, id, actor.member).has_value();
    Access found = TRY(known(tx, actor, id));
    const bool looks_after = found.lead || found.moderate;
    const bool open = found.group.admission == Admission::open && !was_here;
    return Entrance{std::move(found.group), std::nullopt, open || looks_after, was_here};
}

// The first facilitator, by the name they use there, unless the newcomer is the one.
PersonaId who_welcomes(db::ReadTx& tx, GroupId group, MemberId newcomer) {
    auto holders = identity::holders_of(tx, identity::Role::facilitator, group);
    std::erase_if(holders, [&](const identity::Holder& holder) { return holder.member == newcomer; });
    if (holders.empty()) return PersonaId();
    return personas_here(tx, group, std::span(holders).first(1)).front();
}

Result<Joined> enter(db::Tx& tx, MemberId member, const Entrance& way, const Joining& form) {
    const GroupId group = way.group.id;
    const PersonaId persona = TRY(persona_named(tx, member, group, form.name));
    const auto agreed_at = form.rules_agreed ? std::optional(tx.now()) : std::nullopt;
    if (!let_in(tx, {group, member, persona, agreed_at, way.invitation}))
        return conflict("You already belong to this group.");
    store::settle_request(tx, group, member, true);
    notices::tell(tx, member, notices::Kind::welcome,
                  {.group = group, .from = who_welcomes(tx, group, member)});
    membership_changed(tx, group, member);
    return Joined::now;
}

Result<std::string> checked_reason(std::string_view typed) {
    std::string reason = text::trim(text::clean(typed));
    if (reason.empty()) return invalid("Please say why, in a sentence. The person will read it.", "reason");
    if (text::length(reason) > words_most)
        return invalid("This is too long. Please use at most 1,000 letters.", "reason");
    return reason;
}

}  // namespace

Done check_room(db::ReadTx& tx, const Group& group) {
    if (phase(group, tx.now()) > Phase::running)
        return conflict("This group has closed. Nobody new can join it any more.");
    if (is_full(tx, group))
        return conflict("This group is full just now. You can come back later or look for another one.");
    return {};
}

bool has_room(db::ReadTx& tx, const Group& group) { return check_room(tx, group).has_value(); }

bool has_task(db::ReadTx& tx, GroupId group, MemberId member) {
    const std::vector<identity::GroupRole> roles = identity::group_roles(tx, member);
    return std::ranges::find(roles, group, &identity::GroupRole::group) != roles.end();
}

void membership_changed(db::Tx& tx, GroupId group, MemberId member) {
    tx.changed({.kind = Change::Kind::membership, .group = group, .member = member});
}

bool is_full(db::ReadTx& tx, const Group& group) {
    if (!group.size_limit || store::count_members(tx, group.id) < *group.size_limit) return false;
    const std::vector<MemberId> all = store::members(tx, group.id);
    const std::vector<MemberId> away = identity::inactive_members(tx);
    std::vector<MemberId> here;
    std::ranges::set_difference(all, away, std::back_inserter(here));
    return here.size() >= static_cast<std::size_t>(*group.size_limit);
}

bool let_in(db::Tx& tx, const store::NewMembership& membership) {
    if (!store::insert_membership(tx, membership)) return false;
    store::insert_name(tx, membership.group, membership.persona);
    return true;
}

Result<Joined> join(db::Tx& tx, const Actor& actor, GroupId group, const Joining& form) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const Entrance way = TRY(entrance(tx, actor, group, form));
    if (store::belonging(tx, group, member)) return conflict("You already belong to this group.");
    TRY(check_room(tx, way.group));
    if (!form.rules_agreed)
        return invalid("Please read the rules and say that you agree to them.", "rules_agreed");
    if (way.at_once) return enter(tx, member, way, form);
    if (way.group.admission == Admission::invitation && !way.was_here)
        return forbidden("This group is by invitation. Please ask somebody there for a link.");
    return ask(tx, member, group, form);
}

Result<GroupId> join_by_invitation(db::Tx& tx, const Actor& newcomer, std::string_view next) {
    const MemberId member = TRY(identity::acting_member(tx, newcomer));
    const std::string_view code = invitation_code_in(next);
    const GroupId group = TRY(group_for_code(tx, code)).id;
    const Entrance way = TRY(entrance_by_code(tx, member, group, code));
    TRY(check_room(tx, way.group));
    TRY(enter(tx, member, way, Joining{.rules_agreed = true}));
    return group;
}

Done agree_to_rules(db::Tx& tx, const Actor& actor, GroupId group) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    if (!store::belonging(tx, group, member)) return not_found();
    if (store::agree_to_rules(tx, group, member)) membership_changed(tx, group, member);
    return {};
}

Done leave(db::Tx& tx, const Actor& actor, GroupId group, std::string_view reason) {
    const MemberId member = TRY(identity::acting_member(tx, actor));
    const std::string words = text::trim(text::clean(reason));
    const bool left = store::end_membership(tx, group, member,
                                            {text::first(words, words_most), std::nullopt});
    const bool taken_back = store::settle_request(tx, group, member, false);
    if (!left && !taken_back) return not_found("You are not in this group.");
    membership_changed(tx, group, member);
    return {};
}

Done add_member(db::Tx& tx, const Actor& actor, GroupId group, MemberId member, PersonaId persona) {
    TRY(require_site_lead(tx, actor));
    TRY(leading(tx, actor, group));
    const PersonaId name = persona ? persona : identity::main_persona(tx, member);
    if (identity::member_of(tx, name) != member) return invalid("This name belongs to somebody else.");
    if (!let_in(tx, {group, member, name, std::nullopt, std::nullopt})) return {};
    store::settle_request(tx, group, member, true);
    if (!actor.is_system()) audit::record(tx, actor, "member.added", "group", group.value());
    membership_changed(tx, group, member);
    return {};
}

Done end_membership(db::Tx& tx, const Actor& actor, GroupId group, PersonaId persona,
                    std::string_view typed) {
    TRY(leading(tx, actor, group));
    const MemberId member = identity::member_of(tx, persona);
    const bool known_here = store::was_name_used(tx, group, persona);
    if (!known_here || !store::belonging(tx, group, member))
        return not_found("Nobody in this group has this name.");
    const std::string reason = TRY(checked_reason(typed));
    if (has_task(tx, group, member))
        return conflict("This person has a task in the group. Please end the task first.");
    store::end_membership(tx, group, member, {reason, doer(actor).value_or(MemberId())});
    notices::tell(tx, member, notices::Kind::membership_ended, {.group = group});
    audit::record(tx, actor, "membership.ended", "persona", persona.value());
    membership_changed(tx, group, member);
    return {};
}

}  // namespace kith::groups
