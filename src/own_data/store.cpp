#include "own_data/store.hpp"

#include "identity/identity.hpp"
#include "own_data/forgetting.hpp"
#include "platform/text/markdown.hpp"

namespace kith::own_data::store {

constexpr db::Sql insert_erasure_sql = R"(
    insert into erasure (member_id, words, asked_at_ms, due_at_ms)
    values ($1, $2, $3, $4)
    on conflict (member_id) do update
    set words = excluded.words,
        asked_at_ms = excluded.asked_at_ms,
        due_at_ms = excluded.due_at_ms)";

void insert_erasure(db::Tx& tx, MemberId member, OwnWords words, Time due) {
    tx.run(insert_erasure_sql, member, words, tx.now(), due);
}

constexpr db::Sql erasure_of_sql = R"(
    select member_id, words, due_at_ms
    from erasure
    where member_id = $1)";

std::optional<Erasure> erasure_of(db::ReadTx& tx, MemberId member) {
    return tx.first<Erasure>(erasure_of_sql, member);
}

constexpr db::Sql due_erasure_sql = R"(
    select member_id, words, due_at_ms
    from erasure
    where due_at_ms <= $1
    order by due_at_ms
    limit 1)";
constexpr db::Sql old_closure_sql = R"(
    select c.member_id, 'keep', c.closed_at_ms
    from closure c
    where c.closed_at_ms <= $1
      and not exists (select 1 from erasure e where e.member_id = c.member_id)
      and not exists (select 1 from former_member f where f.member_id = c.member_id)
    order by c.closed_at_ms
    limit 1)";

std::optional<Erasure> due_erasure(db::ReadTx& tx) {
    if (auto asked = tx.first<Erasure>(due_erasure_sql, tx.now())) return asked;
    return tx.first<Erasure>(old_closure_sql, tx.now() + -identity::days_to_reopen * day_ms);
}

// ---- the account -------------------------------------------------------------------------------------

void delete_account(db::Tx& tx, MemberId member) {
    for (const db::Sql& sql : ways_in()) tx.run(sql, member);
}

// ---- pictures ------------------------------------------------------------------------------------------

constexpr db::Sql is_here_sql = R"(
    select 1
    from member
    where id = $1)";

bool is_here(db::ReadTx& tx, MemberId member) { return tx.exists(is_here_sql, member); }

constexpr db::Sql pictures_of_sql = R"(
    select 'pictures/' || i.picture_key || '.webp', i.webp
    from persona p
    join post t on t.author_id = p.id
    join picture i on i.post_id = t.id
    where p.member_id = $1
    union all
    select 'pictures/' || i.picture_key || '.webp', i.webp
    from picture i
    where i.member_id = $1)";

std::vector<Copy::File> pictures_of(db::ReadTx& tx, MemberId member) {
    return tx.all<Copy::File>(pictures_of_sql, member);
}

// ---- words -------------------------------------------------------------------------------------------

constexpr db::Sql personas_of_sql = R"(
    select id
    from persona
    where member_id = $1)";

std::vector<PersonaId> personas_of(db::ReadTx& tx, MemberId member) {
    return tx.all<PersonaId>(personas_of_sql, member);
}

constexpr db::Sql posts_after_sql = R"(
    select id
    from post
    where author_id = $1
      and id > $2
    order by id
    limit $3)";

std::vector<PostId> posts_after(db::ReadTx& tx, PersonaId author, PostId after, int most) {
    return tx.all<PostId>(posts_after_sql, author, after, most);
}

constexpr db::Sql empty_post_sql = R"(
    update post
    set html = '',
        note = '',
        notes = 0,
        removed_at_ms = coalesce(removed_at_ms, $2)
    where id = $1)";
constexpr db::Sql empty_versions_sql = R"(
    update post_version
    set markdown = '',
        note = '',
        notes = 0
    where post_id = $1)";
