#include "conversation/store.hpp"

// The one place where the engines differ: FTS5 on SQLite, tsvector on PostgreSQL.
namespace kith::conversation::store {
namespace {

constexpr db::Sql insert_entry_sql = R"(
    insert into search_entry (post_id, document)
    values ($1, $2)
    returning id)";

constexpr db::Sql insert_fts5_sql = R"(
    insert into post_search (rowid, document)
    values ($1, $2))";

constexpr db::Sql insert_tsvector_sql = R"(
    insert into post_search (id, words)
    values ($1, to_tsvector('simple', $2)))";

struct Indexed {
    std::int64_t id = 0;
    std::string document;
};

constexpr db::Sql set_search_id_sql = R"(
    update post
    set search_id = $2
    where id = $1)";

constexpr db::Sql find_entry_sql = R"(
    select e.id, e.document
    from post p
    join search_entry e on e.id = p.search_id
    where p.id = $1)";

constexpr db::Sql delete_fts5_sql = R"(
    insert into post_search (post_search, rowid, document)
    values ('delete', $1, $2))";

constexpr db::Sql delete_tsvector_sql = R"(
    delete from post_search
    where id = $1)";

constexpr db::Sql delete_entry_sql = R"(
    delete from search_entry
    where id = $1)";

constexpr db::Sql match_fts5_sql = R"(
    select e.id, e.post_id
    from post_search s
    join search_entry e on e.id = s.rowid
    where s.post_search match $1 and s.rowid < $2
    order by s.rowid desc
    limit $3)";

constexpr db::Sql match_tsvector_sql = R"(
    select e.id, e.post_id
    from post_search s
    join search_entry e on e.id = s.id
    where s.words @@ to_tsquery('simple', $1) and s.id < $2
    order by s.id desc
    limit $3)";

bool on_sqlite(const db::ReadTx& tx) { return tx.engine() == db::Engine::sqlite; }

}  // namespace

void index_post(db::Tx& tx, PostId post, std::string_view document) {
    const auto id = tx.one<std::int64_t>(insert_entry_sql, post, document);
    tx.run(set_search_id_sql, post, id);
    if (on_sqlite(tx)) {
        tx.run(insert_fts5_sql, id, document);
    } else {
        tx.run(insert_tsvector_sql, id, document);
    }
}

void unindex_post(db::Tx& tx, PostId post) {
    const auto entry = tx.first<Indexed>(find_entry_sql, post);
    if (!entry) return;
    if (on_sqlite(tx)) {
        tx.run(delete_fts5_sql, entry->id, entry->document);
    } else {
        tx.run(delete_tsvector_sql, entry->id);
    }
    tx.run(delete_entry_sql, entry->id);
    tx.run(set_search_id_sql, post, std::nullopt);
}

std::vector<Entry> entries_matching(db::ReadTx& tx, std::string_view engine_query, std::int64_t before,
                                    int limit) {
    const std::int64_t end = before > 0 ? before : INT64_MAX;
    return on_sqlite(tx) ? tx.all<Entry>(match_fts5_sql, engine_query, end, limit)
                         : tx.all<Entry>(match_tsvector_sql, engine_query, end, limit);
}

}  // namespace kith::conversation::store
