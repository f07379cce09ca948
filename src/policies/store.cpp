#include "policies/store.hpp"

namespace kith::policies::store {

constexpr db::Sql standing_sql = R"(
    select p.id, p.kind, p.number, p.asks_number,
           v.title, v.markdown, v.changes, v.asks, v.published_by, v.published_at_ms
    from policy p
    join policy_version v on v.policy_id = p.id and v.number = p.number
    where p.retired_at_ms is null
    order by p.id)";

std::vector<Current> standing(db::ReadTx& tx) {
    std::vector<Current> out;
    for (const db::Row row : tx.query(standing_sql)) {
        const Policy policy{
            row.get<PolicyId>(0), row.get<Kind>(1), row.get<std::int64_t>(2), row.get<std::int64_t>(3), {}};
        out.push_back(
            {policy,
             {policy.number, row.get<std::string>(4), row.get<std::string>(5), row.get<std::string>(6),
              row.get<bool>(7), row.get<std::optional<PersonaId>>(8), row.get<Time>(9)}});
    }
    return out;
}

constexpr db::Sql standing_of_sql = R"(
    select id
    from policy
    where kind = $1 and retired_at_ms is null
    limit 1)";

std::optional<PolicyId> standing_of(db::ReadTx& tx, Kind kind) {
    return tx.first<PolicyId>(standing_of_sql, kind);
}

constexpr db::Sql find_sql = R"(
    select id, kind, number, asks_number, retired_at_ms
    from policy
    where id = $1)";

std::optional<Policy> find(db::ReadTx& tx, PolicyId id) { return tx.first<Policy>(find_sql, id); }

constexpr db::Sql insert_sql = R"(
    insert into policy (kind, number)
    values ($1, 0)
    returning id)";

PolicyId insert(db::Tx& tx, Kind kind) { return *tx.first<PolicyId>(insert_sql, kind); }

constexpr db::Sql set_number_sql = R"(
    update policy
    set number = $2,
        asks_number = $3
    where id = $1)";

void set_number(db::Tx& tx, PolicyId id, std::int64_t number, std::int64_t asks_number) {
    tx.run(set_number_sql, id, number, asks_number);
}

constexpr db::Sql set_retired_sql = R"(
    update policy
    set retired_at_ms = $2
    where id = $1)";

void set_retired(db::Tx& tx, PolicyId id) { tx.run(set_retired_sql, id, tx.now()); }

constexpr db::Sql version_sql = R"(
    select number, title, markdown, changes, asks, published_by, published_at_ms
    from policy_version
    where policy_id = $1 and number = $2)";

std::optional<Version> version(db::ReadTx& tx, PolicyId id, std::int64_t number) {
    return tx.first<Version>(version_sql, id, number);
}

constexpr db::Sql versions_sql = R"(
    select number, title, markdown, changes, asks, published_by, published_at_ms
    from policy_version
    where policy_id = $1
    order by number desc)";

std::vector<Version> versions(db::ReadTx& tx, PolicyId id) { return tx.all<Version>(versions_sql, id); }

constexpr db::Sql insert_version_sql = R"(
    insert into policy_version (policy_id, number, title, markdown, changes, asks, published_by, published_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7, $8))";

void insert_version(db::Tx& tx, PolicyId id, const Version& version) {
    tx.run(insert_version_sql, id, version.number, version.title, version.markdown, version.changes,
           version.asks, version.published_by, version.published_at);
}

constexpr db::Sql grace_days_sql = R"(
    select days
    from policy_grace
    where id = 1)";

std::int64_t grace_days(db::ReadTx& tx) { return tx.one<std::int64_t>(grace_days_sql); }

constexpr db::Sql set_grace_days_sql = R"(
    update policy_grace
    set days = $1
    where id = 1)";

void set_grace_days(db::Tx& tx, std::int64_t days) { tx.run(set_grace_days_sql, days); }

constexpr db::Sql unanswered_sql = R"(
    select p.id, v.published_at_ms, s.answer, s.answered_at_ms,
           (select coalesce(max(b.number), 0)
            from policy_answer b
            where b.member_id = $1 and b.policy_id = p.id and b.answer = 'agreed'),
           g.days
    from policy p
    join policy_version v on v.policy_id = p.id and v.number = p.asks_number
    cross join policy_grace g
    left join policy_answer s on s.member_id = $1 and s.policy_id = p.id
          and s.number = (select max(n.number)
                          from policy_answer n
                          where n.member_id = $1 and n.policy_id = p.id and n.number >= p.asks_number)
    where p.retired_at_ms is null
      and not exists (select 1
                      from policy_answer a
                      where a.member_id = $1 and a.policy_id = p.id and a.number >= p.asks_number
                        and a.answer = 'agreed')
    order by p.id)";

std::vector<Unanswered> unanswered(db::ReadTx& tx, MemberId member) {
    return tx.all<Unanswered>(unanswered_sql, member);
}

constexpr db::Sql put_answer_sql = R"(
    insert into policy_answer (member_id, policy_id, number, answer, answered_at_ms)
    values ($1, $2, $3, $4, $5)
    on conflict (member_id, policy_id, number) do update
    set answer = excluded.answer,
        answered_at_ms = excluded.answered_at_ms
    where policy_answer.answer <> 'agreed')";

bool put_answer(db::Tx& tx, MemberId member, PolicyId id, std::int64_t number, Answer answer) {
    return tx.run(put_answer_sql, member, id, number, answer, tx.now()) > 0;
}

constexpr db::Sql agreed_by_sql = R"(
    select a.policy_id, a.number, v.title, a.answered_at_ms
    from policy_answer a
    join policy_version v on v.policy_id = a.policy_id and v.number = a.number
    where a.member_id = $1 and a.answer = 'agreed')";

std::vector<Agreed> agreed_by(db::ReadTx& tx, MemberId member) {
    return tx.all<Agreed>(agreed_by_sql, member);
}

constexpr db::Sql count_answers_sql = R"(
    select count(distinct member_id)
    from policy_answer
    where policy_id = $1 and number >= $2 and answer = $3)";

std::int64_t count_answers(db::ReadTx& tx, PolicyId id, std::int64_t from_number, Answer answer) {
    return tx.one<std::int64_t>(count_answers_sql, id, from_number, answer);
}

}  // namespace kith::policies::store
