#include "conversation/store.hpp"

// What one member has done: supports given, how far they have read, threads muted, forms sent.
namespace kith::conversation::store {

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

// ---- voices ------------------------------------------------------------------------------------------------

constexpr db::Sql last_voice_sql = R"(
    select voice
    from thread_voice
    where member_id = $1 and thread_id = $2)";

std::optional<Voice> last_voice(db::ReadTx& tx, MemberId member, ThreadId thread) {
    return tx.first<Voice>(last_voice_sql, member, thread);
}

constexpr db::Sql set_voice_sql = R"(
    insert into thread_voice (member_id, thread_id, voice)
    values ($1, $2, $3)
    on conflict (member_id, thread_id) do update
    set voice = excluded.voice)";

void set_voice(db::Tx& tx, MemberId member, ThreadId thread, Voice voice) {
    tx.run(set_voice_sql, member, thread, voice);
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

constexpr db::Sql follow_own_post_sql = R"(
    update read_mark
    set number = $3,
        read_at_ms = $4
    where member_id = $1 and thread_id = $2 and number = $3 - 1)";

void follow_own_post(db::Tx& tx, MemberId member, PostId post) {
    if (post.number() == 1) {
        advance_read_mark(tx, member, post.thread(), 1, tx.now());
    } else {
        tx.run(follow_own_post_sql, member, post.thread(), post.number(), tx.now());
    }
}

// ---- muted threads -------------------------------------------------------------------------------------------

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
