#include "conversation/store.hpp"

namespace kith::conversation::store {

constexpr db::Sql insert_unanswered_sql = R"(
    insert into unanswered (post_id, group_id, author_id, is_first, written_at_ms)
    values ($1, $2, $3, $4, $5))";

void insert_unanswered(db::Tx& tx, GroupId group, const Post& post, bool is_first) {
    tx.run(insert_unanswered_sql, post.id, group, post.author, is_first, post.created_at);
}

constexpr db::Sql answer_waiting_sql = R"(
    update unanswered
    set answered_at_ms = $3,
        answered_by = $5
    where post_id in ($1, $2) and answered_at_ms is null and author_id <> $4)";

void answer_waiting(db::Tx& tx, PostId first, PostId target, const Post& answer) {
    tx.run(answer_waiting_sql, first, target, answer.created_at, answer.author, answer.id);
}

constexpr db::Sql reopen_answered_sql = R"(
    update unanswered
    set answered_at_ms = null,
        answered_by = null
    where answered_by = $1)";

void reopen_answered_by(db::Tx& tx, PostId answer) { tx.run(reopen_answered_sql, answer); }

constexpr db::Sql settle_unanswered_sql = R"(
    update unanswered
    set answered_at_ms = $3,
        settled_by = $2
    where post_id = $1 and answered_at_ms is null)";

void settle_unanswered(db::Tx& tx, PostId post, PersonaId by) {
    tx.run(settle_unanswered_sql, post, by, tx.now());
}

constexpr db::Sql unanswered_sql = R"(
    select u.post_id, case when t.removed_at_ms is null or $2 = 1 then t.title else '' end,
           u.author_id, u.written_at_ms, u.is_first
    from unanswered u
    join post p on p.id = u.post_id and p.removed_at_ms is null
    join thread t on t.id = u.post_id >> 20
    where u.group_id = $1 and u.answered_at_ms is null
    order by u.written_at_ms
    limit $3)";

std::vector<Unanswered> unanswered(db::ReadTx& tx, GroupId group, bool all_titles, int most) {
    return tx.all<Unanswered>(unanswered_sql, group, all_titles, most);
}

constexpr db::Sql waits_sql = R"(
    select 1
    from unanswered u
    join post p on p.id = u.post_id and p.removed_at_ms is null
    where u.group_id = $1 and u.answered_at_ms is null and (u.is_first = 1 or u.written_at_ms < $2)
    limit 1)";

bool does_anybody_wait(db::ReadTx& tx, GroupId group, Time since) {
    return tx.exists(waits_sql, group, since);
}

}  // namespace kith::conversation::store
