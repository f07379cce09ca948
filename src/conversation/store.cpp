#include "conversation/store.hpp"

namespace kith::conversation::store {

// ---- threads -----------------------------------------------------------------------------------------------

constexpr db::Sql find_thread_sql = R"(
    select id, group_id, title, author_id, created_at_ms, last_number, last_post_at_ms, last_author_id,
           removed_at_ms, notes
    from thread
    where id = $1)";

std::optional<Thread> find_thread(db::ReadTx& tx, ThreadId thread) {
    return tx.first<Thread>(find_thread_sql, thread);
}

constexpr db::Sql insert_thread_sql = R"(
    insert into thread (group_id, title, author_id, created_at_ms, last_number, last_post_at_ms, last_author_id)
    values ($1, $2, $3, $4, 0, $4, $3)
    returning id)";

constexpr db::Sql count_thread_sql = R"(
    insert into thread_count (group_id, threads)
    values ($1, 1)
    on conflict (group_id) do update
    set threads = thread_count.threads + 1)";

ThreadId insert_thread(db::Tx& tx, GroupId group, std::string_view title, PersonaId author, Time at) {
    tx.run(count_thread_sql, group);
    return tx.one<ThreadId>(insert_thread_sql, group, title, author, at);
}

constexpr db::Sql set_last_post_sql = R"(
    update thread
    set last_number = $2,
        last_post_at_ms = case when $4 > last_post_at_ms then $4 else last_post_at_ms end,
        last_author_id = $3
    where id = $1)";

void set_last_post(db::Tx& tx, PostId post, PersonaId author, Time at) {
    tx.run(set_last_post_sql, post.thread(), post.number(), author, at);
}

constexpr db::Sql threads_by_last_word_sql = R"(
    select t.id, t.group_id, t.title, t.author_id, t.created_at_ms, t.last_number, t.last_post_at_ms,
           t.last_author_id, t.removed_at_ms, t.notes, coalesce(r.number, 0)
    from thread t
    left join read_mark r on r.thread_id = t.id and r.member_id = $2
    where t.group_id = $1
    order by t.last_post_at_ms desc, t.id desc
    limit $3 offset $4)";

std::vector<ThreadRow> threads_by_last_word(db::ReadTx& tx, GroupId group, MemberId reader, int limit,
                                            std::int64_t offset) {
    std::vector<ThreadRow> out;
    for (const db::Row row : tx.query(threads_by_last_word_sql, group, reader, limit, offset))
        out.push_back({db::ReadTx::read_row<Thread>(row), row.get<std::int64_t>(10)});
    return out;
}

constexpr db::Sql insert_renaming_sql = R"(
    insert into thread_renaming (thread_id, old_title, renamed_by, reason, renamed_at_ms)
    select id, title, $2, $3, $4
    from thread
    where id = $1)";

constexpr db::Sql set_title_sql = R"(
    update thread
    set title = $2
    where id = $1)";

void rename_thread(db::Tx& tx, ThreadId thread, std::string_view title, PersonaId by,
                   std::string_view reason) {
    tx.run(insert_renaming_sql, thread, by, reason, tx.now());
    tx.run(set_title_sql, thread, title);
}

constexpr db::Sql count_threads_sql = R"(
    select threads
    from thread_count
    where group_id = $1)";

std::int64_t count_threads(db::ReadTx& tx, GroupId group) {
    return tx.first<std::int64_t>(count_threads_sql, group).value_or(0);
}

// The floor under each group keeps the walk short however much has been read.
constexpr db::Sql unread_threads_sql = R"(
    select t.id, t.group_id, t.title, t.author_id, t.created_at_ms, t.last_number, t.last_post_at_ms,
           t.last_author_id, t.removed_at_ms, t.notes, coalesce(r.number, 0)
    from thread_count g
    join thread t on t.group_id = g.group_id
        and t.last_post_at_ms >= coalesce((select u.last_post_at_ms
                                           from thread u
                                           where u.group_id = g.group_id
                                           order by u.last_post_at_ms desc, u.id desc
                                           limit 1 offset $2), 0)
    left join read_mark r on r.member_id = $1 and r.thread_id = t.id
    left join muted_thread m on m.member_id = $1 and m.thread_id = t.id
    where g.group_id in ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                         $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
      and t.last_number > coalesce(r.number, 0)
      and m.thread_id is null
    order by t.last_post_at_ms desc, t.id desc
    limit $3)";

