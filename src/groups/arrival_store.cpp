#include "groups/store.hpp"

namespace kith::groups::store {

constexpr db::Sql used_invitations_sql = R"(
    select i.id, i.group_id, i.label, i.created_by, i.expires_at_ms, i.uses_left, i.revoked_at_ms,
           count(*), sum(case when m.joined_at_ms > $2 then 1 else 0 end)
    from membership m
    join invitation i on i.id = m.invitation_id
    where m.invitation_id is not null and m.joined_at_ms > $1
    group by i.id, i.group_id, i.label, i.created_by, i.expires_at_ms, i.uses_left, i.revoked_at_ms
    order by 9 desc, 8 desc, i.id desc
    limit $3)";

std::vector<Used> used_invitations(db::ReadTx& tx, Time since, Time lately, int limit) {
    return tx.all<Used>(used_invitations_sql, since, lately, limit);
}

constexpr db::Sql find_used_sql = R"(
    select i.id, i.group_id, i.label, i.created_by, i.expires_at_ms, i.uses_left, i.revoked_at_ms,
           (select count(*)
            from membership m
            where m.invitation_id = i.id),
           (select count(*)
            from membership m
            where m.invitation_id = i.id and m.joined_at_ms > $2)
    from invitation i
    where i.id = $1)";

std::optional<Used> find_used(db::ReadTx& tx, InvitationId id, Time lately) {
    return tx.first<Used>(find_used_sql, id, lately);
}

constexpr db::Sql arrivals_by_sql = R"(
    select member_id, persona_id, joined_at_ms
    from membership
    where invitation_id = $1
    order by joined_at_ms desc, id desc)";

std::vector<Arrival> arrivals_by(db::ReadTx& tx, InvitationId id) {
    return tx.all<Arrival>(arrivals_by_sql, id);
}

constexpr db::Sql came_by_sql = R"(
    select invitation_id
    from membership
    where member_id = $1 and group_id = $2 and invitation_id is not null
    order by id desc
    limit 1)";

std::optional<InvitationId> came_by(db::ReadTx& tx, GroupId group, MemberId member) {
    return tx.first<InvitationId>(came_by_sql, member, group);
}

constexpr db::Sql forget_arrivals_sql = R"(
    update membership
    set invitation_id = null
    where invitation_id is not null and joined_at_ms < $1)";

void forget_arrivals_before(db::Tx& tx, Time time) { tx.run(forget_arrivals_sql, time); }

constexpr db::Sql restore_invitation_sql = R"(
    update invitation
    set revoked_at_ms = null
    where id = $1 and revoked_at_ms = $2)";

bool restore_invitation(db::Tx& tx, InvitationId invitation, Time revoked_at) {
    return tx.run(restore_invitation_sql, invitation, revoked_at) == 1;
}

}  // namespace kith::groups::store
