#include "conversation/store.hpp"

namespace kith::conversation::store {

// ---- threads -----------------------------------------------------------------------------------------------

constexpr db::Sql find_thread_sql = R"(
    select id, group_id, title, author_id, created_at_ms, last_number, last_post_at_ms, last_author_id
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

constexpr db::Sql take_number_sql = R"(
    update thread
    set last_number = last_number + 1,
        last_post_at_ms = case when $3 > last_post_at_ms then $3 else last_post_at_ms end,
        last_author_id = $2
    where id = $1
    returning last_number)";

std::optional<std::int64_t> take_number(db::Tx& tx, ThreadId thread, PersonaId author, Time at) {
    return tx.first<std::int64_t>(take_number_sql, thread, author, at);
}

constexpr db::Sql threads_by_last_word_sql = R"(
    select t.id, t.group_id, t.title, t.author_id, t.created_at_ms, t.last_number, t.last_post_at_ms,
           t.last_author_id, coalesce(r.number, 0)
    from thread t
    left join read_mark r on r.thread_id = t.id and r.member_id = $2
    where t.group_id = $1
    order by t.last_post_at_ms desc, t.id desc
    limit $3 offset $4)";

std::vector<ThreadRow> threads_by_last_word(db::ReadTx& tx, GroupId group, MemberId reader, int limit,
                                            std::int64_t offset) {
    std::vector<ThreadRow> out;
    for (const db::Row row : tx.query(threads_by_last_word_sql, group, reader, limit, offset))
        out.push_back({db::ReadTx::read_row<Thread>(row), row.get<std::int64_t>(8)});
    return out;
}

constexpr db::Sql count_threads_sql = R"(
    select threads
    from thread_count
    where group_id = $1)";

std::int64_t count_threads(db::ReadTx& tx, GroupId group) {
    return tx.first<std::int64_t>(count_threads_sql, group).value_or(0);
}

// ---- posts -------------------------------------------------------------------------------------------------

constexpr db::Sql insert_post_sql = R"(
    insert into post (id, author_id, created_at_ms, html, reply_to, note, removed_at_ms)
    values ($1, $2, $3, $4, $5, $6, $7))";

void insert_post(db::Tx& tx, const Post& post) {
    tx.run(insert_post_sql, post.id, post.author, post.created_at, post.html, post.reply_to, post.note,
           post.removed_at);
}

constexpr db::Sql insert_version_sql = R"(
    insert into post_version (post_id, version, markdown, written_by, written_at_ms)
    values ($1, $2, $3, $4, $5))";

void insert_version(db::Tx& tx, PostId post, std::int64_t version, std::string_view markdown, PersonaId by,
                    Time at) {
    tx.run(insert_version_sql, post, version, markdown, by, at);
}

constexpr db::Sql last_version_sql = R"(
    select coalesce(max(version), 0)
    from post_version
    where post_id = $1)";

std::int64_t last_version(db::ReadTx& tx, PostId post) {
    return tx.one<std::int64_t>(last_version_sql, post);
}

constexpr db::Sql versions_sql = R"(
    select version, markdown, written_by, written_at_ms
    from post_version
    where post_id = $1
    order by version desc)";

std::vector<Version> versions(db::ReadTx& tx, PostId post) { return tx.all<Version>(versions_sql, post); }

constexpr db::Sql markdown_of_sql = R"(
    select markdown
    from post_version
    where post_id = $1
    order by version desc
    limit 1)";

std::string markdown_of(db::ReadTx& tx, PostId post) {
    return tx.first<std::string>(markdown_of_sql, post).value_or(std::string());
}

constexpr db::Sql find_post_sql = R"(
    select id, author_id, created_at_ms, html, reply_to, note, supports, edited_at_ms, removed_at_ms
    from post
    where id = $1)";

std::optional<Post> find_post(db::ReadTx& tx, PostId post) { return tx.first<Post>(find_post_sql, post); }

constexpr db::Sql posts_between_sql = R"(
    select id, author_id, created_at_ms, html, reply_to, note, supports, edited_at_ms, removed_at_ms
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

// ---- removals ----------------------------------------------------------------------------------------------

constexpr db::Sql mark_removed_sql = R"(
    update post
    set removed_at_ms = $2
    where id = $1 and removed_at_ms is null)";

constexpr db::Sql insert_removal_sql = R"(
    insert into post_removal (post_id, removed_by, own, reason, removed_at_ms)
    values ($1, $2, $3, $4, $5))";

