#include "doors/store.hpp"

namespace kith::doors::store {

constexpr db::Sql written_since_sql = R"(
    select count(*), cast(coalesce(sum(begins), 0) as bigint)
    from newcomer_post
    where member_id = $1 and at_ms > $2)";

Written written_since(db::ReadTx& tx, MemberId member, Time since) {
    return tx.one<Written>(written_since_sql, member, since);
}

constexpr db::Sql insert_newcomer_post_sql = R"(
    insert into newcomer_post (post_id, member_id, begins, at_ms)
    values ($1, $2, $3, $4)
    on conflict do nothing)";

void insert_newcomer_post(db::Tx& tx, PostId post, MemberId member, bool begins) {
    tx.run(insert_newcomer_post_sql, post, member, begins, tx.now());
}

constexpr db::Sql insert_words_sql = R"(
    insert into newcomer_words (words_digest, post_id, kind, member_id, at_ms)
    values ($1, $2, $3, $4, $5)
    on conflict do nothing)";

void insert_words(db::Tx& tx, FloodKind kind, std::string_view digest, PostId post, MemberId member) {
    tx.run(insert_words_sql, db::Blob{digest}, post, kind, member, tx.now());
}

constexpr db::Sql forget_words_of_sql = R"(
    delete from newcomer_words
    where post_id = $1)";

void forget_words_of(db::Tx& tx, PostId post) { tx.run(forget_words_of_sql, post); }

constexpr db::Sql posts_with_sql = R"(
    select post_id, member_id
    from newcomer_words
    where words_digest = $1
    order by at_ms, post_id
    limit $2)";

std::vector<Same> posts_with(db::ReadTx& tx, std::string_view digest, int limit) {
    return tx.all<Same>(posts_with_sql, db::Blob{digest}, limit);
}

constexpr db::Sql find_flood_sql = R"(
    select w.id, w.kind, w.began_at_ms, w.last_at_ms, w.outcome, w.words, w.decided_by, w.decided_at_ms,
           (select count(*)
            from flood_post p
            where p.flood_id = w.id),
           (select count(*)
            from flood_post p
            where p.flood_id = w.id and p.case_id is null)
    from flood w
    where w.id = $1)";

std::optional<Flood> find_flood(db::ReadTx& tx, FloodId id) { return tx.first<Flood>(find_flood_sql, id); }

constexpr db::Sql flood_with_sql = R"(
    select id, kind, began_at_ms, last_at_ms, outcome, words, decided_by, decided_at_ms, 0, 0
    from flood
    where words_digest = $1)";

std::optional<Flood> flood_with(db::ReadTx& tx, std::string_view digest) {
    return tx.first<Flood>(flood_with_sql, db::Blob{digest});
}

constexpr db::Sql floods_sql = R"(
    select w.id, w.kind, w.began_at_ms, w.last_at_ms, w.outcome, w.words, w.decided_by, w.decided_at_ms,
           (select count(*)
            from flood_post p
            where p.flood_id = w.id),
           (select count(*)
            from flood_post p
            where p.flood_id = w.id and p.case_id is null)
    from flood w
    order by w.last_at_ms desc, w.id desc
    limit $1)";

std::vector<Flood> floods(db::ReadTx& tx, int limit) { return tx.all<Flood>(floods_sql, limit); }

constexpr db::Sql insert_flood_sql = R"(
    insert into flood (kind, words_digest, began_at_ms, last_at_ms)
    values ($1, $2, $3, $3)
    returning id)";

FloodId insert_flood(db::Tx& tx, FloodKind kind, std::string_view digest) {
    return tx.one<FloodId>(insert_flood_sql, kind, db::Blob{digest}, tx.now());
}

constexpr db::Sql add_to_flood_sql = R"(
    insert into flood_post (flood_id, post_id)
    values ($1, $2)
    on conflict do nothing)";
constexpr db::Sql flood_goes_on_sql = R"(
    update flood
    set last_at_ms = $2
    where id = $1)";

bool add_to_flood(db::Tx& tx, FloodId flood, PostId post) {
    tx.run(flood_goes_on_sql, flood, tx.now());
    return tx.run(add_to_flood_sql, flood, post) == 1;
}

constexpr db::Sql decide_flood_sql = R"(
    update flood
    set outcome = $2,
        words = $3,
        decided_by = $4,
        decided_at_ms = $5,
        last_at_ms = $5
    where id = $1)";

void decide_flood(db::Tx& tx, FloodId flood, FloodOutcome outcome, std::string_view words, PersonaId by) {
    tx.run(decide_flood_sql, flood, outcome, words, by, tx.now());
}

constexpr db::Sql posts_of_sql = R"(
    select post_id, case_id
    from flood_post
    where flood_id = $1 and post_id > $2
    order by post_id
    limit $3)";

std::vector<FloodPost> posts_of(db::ReadTx& tx, FloodId flood, PostId after, int limit) {
    return tx.all<FloodPost>(posts_of_sql, flood, after, limit);
}

constexpr db::Sql set_case_sql = R"(
    update flood_post
    set case_id = $3
    where flood_id = $1 and post_id = $2)";

void set_case(db::Tx& tx, FloodId flood, PostId post, std::optional<CaseId> by_case) {
    tx.run(set_case_sql, flood, post, by_case);
}

constexpr db::Sql forget_newcomer_posts_sql = R"(
    delete from newcomer_post
    where at_ms < $1)";
constexpr db::Sql forget_newcomer_words_sql = R"(
    delete from newcomer_words
    where at_ms < $1)";

void forget_newcomers_before(db::Tx& tx, Time time) {
    tx.run(forget_newcomer_posts_sql, time);
    tx.run(forget_newcomer_words_sql, time);
}

constexpr db::Sql forget_flood_posts_sql = R"(
    delete from flood_post
    where flood_id in (select id
                      from flood
                      where last_at_ms < $1))";
constexpr db::Sql forget_floods_sql = R"(
    delete from flood
    where last_at_ms < $1)";

void forget_floods_before(db::Tx& tx, Time time) {
    tx.run(forget_flood_posts_sql, time);
    tx.run(forget_floods_sql, time);
}

}  // namespace kith::doors::store
