#include <algorithm>

#include "audit/audit.hpp"
#include "doors/doors.hpp"
#include "doors/store.hpp"

// A flood that came through one invitation.
namespace kith::doors {
namespace {

Result<groups::UsedInvitation> invitation_for(db::ReadTx& tx, const Actor& actor, InvitationId id) {
    TRY(identity::require_host(tx, actor));
    auto found = groups::find_used_invitation(tx, id, tx.now() + -day_ms);
    if (!found) return not_found();
    return *std::move(found);
}

// Whoever has a task is not stopped with the others, nor the host who does it. A hold that a case brought makes no
// difference: it would show here whose it is.
bool can_be_stopped(db::ReadTx& tx, MemberId member) {
    const std::vector<identity::Hold> holds = identity::standing_holds(tx, member);
    return identity::roles_of(tx, member).empty() &&
           std::ranges::all_of(holds, [](const identity::Hold& hold) { return bool(hold.by_case); });
}

// The hold that this stop brought, and no other by a host.
bool stands(db::ReadTx& tx, MemberId member, const Stop& stop) {
    return std::ranges::any_of(identity::standing_holds(tx, member), [&](const identity::Hold& hold) {
        return !hold.by_case && hold.from == stop.stopped_at;
    });
}

}  // namespace

Result<InvitationFile> invitation_file(db::ReadTx& tx, const Actor& actor, InvitationId id) {
    InvitationFile out{.invitation = TRY(invitation_for(tx, actor, id)),
                       .arrivals = groups::arrivals_by(tx, id),
                       .stop = store::find_stop(tx, id),
                       .on_hold = {}};
    if (out.stop && !out.stop->undone_at) out.on_hold = store::stopped_by(tx, id);
    return out;
}

Done stop_invitation(db::Tx& tx, const Actor& actor, InvitationId id, std::string_view reason) {
    TRY(invitation_for(tx, actor, id));
    const auto before = store::find_stop(tx, id);
    if (before && !before->undone_at) return conflict("This invitation is stopped already.");
    store::put_stop(tx, id, identity::main_persona(tx, actor.member));
    TRY(groups::revoke_invitation(tx, actor, id));
    for (const groups::Arrival& arrival : groups::arrivals_by(tx, id)) {
        if (!can_be_stopped(tx, arrival.member)) continue;
        TRY(identity::suspend(tx, actor, arrival.member, reason, std::nullopt));
        store::insert_stopped(tx, id, arrival.member);
    }
    audit::record(tx, actor, "invitation.stopped", "invitation", id.value());
    return {};
}

Done start_again(db::Tx& tx, const Actor& actor, InvitationId id) {
    TRY(identity::require_host(tx, actor));
    const auto stop = store::find_stop(tx, id);
    if (!stop) return not_found();
    if (stop->undone_at) return conflict("This invitation is not stopped.");
    for (const MemberId member : store::stopped_by(tx, id))
        if (stands(tx, member, *stop)) TRY(identity::lift_suspension(tx, actor, member));
    store::forget_stopped(tx, id);
    store::end_stop(tx, id);
    TRY(groups::restore_invitation(tx, actor, id, stop->stopped_at));
    audit::record(tx, actor, "invitation.started", "invitation", id.value());
    return {};
}

}  // namespace kith::doors
