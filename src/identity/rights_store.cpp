#include "identity/store.hpp"

namespace kith::identity::store {

// ---- roles -------------------------------------------------------------------------------------------

constexpr db::Sql holds_sql = R"(
    select 1
    from role_grant
    where member_id = $1 and ended_at_ms is null and role = $2 and coalesce(group_id, 0) = $3)";

bool holds(db::ReadTx& tx, MemberId member, const Grant& grant) {
    return tx.exists(holds_sql, member, grant.role, grant.group);
}

constexpr db::Sql grants_of_sql = R"(
    select role, coalesce(group_id, 0)
    from role_grant
    where member_id = $1 and ended_at_ms is null
    order by id)";

std::vector<Grant> grants_of(db::ReadTx& tx, MemberId member) { return tx.all<Grant>(grants_of_sql, member); }

constexpr db::Sql had_task_sql = R"(
    select 1
    from role_grant
    where member_id = $1 and ended_at_ms is null and granted_at_ms <= $2
    limit 1)";

bool had_task_at(db::ReadTx& tx, MemberId member, Time time) { return tx.exists(had_task_sql, member, time); }

constexpr db::Sql insert_grant_sql = R"(
    insert into role_grant (member_id, role, group_id, granted_by, granted_at_ms)
    values ($1, $2, $3, $4, $5))";

void insert_grant(db::Tx& tx, MemberId member, const Grant& grant, std::optional<MemberId> by) {
    const std::optional<GroupId> group = grant.group ? std::optional(grant.group) : std::nullopt;
    tx.run(insert_grant_sql, member, grant.role, group, by, tx.now());
}

constexpr db::Sql end_grant_sql = R"(
    update role_grant
    set ended_by = $4,
        ended_at_ms = $5
    where member_id = $1 and ended_at_ms is null and role = $2 and coalesce(group_id, 0) = $3)";

bool end_grant(db::Tx& tx, MemberId member, const Grant& grant, std::optional<MemberId> by) {
    return tx.run(end_grant_sql, member, grant.role, grant.group, by, tx.now()) > 0;
}

constexpr db::Sql holders_sql = R"(
    select g.member_id, p.id,
           exists (select 1 from pause b
                   where b.member_id = g.member_id and (b.until_ms is null or b.until_ms > $3))
    from role_grant g
    join persona p on p.member_id = g.member_id and p.group_id is null
    where g.group_id is not distinct from $2 and g.ended_at_ms is null and g.role = $1
      and not exists (select 1 from closure c where c.member_id = g.member_id)
      and not exists (select 1 from suspension s
                      where s.member_id = g.member_id and s.lifted_at_ms is null and s.case_id is null
                        and (s.until_ms is null or s.until_ms > $3))
    order by g.id)";

std::vector<Holder> holders(db::ReadTx& tx, const Grant& grant) {
    const std::optional<GroupId> group = grant.group ? std::optional(grant.group) : std::nullopt;
    return tx.all<Holder>(holders_sql, grant.role, group, tx.now());
}

constexpr db::Sql inactive_members_sql = R"(
    select m.id
    from member m
    where exists (select 1 from closure c where c.member_id = m.id)
       or not exists (select 1 from account a where a.member_id = m.id)
       or exists (select 1 from suspension s
                  where s.member_id = m.id and s.lifted_at_ms is null and s.case_id is null
                    and (s.until_ms is null or s.until_ms > $1))
    order by m.id)";

std::vector<MemberId> inactive_members(db::ReadTx& tx) {
    return tx.all<MemberId>(inactive_members_sql, tx.now());
}

constexpr db::Sql another_host_sql = R"(
    select 1
    from role_grant g
    where g.role = 'host' and g.ended_at_ms is null and g.member_id <> $1
      and not exists (select 1 from closure c where c.member_id = g.member_id)
      and not exists (select 1 from suspension s
                      where s.member_id = g.member_id and s.lifted_at_ms is null
                        and (s.until_ms is null or s.until_ms > $2))
    limit 1)";

bool is_there_another_host(db::ReadTx& tx, MemberId but) {
    return tx.exists(another_host_sql, but, tx.now());
}

// ---- suspensions and closures ------------------------------------------------------------------------

constexpr db::Sql standing_holds_sql = R"(
    select reason, from_ms, until_ms, coalesce(case_id, 0)
    from suspension
    where member_id = $1 and lifted_at_ms is null and (until_ms is null or until_ms > $2)
    order by case when until_ms is null then 0 else 1 end, until_ms desc, id desc)";

std::vector<Hold> standing_holds(db::ReadTx& tx, MemberId member) {
    return tx.all<Hold>(standing_holds_sql, member, tx.now());
}

constexpr db::Sql is_held_sql = R"(
    select 1
    from suspension
    where member_id = $1 and lifted_at_ms is null and (until_ms is null or until_ms > $2)
    limit 1)";

bool is_held(db::ReadTx& tx, MemberId member) { return tx.exists(is_held_sql, member, tx.now()); }

constexpr db::Sql insert_hold_sql = R"(
    insert into suspension (member_id, reason, decided_by, from_ms, until_ms, case_id)
    values ($1, $2, $3, $4, $5, $6))";

void insert_hold(db::Tx& tx, MemberId member, const Hold& hold, std::optional<MemberId> by) {
    const std::optional<CaseId> by_case = hold.by_case ? std::optional(hold.by_case) : std::nullopt;
    tx.run(insert_hold_sql, member, hold.reason, by, tx.now(), hold.until, by_case);
}

constexpr db::Sql lift_holds_sql = R"(
    update suspension
    set lifted_by = $3,
        lifted_at_ms = $4
    where member_id = $1 and lifted_at_ms is null and coalesce(case_id, 0) = $2
      and (until_ms is null or until_ms > $4))";

bool lift_holds(db::Tx& tx, MemberId member, CaseId by_case, std::optional<MemberId> by) {
    return tx.run(lift_holds_sql, member, by_case, by, tx.now()) > 0;
}

constexpr db::Sql closed_at_sql = R"(
    select closed_at_ms
    from closure
    where member_id = $1)";

std::optional<Time> closed_at(db::ReadTx& tx, MemberId member) {
    return tx.first<Time>(closed_at_sql, member);
}

constexpr db::Sql insert_closure_sql = R"(
    insert into closure (member_id, closed_at_ms)
    values ($1, $2))";

void insert_closure(db::Tx& tx, MemberId member) { tx.run(insert_closure_sql, member, tx.now()); }

constexpr db::Sql delete_closure_sql = R"(
    delete from closure
    where member_id = $1)";

bool delete_closure(db::Tx& tx, MemberId member) { return tx.run(delete_closure_sql, member) == 1; }

constexpr db::Sql delete_erasure_sql = R"(
    delete from erasure
    where member_id = $1)";

bool delete_erasure(db::Tx& tx, MemberId member) { return tx.run(delete_erasure_sql, member) == 1; }

}  // namespace kith::identity::store
