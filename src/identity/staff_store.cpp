#include "identity/store.hpp"

namespace kith::identity::store {

constexpr db::Sql known_members_sql = R"(
    select p.id, p.name, p.member_id,
           (select count(*) from account a where a.member_id = p.member_id),
           (select count(*) from suspension s
            where s.member_id = p.member_id and s.lifted_at_ms is null and s.case_id is null
              and (s.until_ms is null or s.until_ms > $5)),
           (select count(*) from closure c where c.member_id = p.member_id),
           (select count(*) from role_grant g
            where g.member_id = p.member_id and g.ended_at_ms is null and g.role = 'host'),
           (select count(*) from role_grant g
            where g.member_id = p.member_id and g.ended_at_ms is null and g.role = 'coordinator'),
           (select count(*) from role_grant g
            where g.member_id = p.member_id and g.ended_at_ms is null and g.role = 'researcher')
    from persona p
    where p.group_id is null and p.id > $1 and p.id <= $2 and p.name_key like $3
    order by p.id
    limit $4)";

std::vector<KnownRow> known_members(db::ReadTx& tx, const KnownRange& range) {
    return tx.all<KnownRow>(known_members_sql, range.after, range.last, range.pattern, range.limit, tx.now());
}

constexpr db::Sql insert_look_up_sql = R"(
    insert into look_up (persona_id, looked_up_by, reason, at_ms)
    values ($1, $2, $3, $4))";

void insert_look_up(db::Tx& tx, PersonaId persona, MemberId by, std::string_view reason) {
    tx.run(insert_look_up_sql, persona, by, reason, tx.now());
}

constexpr db::Sql look_ups_sql = R"(
    select l.at_ms, coalesce(b.name, ''), p.name, l.reason
    from look_up l
    join persona p on p.id = l.persona_id
    left join persona b on b.member_id = l.looked_up_by and b.group_id is null
    order by l.id desc
    limit $1)";

std::vector<LookUp> look_ups(db::ReadTx& tx, int limit) { return tx.all<LookUp>(look_ups_sql, limit); }

}  // namespace kith::identity::store