std::vector<ThreadRow> unread_threads(db::ReadTx& tx, MemberId reader, const SomeGroups& groups,
                                      std::int64_t depth, std::size_t limit) {
    std::vector<ThreadRow> out;
    const auto rows = [&](const auto&... group) {
        return tx.query(unread_threads_sql, reader, depth - 1, limit, group...);
    };
    for (const db::Row row : std::apply(rows, groups))
        out.push_back({db::ReadTx::read_row<Thread>(row), row.get<std::int64_t>(10)});
    return out;
}

constexpr db::Sql have_more_threads_sql = R"(
    select 1
    from thread_count
    where threads > $1
      and group_id in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
                       $12, $13, $14, $15, $16, $17, $18, $19, $20, $21))";

bool have_more_threads(db::ReadTx& tx, const SomeGroups& groups, std::int64_t depth) {
    return std::apply([&](const auto&... group) { return tx.exists(have_more_threads_sql, depth, group...); },
                      groups);
}

// ---- posts -------------------------------------------------------------------------------------------------

constexpr db::Sql insert_post_sql = R"(
    insert into post (id, author_id, created_at_ms, html, reply_to, note, removed_at_ms, notes, search_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9))";

void insert_post(db::Tx& tx, const Post& post) {
    const std::int64_t entry = next_entry(tx, post.created_at);
    tx.run(insert_post_sql, post.id, post.author, post.created_at, post.html, post.reply_to, post.note,
           post.removed_at, post.notes, entry);
    insert_entry(tx, entry, post.id);
}

constexpr db::Sql insert_version_sql = R"(
    insert into post_version (post_id, version, markdown, note, written_by, written_at_ms, notes)
    values ($1, $2, $3, $4, $5, $6, $7))";

void insert_version(db::Tx& tx, PostId post, const Version& version) {
    tx.run(insert_version_sql, post, version.version, version.markdown, version.note, version.written_by,
           version.written_at, version.notes);
}

constexpr db::Sql last_version_sql = R"(
    select version, markdown, note, written_by, written_at_ms, notes
    from post_version
    where post_id = $1
    order by version desc
    limit 1)";

std::optional<Version> last_version(db::ReadTx& tx, PostId post) {
    return tx.first<Version>(last_version_sql, post);
}

constexpr db::Sql typed_sql = R"(
    select t.group_id, p.author_id, case when p.id & 1048575 = 1 then t.title else '' end, p.note, v.markdown
    from post p
    join thread t on t.id = p.id >> 20
    join post_version v on v.post_id = p.id and v.version = (select w.version
                                                             from post_version w
                                                             where w.post_id = $1
                                                             order by w.version desc
                                                             limit 1)
    where p.id = $1 and p.removed_at_ms is null)";

std::optional<Typed> typed(db::ReadTx& tx, PostId post) { return tx.first<Typed>(typed_sql, post); }

constexpr db::Sql versions_sql = R"(
    select version, markdown, note, written_by, written_at_ms, notes
    from post_version
    where post_id = $1
    order by version desc)";

std::vector<Version> versions(db::ReadTx& tx, PostId post) { return tx.all<Version>(versions_sql, post); }

constexpr db::Sql find_post_sql = R"(
    select id, author_id, created_at_ms, html, reply_to, note, supports, edited_at_ms, removed_at_ms, notes
    from post
    where id = $1)";

std::optional<Post> find_post(db::ReadTx& tx, PostId post) { return tx.first<Post>(find_post_sql, post); }

constexpr db::Sql posts_between_sql = R"(
    select id, author_id, created_at_ms, html, reply_to, note, supports, edited_at_ms, removed_at_ms, notes
    from post
    where id between $1 and $2
    order by id)";

std::vector<Post> posts_between(db::ReadTx& tx, PostId first, PostId last) {
    std::vector<Post> out;
    out.reserve(posts_per_page);
    for (const db::Row row : tx.query(posts_between_sql, first, last))
        out.push_back(db::ReadTx::read_row<Post>(row));
    return out;
}

constexpr db::Sql authors_between_sql = R"(
    select distinct author_id
    from (select author_id
          from post
          where id between $1 and $2
          order by id desc
          limit $3) newest)";

std::vector<PersonaId> authors_between(db::ReadTx& tx, PostId first, PostId last, int most) {
    return tx.all<PersonaId>(authors_between_sql, first, last, most);
}

constexpr db::Sql targets_sql = R"(
    select distinct t.id, t.author_id
    from post p
    join post t on t.id = $3 + p.reply_to
    where p.id between $1 and $2 and p.reply_to > 0)";

std::vector<Written> targets_of(db::ReadTx& tx, PostId first, PostId last) {
    return tx.all<Written>(targets_sql, first, last, PostId(first.thread(), 0));
}

constexpr db::Sql update_post_sql = R"(
    update post
    set html = $2,
        note = $3,
        edited_at_ms = $4
    where id = $1)";