constexpr db::Sql end_removals_by_staff_sql = R"(
    update post_removal
    set reason = '',
        restored_at_ms = case when own = 1 then restored_at_ms else coalesce(restored_at_ms, $2) end
    where post_id = $1)";
constexpr db::Sql remove_post_sql = R"(
    insert into post_removal (post_id, removed_by, own, reason, removed_at_ms)
    select p.id, p.author_id, 1, '', $2
    from post p
    where p.id = $1
      and not exists (select 1 from post_removal r where r.post_id = p.id and r.restored_at_ms is null))";
constexpr db::Sql let_search_forget_sql = R"(
    update search_entry
    set waiting = 1
    where id = (select search_id from post where id = $1))";
constexpr db::Sql empty_title_sql = R"(
    update thread
    set title = '',
        notes = 0,
        removed_at_ms = coalesce(removed_at_ms, $2)
    where id = $1)";
constexpr db::Sql empty_titles_before_sql = R"(
    update thread_renaming
    set old_title = '',
        reason = ''
    where thread_id = $1)";

void empty_post(db::Tx& tx, PostId post) {
    for (const db::Sql& sql : beside_a_post()) tx.run(sql, post);
    tx.run(empty_post_sql, post, tx.now());
    tx.run(empty_versions_sql, post);
    tx.run(end_removals_by_staff_sql, post, tx.now());
    tx.run(remove_post_sql, post, tx.now());
    tx.run(let_search_forget_sql, post);
    if (post.number() != 1) return;
    tx.run(empty_title_sql, post.thread(), tx.now());
    tx.run(empty_titles_before_sql, post.thread());
}

constexpr db::Sql group_of_sql = R"(
    select group_id
    from thread
    where id = $1)";

GroupId group_of(db::ReadTx& tx, ThreadId thread) { return tx.one<GroupId>(group_of_sql, thread); }

// ---- what others wrote down of them --------------------------------------------------------------------

constexpr db::Sql all_names_sql = R"(
    select coalesce(thread_id, 0), name
    from persona
    where member_id = $1
    union all
    select 0, r.name
    from persona p
    join retired_name r on r.persona_id = p.id
    where p.member_id = $1)";

std::vector<NameIn> all_names_of(db::ReadTx& tx, MemberId member) {
    return tx.all<NameIn>(all_names_sql, member);
}

constexpr db::Sql texts_of_sql = R"(
    select markdown
    from post_version
    where post_id = $1
    order by version desc)";

std::vector<std::string> texts_of(db::ReadTx& tx, PostId post) {
    return tx.all<std::string>(texts_of_sql, post);
}

constexpr db::Sql threads_in_sql = R"(
    select id
    from thread
    where group_id = $1)";

std::vector<ThreadId> threads_in(db::ReadTx& tx, GroupId group) {
    return tx.all<ThreadId>(threads_in_sql, group);
}

constexpr db::Sql texts_with_echoes_sql = R"(
    select post_id, version, markdown
    from post_version
    where post_id > $1
      and post_id < $2
      and (markdown like '%@%' or markdown like '%>%')
    order by post_id, version)";

std::vector<Text> texts_with_echoes(db::ReadTx& tx, ThreadId thread) {
    return tx.all<Text>(texts_with_echoes_sql, PostId(thread, 0), PostId(ThreadId(thread.value() + 1), 0));
}

constexpr db::Sql put_text_sql = R"(
    update post_version
    set markdown = $3
    where post_id = $1
      and version = $2
      and markdown = $4)";

void put_text(db::Tx& tx, const Text& read, std::string_view markdown) {
    tx.run(put_text_sql, read.post, read.version, markdown, read.markdown);
}

constexpr db::Sql waiting_in_sql = R"(
    select id,
           case kind when 'reply' then place_id
                     when 'change' then place_id / 1048576
                     else 0 end,
           markdown
    from waiting_post
    where group_id = $1)";

std::vector<WaitingText> waiting_in(db::ReadTx& tx, GroupId group) {
    return tx.all<WaitingText>(waiting_in_sql, group);
}

