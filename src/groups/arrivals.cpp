#include "audit/audit.hpp"
#include "groups/rules.hpp"
#include "groups/store.hpp"

// Who came by which invitation.
namespace kith::groups {
namespace {

// As whoever leads the group knows them, not by their name elsewhere.
UsedInvitation shown(db::ReadTx& tx, store::Used used) {
    UsedInvitation out{.id = used.id,
                       .group = used.group,
                       .label = std::move(used.label),
                       .works = !used.revoked_at && used.expires_at > tx.now() && used.uses_left > 0,
                       .came = used.came,
                       .came_lately = used.came_lately};
    if (!used.made_by) return out;
    out.made_by = persona_here(tx, used.group, *used.made_by);
    out.made_by_by = store::came_by(tx, used.group, *used.made_by);
    return out;
}

}  // namespace

std::vector<UsedInvitation> used_invitations(db::ReadTx& tx, Time since, Time lately, int limit) {
    std::vector<UsedInvitation> out;
    for (store::Used& used : store::used_invitations(tx, since, lately, limit))
        out.push_back(shown(tx, std::move(used)));
    return out;
}

std::optional<UsedInvitation> find_used_invitation(db::ReadTx& tx, InvitationId id, Time lately) {
    auto used = store::find_used(tx, id, lately);
    return used ? std::optional(shown(tx, *std::move(used))) : std::nullopt;
}

std::vector<Arrival> arrivals_by(db::ReadTx& tx, InvitationId id) { return store::arrivals_by(tx, id); }

Done restore_invitation(db::Tx& tx, const Actor& actor, InvitationId id, Time revoked_at) {
    const std::optional<GroupId> group = store::group_of_invitation(tx, id);
    if (!group) return not_found();
    TRY(leading(tx, actor, *group));
    if (store::restore_invitation(tx, id, revoked_at))
        audit::record(tx, actor, "invitation.restored", "invitation", id.value());
    return {};
}

void forget_arrivals_before(db::Tx& tx, Time time) { store::forget_arrivals_before(tx, time); }

}  // namespace kith::groups
