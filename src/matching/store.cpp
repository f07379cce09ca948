#include "matching/store.hpp"

namespace kith::matching::store {

constexpr db::Sql said_sql = R"(
    select since, stage, tone, hopes
    from about_me
    where member_id = $1)";

std::optional<Said> said(db::ReadTx& tx, MemberId member) { return tx.first<Said>(said_sql, member); }

constexpr db::Sql topics_sql = R"(
    select topic_id
    from about_me_topic
    where member_id = $1
    order by topic_id)";

std::vector<TopicId> topics_of(db::ReadTx& tx, MemberId member) {
    return tx.all<TopicId>(topics_sql, member);
}

constexpr db::Sql put_sql = R"(
    insert into about_me (member_id, since, stage, tone, hopes, said_at_ms)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (member_id) do update
    set since = excluded.since,
        stage = excluded.stage,
        tone = excluded.tone,
        hopes = excluded.hopes,
        said_at_ms = excluded.said_at_ms)";

void put(db::Tx& tx, MemberId member, const Said& said) {
    tx.run(put_sql, member, said.since, said.stage, said.tone, said.hopes, tx.now());
}

constexpr db::Sql remove_topics_sql = R"(
    delete from about_me_topic
    where member_id = $1)";

void remove_topics(db::Tx& tx, MemberId member) { tx.run(remove_topics_sql, member); }

constexpr db::Sql insert_topic_sql = R"(
    insert into about_me_topic (member_id, topic_id)
    values ($1, $2)
    on conflict do nothing)";

void insert_topic(db::Tx& tx, MemberId member, TopicId topic) { tx.run(insert_topic_sql, member, topic); }

constexpr db::Sql remove_sql = R"(
    delete from about_me
    where member_id = $1)";

void remove(db::Tx& tx, MemberId member) {
    remove_topics(tx, member);
    tx.run(remove_sql, member);
}

constexpr db::Sql groups_alike_sql = R"(
    select group_id
    from likeness
    where question = $1 and answer = $2)";

std::vector<GroupId> groups_alike(db::ReadTx& tx, std::string_view question, std::string_view answer) {
    return tx.all<GroupId>(groups_alike_sql, question, answer);
}

constexpr db::Sql forget_alike_sql = R"(
    delete from likeness)";

constexpr db::Sql count_since_sql = R"(
    insert into likeness (group_id, question, answer)
    select m.group_id, 'since', a.since
    from about_me a
    join membership m on m.member_id = a.member_id and m.left_at_ms is null
    where a.since <> '' and a.said_at_ms < $1 and m.joined_at_ms < $1
    group by m.group_id, a.since
    having count(*) >= $2)";

constexpr db::Sql count_stage_sql = R"(
    insert into likeness (group_id, question, answer)
    select m.group_id, 'stage', a.stage
    from about_me a
    join membership m on m.member_id = a.member_id and m.left_at_ms is null
    where a.stage <> '' and a.said_at_ms < $1 and m.joined_at_ms < $1
    group by m.group_id, a.stage
    having count(*) >= $2)";

void count_alike(db::Tx& tx, Time before, int least) {
    tx.run(forget_alike_sql);
    tx.run(count_since_sql, before, least);
    tx.run(count_stage_sql, before, least);
}

constexpr db::Sql fits_sql = R"(
    select group_id, answer, answered_at_ms
    from fit
    where member_id = $1)";

std::vector<Answered> fits_of(db::ReadTx& tx, MemberId member) { return tx.all<Answered>(fits_sql, member); }

constexpr db::Sql put_fit_sql = R"(
    insert into fit (member_id, group_id, answer, reason, answered_at_ms)
    values ($1, $2, $3, '', $4)
    on conflict (member_id, group_id) do update
    set answer = excluded.answer,
        reason = '',
        answered_at_ms = excluded.answered_at_ms)";

void put_fit(db::Tx& tx, MemberId member, GroupId group, Fit answer) {
    tx.run(put_fit_sql, member, group, answer, tx.now());
}

constexpr db::Sql set_misfit_sql = R"(
    update fit
    set reason = $3
    where member_id = $1 and group_id = $2 and answer <> 'yes')";

bool set_misfit(db::Tx& tx, MemberId member, GroupId group, Misfit reason) {
    return tx.run(set_misfit_sql, member, group, reason) == 1;
}

}  // namespace kith::matching::store
