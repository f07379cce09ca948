#include "safeguarding/rights.hpp"

#include <algorithm>

#include "audit/audit.hpp"
#include "identity/identity.hpp"
#include "safeguarding/store.hpp"
#include "training/training.hpp"

namespace kith::safeguarding {
namespace {

using identity::Role;

void add(db::ReadTx& tx, std::vector<MemberId>& out, std::span<const identity::Holder> holders,
         std::span<const MemberId> but, Breaks breaks = Breaks::respected) {
    for (const identity::Holder& holder : holders) {
        if ((holder.is_away && breaks == Breaks::respected) ||
            std::ranges::find(but, holder.member) != but.end())
            continue;
        const bool is_known = std::ranges::find(out, holder.member) != out.end();
        if (!is_known && identity::standing_holds(tx, holder.member).empty()) out.push_back(holder.member);
    }
}

// Those of an archived group moderate it no more.
bool is_archived(db::ReadTx& tx, GroupId group) {
    const auto access = groups::access(tx, Actor::system(), group);
    return !access || access->phase == groups::Phase::archived;
}

}  // namespace

std::vector<MemberId> staff_for(db::ReadTx& tx, const Subject& subject, std::span<const MemberId> but) {
    std::vector<MemberId> out;
    if (subject.post && !is_archived(tx, subject.group))
        add(tx, out, identity::holders_in(tx, subject.group), but);
    if (!subject.post) add(tx, out, identity::holders_of(tx, Role::coordinator, {}), but);
    if (!subject.post || out.empty()) add(tx, out, identity::holders_of(tx, Role::host, {}), but);
    return out;
}

std::vector<MemberId> staff_for(db::ReadTx& tx, const Case& one) {
    const MemberId writer[] = {writer_of(tx, one)};
    return staff_for(tx, subject_of(one), writer);
}

std::vector<MemberId> others_for(db::ReadTx& tx, const Case& one, MemberId but) {
    const MemberId without[] = {writer_of(tx, one), but};
    return staff_for(tx, subject_of(one), without);
}

// Which post it is says nothing about who can act.
std::vector<MemberId> staff_for_post_in(db::ReadTx& tx, GroupId group, MemberId writer) {
    const MemberId but[] = {writer};
    return staff_for(tx, Subject{group, PostId(1)}, but);
}

std::vector<MemberId> hosts_without(db::ReadTx& tx, MemberId writer, Breaks breaks) {
    const MemberId but[] = {writer};
    std::vector<MemberId> out;
    add(tx, out, identity::holders_of(tx, Role::host, {}), but, breaks);
    return out;
}

std::vector<MemberId> hosts_for(db::ReadTx& tx, const Case& one, Breaks breaks) {
    return hosts_without(tx, writer_of(tx, one), breaks);
}

Reach reach_of(db::ReadTx& tx, const Actor& actor) {
    Reach out{.member = actor.member};
    if (!actor.is_member()) return out;
    for (const identity::GroupRole& held : identity::acting_roles(tx, actor)) {
        if (held.role == Role::host) out.everywhere = true;
        if (held.role == Role::host || held.role == Role::coordinator) out.groups = true;
        const bool moderates = held.role == Role::moderator || held.role == Role::facilitator;
        if (moderates && held.group) out.moderated.insert(held.group);
        if (moderates && !held.group) out.everywhere = true;
    }
    return out;
}

bool may_work_on(db::ReadTx& tx, const Reach& reach, const Case& one) {
    if (!one.post) return reach.groups;
    if (!reach.everywhere && !reach.moderated.contains(one.group)) return false;
    return identity::member_of(tx, one.author) != reach.member;
}

Result<Desk> desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    TRY(identity::acting_member(tx, actor));
    auto found = store::find_case(tx, id);
    if (!found || !may_work_on(tx, reach_of(tx, actor), *found)) return not_found();
    if (!found->post) return Desk{*std::move(found), identity::main_persona(tx, actor.member)};
    const auto access = groups::access(tx, actor, found->group);
    if (!access || !access->moderate) return not_found();
    return Desk{*std::move(found), access->persona};
}

Result<Desk> trained_desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    Desk at = TRY(desk(tx, actor, id));
    TRY(training::require_trained(tx, actor));
    return at;
}

Result<Desk> open_desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    Desk at = TRY(trained_desk(tx, actor, id));
    if (at.safety_case.decided_at)
        return conflict("Somebody has decided this already. What, who and when stands on its page.");
    return at;
}

bool is_with_another(db::ReadTx& tx, const Desk& at) {
    const Case& one = at.safety_case;
    return one.is_claimed(tx.now()) && !is_same_person(tx, *one.claimed_by, at.name);
}

Done require_free(db::ReadTx& tx, const Desk& at) {
    if (!is_with_another(tx, at)) return {};
    return conflict("Somebody else works on this now. Who, and until when, stands on its page.");
}

Result<Desk> free_desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    Desk at = TRY(open_desk(tx, actor, id));
    TRY(require_free(tx, at));
    return at;
}

Done require_not_reported(db::ReadTx& tx, const Case& one, MemberId member) {
    if (!store::has_reported(tx, one.id, member) || others_for(tx, one, member).empty()) return {};
    return conflict("You reported this yourself. Somebody else decides it.");
}

Done note_refusal(db::Tx& tx, const Actor& actor, CaseId id) {
    const auto one = store::find_case(tx, id);
    const Reach reach = reach_of(tx, actor);
    if (!one || reach.nowhere()) return {};
    const bool reaches = one->post ? reach.everywhere || reach.moderated.contains(one->group) : reach.groups;
    if (!reaches) audit::record(tx, actor, "case.refused", "case", id.value());
    return {};
}

MemberId writer_of(db::ReadTx& tx, const Subject& subject) {
    return subject.post ? identity::member_of(tx, subject.author) : MemberId();
}

MemberId writer_of(db::ReadTx& tx, const Case& one) { return writer_of(tx, subject_of(one)); }

bool is_same_person(db::ReadTx& tx, PersonaId a, PersonaId b) {
    return identity::member_of(tx, a) == identity::member_of(tx, b);
}

}  // namespace kith::safeguarding