void update_post(db::Tx& tx, PostId post, std::string_view html, std::string_view note,
                 std::optional<Time> edited_at) {
    tx.run(update_post_sql, post, html, note, edited_at);
}

// ---- content notes -------------------------------------------------------------------------------------------

constexpr db::Sql set_notes_sql = R"(
    update post
    set notes = $2
    where id = $1)";

void set_notes(db::Tx& tx, PostId post, NoteSet notes) { tx.run(set_notes_sql, post, notes); }

constexpr db::Sql set_thread_notes_sql = R"(
    update thread
    set notes = $2
    where id = $1)";

void set_thread_notes(db::Tx& tx, ThreadId thread, NoteSet notes) {
    tx.run(set_thread_notes_sql, thread, notes);
}

constexpr db::Sql staff_notes_sql = R"(
    select notes
    from staff_note
    where post_id = $1)";

NoteSet staff_notes(db::ReadTx& tx, PostId post) {
    return tx.first<NoteSet>(staff_notes_sql, post).value_or(NoteSet());
}

constexpr db::Sql put_staff_notes_sql = R"(
    insert into staff_note (post_id, notes, noted_by, noted_at_ms)
    values ($1, $2, $3, $4)
    on conflict (post_id) do update
    set notes = excluded.notes,
        noted_by = excluded.noted_by,
        noted_at_ms = excluded.noted_at_ms)";

void put_staff_notes(db::Tx& tx, PostId post, NoteSet notes, PersonaId by) {
    tx.run(put_staff_notes_sql, post, notes, by, tx.now());
}

// ---- removals ----------------------------------------------------------------------------------------------

constexpr db::Sql mark_removed_sql = R"(
    update post
    set removed_at_ms = $2
    where id = $1 and removed_at_ms is null)";

constexpr db::Sql insert_removal_sql = R"(
    insert into post_removal (post_id, removed_by, own, reason, removed_at_ms)
    values ($1, $2, $3, $4, $5))";

constexpr db::Sql mark_thread_sql = R"(
    update thread
    set removed_at_ms = $2
    where id = $1)";

bool insert_removal(db::Tx& tx, PostId post, PersonaId by, bool own, std::string_view reason) {
    if (tx.run(mark_removed_sql, post, tx.now()) == 0) return false;
    if (post.number() == 1) tx.run(mark_thread_sql, post.thread(), tx.now());
    tx.run(insert_removal_sql, post, by, own, reason, tx.now());
    return true;
}

constexpr db::Sql mark_restored_sql = R"(
    update post
    set removed_at_ms = null
    where id = $1 and removed_at_ms is not null)";

constexpr db::Sql end_removal_sql = R"(
    update post_removal
    set restored_at_ms = $2
    where post_id = $1 and restored_at_ms is null)";

bool end_removal(db::Tx& tx, PostId post) {
    if (tx.run(mark_restored_sql, post) == 0) return false;
    if (post.number() == 1) tx.run(mark_thread_sql, post.thread(), std::nullopt);
    tx.run(end_removal_sql, post, tx.now());
    return true;
}

constexpr db::Sql standing_removal_sql = R"(
    select removed_by, own, reason, removed_at_ms
    from post_removal
    where post_id = $1 and restored_at_ms is null)";

std::optional<Removal> standing_removal(db::ReadTx& tx, PostId post) {
    return tx.first<Removal>(standing_removal_sql, post);
}

constexpr db::Sql removed_by_staff_sql = R"(
    select post_id
    from post_removal
    where post_id between $1 and $2 and restored_at_ms is null and own = 0)";

std::vector<PostId> removed_by_staff(db::ReadTx& tx, PostId first, PostId last) {
    return tx.all<PostId>(removed_by_staff_sql, first, last);
}

// ---- closing ------------------------------------------------------------------------------------------------

constexpr db::Sql is_closed_sql = R"(
    select 1
    from thread_closing
    where thread_id = $1 and reopened_at_ms is null)";

bool is_closed(db::ReadTx& tx, ThreadId thread) { return tx.exists(is_closed_sql, thread); }

constexpr db::Sql insert_closing_sql = R"(
    insert into thread_closing (thread_id, closed_by, closed_at_ms)
    values ($1, $2, $3))";

void insert_closing(db::Tx& tx, ThreadId thread, PersonaId by) {
    tx.run(insert_closing_sql, thread, by, tx.now());
}

constexpr db::Sql end_closing_sql = R"(
    update thread_closing
    set reopened_at_ms = $2
    where thread_id = $1 and reopened_at_ms is null)";

void end_closing(db::Tx& tx, ThreadId thread) { tx.run(end_closing_sql, thread, tx.now()); }

}  // namespace kith::conversation::store
