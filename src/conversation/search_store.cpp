#include <algorithm>

#include "conversation/store.hpp"
#include "platform/text/search_text.hpp"

// The one place where the engines differ: FTS5 on SQLite, tsvector on PostgreSQL.
namespace kith::conversation::store {
namespace {

constexpr std::int64_t ids_a_day = 1 << 26;

bool on_sqlite(const db::ReadTx& tx) { return tx.engine() == db::Engine::sqlite; }

// ---- entries -----------------------------------------------------------------------------------------------

constexpr db::Sql next_entry_sql = R"(
    select coalesce((select id + 1
                     from search_entry
                     where id between $1 and $2
                     order by id desc
                     limit 1), $1))";

// Looking for the last number would make every two writers lose to each other.
constexpr db::Sql numbered_entry_sql = R"(
    select cast($1 as bigint) + nextval('search_number') % (cast($2 as bigint) - cast($1 as bigint)))";

constexpr db::Sql update_entry_sql = R"(
    update search_entry
    set document = $2,
        waiting = 0
    where id = $1)";

// ---- words -------------------------------------------------------------------------------------------------

constexpr db::Sql insert_fts5_sql = R"(
    insert into post_search (rowid, document)
    values ($1, $2))";

constexpr db::Sql insert_tsvector_sql = R"(
    insert into post_search (id, words)
    values ($1, cast(cast($2 as text) as tsvector)))";

void insert_words(db::Tx& tx, std::int64_t entry, std::string_view document) {
    if (document.empty()) return;
    if (on_sqlite(tx)) {
        tx.run(insert_fts5_sql, entry, document);
    } else {
        tx.run(insert_tsvector_sql, entry, text::to_tsvector(document));
    }
}

constexpr db::Sql delete_fts5_sql = R"(
    insert into post_search (post_search, rowid, document)
    values ('delete', $1, $2))";

constexpr db::Sql delete_tsvector_sql = R"(
    delete from post_search
    where id = $1)";

// FTS5 must be told what it knows.
void delete_words(db::Tx& tx, std::int64_t entry, std::string_view document) {
    if (document.empty()) return;
    if (on_sqlite(tx)) {
        tx.run(delete_fts5_sql, entry, document);
    } else {
        tx.run(delete_tsvector_sql, entry);
    }
}

}  // namespace

std::int64_t first_entry_of(Time written_at) {
    return std::max<std::int64_t>(written_at.ms, 0) / day_ms * ids_a_day;
}

std::int64_t next_entry(db::Tx& tx, Time written_at) {
    const std::int64_t first = first_entry_of(written_at);
    return tx.one<std::int64_t>(on_sqlite(tx) ? next_entry_sql : numbered_entry_sql, first,
                                first + ids_a_day - 1);
}

constexpr db::Sql insert_entry_sql = R"(
    insert into search_entry (id, post_id)
    values ($1, $2))";

void insert_entry(db::Tx& tx, std::int64_t id, PostId post) { tx.run(insert_entry_sql, id, post); }

constexpr db::Sql let_entry_wait_sql = R"(
    update search_entry
    set waiting = 1
    where id = (select search_id from post where id = $1))";

void let_entry_wait(db::Tx& tx, PostId post) { tx.run(let_entry_wait_sql, post); }

constexpr db::Sql waiting_entries_sql = R"(
    select e.id, e.document, p.id, p.removed_at_ms is not null, t.group_id, t.title, v.markdown,
           v.written_at_ms
    from search_entry e
    join post p on p.id = e.post_id
    join thread t on t.id = p.id >> 20
    join post_version v on v.post_id = p.id and v.version = (select w.version
                                                             from post_version w
                                                             where w.post_id = p.id
                                                             order by w.version desc
                                                             limit 1)
    where e.waiting = 1
    order by e.id
    limit $1)";

std::vector<WaitingEntry> waiting_entries(db::ReadTx& tx, int most) {
    return tx.all<WaitingEntry>(waiting_entries_sql, most);
}

void index_entry(db::Tx& tx, const WaitingEntry& entry, std::string_view document) {
    if (document != entry.document) {
        delete_words(tx, entry.id, entry.document);
        insert_words(tx, entry.id, document);
    }
    tx.run(update_entry_sql, entry.id, document);
}

// A negative number of pages takes all parts of the index together; further steps merge them (FTS5, "merge").
constexpr db::Sql gather_parts_sql = R"(
    insert into post_search (post_search, rank)
    values ('merge', -200))";
constexpr db::Sql merge_parts_sql = R"(
    insert into post_search (post_search, rank)
    values ('merge', 200))";
constexpr db::Sql total_changes_sql = "select total_changes()";

bool merge_index(db::Tx& tx, bool all) {
    if (!on_sqlite(tx)) return false;
    const auto before = tx.one<std::int64_t>(total_changes_sql);
    tx.run(all ? gather_parts_sql : merge_parts_sql);
    return tx.one<std::int64_t>(total_changes_sql) - before >= 2;
}

// ---- searching ---------------------------------------------------------------------------------------------

constexpr db::Sql match_fts5_sql = R"(
    select e.id, p.id, t.group_id, t.title, p.author_id, p.created_at_ms, p.removed_at_ms is not null,
           t.removed_at_ms,
           case when p.note = '' and p.notes = 0 then p.html else '' end, p.notes
    from (select rowid as id
          from post_search
          where post_search match $1 and rowid < $2
          order by rowid desc
          limit $3) s
    join search_entry e on e.id = s.id
    join post p on p.id = e.post_id
    join thread t on t.id = p.id >> 20
    order by e.id desc)";

constexpr db::Sql match_tsvector_sql = R"(
    select e.id, p.id, t.group_id, t.title, p.author_id, p.created_at_ms, p.removed_at_ms is not null,
           t.removed_at_ms,
           case when p.note = '' and p.notes = 0 then p.html else '' end, p.notes
    from (select id
          from post_search
          where words @@ cast(cast($1 as text) as tsquery) and id < $2
          order by id desc
          limit $3) s
    join search_entry e on e.id = s.id
    join post p on p.id = e.post_id
    join thread t on t.id = p.id >> 20
    order by e.id desc)";

std::vector<Hit> hits(db::ReadTx& tx, std::string_view engine_query, std::int64_t before, int limit) {
    const std::int64_t end = before > 0 ? before : INT64_MAX;
    return tx.all<Hit>(on_sqlite(tx) ? match_fts5_sql : match_tsvector_sql, engine_query, end, limit);
}

}  // namespace kith::conversation::store