constexpr db::Sql put_waiting_sql = R"(
    update waiting_post
    set markdown = $2
    where id = $1
      and markdown = $3)";

void put_waiting(db::Tx& tx, const WaitingText& read, std::string_view markdown) {
    tx.run(put_waiting_sql, read.id, markdown, read.markdown);
}

constexpr db::Sql put_html_sql = R"(
    update post
    set html = $2
    where id = $1)";

void render_anew(db::Tx& tx, PostId post) {
    tx.run(put_html_sql, post, text::render_markdown(texts_of(tx, post).front()).html());
    tx.run(let_search_forget_sql, post);
}

// ---- the person --------------------------------------------------------------------------------------

constexpr db::Sql name_keys_sql = R"(
    select name_key
    from persona
    where member_id = $1
    union all
    select r.name_key
    from persona p
    join retired_name r on r.persona_id = p.id
    where p.member_id = $1)";

std::vector<std::string> name_keys(db::ReadTx& tx, MemberId member) {
    return tx.all<std::string>(name_keys_sql, member);
}

constexpr db::Sql insert_erased_name_sql = R"(
    insert into erased_name (name_digest)
    values ($1)
    on conflict do nothing)";

void insert_erased_name(db::Tx& tx, std::string_view digest) {
    tx.run(insert_erased_name_sql, db::Blob{digest});
}

constexpr db::Sql groups_of_sql = R"(
    select distinct group_id
    from membership
    where member_id = $1)";

std::vector<GroupId> groups_of(db::ReadTx& tx, MemberId member) {
    return tx.all<GroupId>(groups_of_sql, member);
}

namespace {

constexpr db::Sql former_member_sql = R"(
    select member_id
    from former_member)";
constexpr db::Sql insert_member_sql = R"(
    insert into member (created_at_ms)
    values (0)
    returning id)";
constexpr db::Sql insert_former_member_sql = R"(
    insert into former_member (id, member_id)
    values (1, $1))";
constexpr db::Sql close_sql = R"(
    insert into closure (member_id, closed_at_ms)
    values ($1, 0))";

// One who is never there: nobody is told anything.
MemberId former_member(db::Tx& tx) {
    if (const auto known = tx.first<MemberId>(former_member_sql)) return *known;
    const auto made = tx.one<MemberId>(insert_member_sql);
    tx.run(insert_former_member_sql, made);
    tx.run(close_sql, made);
    return made;
}

// No name has a "#" in it.
constexpr db::Sql hand_over_personas_sql = R"(
    update persona
    set member_id = $2,
        group_id = 0,
        thread_id = null,
        name = '',
        name_key = '#' || cast(id as text),
        created_at_ms = 0
    where member_id = $1)";
constexpr db::Sql delete_member_sql = R"(
    delete from member
    where id = $1)";

}  // namespace

void delete_traces(db::Tx& tx, MemberId member) {
    const MemberId former = former_member(tx);
    for (const db::Sql& sql : traces()) tx.run(sql, member);
    tx.run(hand_over_personas_sql, member, former);
    tx.run(delete_member_sql, member);
}

// Not in memory, which is smaller than a file may be. The log held the words as well.
constexpr const char* write_anew_sql = R"(
    pragma temp_store = file;
    vacuum;
    pragma temp_store = memory;
    pragma wal_checkpoint(truncate))";

constexpr db::Sql waits_to_be_written_anew_sql = R"(
    select 1
    from job
    where kind = 'write_anew'
      and done_at_ms is null
      and failed_at_ms is null
      and due_at_ms > $1)";

bool waits_to_be_written_anew(db::ReadTx& tx) { return tx.exists(waits_to_be_written_anew_sql, tx.now()); }

void write_anew(db::Database& db) {
    if (db.engine() == db::Engine::sqlite) db.execute(write_anew_sql);
}

}  // namespace kith::own_data::store