bool insert_removal(db::Tx& tx, PostId post, PersonaId by, bool own, std::string_view reason) {
    if (tx.run(mark_removed_sql, post, tx.now()) == 0) return false;
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

// ---- supports ----------------------------------------------------------------------------------------------

constexpr db::Sql insert_support_sql = R"(
    insert into support (member_id, post_id, kind, given_at_ms)
    values ($1, $2, $3, $4)
    on conflict do nothing)";

bool insert_support(db::Tx& tx, MemberId member, PostId post, Support kind) {
    return tx.run(insert_support_sql, member, post, kind, tx.now()) == 1;
}

constexpr db::Sql delete_supports_sql = R"(
    delete from support
    where member_id = $1 and post_id = $2
    returning kind)";

std::vector<Support> delete_supports(db::Tx& tx, MemberId member, PostId post) {
    return tx.all<Support>(delete_supports_sql, member, post);
}

constexpr db::Sql add_to_supports_sql = R"(
    update post
    set supports = supports + $2
    where id = $1)";

void add_to_supports(db::Tx& tx, PostId post, std::int64_t delta) {
    tx.run(add_to_supports_sql, post, delta);
}

constexpr db::Sql supports_of_sql = R"(
    select post_id, kind
    from support
    where member_id = $1 and post_id between $2 and $3)";

std::vector<OwnSupport> supports_of(db::ReadTx& tx, MemberId member, ThreadId thread) {
    return tx.all<OwnSupport>(supports_of_sql, member, PostId(thread, 0), PostId(thread, PostId::max_number));
}

// ---- reading marks -----------------------------------------------------------------------------------------

constexpr db::Sql read_mark_sql = R"(
    select number
    from read_mark
    where member_id = $1 and thread_id = $2)";

std::int64_t read_mark(db::ReadTx& tx, MemberId member, ThreadId thread) {
    return tx.first<std::int64_t>(read_mark_sql, member, thread).value_or(0);
}

constexpr db::Sql advance_read_mark_sql = R"(
    insert into read_mark (member_id, thread_id, number, read_at_ms)
    values ($1, $2, $3, $4)
    on conflict (member_id, thread_id) do update
    set number = excluded.number,
        read_at_ms = excluded.read_at_ms
    where excluded.number > read_mark.number)";

void advance_read_mark(db::Tx& tx, MemberId member, ThreadId thread, std::int64_t number, Time at) {
    tx.run(advance_read_mark_sql, member, thread, number, at);
}

// ---- closing and muting ------------------------------------------------------------------------------------

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

constexpr db::Sql insert_muted_thread_sql = R"(
    insert into muted_thread (member_id, thread_id, since_ms)
    values ($1, $2, $3)
    on conflict do nothing)";

void insert_muted_thread(db::Tx& tx, MemberId member, ThreadId thread) {
    tx.run(insert_muted_thread_sql, member, thread, tx.now());
}

constexpr db::Sql delete_muted_thread_sql = R"(
    delete from muted_thread
    where member_id = $1 and thread_id = $2)";

void delete_muted_thread(db::Tx& tx, MemberId member, ThreadId thread) {
    tx.run(delete_muted_thread_sql, member, thread);
}

constexpr db::Sql muted_threads_sql = R"(
    select thread_id
    from muted_thread
    where member_id = $1
    order by thread_id)";

std::vector<ThreadId> muted_threads(db::ReadTx& tx, MemberId member) {
    return tx.all<ThreadId>(muted_threads_sql, member);
}

// ---- forms sent twice --------------------------------------------------------------------------------------

constexpr db::Sql sent_form_sql = R"(
    select post_id
    from sent_form
    where member_id = $1 and form_key = $2)";

std::optional<PostId> sent_form(db::ReadTx& tx, MemberId member, std::string_view key) {
    return tx.first<PostId>(sent_form_sql, member, key);
}

constexpr db::Sql insert_sent_form_sql = R"(
    insert into sent_form (member_id, form_key, post_id, sent_at_ms)
    values ($1, $2, $3, $4))";

void insert_sent_form(db::Tx& tx, MemberId member, std::string_view key, PostId post) {
    tx.run(insert_sent_form_sql, member, key, post, tx.now());
}

constexpr db::Sql delete_sent_forms_sql = R"(
    delete from sent_form
    where sent_at_ms < $1)";

void delete_sent_forms_before(db::Tx& tx, Time time) { tx.run(delete_sent_forms_sql, time); }

}  // namespace kith::conversation::store
