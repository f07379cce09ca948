#include "safeguarding/rights.hpp"

#include <algorithm>

#include "identity/identity.hpp"
#include "safeguarding/store.hpp"

namespace kith::safeguarding {
namespace {

using identity::Role;

void add_holders(db::ReadTx& tx, std::vector<MemberId>& out, Role role, GroupId group) {
    for (const identity::Holder& holder : identity::holders_of(tx, role, group))
        if (std::ranges::find(out, holder.member) == out.end()) out.push_back(holder.member);
}

bool looks_after_site(db::ReadTx& tx, const Actor& actor) {
    return identity::has_role(tx, actor, Role::host) || identity::has_role(tx, actor, Role::coordinator);
}

}  // namespace

std::vector<MemberId> staff_for(db::ReadTx& tx, const Subject& subject) {
    std::vector<MemberId> out;
    if (subject.post) {
        add_holders(tx, out, Role::moderator, subject.group);
        add_holders(tx, out, Role::facilitator, subject.group);
    } else {
        add_holders(tx, out, Role::coordinator, {});
    }
    if (!subject.post || out.empty()) add_holders(tx, out, Role::host, {});
    return out;
}

std::optional<PersonaId> working_name(db::ReadTx& tx, const Actor& actor, const Case& one) {
    if (actor.is_system() || !actor.is_member()) return std::nullopt;
    if (!one.post) {
        if (!looks_after_site(tx, actor)) return std::nullopt;
        return identity::main_persona(tx, actor.member);
    }
    const auto access = groups::access(tx, actor, one.group);
    if (!access || !access->moderate) return std::nullopt;
    if (identity::member_of(tx, one.author) == actor.member) return std::nullopt;
    return access->persona;
}

Result<Desk> desk(db::ReadTx& tx, const Actor& actor, CaseId id) {
    auto found = store::find_case(tx, id);
    if (!found) return not_found();
    const auto name = working_name(tx, actor, *found);
    if (!name) return not_found();
    return Desk{*std::move(found), *name};
}

bool is_same_person(db::ReadTx& tx, PersonaId a, PersonaId b) {
    return identity::member_of(tx, a) == identity::member_of(tx, b);
}

}  // namespace kith::safeguarding
